#include "engine/core/window.h"

#include <cstddef>
#include <cstdint>
#include <vector>

#include <doctest/doctest.h>

#include "engine/core/arena.h"
#include "engine/core/shape.h"

using convoscope::Arena;
using convoscope::Index;
using convoscope::IndexRange;
using convoscope::output_extent;
using convoscope::Window;

TEST_CASE("window: output extents are PyTorch's") {
    CHECK(output_extent({.size = 5, .padding_begin = 2, .padding_end = 2}, 28, "height").value() ==
          28);
    CHECK(output_extent({.size = 5}, 14, "height").value() == 10);
    CHECK(output_extent({.size = 3, .stride = 2, .padding_begin = 1, .padding_end = 1}, 32, "width")
              .value() == 16);
    CHECK(output_extent({.size = 3, .dilation = 4}, 9, "width").value() == 1);
    CHECK(output_extent({.size = 2, .stride = 2}, 5, "width").value() == 2);
    CHECK(output_extent({.size = 2, .stride = 2, .ceil_mode = true}, 5, "width").value() == 3);
    // The fourth window would start in the padding at the end: torch.nn.MaxPool2d(3, 2, 1).
    CHECK(output_extent(
              {.size = 2, .stride = 3, .padding_begin = 1, .padding_end = 1, .ceil_mode = true},
              5,
              "width")
              .value() == 2);
}

TEST_CASE("window: errors name the attribute, the axis, the value and what was expected") {
    CHECK(output_extent({.size = 7}, 5, "height").error().message ==
          "the kernel covers 7 along the height, but the padded input has only 5");
    CHECK(output_extent({.size = 0}, 5, "width").error().message ==
          "kernel_size along the width is 0, expected at least 1");
    CHECK(output_extent({.stride = 0}, 5, "width").error().message ==
          "stride along the width is 0, expected at least 1");
    CHECK(output_extent({.dilation = -1}, 5, "width").error().message ==
          "dilation along the width is -1, expected at least 1");
    CHECK(output_extent({.padding_begin = -2}, 5, "width").error().message ==
          "padding along the width is -2, expected at least 0");
}

TEST_CASE("window: taps_inside and outputs_inside agree with counting, whatever the geometry") {
    for (Index size = 1; size <= 4; ++size) {
        for (Index stride = 1; stride <= 3; ++stride) {
            for (Index padding = 0; padding <= 4; ++padding) {
                for (Index dilation = 1; dilation <= 3; ++dilation) {
                    const Window window{.size = size,
                                        .stride = stride,
                                        .padding_begin = padding,
                                        .padding_end = padding,
                                        .dilation = dilation};
                    const auto outputs = output_extent(window, 5, "width");
                    if (!outputs) {
                        continue;
                    }
                    for (Index output = 0; output < *outputs; ++output) {
                        const IndexRange taps = taps_inside(window, output, 5);
                        for (Index tap = 0; tap < size; ++tap) {
                            const Index position = output * stride + tap * dilation - padding;
                            const bool inside = position >= 0 && position < 5;
                            CHECK((tap >= taps.begin && tap < taps.end) == inside);
                            const IndexRange range = outputs_inside(window, tap, 5, *outputs);
                            CHECK((output >= range.begin && output < range.end) == inside);
                        }
                    }
                }
            }
        }
    }
}

TEST_CASE("shape: its text and dimensions are those of the network file") {
    const convoscope::Shape volume{.channels = 6, .height = 28, .width = 20};
    CHECK(volume.text() == "6×28×20");
    CHECK(volume.dimensions() == std::vector<Index>{6, 28, 20});
    CHECK(volume.element_count() == 3360);
    CHECK(convoscope::flat_shape(400).text() == "400");
    CHECK(convoscope::flat_shape(400).dimensions() == std::vector<Index>{400});
}

TEST_CASE("arena: slots are aligned, apart and zero") {
    Arena arena;
    const auto bytes = arena.plan<std::byte>(3);
    const auto floats = arena.plan<float>(17);
    const auto none = arena.plan<float>(0);
    const auto doubles = arena.plan<double>(2);
    REQUIRE(arena.allocate());
    CHECK(arena.get(bytes).size() == 3);
    CHECK(arena.get(none).empty());
    for (const float value : arena.get(floats)) {
        CHECK(value == 0.0F);
    }
    const auto address = [](const auto& span) {
        return reinterpret_cast<std::uintptr_t>(span.data());
    };
    CHECK(address(arena.get(floats)) % 64 == 0);
    CHECK(address(arena.get(doubles)) % 64 == 0);
    CHECK(address(arena.get(doubles)) >= address(arena.get(floats)) + 17 * sizeof(float));
}
