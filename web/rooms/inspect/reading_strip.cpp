#include "web/rooms/inspect/reading_strip.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include <imgui.h>

#include "web/models/inspect/inspect_commands.h"
#include "web/widgets/number_text.h"

namespace convoscope::rooms::inspect {

using namespace widgets;

namespace {

constexpr float kVerdict = 150;
constexpr float kFoot = 34;
constexpr float kLogit = 18;
constexpr float kLeastPitch = 34;

/// Classes by their probability, the likeliest first.
std::vector<int> ranked(const std::vector<float>& probabilities) {
    std::vector<int> order(probabilities.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(
        order, std::greater(), [&](int c) { return probabilities[static_cast<std::size_t>(c)]; });
    return order;
}

void draw_verdict(Context& context,
                  const std::vector<float>& probabilities,
                  const std::vector<int>& order,
                  Rect rect) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const auto& data = context.train().data;
    const auto share = [&](int c) {
        return percent_text(static_cast<double>(probabilities[static_cast<std::size_t>(c)]), 1);
    };
    canvas.text({rect.x, rect.y + space::k8}, "What it reads", FontStyle::kSmallS, theme.t1);
    const std::string name = data.class_name(order.front());
    const FontStyle large = name.size() <= 2 ? FontStyle::kM32 : FontStyle::kM15;
    canvas.text(
        {rect.x, rect.y + 48},
        Runs{{name + " ", large, theme.output}, {share(order.front()), FontStyle::kM15, theme.t1}});
    if (order.size() > 1) {
        canvas.text({rect.x, rect.y + 82},
                    Runs{{"then " + data.class_name(order[1]) + ":  ", FontStyle::kSmall, theme.t2},
                         {share(order[1]), FontStyle::kM12, theme.t2}});
    }
    register_passive(context.ui,
                     {.id = "inspect.reading",
                      .label = "What the network reads",
                      .role = Role::kStatus,
                      .value = name + ", " + share(order.front())},
                     rect);
}

/// The widest type in which all classes have room below their bars; none: they stand in them.
std::optional<FontStyle> style_of_names(const Context& context,
                                        const Canvas& canvas,
                                        std::size_t classes,
                                        float pitch) {
    for (const FontStyle style : {FontStyle::kM12, FontStyle::kMicro}) {
        bool fits = true;
        for (std::size_t c = 0; c < classes; ++c) {
            const std::string name = context.train().data.class_name(static_cast<int>(c));
            fits = fits && canvas.width(name, style) <= pitch;
        }
        if (fits) {
            return style;
        }
    }
    return std::nullopt;
}

/// A word that is read upwards, from its beginning.
void draw_upright(Canvas& canvas, Point from, const std::string& word, Color ink) {
    const int first = canvas.list()->VtxBuffer.Size;
    from = {std::round(from.x), std::round(from.y)};
    canvas.text(from, word, FontStyle::kMicro, ink);
    for (int i = first; i < canvas.list()->VtxBuffer.Size; ++i) {
        ImVec2& place = canvas.list()->VtxBuffer[i].pos;
        place = {from.x + (place.y - from.y), from.y - (place.x - from.x)};
    }
}

bool asks_backwards(const Context& context) {
    return context.room().backward() && context.room().scene != model::Scene::why;
}

void draw_column_state(Context& context, const Interaction& act, bool chosen, Rect column) {
    Canvas canvas = context.ui.canvas();
    if (act.hovered || chosen) {
        canvas.fill(column.inset(-3, -space::k4),
                    chosen ? context.theme().bg4 : context.theme().bg2,
                    radius::kTile);
    }
    if (act.focused) {
        canvas.focus_ring(column, radius::kTile);
    }
}

/// A bar is a way to ask for that class: why it would be, or what its gradients are.
void ask_for_class(Context& context, int type, Rect column) {
    const std::string id = "inspect.class." + std::to_string(type);
    const std::string name = context.train().data.class_name(type);
    const bool back = asks_backwards(context);
    const int about = back ? context.train().snapshot_class
                           : context.room().explanations.of(model::Why::saliency).type;
    const bool asked = about == type;
    const Interaction act = interact(context.ui,
                                     {.id = id,
                                      .label = (back ? "Gradients of " : "Why ") + name,
                                      .role = Role::kRadio,
                                      .selected = asked},
                                     column,
                                     {{back ? "Click to go back from " + name + "."
                                            : "Click to see what speaks for " + name + ".",
                                       FontStyle::kBody,
                                       context.theme().t2}});
    draw_column_state(context, act, asked, column);
    if (act.clicked) {
        context.commands.push(model::commands::with("inspect_target", "class", type));
    }
}

/// A bar is the way into the sum that made its score, and into the softmax that makes its share.
void open_class(Context& context, int type, Rect column) {
    const std::string name = context.train().data.class_name(type);
    const model::Model& room = context.room();
    const std::string& layer = context.stage_name(std::ssize(room.stages) - 1);
    const bool opened =
        room.pinned && room.pinned->layer == layer && room.pinned->place.channel == type;
    const Interaction act =
        interact(context.ui,
                 {.id = "inspect.class." + std::to_string(type),
                  .label = "Open the score and the share of " + name,
                  .role = Role::kRadio,
                  .selected = opened},
                 column,
                 {{"Click to see the score's sum, and the exponentials that make its share.",
                   FontStyle::kBody,
                   context.theme().t2}});
    draw_column_state(context, act, opened, column);
    if (act.clicked) {
        context.commands.push(model::commands::pin(layer, {.channel = type}));
    }
}

/// What is shown of a class.
struct ClassBar {
    int type = 0;
    float probability = 0.0F;
    float score = 0.0F;
    bool best = false;
    bool told = true;               ///< its numbers do not run into the neighbours'
    std::optional<FontStyle> name;  ///< of its name below; none: it stands in the bar
};

void draw_class(Context& context, const ClassBar& bar, Rect column) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const Color ink = bar.best ? theme.output : theme.t2;
    const float x = column.center_x();
    canvas.text({x, column.y + space::k8},
                bar.told ? decimal_text(static_cast<double>(bar.score), 1) : "",
                FontStyle::kM11,
                theme.t3,
                Align::kCenter);
    const float foot = bar.name ? kFoot : kFoot / 2;
    const Rect track{column.x, column.y + kLogit, column.w, column.h - kLogit - foot};
    canvas.fill(track, theme.bg3, radius::kTile);
    const float height = std::max(2.0F, track.h * bar.probability);
    canvas.fill({track.x, track.bottom() - height, track.w, height},
                bar.best ? theme.output_fill : tint(theme.output_fill, 0.5F, theme.bg3),
                radius::kTile);
    const std::string name = context.train().data.class_name(bar.type);
    if (bar.name) {
        canvas.text({x, track.bottom() + 11}, name, *bar.name, ink, Align::kCenter);
    } else {
        const bool covered = bar.best && bar.probability > 0.5F;
        draw_upright(canvas,
                     {x, track.bottom() - space::k4},
                     name,
                     covered ? ink_on(theme.output_fill) : theme.t1);
    }
    const auto share = static_cast<double>(bar.probability);
    canvas.text({x, track.bottom() + (bar.name ? 26.0F : 10.0F)},
                !bar.told        ? ""
                : share < 0.0005 ? "~0"
                                 : cell_text(share, 3),
                FontStyle::kM11,
                bar.best ? theme.t1 : theme.t3,
                Align::kCenter);
}

/// In place of an answer, when the network's numbers have left all bounds.
void draw_lost(Context& context, Rect rect) {
    ghost(context,
          rect,
          "This network has no answer: its numbers are no longer finite. Train it anew with a "
          "smaller learning rate, or go back to an earlier moment in the Train room.");
    register_passive(context.ui,
                     {.id = "inspect.reading",
                      .label = "What the network reads",
                      .role = Role::kStatus,
                      .value = "no answer: its numbers are not finite"},
                     rect);
}

}  // namespace

void draw_reading(Context& context, Rect rect) {
    const std::vector<float> probabilities = context.train().probabilities();
    const auto* logits = context.train().captured("activation." + context.train().last_layer());
    if (probabilities.empty() || logits == nullptr) {
        ghost(context, rect, "What the network reads appears with the first picture.");
        return;
    }
    const auto is_number = [](float number) { return std::isfinite(number); };
    if (!std::ranges::all_of(logits->values, is_number) ||
        !std::ranges::all_of(probabilities, is_number)) {
        draw_lost(context, rect);
        return;
    }
    const Canvas canvas = context.ui.canvas();
    const std::vector<int> order = ranked(probabilities);
    draw_verdict(context, probabilities, order, rect.take_left(kVerdict, space::k12));
    const float pitch = rect.w / static_cast<float>(probabilities.size());
    const auto names = style_of_names(context, canvas, probabilities.size(), pitch);
    for (std::size_t c = 0; c < probabilities.size(); ++c) {
        const auto type = static_cast<int>(c);
        const Rect column{
            rect.x + static_cast<float>(c) * pitch, rect.y, pitch - space::k8, rect.h};
        if (context.room().scene == model::Scene::why || asks_backwards(context)) {
            ask_for_class(context, type, column);
        } else {
            open_class(context, type, column);
        }
        draw_class(context,
                   {.type = type,
                    .probability = probabilities[c],
                    .score = c < logits->values.size() ? logits->values[c] : 0.0F,
                    .best = type == order.front(),
                    .told = type == order.front() || pitch >= kLeastPitch,
                    .name = names},
                   column);
    }
}

}  // namespace convoscope::rooms::inspect
