// Occlusion and Grad-CAM, against their definitions written out.

#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>

#include "engine/explain/grad_cam.h"
#include "engine/explain/occlusion.h"
#include "tests/engine/explain/explain_support.h"

using namespace convoscope;
using namespace convoscope::tests;

TEST_CASE(
    "occlusion: each drop is the score less that of the picture with the square painted out") {
    const Probed net = probed("[2, 7, 6]", kBranches);
    const std::vector<float> image = random_image(net.network->shape(0));
    Occlusion work(*net.probe, image, 2, {.size = 3, .stride = 2});
    while (!work.step()) {
    }
    CHECK(work.tops() == std::vector<Index>{0, 2, 4});
    CHECK(work.lefts() == std::vector<Index>{0, 2, 3});
    const float score = output_of(*net.network, image)[2];
    std::vector<float> sums(42, 0.0F);
    std::vector<float> counts(42, 0.0F);
    std::size_t place = 0;
    for (const Index top : work.tops()) {
        for (const Index left : work.lefts()) {
            std::vector<float> covered = image;
            for (Index row = top; row < top + 3; ++row) {
                for (Index column = left; column < left + 3; ++column) {
                    covered[at(row * 6 + column)] = covered[at(42 + row * 6 + column)] = 0.0F;
                }
            }
            const float drop = score - output_of(*net.network, covered)[2];
            CHECK(work.drops()[place] == near(drop));
            for (Index row = top; row < top + 3; ++row) {
                for (Index column = left; column < left + 3; ++column) {
                    sums[at(row * 6 + column)] += drop;
                    counts[at(row * 6 + column)] += 1.0F;
                }
            }
            ++place;
        }
    }
    CHECK(place == work.drops().size());
    const std::vector<float> map = work.map();
    for (std::size_t pixel = 0; pixel < map.size(); ++pixel) {
        CHECK(counts[pixel] > 0.0F);
        CHECK(map[pixel] == near(sums[pixel] / counts[pixel]));
    }
}

TEST_CASE("Grad-CAM: with one linear layer behind, the weights are its own means") {
    const Probed net = probed(
        "[1, 4, 4]",
        R"({"name": "conv", "type": "conv2d", "out_channels": 3, "kernel_size": 3, "padding": 1},
           {"name": "relu", "type": "relu"}, {"type": "flatten"},
           {"name": "fc", "type": "linear", "out_features": 2})");
    const std::vector<float> image = random_image(net.network->shape(0));
    REQUIRE(last_map_value(*net.network) == 2);
    const GradCam cam = grad_cam(*net.probe, image, 2, 1);
    const NamedParameter& weight = *net.network->find_parameter("fc.weight");
    const auto rows = net.network->to_pytorch_order(weight, net.network->parameters());
    const std::vector<float> maps = net.probe->value_of_lane(2);
    for (std::size_t map = 0; map < 3; ++map) {
        float mean = 0.0F;
        for (std::size_t cell = 0; cell < 16; ++cell) {
            mean += rows[48 + map * 16 + cell] / 16.0F;
        }
        CHECK(cam.weights[map] == near(mean, 0.1));
    }
    for (std::size_t cell = 0; cell < 16; ++cell) {
        float sum = 0.0F;
        for (std::size_t map = 0; map < 3; ++map) {
            sum += cam.weights[map] * maps[map * 16 + cell];
        }
        CHECK(cam.map[cell] == near(std::max(sum, 0.0F), 0.1));
    }
}

TEST_CASE("Grad-CAM: stretched as torch.nn.functional.interpolate(mode='bilinear') does it") {
    const GradCam cam{.height = 2, .width = 2, .weights = {}, .map = {1.0F, 2.0F, 3.0F, 5.0F}};
    const std::vector<float> wanted = {1.0F,
                                       1.25F,
                                       1.75F,
                                       2.0F,
                                       1.5F,
                                       1.8125F,
                                       2.4375F,
                                       2.75F,
                                       2.5F,
                                       2.9375F,
                                       3.8125F,
                                       4.25F,
                                       3.0F,
                                       3.5F,
                                       4.5F,
                                       5.0F};
    const std::vector<float> picture = stretched(cam, 4, 4);
    REQUIRE(picture.size() == wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        CHECK(picture[i] == near(wanted[i]));
    }
}

TEST_CASE("Grad-CAM: a network without maps has nowhere to look") {
    const auto network =
        tiny_network("[1, 4, 4]", R"({"type": "flatten"}, {"type": "linear", "out_features": 2})");
    CHECK(last_map_value(*network) == 0);
}
