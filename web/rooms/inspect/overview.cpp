#include "web/rooms/inspect/overview.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <imgui.h>

#include "web/models/inspect/inspect_commands.h"
#include "web/rooms/inspect/overview_layout.h"
#include "web/rooms/inspect/patch_view.h"
#include "web/widgets/number_text.h"
#include "web/widgets/scales.h"
#include "web/widgets/tile.h"

namespace convoscope::rooms::inspect {

using namespace widgets;

namespace {

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
          first_(context.room().backward() ? Index{-1} : Index{0}),
          columns_(lay_out(stages_of(context), rect)),
          patches_(patches_of(context)),
          top_(rect.y) {}

    void draw() {
        context_.zoom.forget_places();
        draw_edges();
        for (Index stage = first_; stage < std::ssize(context_.pictures.stages()); ++stage) {
            draw_name(stage);
            if (column(stage).flat) {
                draw_numbers(stage);
            } else {
                draw_maps(stage);
            }
        }
    }

  private:
    /// Backwards the input has a column too: its gradients.
    static std::vector<const StageMaps*> stages_of(const Context& context) {
        std::vector<const StageMaps*> stages;
        if (context.room().backward()) {
            stages.push_back(&context.pictures.input());
        }
        for (const StageMaps& maps : context.pictures.stages()) {
            stages.push_back(&maps);
        }
        return stages;
    }
    [[nodiscard]] const StageColumn& column(Index stage) const {
        return columns_[at(stage - first_)];
    }
    [[nodiscard]] const StageMaps& maps(Index stage) const {
        return stage < 0 ? context_.pictures.input() : context_.pictures.stages()[at(stage)];
    }
    [[nodiscard]] std::string name_of(Index stage) const {
        return stage < 0 ? std::string(model::kInputName) : context_.stage_name(stage);
    }
    /// The stage and the place of what is opened.
    [[nodiscard]] std::optional<std::pair<Index, model::Place>> opened() const {
        if (context_.gradient && context_.gradient->stage < 0) {
            return std::pair(Index{-1}, context_.gradient->place);
        }
        return context_.neuron
                   ? std::optional(std::pair(context_.neuron->stage, context_.neuron->place))
                   : std::nullopt;
    }
    [[nodiscard]] bool opened(Index stage, Index channel) const {
        const auto what = opened();
        return what && what->first == stage && what->second.channel == channel;
    }
    [[nodiscard]] bool current(Index stage) const {
        const auto what = opened();
        return what && what->first == stage;
    }
    /// The patches of the sum that is opened.
    static std::span<const model::Patch> patches_of(const Context& context) {
        if (context.room().backward()) {
            return context.gradient ? std::span<const model::Patch>(context.gradient->patches)
                                    : std::span<const model::Patch>();
        }
        return context.neuron ? std::span<const model::Patch>(context.neuron->patches)
                              : std::span<const model::Patch>();
    }

    /// From the middle of a column to that of its nearest neighbour, less what keeps two words
    /// apart.
    [[nodiscard]] float room_for_words(Index stage) const {
        constexpr float kApart = 4;
        const float middle = column(stage).where.center_x();
        float nearest = 1e6F;
        for (const Index other : {stage - 1, stage + 1}) {
            if (other >= first_ && other - first_ < std::ssize(columns_)) {
                nearest = std::min(nearest, std::abs(column(other).where.center_x() - middle));
            }
        }
        return nearest - kApart;
    }

    void draw_name(Index stage) {
        const StageColumn& column = this->column(stage);
        const Theme& theme = context_.theme();
        const float x = column.where.center_x();
        const float room = room_for_words(stage);
        const bool pointed = stage >= 0 && draw_way_in(stage);
        const std::string name = name_of(stage);
        canvas_.text({x, top_ - 26},
                     name,
                     canvas_.width(name, FontStyle::kSmallS) <= room ? FontStyle::kSmallS
                                                                     : FontStyle::kMicro,
                     pointed || current(stage) ? theme.t1 : theme.t2,
                     Align::kCenter);
        const std::string all = std::to_string(maps(stage).shape.channels);
        const bool in_part = column.shown < maps(stage).shape.channels;
        const std::string caption =
            in_part ? std::to_string(column.shown) + "/" + all : shape_text(maps(stage).shape);
        canvas_.text({x, top_ - 11},
                     canvas_.width(caption, FontStyle::kM11) <= room ? caption : all,
                     FontStyle::kM11,
                     theme.t3,
                     Align::kCenter);
    }

    /// A layer's name opens it; true when it is pointed at.
    bool draw_way_in(Index stage) {
        const StageColumn& column = this->column(stage);
        const std::string& name = context_.stage_name(stage);
        const float width = std::max(column.where.w, canvas_.width(name, FontStyle::kSmallS));
        const Rect place{column.where.center_x() - width / 2, top_ - kNames, width, kNames - 4};
        const Interaction act = interact(
            context_.ui,
            {.id = "inspect.open." + name, .label = "Open " + name, .role = Role::kButton},
            place,
            {{name + ": click to open it, map by map.", FontStyle::kBody, context_.theme().t2}});
        if (act.clicked) {
            open(stage, current(stage) ? opened()->second.channel : 0);
        }
        if (act.focused) {
            canvas_.focus_ring(place, radius::kTile);
        }
        return act.hovered;
    }
    void open(Index stage, Index channel) {
        context_.commands.push(model::commands::open(name_of(stage), channel));
    }

    void pin(Index stage, const model::Place& place) {
        context_.commands.push(model::commands::pin(name_of(stage), place));
    }

    /// The strongest cell of a map, for who chooses it without a pointer.
    [[nodiscard]] model::Place strongest(Index stage, Index channel) const {
        const Shape& shape = maps(stage).shape;
        const auto* tensor = context_.shown(stage);
        const Index plane = shape.height * shape.width;
        if (tensor == nullptr || plane == 0) {
            return {channel, 0, 0};
        }
        const auto first = tensor->values.begin() + channel * plane;
        const Index best = std::max_element(first, first + plane) - first;
        return {channel, best / shape.width, best % shape.width};
    }
    /// The part of a map that the opened neuron reads, in cells.
    [[nodiscard]] std::optional<Rect> field_on(Index stage, Index channel) const {
        for (const model::Patch& patch : patches_) {
            if (context_.stage_of_value(patch.value) == stage && patch.channel == channel) {
                return field_of(patch);
            }
        }
        return std::nullopt;
    }

    /// Whether the map is the one that the opened patch is cut out of.
    [[nodiscard]] bool is_cut(Index stage, Index channel) const {
        if (patches_.empty()) {
            return false;
        }
        const model::Patch& patch = patches_[at(context_.room().opened_patch(patches_))];
        return patch.channel == channel && context_.stage_of_value(patch.value) == stage;
    }

    void draw_maps(Index stage) {
        const StageColumn& column = this->column(stage);
        const StageMaps& stage_maps = maps(stage);
        const std::string name = name_of(stage);
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
            if (stage >= 0) {
                context_.zoom.stands({stage, c}, where);
            }
            if (result.interaction.double_clicked && stage >= 0) {
                open(stage, c);
            } else if (result.interaction.clicked) {
                pin(stage,
                    result.row >= 0 ? model::Place{c, result.row, result.column}
                                    : strongest(stage, c));
            }
            if (const auto cut = field_on(stage, c); cut && is_cut(stage, c)) {
                const float across = where.w / static_cast<float>(stage_maps.shape.width);
                const float down = where.h / static_cast<float>(stage_maps.shape.height);
                context_.flight.leaves_from({where.x + cut->x * across,
                                             where.y + cut->y * down,
                                             cut->w * across,
                                             cut->h * down});
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
        const auto* tensor = context_.shown(stage);
        if (tensor == nullptr) {
            return;
        }
        const model::Place place{channel, result.row, result.column};
        tip_for(context_.ui,
                result.interaction,
                {.title = {{name_of(stage), FontStyle::kSmallS, context_.theme().t2}},
                 .value = {significant_text(model::number_at(*tensor, place), 4),
                           FontStyle::kM24,
                           context_.theme().t1},
                 .sentence = "At " + place_text(place, false) + ". Click to open its sum."});
    }

    void draw_cell(const StageMaps& stage_maps, Rect where) {
        const model::Place place = opened()->second;
        const float width = where.w / static_cast<float>(stage_maps.shape.width);
        const float height = where.h / static_cast<float>(stage_maps.shape.height);
        const Rect cell{where.x + static_cast<float>(place.column) * width,
                        where.y + static_cast<float>(place.row) * height,
                        width,
                        height};
        canvas_.outline(cell.inset(-2), context_.theme().pinned_mark, radius::kTick, 2);
    }

    void draw_numbers(Index stage) {
        const StageColumn& column = this->column(stage);
        const auto* tensor = context_.shown(stage);
        if (tensor == nullptr) {
            return;
        }
        const std::string name = name_of(stage);
        const std::string id = "inspect." + name;
        const Theme& theme = context_.theme();
        const Interaction act = interact(
            context_.ui,
            {.id = id,
             .label = name + ", " + std::to_string(maps(stage).shape.channels) + " numbers",
             .role = Role::kRadio,
             .selected = current(stage)},
            column.where,
            {{name + ": click a number to open its sum.", FontStyle::kBody, theme.t2}});
        const ImVec2 mouse = ImGui::GetIO().MousePos;
        Index hovered = -1;
        for (Index i = 0; i < column.shown; ++i) {
            const Rect where = column.place(i);
            if (act.hovered && where.inset(-column.gap / 2).contains({mouse.x, mouse.y})) {
                hovered = i;
            }
            context_.zoom.stands({stage, i}, where);
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
        if (column(stage).named) {
            canvas_.fill(where, theme.bg0.faded(0.35F), radius::kTick);
            canvas_.text(
                where.center(), std::to_string(index), FontStyle::kM12, theme.t1, Align::kCenter);
        }
        if (opened(stage, index) || hovered) {
            canvas_.outline(where.inset(-2), theme.t1, radius::kTile, 2);
        }
    }

    /// Between what is opened and each map that its sum is about, which lies before it, backwards
    /// behind it; as wide as its part of the sum.
    void draw_edges() {
        const auto what = opened();
        if (!what || patches_.empty()) {
            return;
        }
        const bool back = context_.room().backward();
        const Point own = end_of(what->first, what->second.channel, back);
        const double greatest = greatest_magnitude(patches_, &model::Patch::sum);
        for (const model::Patch& patch : patches_) {
            const Index stage = context_.stage_of_value(patch.value);
            const bool itself = stage == what->first;  // of a weight
            if (stage < 0 || itself || greatest == 0.0 || column(stage).flat ||
                patch.channel >= column(stage).shown) {
                continue;
            }
            const Point other = end_of(stage, patch.channel, !back);
            const Point from = back ? own : other;
            const Point to = back ? other : own;
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
        const StageColumn& column = this->column(stage);
        const Rect place = column.place(std::min(channel, std::max(column.shown, Index{1}) - 1));
        return {right ? place.right() + 1 : place.x - 4, place.center_y()};
    }

    Context& context_;
    Canvas canvas_;
    Index first_ = 0;  ///< the first stage that has a column
    std::vector<StageColumn> columns_;
    std::span<const model::Patch> patches_;
    float top_;
};

}  // namespace

void draw_overview(Context& context, Rect rect) {
    rect.take_top(kNames);
    Overview(context, rect).draw();
}

}  // namespace convoscope::rooms::inspect
