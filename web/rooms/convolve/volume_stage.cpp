#include "web/rooms/convolve/volume_stage.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>

#include <imgui.h>

#include "web/rooms/convolve/stage_parts.h"
#include "web/rooms/convolve/volume_scene.h"
#include "web/rooms/turning.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::Outlook;
using model::Target;

namespace {

constexpr float kLabels = 34;  ///< above the volumes

/// Four corners of a rectangle of cells on a plane, in a circle.
std::array<Point, 4> corners_of(const Turntable& table,
                                const StackPlace& stack,
                                Index plane,
                                model::CellPlace from,
                                model::CellPlace to) {
    const float top = static_cast<float>(from.row) - 0.5F;
    const float left = static_cast<float>(from.column) - 0.5F;
    const float bottom = static_cast<float>(to.row) + 0.5F;
    const float right = static_cast<float>(to.column) + 0.5F;
    return {table.project(stack.at(plane, top, left)),
            table.project(stack.at(plane, top, right)),
            table.project(stack.at(plane, bottom, right)),
            table.project(stack.at(plane, bottom, left))};
}

void join(Canvas& canvas,
          const std::array<Point, 4>& from,
          const std::array<Point, 4>& to,
          Color from_color,
          Color to_color) {
    for (std::size_t i = 0; i < 4; ++i) {
        canvas.gradient_line(from[i], to[i], from_color, to_color, stroke::kHair);
    }
}

/// The output whose window is framed: the one that is pointed at, that is computed, or backwards
/// that has all the error. None: all have some.
std::optional<model::CellPlace> framed_output(const model::Model& room) {
    const Target& told = room.told_target();
    if (told.kind == Target::Kind::output) {
        return told.place;
    }
    if (!room.backward()) {
        return room.current();
    }
    return room.error_choice() == model::ErrorChoice::one ? std::optional(room.error_place())
                                                          : std::nullopt;
}

/// The window through all planes that the filter reads, and its lines to kernel and output.
void draw_projection(Context& context, const VolumeScene& scene, const Turntable& table) {
    const model::Arithmetic& made = context.arithmetic();
    const model::Model& room = context.room();
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const std::optional<model::CellPlace> framed = framed_output(room);
    if (!framed) {
        return;
    }
    const model::CellPlace output = *framed;
    const StackPlace& input = scene.stack(Stack::input);
    const StackPlace& kernel = scene.stack(Stack::kernel);
    const StackPlace& result = scene.stack(Stack::output);
    const Index first = std::min(context.setup().first_channel_of(room.filter()), input.shown - 1);
    const Index last = std::min(first + context.setup().slices(), input.shown) - 1;
    const model::CellPlace from{made.rows.place(output.row, 0),
                                made.columns.place(output.column, 0)};
    const model::CellPlace to{from.row + made.rows.extent() - 1,
                              from.column + made.columns.extent() - 1};
    const auto front = corners_of(table, input, first, from, to);
    const auto back = corners_of(table, input, last, from, to);
    const Color amber = theme.kernel_fill;
    outline(canvas, front, amber, stroke::kFocus);
    if (last > first) {
        outline(canvas, back, amber.faded(0.5F), stroke::kSelect);
        join(canvas, front, back, amber.faded(0.6F), amber.faded(0.6F));
    }
    const auto weights =
        corners_of(table, kernel, 0, {0, 0}, {Index{kernel.rows - 1}, Index{kernel.columns - 1}});
    outline(canvas, weights, amber.faded(0.8F), stroke::kSelect);
    join(canvas, front, weights, amber.faded(0.75F), amber.faded(0.4F));
    const Index plane = std::min(room.filter(), result.shown - 1);
    const auto cell = corners_of(table, result, plane, output, output);
    outline(canvas, cell, theme.output_fill, stroke::kFocus);
    join(canvas, weights, cell, amber.faded(0.4F), theme.output_fill.faded(0.75F));
}

/// Above the highest corner of a volume.
Point label_place(const Turntable& table, const StackPlace& stack) {
    Point place = table.project(stack.bounds.least);
    for (const Point& corner : table.corners(stack.bounds)) {
        place.x = std::min(place.x, corner.x);
        place.y = std::min(place.y, corner.y);
    }
    return place;
}

std::string caption_of(const StackPlace& stack) {
    std::string text = size_text(stack.rows, stack.columns);
    if (stack.planes > 1) {
        text += " × " + std::to_string(stack.planes);
    }
    return stack.shown < stack.planes ? text + ", the first " + std::to_string(stack.shown) : text;
}

void draw_labels(Context& context, const VolumeScene& scene, const Turntable& table, Rect area) {
    const bool pooling = is_pooling(context.setup().operation);
    const bool backward = context.room().backward();
    const std::array<const char*, 3> names{backward ? "dL/dx" : "Input",
                                           pooling    ? "Window"
                                           : backward ? "dL/dw"
                                                      : "Kernel",
                                           backward ? "dL/dy" : "Output"};
    const std::array<Quantity, 3> quantities{backward ? Quantity::kGradient : Quantity::kInput,
                                             Quantity::kKernel,
                                             backward ? Quantity::kGradient : Quantity::kOutput};
    const bool brief = context.page_width < breakpoint::kPhone;
    Point before{area.x - 1000, area.y};
    for (std::size_t i = 0; i < 3; ++i) {
        constexpr float kLine = 20;
        Point place = label_place(table, scene.stacks[i]);
        const bool close = place.x - before.x < (brief ? 90.0F : 190.0F);
        if (close && std::abs(place.y - before.y) < kLine) {
            place.y = before.y - kLine;
        }
        before = place;
        draw_stage_label(context,
                         {std::max(place.x, area.x + 8), std::max(place.y - 14, area.y + 12)},
                         quantities[i],
                         names[i],
                         brief ? "" : caption_of(scene.stacks[i]));
    }
}

/// The box under the pointer.
const BoxOwner* picked(const VolumeScene& scene, const Turntable& table, Point at_point) {
    const BoxOwner* nearest = nullptr;
    float best = 0.0F;
    for (std::size_t i = 0; i < scene.boxes.size(); ++i) {
        const render::Box& box = scene.boxes[i];
        const auto hit = table.hit(at_point,
                                   {box.middle[0], box.middle[1], box.middle[2]},
                                   {box.size[0], box.size[1], box.size[2]});
        if (hit && (nearest == nullptr || *hit > best)) {
            nearest = &scene.owners[i];
            best = *hit;
        }
    }
    return nearest;
}

Target target_of(const BoxOwner* owner, bool pooling) {
    if (owner == nullptr || (pooling && owner->stack == Stack::kernel)) {
        return {};
    }
    switch (owner->stack) {
        case Stack::input:
            return {Target::Kind::grid, owner->place};
        case Stack::kernel:
            return {Target::Kind::weight, owner->place};
        case Stack::output:
            break;
    }
    return {Target::Kind::output, owner->place};
}

}  // namespace

void draw_volume_stage(Context& context, Rect area) {
    const Outlook& outlook = context.room().outlook();
    const Rect reset{area.right() - 48, area.bottom() - 44, 32, 32};
    ImGui::SetNextItemAllowOverlap();
    const Interaction act = interact(context.ui,
                                     {.id = "convolve.volumes",
                                      .label = "Volumes of input, kernel and output",
                                      .role = Role::kImage,
                                      .value = outlook_text(outlook),
                                      .takes_strokes = true},
                                     area);
    const VolumeScene scene = volume_scene(context);
    Rect frame = area.inset(28, 16);
    frame.take_top(kLabels - 16);
    const Turntable table = turned({&scene.bounds, 1}, frame, outlook);
    Canvas canvas = context.ui.canvas();
    canvas.push_clip(area);
    draw_boxes(context.ui, *context.boxes, scene.boxes, table, area);
    draw_projection(context, scene, table);
    draw_labels(context, scene, table, area);
    canvas.pop_clip();
    if (act.focused) {
        canvas.focus_ring(area.inset(4), radius::kCard);
    }
    if (const Outlook wanted = steered(context.ui, act, outlook, reset); wanted != outlook) {
        context.commands.push(model::commands::look_from(wanted));
    }
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const bool still = act.hovered && !ImGui::IsMouseDragging(ImGuiMouseButton_Left);
    const Target target = target_of(still ? picked(scene, table, {mouse.x, mouse.y}) : nullptr,
                                    is_pooling(context.setup().operation));
    if (!(target == context.room().hovered)) {
        context.commands.push(model::commands::point(target));
    }
    if (act.clicked && still && target.kind != Target::Kind::none && !was_dragged()) {
        context.commands.push(model::commands::pin(target));
    }
    if (reset_look(context.ui, "convolve.volumes.reset", outlook == Outlook{}, reset)) {
        context.commands.push(model::commands::with("convolve_look", "reset", true));
    }
}

}  // namespace convoscope::rooms::convolve
