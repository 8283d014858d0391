#include "web/rooms/inspect/level_path.h"

#include <string>

#include "web/models/inspect/inspect_commands.h"
#include "web/widgets/button.h"

namespace convoscope::rooms::inspect {

using namespace widgets;

namespace {

constexpr float kLine = 28;

/// Names in a line, joined by "›"; what does not fit goes on in the next line.
class Path {
  public:
    Path(Context& context, Rect where)
        : context_(context), canvas_(context.ui.canvas()), where_(where), x_(where.x) {}

    /// True when it was clicked. The last one is where the reader is.
    bool step(const char* id, const std::string& name, bool last) {
        const float width = canvas_.width(name, FontStyle::kSmallS);
        if (x_ > where_.x && x_ + width > where_.right()) {
            x_ = where_.x;
            y_ += kLine;
        }
        const Rect place{x_, where_.y + y_, width, kLine};
        const Interaction act = interact(context_.ui,
                                         {.id = id,
                                          .label = last ? name : "Back to " + name,
                                          .role = Role::kLink,
                                          .selected = last},
                                         place);
        const Theme& theme = context_.theme();
        canvas_.text({x_, place.center_y()},
                     name,
                     FontStyle::kSmallS,
                     last || act.hovered ? theme.t1 : theme.t2);
        if (act.focused) {
            canvas_.focus_ring(place.inset(0, space::k4), radius::kTile);
        }
        x_ += width + space::k8;
        if (!last) {
            canvas_.icon(Icon::kChevronRight, {x_ + 1, place.center_y()}, space::k12, theme.t3);
            x_ += space::k12;
        }
        return act.clicked && !last;
    }
    [[nodiscard]] float height() const { return y_ + kLine; }

  private:
    Context& context_;
    Canvas canvas_;
    Rect where_;
    float x_;
    float y_ = 0;
};

std::string map_text(const Context& context, const model::Neuron& neuron) {
    const bool flat = context.pictures.stages()[at(neuron.stage)].shape.flat;
    return context.stage_name(neuron.stage) + (flat ? ", number " : ", map ") +
           std::to_string(neuron.place.channel);
}

/// "(4, 5)": row and column; of a flat layer the number has neither.
std::string number_text_of(const Context& context, const model::Neuron& neuron) {
    const bool flat = context.pictures.stages()[at(neuron.stage)].shape.flat;
    return flat ? "its sum"
                : "(" + std::to_string(neuron.place.row) + ", " +
                      std::to_string(neuron.place.column) + ")";
}

void draw_buttons(Context& context, Rect& row) {
    const model::Model& room = context.room();
    const Rect deeper = row.take_right(space::kButton, space::k4);
    if (icon_button(context.ui,
                    {.id = "inspect.deeper",
                     .label = room.opened ? "Into one number" : "Into the layer",
                     .icon = Icon::kPlus,
                     .disabled = !context.neuron || (room.opened && room.pinned)},
                    deeper.inset(0, -2))) {
        go_deeper(context);
    }
    if (icon_button(context.ui,
                    {.id = "inspect.up",
                     .label = "A level up",
                     .icon = Icon::kChevronLeft,
                     .disabled = !room.opened && !room.pinned,
                     .shortcut = "Esc"},
                    row.take_right(space::kButton, space::k8).inset(0, -2))) {
        go_up(context);
    }
}

}  // namespace

float draw_level_path(Context& context, Rect where) {
    Rect row{where.x, where.y, where.w, kLine};
    draw_buttons(context, row);
    const model::Model& room = context.room();
    Path path(context, row);
    const bool at_input = room.pinned && room.pinned->layer == model::kInputName;
    const bool inside = !at_input && context.neuron && (room.opened_stage() || room.pinned);
    if (path.step("inspect.path.network", "Network", !inside && !at_input)) {
        context.commands.push(model::commands::open({}, 0));
    }
    if (at_input) {
        path.step("inspect.path.number", "input", true);
    }
    if (inside) {
        const model::Neuron& neuron = *context.neuron;
        if (path.step("inspect.path.map", map_text(context, neuron), !room.pinned)) {
            context.commands.push(
                model::commands::open(context.stage_name(neuron.stage), neuron.place.channel));
        }
        if (room.pinned) {
            path.step("inspect.path.number", number_text_of(context, neuron), true);
        }
    }
    return path.height();
}

void go_deeper(Context& context) {
    if (!context.neuron) {
        return;
    }
    const model::Neuron& neuron = *context.neuron;
    const std::string& name = context.stage_name(neuron.stage);
    if (!context.room().opened) {
        context.commands.push(model::commands::open(name, neuron.place.channel));
    } else if (!context.room().pinned) {
        context.commands.push(model::commands::pin(name, neuron.place));
    }
}

void go_up(Context& context) {
    context.commands.push(models::commands::plain("inspect_back"));
}

}  // namespace convoscope::rooms::inspect
