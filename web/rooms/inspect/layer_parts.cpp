#include "web/rooms/inspect/layer_parts.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "web/models/inspect/inspect_commands.h"
#include "web/rooms/inspect/layer_cells.h"
#include "web/rooms/inspect/patch_rows.h"
#include "web/rooms/inspect/patch_view.h"
#include "web/widgets/number_text.h"
#include "web/widgets/scales.h"
#include "web/widgets/tile.h"

namespace convoscope::rooms::inspect {

using namespace widgets;
using model::MapPart;
using model::MapSum;

namespace {

constexpr float kMostTile = 88;
constexpr float kLeastTile = 20;
constexpr float kSign = 26;     ///< between parts, with a plus
constexpr float kBetween = 14;  ///< between what is read, its weights and what they give
constexpr float kWord = 18;     ///< a line of text at a tile
constexpr float kArrow = 36;    ///< before a map of the result
constexpr float kBias = 76;
constexpr float kResult = 1.4F;     ///< of the result's maps, in tiles
constexpr float kLeastResult = 44;  ///< with the arrow before it as wide as its name and number
constexpr float kMostResult = 116;

/// Draws one map's sum in the place that there is.
class Parts {
  public:
    Parts(Context& context, Rect rect)
        : context_(context),
          canvas_(context.ui.canvas()),
          theme_(context.theme()),
          pictures_(context.pictures.layer()),
          sum_(*pictures_.sum()),
          stage_(context.room().stages[at(sum_.stage)]),
          shape_{.channels = 1, .height = sum_.height, .width = sum_.width},
          back_(context.room().backward()),
          rect_(rect) {
        weighted_ = !sum_.parts.empty() && !sum_.parts.front().weights.empty();
        listed_ = weighted_ || (sum_.rule == model::Rule::addition && !back_);
        kept_.resize(listed_ ? pictures_.shown().size() : 0);
        std::iota(kept_.begin(), kept_.end(), std::size_t{0});
        while (tile_ > kLeastTile && height() > rect.h) {
            tile_ -= 4;
        }
        while (kept_.size() > 1 && height() > rect.h) {
            kept_.erase(std::ranges::min_element(
                kept_, {}, [&](std::size_t i) { return greatest_magnitude(shown_part(i).map); }));
        }
    }

    void draw() {
        const std::size_t count = kept_.size();
        const Index across = parts_across();
        for (std::size_t i = 0; i < count; ++i) {
            draw_part(kept_[i], place(static_cast<Index>(i), across), i + 1 < count || has_rest());
        }
        if (has_rest()) {
            draw_rest(place(static_cast<Index>(count), across));
        }
        rect_.take_top(static_cast<float>(part_lines()) * part_height());
        draw_results();
    }

  private:
    [[nodiscard]] const MapPart& shown_part(std::size_t i) const {
        return sum_.parts[at(pictures_.shown()[i])];
    }
    [[nodiscard]] bool has_rest() const { return listed_ && kept_.size() < sum_.parts.size(); }
    /// A part has a map of its own under its weights.
    [[nodiscard]] bool has_map() const { return weighted_ && !back_; }
    [[nodiscard]] float result() const {
        return std::clamp(kResult * tile_, kLeastResult, kMostResult);
    }

    [[nodiscard]] float part_height() const {
        return kWord + tile_ + (weighted_ ? kBetween + tile_ : 0) +
               (has_map() ? kBetween + tile_ : 0) + (back_ ? 0 : kWord) + space::k12;
    }
    [[nodiscard]] Index parts_across() const {
        return std::max(Index{1}, static_cast<Index>((rect_.w + kSign) / (tile_ + kSign)));
    }
    [[nodiscard]] Index part_lines() const {
        const Index count = std::ssize(kept_) + (has_rest() ? 1 : 0);
        return (count + parts_across() - 1) / parts_across();
    }
    [[nodiscard]] Index results() const {
        return std::ranges::count_if(stage_.layers,
                                     [&](Index layer) { return layer <= stage_.shown; }) +
               (listed_ ? 0 : 1);
    }
    [[nodiscard]] float height() const {
        const float width =
            (has_bias() ? kBias : 0) + static_cast<float>(results()) * (kArrow + result());
        const float lines = std::ceil(width / std::max(rect_.w, kArrow + result()));
        return static_cast<float>(part_lines()) * part_height() +
               lines * (result() + kWord + space::k16);
    }
    [[nodiscard]] bool has_bias() const { return sum_.bias.has_value() && !back_; }

    [[nodiscard]] Point place(Index i, Index across) const {
        return {rect_.x + static_cast<float>(i % across) * (tile_ + kSign),
                rect_.y + static_cast<float>(i / across) * part_height()};
    }

    [[nodiscard]] const model::Place& cell() const { return context_.neuron->place; }
    [[nodiscard]] Index cell_index() const { return cell().row * sum_.width + cell().column; }

    void word(Point at, const std::string& text, Color color) {
        const float width = canvas_.width(text, FontStyle::kM11);
        canvas_.clipped_text({at.x - std::min(width, tile_ + kSign - 2) / 2, at.y},
                             tile_ + kSign - 2,
                             text,
                             FontStyle::kM11,
                             color);
    }
    /// With fewer digits where three have no room.
    void number(Point at, double value) {
        std::string text = signed_text(value);
        if (canvas_.width(text, FontStyle::kM11) > tile_ + kSign - 2) {
            text = signed_text(value, 1);
        }
        word(at, text, theme_.t1);
    }

    /// What is read, times the weights, is what it gives.
    void draw_part(std::size_t i, Point corner, bool more) {
        const Index index = pictures_.shown()[i];
        const MapPart& part = sum_.parts[at(index)];
        const float middle = corner.x + tile_ / 2;
        word({middle, corner.y + space::k8},
             weighted_ ? std::to_string(part.channel) : context_.value_name(part.value),
             theme_.t3);
        Rect where{corner.x, corner.y + kWord, tile_, tile_};
        if (weighted_) {
            draw_input(i, where, part);
            where.y += tile_;
            word({middle, where.y + kBetween / 2}, "×", theme_.t3);
            where.y += kBetween;
            draw_weights(i, index, where);
        }
        if (back_) {
            return;
        }
        if (weighted_) {
            where.y += tile_;
            word({middle, where.y + kBetween / 2}, "=", theme_.t3);
            where.y += kBetween;
        }
        const std::string name =
            "Part of " + context_.value_name(part.value) + ", map " + std::to_string(part.channel);
        draw_cell_map(context_,
                      {.id = "inspect.part." + std::to_string(index),
                       .label = name,
                       .image = pictures_.part(i),
                       .shape = shape_,
                       .numbers = part.map,
                       .patch = index},
                      where);
        number({middle, where.bottom() + kWord / 2 + 1},
               static_cast<double>(part.map[at(cell_index())]));
        if (more) {
            word({where.right() + kSign / 2, where.center_y()}, "+", theme_.t2);
        }
    }

    /// What is not shown by itself: as a map where all pictures have room, else as its number
    /// alone; backwards, where nothing adds up, only how many they are.
    void draw_rest(Point corner) {
        const float above = !weighted_ ? 0 : (back_ ? 1 : 2) * (kBetween + tile_);
        const Rect where{corner.x, corner.y + kWord + above, tile_, tile_};
        const std::string count = std::to_string(sum_.parts.size() - kept_.size());
        const std::string others = count + " others";
        const bool fits = canvas_.width(others, FontStyle::kM11) <= tile_ + kSign - 2;
        word({where.center_x(), where.y - kBetween}, fits ? others : "rest", theme_.t2);
        if (back_) {
            draw_dots(where, count + " more slices, whose parts are smaller: no room for them", "");
            return;
        }
        const std::string label = "The other " + count + " parts together";
        if (kept_.size() == pictures_.shown().size()) {
            draw_cell_map(context_,
                          {.id = "inspect.part.rest",
                           .label = label,
                           .image = pictures_.rest_picture(),
                           .shape = shape_,
                           .numbers = pictures_.rest()},
                          where);
        } else {
            draw_dots(where, label, signed_text(rest_number()));
        }
        number({where.center_x(), where.bottom() + kWord / 2 + 1}, rest_number());
    }
    void draw_dots(Rect where, const std::string& label, const std::string& value) {
        canvas_.text(where.center(), "…", FontStyle::kM13, theme_.t2, Align::kCenter);
        register_passive(
            context_.ui,
            {.id = "inspect.part.rest", .label = label, .role = Role::kStatus, .value = value},
            where);
    }
    /// What all parts that are not shown by themselves give at the cell.
    [[nodiscard]] double rest_number() const {
        std::vector<bool> is_kept(sum_.parts.size());
        for (const std::size_t i : kept_) {
            is_kept[at(pictures_.shown()[i])] = true;
        }
        double number = 0.0;
        for (std::size_t i = 0; i < sum_.parts.size(); ++i) {
            number += is_kept[i] ? 0.0 : static_cast<double>(sum_.parts[i].map[at(cell_index())]);
        }
        return number;
    }

    /// The window on what is read, in cells; nothing where it has none.
    [[nodiscard]] std::optional<Rect> window(const MapPart& part) const {
        for (const model::Patch& patch : context_.neuron->patches) {
            if (patch.value == part.value && patch.channel == part.channel) {
                return field_of(patch);
            }
        }
        return std::nullopt;
    }

    /// A map that is read; a click opens the layer that made it.
    void draw_input(std::size_t i, Rect where, const MapPart& part) {
        const model::Values values(context_.room().network, context_.train().snapshot);
        const Shape shape = model::shape_of(*values.value(part.value));
        const Index from = context_.stage_of_value(part.value);
        const std::string name = context_.value_name(part.value);
        const std::string id = "inspect.reads." + std::to_string(i);
        const auto field = window(part);
        const TileResult result =
            tile(context_.ui,
                 {.id = id.c_str(),
                  .label = name + ", map " + std::to_string(part.channel),
                  .role = from >= 0 ? Role::kButton : Role::kImage,
                  .image = pictures_.input(i),
                  .rows = static_cast<int>(shape.height),
                  .columns = static_cast<int>(shape.width),
                  .field = field,
                  .explanation = {{"Map " + std::to_string(part.channel) + " of " + name +
                                       (from >= 0 ? ": click to open that layer." : "."),
                                   FontStyle::kBody,
                                   theme_.t2}}},
                 where);
        if (result.interaction.clicked && from >= 0) {
            context_.commands.push(model::commands::open(context_.stage_name(from), part.channel));
        }
        if (field && is_opened(part)) {
            const float across = where.w / static_cast<float>(shape.width);
            const float down = where.h / static_cast<float>(shape.height);
            context_.flight.leaves_from({where.x + field->x * across,
                                         where.y + field->y * down,
                                         field->w * across,
                                         field->h * down});
        }
    }
    /// It is the part whose products are shown beside.
    [[nodiscard]] bool is_opened(const MapPart& part) const {
        const auto& patches = context_.neuron->patches;
        const model::Patch& patch = patches[at(context_.room().opened_patch(patches))];
        return patch.value == part.value && patch.channel == part.channel;
    }

    /// The slice of the filter; backwards its gradients, which a click opens.
    void draw_weights(std::size_t i, Index index, Rect where) {
        const MapPart& part = sum_.parts[at(index)];
        const auto most = static_cast<float>(std::max(part.rows, part.columns));
        const float height = where.h * static_cast<float>(part.rows) / most;
        const float width = where.w * static_cast<float>(part.columns) / most;
        const Rect slice{
            where.center_x() - width / 2, where.center_y() - height / 2, width, height};
        const std::string id = "inspect.slice." + std::to_string(index);
        const std::string name = std::string(back_ ? "Gradients of slice " : "Slice ") +
                                 std::to_string(part.channel) + " of filter " +
                                 std::to_string(sum_.channel);
        const TileResult result =
            tile(context_.ui,
                 {.id = id.c_str(),
                  .label = name,
                  .role = back_ ? Role::kButton : Role::kImage,
                  .image = pictures_.weights(i),
                  .rows = static_cast<int>(part.rows),
                  .columns = static_cast<int>(part.columns),
                  .explanation = {{name + (back_ ? ": click a weight to open its sum." : "."),
                                   FontStyle::kBody,
                                   theme_.t2}}},
                 slice);
        if (back_ && result.interaction.clicked) {
            const Index cell = std::max(0, result.row) * part.columns + std::max(0, result.column);
            context_.commands.push(
                model::commands::with("inspect_weight", "element", part.first_weight + cell));
        }
    }

    /// The sum, and what the stage's layers make of it.
    void draw_results() {
        const float size = result();
        const float line = size + kWord + space::k16;
        Point pen{rect_.x, rect_.y};
        const auto room_for = [&](float width) {
            if (pen.x > rect_.x && pen.x + width > rect_.right()) {
                pen = {rect_.x, pen.y + line};
            }
        };
        if (has_bias()) {
            draw_bias({pen.x, pen.y, kBias, size});
            pen.x += kBias;
        }
        if (!listed_ && !sum_.parts.empty() && !back_) {
            draw_input(0, {pen.x, pen.y, size, size}, sum_.parts.front());
            word({pen.x + size / 2, pen.y + size + kWord / 2 + 2},
                 context_.value_name(sum_.parts.front().value),
                 theme_.t3);
            pen.x += size;
        }
        const Index count = results() - (listed_ ? 0 : 1);
        for (Index i = 0; i < count; ++i) {
            room_for(kArrow + size);
            const bool sums = i == 0 && listed_ && !back_;
            canvas_.text({pen.x + kArrow / 2, pen.y + size / 2},
                         sums    ? "="
                         : back_ ? "←"
                                 : "→",
                         FontStyle::kM13,
                         theme_.t2,
                         Align::kCenter);
            pen.x += kArrow;
            draw_result(i, i + 1 == count, {pen.x, pen.y, size, size});
            pen.x += size;
        }
    }
    void draw_bias(Rect where) {
        canvas_.text(
            {where.x, where.center_y() - space::k8}, "+ bias", FontStyle::kSmall, theme_.t2);
        canvas_.text({where.x, where.center_y() + space::k8},
                     significant_text(*sum_.bias, 3),
                     FontStyle::kM13,
                     theme_.kernel);
    }
    void draw_result(Index i, bool last, Rect where) {
        const Index layer = stage_.layers[at(i)];
        const std::string& name = context_.room().network.layers[at(layer)].name;
        const model::Values values(context_.room().network, context_.train().snapshot);
        const models::CapturedTensor* tensor =
            back_ ? values.gradient(layer + 1) : values.value(layer + 1);
        if (tensor == nullptr) {
            return;
        }
        const Index plane = sum_.height * sum_.width;
        const auto numbers = std::span(tensor->values).subspan(at(sum_.channel * plane), at(plane));
        const StageMaps& maps = context_.pictures.stages()[at(sum_.stage)];
        const ImageRef image = last && at(sum_.channel) < maps.tiles.size()
                                   ? context_.pictures.map(maps.tiles[at(sum_.channel)])
                                   : pictures_.made(at(i));
        draw_cell_map(context_,
                      {.id = "inspect.result." + std::to_string(i),
                       .label = (back_ ? "Gradients at " : "") + name,
                       .image = image,
                       .shape = shape_,
                       .numbers = numbers},
                      where);
        const auto number = static_cast<double>(numbers[at(cell_index())]);
        const Color ink = back_ ? theme_.grad : last ? theme_.output : theme_.t1;
        canvas_.text({where.center_x(), where.bottom() + kWord / 2 + 2},
                     Runs{{name + " ", FontStyle::kSmall, theme_.t2},
                          {significant_text(number, 3), FontStyle::kM11, ink}},
                     Align::kCenter);
        if (last) {
            context_.zoom.stands_large(where);
        }
    }

    Context& context_;
    Canvas canvas_;
    const Theme& theme_;
    const LayerPictures& pictures_;
    const MapSum& sum_;
    const model::Stage& stage_;
    Shape shape_;  ///< of the opened map
    bool back_;
    bool weighted_ = false;
    bool listed_ = false;            ///< the parts stand side by side
    std::vector<std::size_t> kept_;  ///< of the parts with pictures those that have room, in order
    float tile_ = kMostTile;
    Rect rect_;
};

}  // namespace

void draw_layer_parts(Context& context, Rect rect) {
    Parts(context, rect).draw();
}

}  // namespace convoscope::rooms::inspect
