#include "web/rooms/inspect/layer_stage.h"

#include <algorithm>
#include <string>

#include "web/models/inspect/inspect_commands.h"
#include "web/rooms/inspect/layer_numbers.h"
#include "web/rooms/inspect/layer_parts.h"
#include "web/widgets/tile.h"

namespace convoscope::rooms::inspect {

using namespace widgets;
using model::Rule;

namespace {

constexpr float kLine = 17;
constexpr float kStripTile = 36;
constexpr float kLeastStripTile = 16;
constexpr float kStripGap = 6;
constexpr Index kMostLines = 3;

/// How the opened map, or number, comes about.
std::string sentence_of(const Context& context, const model::Neuron& neuron, bool flat) {
    const std::string own = (flat ? "Number " : "Map ") + std::to_string(neuron.place.channel) +
                            " of " + context.stage_name(neuron.stage);
    if (context.room().backward()) {
        return neuron.rule == Rule::weighted_sum
                   ? own +
                         " backwards: each weight's gradient is its errors times the numbers "
                         "that the weight met."
                   : own + " backwards: how much the answer would change with each of its numbers.";
    }
    switch (neuron.rule) {
        case Rule::weighted_sum:
            return own + " is a sum: all that it reads, each times its weights, and a bias.";
        case Rule::maximum:
            return own + " keeps the greatest number of each window.";
        case Rule::mean:
            return own + " is the mean of each window.";
        case Rule::addition:
            return own + " is what its inputs give together, number by number.";
        case Rule::copy:
            return own + " is handed on as it is: it is " + (flat ? "number " : "map ") +
                   std::to_string(neuron.patches.front().channel) + " of " +
                   context.value_name(neuron.patches.front().value) + ".";
        default:
            return own + " takes each number by itself.";
    }
}

/// Every map or number of the layer, to choose from.
class Strip {
  public:
    Strip(Context& context, Index stage, Index chosen, Rect where)
        : context_(context),
          stage_(stage),
          chosen_(chosen),
          maps_(context.pictures.stages()[at(stage)]),
          where_(where) {
        const Index count = maps_.shape.channels;
        for (tile_ = kStripTile; tile_ > kLeastStripTile; tile_ -= 2) {
            if (across() * kMostLines >= count) {
                break;
            }
        }
        shown_ = std::min(count, across() * kMostLines);
        first_ = std::clamp(chosen - shown_ / 2, Index{0}, count - shown_);
    }

    /// Returns the height that it takes.
    float draw() {
        for (Index i = 0; i < shown_; ++i) {
            draw_one(first_ + i, place(i));
        }
        const auto lines = static_cast<float>((shown_ + across() - 1) / across());
        return lines * (tile_ + kStripGap) + space::k12;
    }

  private:
    [[nodiscard]] Index across() const {
        return std::max(Index{1}, static_cast<Index>((where_.w + kStripGap) / (tile_ + kStripGap)));
    }
    [[nodiscard]] Rect place(Index i) const {
        const float pitch = tile_ + kStripGap;
        return {where_.x + static_cast<float>(i % across()) * pitch,
                where_.y + static_cast<float>(i / across()) * pitch,
                tile_,
                tile_};
    }

    void draw_one(Index channel, Rect where) {
        const std::string& name = context_.stage_name(stage_);
        const std::string what = maps_.shape.flat ? ", number " : ", map ";
        const std::string id = "inspect.channel." + std::to_string(channel);
        const TileResult result = tile(
            context_.ui,
            {.id = id.c_str(),
             .label = name + what + std::to_string(channel),
             .role = Role::kRadio,
             .image = context_.pictures.map(
                 at(channel) < maps_.tiles.size() ? maps_.tiles[at(channel)] : render::kNoTile),
             .pinned = channel == chosen_,
             .explanation = {{name + what + std::to_string(channel) +
                                  ": click to see what it is made of.",
                              FontStyle::kBody,
                              context_.theme().t2}}},
            where);
        if (maps_.shape.flat) {
            draw_number(channel, where);
        }
        if (result.interaction.clicked && channel != chosen_) {
            context_.commands.push(model::commands::open(name, channel));
        }
    }
    void draw_number(Index channel, Rect where) {
        const models::CapturedTensor* tensor = context_.shown(stage_);
        if (tensor == nullptr) {
            return;
        }
        Canvas canvas = context_.ui.canvas();
        const Color fill = colour_of(context_, maps_, tensor->values[at(channel)]);
        canvas.fill(where, fill, radius::kTile);
        const std::string text = std::to_string(channel);
        if (canvas.width(text, FontStyle::kM11) < where.w) {
            canvas.text(where.center(), text, FontStyle::kM11, ink_on(fill), Align::kCenter);
        }
        if (channel == chosen_) {
            context_.zoom.stands_large(where);
        }
    }

    Context& context_;
    Index stage_;
    Index chosen_;
    const StageMaps& maps_;
    Rect where_;
    float tile_ = kStripTile;
    Index shown_ = 0;
    Index first_ = 0;
};

}  // namespace

void draw_layer(Context& context, Rect rect) {
    const model::Neuron& neuron = *context.neuron;
    const bool flat = context.pictures.stages()[at(neuron.stage)].shape.flat;
    const std::string sentence = sentence_of(context, neuron, flat);
    const auto lines = context.ui.canvas().paragraph({rect.x, rect.y + space::k8},
                                                     rect.w,
                                                     sentence,
                                                     FontStyle::kSmall,
                                                     context.theme().t2,
                                                     kLine);
    register_passive(context.ui,
                     {.id = "inspect.layer", .label = sentence, .role = Role::kStatus},
                     {rect.x, rect.y, rect.w, static_cast<float>(lines) * kLine});
    rect.take_top(static_cast<float>(lines) * kLine + space::k12);
    rect.take_top(Strip(context, neuron.stage, neuron.place.channel, rect).draw());
    if (flat) {
        draw_layer_numbers(context, rect);
    } else if (const auto& sum = context.pictures.layer().sum();
               sum && sum->stage == neuron.stage && sum->channel == neuron.place.channel) {
        draw_layer_parts(context, rect);
    }
}

}  // namespace convoscope::rooms::inspect
