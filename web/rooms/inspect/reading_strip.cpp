#include "web/rooms/inspect/reading_strip.h"

#include <algorithm>
#include <numeric>

#include "web/models/inspect/inspect_commands.h"
#include "web/widgets/number_text.h"

namespace convoscope::rooms::inspect {

using namespace widgets;

namespace {

constexpr float kVerdict = 150;
constexpr float kFoot = 34;
constexpr float kLogit = 18;
constexpr float kLeastPitch = 34;
constexpr float kLetter = 7.4F;

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

/// The class below its bar: in the widest type that has room, else its first letters.
void draw_name(Canvas& canvas, Point at, float pitch, const std::string& name, Color ink) {
    for (const FontStyle style : {FontStyle::kM12, FontStyle::kMicro}) {
        if (canvas.width(name, style) <= pitch) {
            canvas.text(at, name, style, ink, Align::kCenter);
            return;
        }
    }
    const auto letters = static_cast<std::size_t>(pitch / kLetter);
    canvas.text(at, name.substr(0, letters), FontStyle::kM12, ink, Align::kCenter);
}

/// A bar is a way to ask why it would be that class.
void ask_for_class(Context& context, int type, Rect column) {
    const std::string id = "inspect.class." + std::to_string(type);
    const std::string name = context.train().data.class_name(type);
    const bool asked = context.room().explanations.of(model::Why::saliency).type == type;
    const Interaction act = interact(
        context.ui,
        {.id = id, .label = "Why " + name, .role = Role::kRadio, .selected = asked},
        column,
        {{"Click to see what speaks for " + name + ".", FontStyle::kBody, context.theme().t2}});
    Canvas canvas = context.ui.canvas();
    if (act.hovered || asked) {
        canvas.fill(column.inset(-3, -space::k4),
                    asked ? context.theme().bg4 : context.theme().bg2,
                    radius::kTile);
    }
    if (act.focused) {
        canvas.focus_ring(column, radius::kTile);
    }
    if (act.clicked) {
        context.commands.push(model::commands::with("inspect_target", "class", type));
    }
}

}  // namespace

void draw_reading(Context& context, Rect rect) {
    const std::vector<float> probabilities = context.train().probabilities();
    const auto* logits = context.train().captured("activation." + context.train().last_layer());
    if (probabilities.empty() || logits == nullptr) {
        ghost(context, rect, "What the network reads appears with the first picture.");
        return;
    }
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const std::vector<int> order = ranked(probabilities);
    draw_verdict(context, probabilities, order, rect.take_left(kVerdict, space::k12));
    const float pitch = rect.w / static_cast<float>(probabilities.size());
    for (std::size_t c = 0; c < probabilities.size(); ++c) {
        const Rect column{
            rect.x + static_cast<float>(c) * pitch, rect.y, pitch - space::k8, rect.h};
        const bool best = static_cast<int>(c) == order.front();
        if (context.room().scene == model::Scene::why) {
            ask_for_class(context, static_cast<int>(c), column);
        }
        const bool told =
            best || pitch >= kLeastPitch;  // else the numbers would run into each other
        const bool known = c < logits->values.size();
        const Color ink = best ? theme.output : theme.t2;
        canvas.text({column.center_x(), column.y + space::k8},
                    known && told ? decimal_text(static_cast<double>(logits->values[c]), 1) : "",
                    FontStyle::kM11,
                    theme.t3,
                    Align::kCenter);
        const Rect track{column.x, column.y + kLogit, column.w, column.h - kLogit - kFoot};
        canvas.fill(track, theme.bg3, radius::kTile);
        const float height = std::max(2.0F, track.h * probabilities[c]);
        canvas.fill({track.x, track.bottom() - height, track.w, height},
                    best ? theme.output_fill : tint(theme.output_fill, 0.5F, theme.bg3),
                    radius::kTile);
        const std::string name = context.train().data.class_name(static_cast<int>(c));
        draw_name(canvas, {column.center_x(), track.bottom() + 11}, pitch, name, ink);
        const auto share = static_cast<double>(probabilities[c]);
        canvas.text({column.center_x(), track.bottom() + 26},
                    !told            ? ""
                    : share < 0.0005 ? "~0"
                                     : cell_text(share, 3),
                    FontStyle::kM11,
                    best ? theme.t1 : theme.t3,
                    Align::kCenter);
    }
}

}  // namespace convoscope::rooms::inspect
