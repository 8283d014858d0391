#include "web/rooms/convolve/beam.h"

#include <array>

namespace convoscope::rooms::convolve {

using namespace widgets;

namespace {

constexpr float kAtWindow = 0.20F;
constexpr float kAtKernel = 0.07F;
constexpr float kFromKernel = 0.10F;
constexpr float kAtOutput = 0.22F;

struct Edge {
    Point upper;
    Point lower;
};

void draw_ray(Canvas& canvas, Edge from, Edge to, Color near, Color far) {
    canvas.gradient_quad({from.upper, to.upper, to.lower, from.lower}, {near, far, far, near});
}

}  // namespace

void draw_beam(Context& context, const StageLayout& layout, Rect window, Rect output_cell) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const Rect kernel = layout.kernel_card(context.setup());
    const Edge out_of_window{{window.right(), window.y}, {window.right(), window.bottom()}};
    const Edge into_kernel{{kernel.x, kernel.y + 6}, {kernel.x, kernel.bottom() - 6}};
    const bool below = layout.phone;
    const Edge out_of_kernel =
        below ? Edge{{kernel.right() - 6, kernel.bottom()}, {kernel.x + 6, kernel.bottom()}}
              : Edge{{kernel.right(), kernel.y + 6}, {kernel.right(), kernel.bottom() - 6}};
    const Edge into_output =
        below ? Edge{{output_cell.right(), output_cell.y}, {output_cell.x, output_cell.y}}
              : Edge{{output_cell.x, output_cell.y}, {output_cell.x, output_cell.bottom()}};
    draw_ray(canvas,
             out_of_window,
             into_kernel,
             theme.kernel_fill.faded(kAtWindow),
             theme.kernel_fill.faded(kAtKernel));
    draw_ray(canvas,
             out_of_kernel,
             into_output,
             theme.kernel_fill.faded(kFromKernel),
             theme.output_fill.faded(kAtOutput));
    for (const bool upper : {true, false}) {
        const auto end = [upper](Edge edge) { return upper ? edge.upper : edge.lower; };
        canvas.gradient_line(end(out_of_window),
                             end(into_kernel),
                             theme.kernel_fill.faded(0.9F),
                             theme.kernel_fill.faded(0.45F),
                             1);
        canvas.gradient_line(end(out_of_kernel),
                             end(into_output),
                             theme.kernel_fill.faded(0.5F),
                             theme.output_fill.faded(0.95F),
                             1);
    }
}

}  // namespace convoscope::rooms::convolve
