#include "engine/core/initializer.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace convoscope;

namespace {

constexpr std::size_t kCount = 20000;

struct Moments {
    double largest = 0.0;
    double deviation = 0.0;
    double mean = 0.0;
};

std::vector<float> draw(const InitializerSettings& settings,
                        const InitializedTensor& tensor,
                        std::uint64_t seed = 1) {
    std::vector<float> values(kCount, -7.0F);
    Random random(seed, "weights");
    initialize(settings, tensor, random, values);
    return values;
}

Moments moments_of(const std::vector<float>& values) {
    Moments moments;
    for (const float value : values) {
        const auto wide = static_cast<double>(value);
        moments.largest = std::max(moments.largest, std::abs(wide));
        moments.mean += wide / static_cast<double>(values.size());
        moments.deviation += wide * wide / static_cast<double>(values.size());
    }
    moments.deviation = std::sqrt(moments.deviation);
    return moments;
}

}  // namespace

TEST_CASE("initializer: deviations and bounds are those of torch.nn.init") {
    std::ifstream file("tests/golden/training/initializers.json");
    const nlohmann::json golden = nlohmann::json::parse(file, nullptr, false);
    REQUIRE(golden.size() == 14);
    for (const auto& entry : golden) {
        const auto name = entry["type"].get<std::string>();
        INFO(name);
        const auto type = find_initializer(name);
        REQUIRE(type.has_value());
        Index cells = 1;
        for (std::size_t axis = 2; axis < entry["shape"].size(); ++axis) {
            cells *= entry["shape"][axis].get<Index>();
        }
        const Moments moments =
            moments_of(draw({.type = *type},
                            {.fan_in = entry["shape"][1].get<Index>() * cells,
                             .fan_out = entry["shape"][0].get<Index>() * cells}));
        const auto deviation = entry["deviation"].get<double>();
        // Five standard deviations of an estimate from 20,000 numbers.
        CHECK(std::abs(moments.deviation - deviation) < 0.025 * deviation);
        CHECK(std::abs(moments.mean) < 0.036 * deviation);
        if (name.ends_with("uniform") || name == "pytorch") {
            const auto largest = entry["largest"].get<double>();
            CHECK(std::abs(moments.largest - largest) < 0.001 * largest);
        }
    }
}

TEST_CASE("initializer: biases are zero, except PyTorch's") {
    for (const InitializerType type : {InitializerType::kaiming_normal,
                                       InitializerType::constant,
                                       InitializerType::equal,
                                       InitializerType::too_large}) {
        CHECK(moments_of(draw({.type = type}, {.fan_in = 9, .bias = true})).largest == 0.0);
    }
    const Moments moments = moments_of(draw({}, {.fan_in = 25, .bias = true}));
    CHECK(moments.largest <= 0.2);
    CHECK(moments.largest > 0.199);
}

TEST_CASE("initializer: the deliberately bad ones are what they say") {
    const InitializedTensor tensor{.fan_in = 50, .fan_out = 10};
    CHECK(draw({.type = InitializerType::constant, .value = 0.25}, tensor) ==
          std::vector<float>(kCount, 0.25F));
    CHECK(draw({.type = InitializerType::zero}, tensor) == std::vector<float>(kCount, 0.0F));
    CHECK(draw({.type = InitializerType::equal}, tensor) == std::vector<float>(kCount, 0.02F));
    const Moments moments = moments_of(draw({.type = InitializerType::too_large}, tensor));
    CHECK(std::abs(moments.deviation - 1.0) < 0.025);
}

TEST_CASE("initializer: the same seed gives the same numbers, another seed others") {
    const InitializerSettings settings{.type = InitializerType::xavier_normal};
    CHECK(draw(settings, {.fan_in = 3}, 5) == draw(settings, {.fan_in = 3}, 5));
    CHECK(draw(settings, {.fan_in = 3}, 5) != draw(settings, {.fan_in = 3}, 6));
}

TEST_CASE("initializer: names are found again, and others are not") {
    for (int type = 0; type <= static_cast<int>(InitializerType::too_large); ++type) {
        const auto name = initializer_name(static_cast<InitializerType>(type));
        CHECK(find_initializer(name) == static_cast<InitializerType>(type));
        CHECK(initializer_names().find("\"" + std::string(name) + "\"") != std::string::npos);
    }
    CHECK_FALSE(find_initializer("he").has_value());
}
