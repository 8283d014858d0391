#include "web/rooms/inspect/space_stage.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <imgui.h>

#include "web/models/inspect/inspect_commands.h"
#include "web/models/inspect/routes.h"
#include "web/rooms/inspect/patch_view.h"
#include "web/rooms/inspect/space_labels.h"
#include "web/rooms/turning.h"
#include "web/widgets/number_text.h"
#include "web/widgets/scales.h"

namespace convoscope::rooms::inspect {

using namespace widgets;

namespace {

constexpr float kLabels = 36;  ///< above the slabs
constexpr std::size_t kMostEdges = 48;
constexpr std::size_t kMostFramed = 32;  ///< windows whose four corners are joined

/// Draws the lines of one frame over the slabs.
class Lights {
  public:
    Lights(Context& context, const SpaceScene& scene, const Turntable& table, const SpaceCell& cell)
        : context_(context),
          scene_(scene),
          table_(table),
          cell_(cell),
          canvas_(context.ui.canvas()),
          values_(context.room().network, context.train().snapshot) {}

    void draw() {
        const Slab* own = scene_.slab_of(cell_.stage);
        const auto middle = own != nullptr ? own->at(cell_.place) : std::nullopt;
        if (!middle) {
            return;
        }
        own_ = table_.project(*middle);
        draw_where_it_goes();
        draw_what_it_reads();
        outline(canvas_, frame_of(*own, own_plane(*own), cell_on(*own)), context_.theme().t1, 2);
    }

  private:
    /// A rectangle of places on a map.
    struct Window {
        float row = 0;
        float column = 0;
        float rows = 1;
        float columns = 1;
    };

    [[nodiscard]] Index own_plane(const Slab& slab) const {
        return slab.shape.flat ? 0 : cell_.place.channel;
    }
    [[nodiscard]] Window cell_on(const Slab& slab) const {
        const Index number = cell_.place.channel;
        return slab.shape.flat ? Window{static_cast<float>(number / slab.columns),
                                        static_cast<float>(number % slab.columns)}
                               : Window{static_cast<float>(cell_.place.row),
                                        static_cast<float>(cell_.place.column)};
    }
    [[nodiscard]] std::array<Point, 4> frame_of(const Slab& slab,
                                                Index plane,
                                                const Window& window) const {
        const float top = window.row - 0.5F;
        const float left = window.column - 0.5F;
        const float bottom = top + window.rows;
        const float right = left + window.columns;
        return {table_.project(slab.at(plane, top, left)),
                table_.project(slab.at(plane, top, right)),
                table_.project(slab.at(plane, bottom, right)),
                table_.project(slab.at(plane, bottom, left))};
    }
    void draw_what_it_reads() {
        if (cell_.stage < 0) {
            return;
        }
        const auto neuron = open_neuron(values_, context_.room().stages, cell_.stage, cell_.place);
        if (neuron) {
            draw_patches(neuron->patches, context_.theme().kernel_fill);
        }
    }

    void draw_where_it_goes() {
        const Index value = cell_.stage < 0 ? 0 : context_.room().stages[at(cell_.stage)].shown + 1;
        const models::CapturedTensor* numbers = values_.value(value);
        if (numbers == nullptr || !model::exists(*numbers, cell_.place)) {
            return;
        }
        const model::Routes routes =
            model::routes_back(values_, value, model::element_at(*numbers, cell_.place));
        draw_patches(routes.patches, context_.theme().output_fill);
    }

    /// The windows of other slabs, joined with the cell.
    void draw_patches(const std::vector<model::Patch>& patches, Color color) {
        const auto shown = static_cast<float>(std::max<std::size_t>(1, patches.size()));
        const float strength = std::clamp(6.0F / shown, 0.25F, 0.8F);
        std::size_t framed = 0;
        for (const model::Patch& patch : patches) {
            const Index stage = patch.value == 0 ? -1 : context_.stage_of_value(patch.value);
            const Slab* slab = scene_.slab_of(stage);
            if (slab == nullptr || (patch.value > 0 && stage < 0)) {
                continue;
            }
            if (slab->shape.flat) {
                draw_numbers(*slab, patch, color);
                continue;
            }
            if (patch.channel >= slab->planes || ++framed > kMostFramed) {
                continue;
            }
            const auto field = field_of(patch);
            if (!field) {
                continue;
            }
            const auto corners =
                frame_of(*slab, patch.channel, {field->y, field->x, field->h, field->w});
            outline(canvas_, corners, color, stroke::kSelect);
            for (const Point& corner : corners) {
                canvas_.line(corner, own_, color.faded(strength * 0.6F), stroke::kHair);
            }
        }
    }

    /// Lines to the numbers of a slab that count most.
    void draw_numbers(const Slab& slab, const model::Patch& patch, Color color) {
        const auto part = [&](Index i) {
            return patch.weights.empty() ? patch.inputs[at(i)] : patch.weights[at(i)];
        };
        const bool all = std::ssize(patch.inputs) > 1;
        std::vector<Index> order(patch.inputs.size());
        std::iota(order.begin(), order.end(), Index{0});
        std::ranges::stable_sort(order, std::greater(), [&](Index i) { return std::abs(part(i)); });
        order.resize(std::min(order.size(), kMostEdges));
        const double greatest = order.empty() ? 0.0 : std::abs(part(order.front()));
        for (const Index i : order) {
            const Index number = all ? i : patch.channel;
            if (number >= slab.shape.channels || (all && patch.outside[at(i)])) {
                continue;
            }
            const auto middle = slab.at(model::Place{number, 0, 0});
            if (!middle) {
                continue;
            }
            const auto share =
                static_cast<float>(greatest > 0.0 ? std::abs(part(i)) / greatest : 0.0);
            canvas_.line(
                table_.project(*middle), own_, color.faded(0.1F + 0.6F * share), stroke::kHair);
        }
    }

    Context& context_;
    const SpaceScene& scene_;
    const Turntable& table_;
    const SpaceCell& cell_;
    Canvas canvas_;
    model::Values values_;
    Point own_;
};

void tell(Context& context, const Interaction& act, const SpaceCell& cell) {
    const models::CapturedTensor* tensor = context.shown(cell.stage);
    if (cell.stage < 0 && !context.room().backward()) {
        tensor = model::Values(context.room().network, context.train().snapshot).value(0);
    }
    if (tensor == nullptr || !model::exists(*tensor, cell.place)) {
        return;
    }
    const bool opens = cell.stage >= 0 || context.room().backward();
    tip_for(context.ui,
            act,
            {.title = {{space_name(context, cell.stage), FontStyle::kSmallS, context.theme().t2}},
             .value = {significant_text(model::number_at(*tensor, cell.place), 4),
                       FontStyle::kM24,
                       context.theme().t1},
             .sentence = "At " + place_text(cell.place, model::shape_of(*tensor).flat) + "." +
                         (opens ? " Click to open its sum." : "")});
}

std::optional<SpaceCell> opened_cell(const Context& context) {
    if (context.gradient && context.gradient->stage < 0) {
        return SpaceCell{-1, context.gradient->place};
    }
    return context.neuron ? std::optional(SpaceCell{context.neuron->stage, context.neuron->place})
                          : std::nullopt;
}

void open(Context& context, const SpaceCell& cell) {
    if (cell.stage >= 0 || context.room().backward()) {
        context.commands.push(model::commands::pin(space_name(context, cell.stage), cell.place));
    }
}

}  // namespace

void draw_space_stage(Context& context,
                      const SpaceScene& scene,
                      render::BoxPainter& boxes,
                      Rect area) {
    const models::Outlook& outlook = context.room().outlook;
    const Rect reset{area.right() - 40, area.bottom() - 40, 32, 32};
    ImGui::SetNextItemAllowOverlap();
    const Interaction act = interact(context.ui,
                                     {.id = "inspect.space",
                                      .label = "The layers in space",
                                      .role = Role::kImage,
                                      .value = outlook_text(outlook),
                                      .takes_strokes = true},
                                     area);
    Rect frame = area.inset(20, 16);
    frame.take_top(kLabels);
    const Turntable table = turned(scene.bounds(), frame, outlook);
    Canvas canvas = context.ui.canvas();
    canvas.push_clip(area);
    draw_boxes(context.ui, boxes, scene.boxes, table, area);
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const bool still = act.hovered && !ImGui::IsMouseDragging(ImGuiMouseButton_Left);
    const auto pointed = still ? picked(scene, table, {mouse.x, mouse.y}) : std::nullopt;
    const auto lit = pointed ? pointed : opened_cell(context);
    if (lit) {
        Lights(context, scene, table, *lit).draw();
    }
    draw_space_labels(context, scene, table, area, lit ? lit->stage : Index{-2});
    canvas.pop_clip();
    if (act.focused) {
        canvas.focus_ring(area.inset(4), radius::kCard);
    }
    if (const models::Outlook wanted = steered(context.ui, act, outlook, reset);
        wanted != outlook) {
        context.commands.push(model::commands::look_from(wanted));
    }
    if (pointed) {
        tell(context, act, *pointed);
        if (act.clicked && !was_dragged()) {
            open(context, *pointed);
        }
    }
    if (reset_look(context.ui, "inspect.space.reset", outlook == model::kFirstOutlook, reset)) {
        context.commands.push(model::commands::with("inspect_look", "reset", true));
    }
}

}  // namespace convoscope::rooms::inspect
