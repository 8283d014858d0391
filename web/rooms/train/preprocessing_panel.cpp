#include "web/rooms/train/preprocessing_panel.h"

#include <string>
#include <vector>

#include "web/models/network_choice.h"
#include "web/rooms/train/flow.h"
#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"
#include "web/widgets/select.h"
#include "web/widgets/tile.h"

namespace convoscope::rooms::train {

using namespace widgets;

namespace {

constexpr float kGap = 4;
constexpr float kArrow = 28;
constexpr float kGreyTile = 56;
constexpr float kColourTile = 40;

void draw_head(Context& context, Rect row) {
    section_head(context.ui, row.x, row.center_y(), row.w, "Pixels");
    std::vector<Option> options;
    int current = 0;
    for (const models::PreprocessingChoice& choice : models::preprocessing_choices()) {
        if (choice.id == context.model().settings.preprocess) {
            current = static_cast<int>(options.size());
        }
        options.push_back({.id = choice.id.data(), .label = choice.label});
    }
    const Rect box{row.right() - space::kSelect, row.y, space::kSelect, space::kSelectBox};
    if (const auto chosen =
            select(context.ui, "train.preprocess", "How pixels are read", options, current, box)) {
        const auto& choice = models::preprocessing_choices()[static_cast<std::size_t>(*chosen)];
        context.commands.push(models::commands::choose_preprocessing(choice.id));
    }
}

std::string spread_text(const std::vector<float>& values) {
    const models::Spread spread = models::spread_of(values);
    return significant_text(static_cast<double>(spread.least), 2) + " to " +
           significant_text(static_cast<double>(spread.greatest), 2) + ", mean " +
           decimal_text(spread.mean, 2);
}

void draw_tile(Context& context,
               const std::string& id,
               const std::string& label,
               const std::string& spread,
               ImageRef image,
               Rect rect) {
    tile(
        context.ui,
        {.id = id.c_str(),
         .label = label + ": " + spread,
         .image = image,
         .explanation = {{label + ", from " + spread + ".", FontStyle::kBody, context.theme().t2}}},
        rect);
}

/// The picture, an arrow, and what the network reads, a tile a channel.
void draw_pictures(Context& context, Rect row, float size) {
    const models::Preprocessed& shown = context.model().preprocessed;
    draw_tile(context,
              "train.preprocess.before",
              "The selected picture as it is",
              spread_text(shown.pixels),
              context.pictures.picture(context.model().selected_picture),
              row.take_left(size));
    const Rect arrow = row.take_left(kArrow);
    context.ui.canvas().text(
        arrow.center(), "→", FontStyle::kBody, context.theme().t3, Align::kCenter);
    int channel = 0;
    for (const render::TileId map : context.pictures.preprocessed().tiles) {
        draw_tile(context,
                  "train.preprocess.after." + std::to_string(channel++),
                  "The picture as the network reads it",
                  spread_text(shown.input.values),
                  context.pictures.map(map),
                  row.take_left(size, kGap));
    }
}

}  // namespace

float draw_preprocessing_panel(Context& context, Rect where) {
    Flow flow(context, where);
    draw_head(context, flow.take(space::kSelectBox, space::k8));
    const models::Preprocessed& shown = context.model().preprocessed;
    const auto* choice = models::find_preprocessing(context.model().settings.preprocess);
    const Color quiet = context.theme().t3;
    if (choice != nullptr) {
        flow.paragraph(choice->sentence, FontStyle::kMicro, quiet, space::k4);
    }
    if (!shown.empty()) {
        const float size =
            context.pictures.preprocessed().tiles.size() > 1 ? kColourTile : kGreyTile;
        draw_pictures(context, flow.take(size, space::k4), size);
        flow.paragraph(spread_text(shown.pixels) + " becomes " + spread_text(shown.input.values),
                       FontStyle::kMicro,
                       context.theme().t2,
                       0);
    }
    return flow.height();
}

}  // namespace convoscope::rooms::train
