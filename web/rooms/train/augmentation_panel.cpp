#include "web/rooms/train/augmentation_panel.h"

#include <string>

#include "web/models/augmentation_choice.h"
#include "web/widgets/button.h"
#include "web/widgets/panel.h"
#include "web/widgets/tile.h"

namespace convoscope::rooms::train {

using namespace widgets;

namespace {

constexpr int kChipColumns = 4;
constexpr int kTileColumns = 4;
constexpr float kChipGap = 6;
constexpr float kTileGap = 4;

float draw_choices(Context& context, Rect where) {
    const std::string& list = context.model().settings.augment;
    const float width = (where.w - kChipGap * (kChipColumns - 1)) / kChipColumns;
    int place = 0;
    for (const models::AugmentationChoice& choice : models::augmentation_choices()) {
        const std::string id = "train.augment." + std::string(choice.name);
        const Rect rect{
            where.x + static_cast<float>(place % kChipColumns) * (width + kChipGap),
            where.y + static_cast<float>(place / kChipColumns) * (space::kSelectBox + kChipGap),
            width,
            space::kSelectBox};
        const ButtonSpec spec{
            .id = id.c_str(),
            .label = choice.label,
            .active = models::has_augmentation(list, choice.name),
            .explanation = {{choice.explanation, FontStyle::kBody, context.theme().t2}}};
        if (button(context.ui, spec, rect)) {
            context.commands.push(
                models::commands::set("augment", models::toggled_augmentation(list, choice.name)));
        }
        ++place;
    }
    const int rows = (place + kChipColumns - 1) / kChipColumns;
    return static_cast<float>(rows) * (space::kSelectBox + kChipGap) - kChipGap;
}

float draw_results(Context& context, Rect where) {
    const float size = (where.w - kTileGap * (kTileColumns - 1)) / kTileColumns;
    const auto count = static_cast<int>(context.pictures.augmented_count());
    for (int i = 0; i < count; ++i) {
        const Rect rect{where.x + static_cast<float>(i % kTileColumns) * (size + kTileGap),
                        where.y + static_cast<float>(i / kTileColumns) * (size + kTileGap),
                        size,
                        size};
        const std::string id = "train.augmented." + std::to_string(i);
        const std::string label =
            i == 0 ? "the picture as it is" : "the picture in epoch " + std::to_string(i);
        tile(context.ui,
             {.id = id.c_str(),
              .label = label,
              .image = context.pictures.augmented(static_cast<std::size_t>(i)),
              .outlined = i == 0,
              .explanation = {{"Here: " + label + ", by the seed of this run.",
                               FontStyle::kBody,
                               context.theme().t2}}},
             rect);
    }
    const int rows = (count + kTileColumns - 1) / kTileColumns;
    return static_cast<float>(rows) * (size + kTileGap);
}

}  // namespace

float draw_augmentation_panel(Context& context, Rect where) {
    const bool wanted = !context.model().settings.augment.empty();
    section_head(context.ui,
                 where.x,
                 where.y + space::k8,
                 where.w,
                 "Augmentation",
                 wanted ? "framed: as it is" : "");
    float y = where.y + space::k24;
    y += draw_choices(context, {where.x, y, where.w, 0});
    if (wanted && context.pictures.augmented_count() > 0) {
        y += space::k12;
        y += draw_results(context, {where.x, y, where.w, 0});
    }
    return y - where.y;
}

}  // namespace convoscope::rooms::train
