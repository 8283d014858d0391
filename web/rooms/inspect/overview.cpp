#include "web/rooms/inspect/overview.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <imgui.h>

#include "web/models/inspect/inspect_commands.h"
#include "web/rooms/inspect/overview_layout.h"
#include "web/rooms/inspect/why_scene.h"
#include "web/widgets/number_text.h"
#include "web/widgets/scales.h"
#include "web/widgets/segmented.h"
#include "web/widgets/tile.h"

namespace convoscope::rooms::inspect {

using namespace widgets;

namespace {

constexpr float kHead = 36;
constexpr float kNames = 38;
constexpr float kEdge = 4;

std::string shape_text(const Shape& shape) {
    return shape.flat ? std::to_string(shape.channels)
                      : std::to_string(shape.channels) + " × " + std::to_string(shape.height) +
                            " × " + std::to_string(shape.width);
}

/// Draws the columns of one frame.
class Overview {
  public:
    Overview(Context& context, Rect rect)
        : context_(context),
          canvas_(context.ui.canvas()),
          columns_(lay_out(context.pictures.stages(), rect)),
          top_(rect.y) {}

    void draw() {
        draw_edges();
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            draw_name(static_cast<Index>(i));
            if (columns_[i].flat) {
                draw_numbers(static_cast<Index>(i));
            } else {
                draw_maps(static_cast<Index>(i));
            }
        }
    }

  private:
    [[nodiscard]] const StageMaps& maps(Index stage) const {
        return context_.pictures.stages()[at(stage)];
    }
    [[nodiscard]] bool opened(Index stage, Index channel) const {
        return context_.neuron && context_.neuron->stage == stage &&
               context_.neuron->place.channel == channel;
    }

    void draw_name(Index stage) {
        const StageColumn& column = columns_[at(stage)];
        const Theme& theme = context_.theme();
        const float x = column.where.center_x();
        const bool current = context_.neuron && context_.neuron->stage == stage;
        canvas_.text({x, top_ - 26},
                     context_.stage_name(stage),
                     FontStyle::kSmallS,
                     current ? theme.t1 : theme.t2,
                     Align::kCenter);
        const Index hidden = maps(stage).shape.channels - column.shown;
        const std::string shape = shape_text(maps(stage).shape);
        const bool roomy = column.where.w >= canvas_.width(shape, FontStyle::kM11) - space::k24;
        canvas_.text(
            {x, top_ - 11},
            hidden > 0 ? std::to_string(column.shown) + "/" + std::to_string(column.shown + hidden)
            : roomy    ? shape
                       : std::to_string(maps(stage).shape.channels),
            FontStyle::kM11,
            theme.t3,
            Align::kCenter);
    }

    void pin(Index stage, const model::Place& place) {
        context_.commands.push(model::commands::pin(context_.stage_name(stage), place));
    }

    /// The strongest cell of a map, for who chooses it without a pointer.
    [[nodiscard]] model::Place strongest(Index stage, Index channel) const {
        const Shape& shape = maps(stage).shape;
        const auto* tensor = tensor_of(stage);
        const Index plane = shape.height * shape.width;
        if (tensor == nullptr || plane == 0) {
            return {channel, 0, 0};
        }
        const auto first = tensor->values.begin() + channel * plane;
        const Index best = std::max_element(first, first + plane) - first;
        return {channel, best / shape.width, best % shape.width};
    }
    [[nodiscard]] const models::CapturedTensor* tensor_of(Index stage) const {
        const model::Values values(context_.room().network, context_.train().snapshot);
        return values.value(context_.room().stages[at(stage)].shown + 1);
    }

    /// The part of a map that the opened neuron reads, in cells.
    [[nodiscard]] std::optional<Rect> field_on(Index stage, Index channel) const {
        if (!context_.neuron) {
            return std::nullopt;
        }
        for (const model::Patch& patch : context_.neuron->patches) {
            if (context_.stage_of_value(patch.value) == stage && patch.channel == channel) {
                const Index rows = (patch.rows - 1) * patch.row_step + 1;
                const Index columns = (patch.columns - 1) * patch.column_step + 1;
                return Rect{static_cast<float>(patch.left),
                            static_cast<float>(patch.top),
                            static_cast<float>(columns),
                            static_cast<float>(rows)};
            }
        }
        return std::nullopt;
    }

    void draw_maps(Index stage) {
        const StageColumn& column = columns_[at(stage)];
        const StageMaps& stage_maps = maps(stage);
        const std::string& name = context_.stage_name(stage);
        for (Index c = 0; c < column.shown; ++c) {
            const std::string id = "inspect." + name + "." + std::to_string(c);
            const Rect where = column.place(c);
            const TileResult result = tile(
                context_.ui,
                {.id = id.c_str(),
                 .label = name + ", map " + std::to_string(c),
                 .role = Role::kRadio,
                 .image = context_.pictures.map(
                     at(c) < stage_maps.tiles.size() ? stage_maps.tiles[at(c)] : render::kNoTile),
                 .rows = static_cast<int>(stage_maps.shape.height),
                 .columns = static_cast<int>(stage_maps.shape.width),
                 .pinned = opened(stage, c) && context_.room().pinned.has_value(),
                 .outlined = opened(stage, c),
                 .field = field_on(stage, c),
                 .explanation = {{name + ", map " + std::to_string(c) +
                                      ": click a cell to open the sum that made it.",
                                  FontStyle::kBody,
                                  context_.theme().t2}}},
                where);
            if (result.interaction.clicked) {
                pin(stage,
                    result.row >= 0 ? model::Place{c, result.row, result.column}
                                    : strongest(stage, c));
            }
            tell_cell(stage, c, result);
            if (opened(stage, c)) {
                draw_cell(stage_maps, where);
            }
        }
    }

    /// The value under the pointer.
    void tell_cell(Index stage, Index channel, const TileResult& result) {
        if (result.row < 0) {
            return;
        }
        const auto* tensor = tensor_of(stage);
        if (tensor == nullptr) {
            return;
        }
        const model::Place place{channel, result.row, result.column};
        tip_for(context_.ui,
                result.interaction,
                {.title = {{context_.stage_name(stage), FontStyle::kSmallS, context_.theme().t2}},
                 .value = {significant_text(model::number_at(*tensor, place), 4),
                           FontStyle::kM24,
                           context_.theme().t1},
                 .sentence = "At " + place_text(place, false) + ". Click to open its sum."});
    }

    void draw_cell(const StageMaps& stage_maps, Rect where) {
        const model::Place& place = context_.neuron->place;
        const float width = where.w / static_cast<float>(stage_maps.shape.width);
        const float height = where.h / static_cast<float>(stage_maps.shape.height);
        const Rect cell{where.x + static_cast<float>(place.column) * width,
                        where.y + static_cast<float>(place.row) * height,
                        width,
                        height};
        canvas_.outline(cell.inset(-2), context_.theme().pinned_mark, radius::kTick, 2);
    }

    void draw_numbers(Index stage) {
        const StageColumn& column = columns_[at(stage)];
        const auto* tensor = tensor_of(stage);
        if (tensor == nullptr) {
            return;
        }
        const std::string& name = context_.stage_name(stage);
        const std::string id = "inspect." + name;
        const Theme& theme = context_.theme();
        const Interaction act = interact(
            context_.ui,
            {.id = id,
             .label = name + ", " + std::to_string(maps(stage).shape.channels) + " numbers",
             .role = Role::kRadio,
             .selected = context_.neuron && context_.neuron->stage == stage},
            column.where,
            {{name + ": click a number to open its sum.", FontStyle::kBody, theme.t2}});
        const ImVec2 mouse = ImGui::GetIO().MousePos;
        Index hovered = -1;
        for (Index i = 0; i < column.shown; ++i) {
            const Rect where = column.place(i);
            if (act.hovered && where.inset(-column.gap / 2).contains({mouse.x, mouse.y})) {
                hovered = i;
            }
            draw_number(stage, i, where, tensor->values[at(i)], hovered == i);
        }
        if (act.focused) {
            canvas_.focus_ring(column.where, radius::kTile);
        }
        if (act.clicked) {
            pin(stage, hovered >= 0 ? model::Place{hovered, 0, 0} : strongest_number(*tensor));
        }
        if (hovered >= 0) {
            tip_for(
                context_.ui,
                act,
                {.title = {{name + ", number " + std::to_string(hovered),
                            FontStyle::kSmallS,
                            theme.t2}},
                 .value = {significant_text(static_cast<double>(tensor->values[at(hovered)]), 4),
                           FontStyle::kM24,
                           theme.t1},
                 .sentence = "Click to open its sum."});
        }
    }

    static model::Place strongest_number(const models::CapturedTensor& tensor) {
        const auto best = std::ranges::max_element(tensor.values);
        return {best - tensor.values.begin(), 0, 0};
    }

    void draw_number(Index stage, Index index, Rect where, float value, bool hovered) {
        const Theme& theme = context_.theme();
        canvas_.fill(where, colour_of(context_, maps(stage), value), radius::kTick);
        if (columns_[at(stage)].named) {
            canvas_.fill(where, theme.bg0.faded(0.35F), radius::kTick);
            canvas_.text(
                where.center(), std::to_string(index), FontStyle::kM12, theme.t1, Align::kCenter);
        }
        if (opened(stage, index) || hovered) {
            canvas_.outline(where.inset(-2), theme.t1, radius::kTile, 2);
        }
    }

    /// From each map that the neuron reads to it; as wide as its part of the sum.
    void draw_edges() {
        if (!context_.neuron || context_.neuron->patches.empty()) {
            return;
        }
        const model::Neuron& neuron = *context_.neuron;
        const Point to = end_of(neuron.stage, neuron.place.channel, false);
        const double greatest = greatest_magnitude(neuron.patches, &model::Patch::sum);
        for (const model::Patch& patch : neuron.patches) {
            const Index stage = context_.stage_of_value(patch.value);
            if (stage < 0 || greatest == 0.0 || columns_[at(stage)].flat ||
                patch.channel >= columns_[at(stage)].shown) {
                continue;
            }
            const Point from = end_of(stage, patch.channel, true);
            const auto share = static_cast<float>(patch.sum / greatest);
            const float bend = (to.x - from.x) * 0.5F;
            canvas_.bezier(from,
                           {from.x + bend, from.y},
                           {to.x - bend, to.y},
                           to,
                           diverging(context_.theme(), share, 1.0F),
                           1 + (kEdge - 1) * std::abs(share));
        }
    }
    [[nodiscard]] Point end_of(Index stage, Index channel, bool right) const {
        const StageColumn& column = columns_[at(stage)];
        const Rect place = column.place(std::min(channel, std::max(column.shown, Index{1}) - 1));
        return {right ? place.right() + 1 : place.x - 4, place.center_y()};
    }

    Context& context_;
    Canvas canvas_;
    std::vector<StageColumn> columns_;
    float top_;
};

void draw_head(Context& context, Rect row) {
    const std::array<Segment, 3> segments{
        {{"layer", "layer"}, {"map", "map"}, {"network", "network"}}};
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const bool narrow = row.w < 640;
    draw_scene_switch(context, row);
    const Rect control = row.take_right(198, space::k12);
    if (const auto chosen = segmented(context.ui,
                                      "inspect.scale",
                                      segments,
                                      static_cast<int>(context.room().scale),
                                      control)) {
        context.commands.push(model::commands::with(
            "inspect_scale",
            "scale",
            std::string_view(model::name_of(static_cast<model::ScaleOf>(*chosen)))));
    }
    if (!narrow) {
        canvas.text({row.right(), row.center_y()},
                    "colours to the greatest of the",
                    FontStyle::kSmall,
                    theme.t3,
                    Align::kRight);
    }
}

}  // namespace

void draw_overview(Context& context, Rect rect) {
    draw_head(context, rect.take_top(kHead));
    rect.take_top(kNames);
    if (context.train().snapshot.empty() || context.pictures.stages().empty()) {
        ghost(
            context, rect, "Every layer's numbers appear here when the engine has read a picture.");
        return;
    }
    Overview(context, rect).draw();
}

}  // namespace convoscope::rooms::inspect
