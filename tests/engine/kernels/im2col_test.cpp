// Windows written out, and the product over them.

#include "engine/kernels/im2col.h"

#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include "engine/core/random.h"
#include "engine/kernels/gather.h"
#include "engine/kernels/reference/conv2d_reference.h"
#include "tests/support/lane_tensor.h"

using namespace convoscope;
using namespace convoscope::kernels;
using namespace convoscope::tests;

namespace {

Conv2dGeometry geometry(const Shape& input, Index out_channels, const Window& window) {
    return {.input = input,
            .output = {.channels = out_channels,
                       .height = output_extent(window, input.height, "height").value(),
                       .width = output_extent(window, input.width, "width").value()},
            .vertical = window,
            .horizontal = window,
            .groups = 1};
}

std::vector<Conv2dGeometry> cases() {
    const auto window = [](Index size, Index stride, Index padding, Index dilation) {
        return Window{.size = size,
                      .stride = stride,
                      .padding_begin = padding,
                      .padding_end = padding,
                      .dilation = dilation};
    };
    return {geometry({6, 14, 14}, 16, window(5, 1, 0, 1)),
            geometry({3, 8, 7}, 5, window(3, 1, 1, 1)),
            geometry({2, 9, 10}, 4, window(3, 2, 1, 1)),
            geometry({2, 9, 10}, 3, window(3, 2, 4, 2))};
}

}  // namespace

TEST_CASE("im2col: a one by one kernel's patches are the image itself") {
    Random random(1);
    const Conv2dGeometry g = geometry({3, 4, 5}, 2, {.size = 1});
    const auto input = random_floats(random, g.input.element_count() * kLanes);
    auto patches = poisoned(g.input.element_count() * kLanes);
    im2col(g, input, patches);
    CHECK(patches == input);
}

TEST_CASE("im2col: the product over the patches is the convolution, in every lane") {
    for (const Conv2dGeometry& g : cases()) {
        CAPTURE(g.output.text());
        Random random(7);
        const auto input = random_floats(random, g.input.element_count() * kLanes);
        const auto weights = random_floats(random, g.weight_count());  // `[oc][kh][kw][ic]`
        const Conv2dGeometry product = im2col_product(g);
        CHECK(product.weight_count() == g.weight_count());
        auto patches = poisoned(product.input.element_count() * kLanes);
        im2col(g, input, patches);

        const GatherPlan plan = plan_conv2d_forward(product);
        std::vector<float> panels(at(plan.panel_floats()));
        pack_conv2d_forward(plan, {.begin = 0, .end = std::ssize(plan.blocks)}, weights, panels);
        auto output = poisoned(g.output.element_count() * kLanes);
        gather(plan, panels, {}, patches, output);

        std::vector<double> plain(weights.size());  // `[oc][ic][kh][kw]`
        const Index cells = g.kernel_cells();
        for (Index oc = 0; oc < g.output.channels; ++oc) {
            for (Index cell = 0; cell < cells; ++cell) {
                for (Index ic = 0; ic < g.input.channels; ++ic) {
                    plain[at((oc * g.input.channels + ic) * cells + cell)] = static_cast<double>(
                        weights[at((oc * cells + cell) * g.input.channels + ic)]);
                }
            }
        }
        for (Index lane = 0; lane < kLanes; ++lane) {
            std::vector<double> exact(at(g.output.element_count()));
            reference::conv2d_forward(g, image_of_lane(g.input, input, lane), plain, {}, exact);
            CHECK(largest_difference(image_of_lane(g.output, output, lane), exact) < 2e-5);
        }
    }
}
