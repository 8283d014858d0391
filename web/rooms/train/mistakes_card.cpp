#include "web/rooms/train/mistakes_card.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "web/models/inspect/inspect_commands.h"
#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"
#include "web/widgets/tile.h"

namespace convoscope::rooms::train {

using namespace widgets;

namespace {

constexpr float kTile = 62;
constexpr float kGap = 12;
constexpr float kBarRow = 15;
constexpr float kBarRows = 34;  // below a tile: two bars
constexpr float kBarHeight = 4;
constexpr float kLetter = 12;
constexpr float kNumber = 24;

/// A class, a bar of its probability, and the number.
void draw_belief(Context& context, int label, double share, Color color, Rect row) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    canvas.text({row.x, row.center_y()},
                context.model().data.class_name(label).substr(0, 1),
                FontStyle::kM11,
                theme.t3);
    canvas.text(
        {row.right(), row.center_y()}, cell_text(share), FontStyle::kM11, color, Align::kRight);
    const Rect track{
        row.x + kLetter, row.center_y() - kBarHeight / 2, row.w - kLetter - kNumber, kBarHeight};
    canvas.fill(track, theme.bg4, radius::kTick);
    canvas.fill({track.x, track.y, std::max(1.0F, track.w * static_cast<float>(share)), track.h},
                color,
                radius::kTick);
}

void draw_mistake(Context& context, std::size_t index, Rect tile_rect) {
    const models::Mistake& mistake = context.model().mistakes.images[index];
    const models::DataSetState& data = context.model().data;
    const Theme& theme = context.theme();
    const std::string id = "train.mistake." + std::to_string(index);
    const std::string predicted = data.class_name(mistake.predicted);
    const std::string label = data.class_name(mistake.label);
    const bool right = mistake.predicted == mistake.label;
    const TileResult result =
        tile(context.ui,
             {.id = id.c_str(),
              .label = "held-out picture " + integer_text(mistake.index) + ", " + label +
                       ", read as " + predicted,
              .role = Role::kButton,
              .image = context.pictures.mistake(index),
              .explanation = {{"Read as " + predicted + " with " +
                                   percent_text(mistake.confidence, 1) + "; the right class, " +
                                   label + ", has " + percent_text(mistake.truth, 1) +
                                   ". A click opens it in the Inspect room.",
                               FontStyle::kBody,
                               theme.t2}}},
             tile_rect);
    if (result.interaction.clicked) {
        context.commands.push(models::inspect::commands::picture(
            mistake.index, context.model().mistakes.image_split()));
        context.commands.push(models::commands::open_room(models::Room::inspect));
    }
    Rect bars{tile_rect.x, tile_rect.bottom() + 2, tile_rect.w, kBarRows};
    draw_belief(context,
                mistake.predicted,
                mistake.confidence,
                right ? theme.ok : theme.err,
                bars.take_top(kBarRow));
    if (!right) {
        draw_belief(context, mistake.label, mistake.truth, theme.ok, bars.take_top(kBarRow));
    }
}

}  // namespace

bool mistakes_are_open(const Context& context) {
    const models::ViewChoices& view = context.state.view;
    const models::Mistakes& mistakes = context.model().mistakes;
    const models::TrainModel::Confusion shown = context.model().newest_confusion();
    return shown.evaluation != nullptr && mistakes.split == shown.split &&
           mistakes.true_class == view.true_class &&
           mistakes.predicted_class == view.predicted_class;
}

void draw_mistakes_card(Context& context, Rect where) {
    const models::Mistakes& mistakes = context.model().mistakes;
    const models::DataSetState& data = context.model().data;
    const bool any = mistakes.true_class < 0;
    const bool right = !any && mistakes.true_class == mistakes.predicted_class;
    const std::string shown =
        any ? "of " + integer_text(mistakes.count) + " misread"
        : mistakes.count > std::ssize(mistakes.images)
            ? "the surest " + std::to_string(mistakes.images.size()) + " of " +
                  integer_text(mistakes.count)
            : integer_text(mistakes.count) + (mistakes.count == 1 ? " picture" : " pictures");
    Rect body = titled_card(context,
                            where,
                            any ? "Most confident mistakes"
                                : "True " + data.class_name(mistakes.true_class) + ", read as " +
                                      data.class_name(mistakes.predicted_class),
                            shown);
    if (mistakes.images.empty()) {
        ghost(context,
              body,
              any     ? "No picture was misread."
              : right ? "No picture was read right."
                      : "No picture was misread so.");
        return;
    }
    const float row_height = kTile + kBarRows + kGap;
    const auto columns =
        std::max(1, static_cast<int>(std::floor((body.w + kGap) / (kTile + kGap))));
    const auto rows = std::max(1, static_cast<int>(std::floor((body.h + kGap) / row_height)));
    const auto most = static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
    const float pitch = (body.w + kGap) / static_cast<float>(columns);
    for (std::size_t i = 0; i < std::min(most, mistakes.images.size()); ++i) {
        const auto column = static_cast<float>(i % static_cast<std::size_t>(columns));
        const auto row = static_cast<float>(i / static_cast<std::size_t>(columns));
        draw_mistake(
            context, i, {body.x + column * pitch, body.y + row * row_height, kTile, kTile});
    }
}

}  // namespace convoscope::rooms::train
