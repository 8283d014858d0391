#include "engine/explain/finite_difference.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/core/lanes.h"

namespace convoscope {
namespace {

constexpr Index kDistances = 4;
/// Slopes over a distance and half of it that differ by more than this share have a kink between.
constexpr double kAgreement = 2e-3;
/// Of a score of 32-bit numbers, as a share of its magnitude.
constexpr double kRounding = 1.5e-7;

/// What the function is at the two ends of each distance.
struct Ends {
    double above = 0.0;
    double below = 0.0;
};

double distance_of(Index i, double step) {
    return std::ldexp(step, -static_cast<int>(i));
}

/// Whether the slopes to the two sides differ, however near: where maxima are equal, as on an even
/// ground, both sides have their own. A bend's difference shrinks with the distance, a kink's
/// stays.
bool has_two_slopes(const std::array<Ends, kDistances>& ends,
                    double middle,
                    double step,
                    double rounding) {
    const auto apart = [&](Index i) {
        return std::abs(ends[at(i)].above - 2.0 * middle + ends[at(i)].below) /
               distance_of(i, step);
    };
    const Index last = kDistances - 1;
    const double slope =
        std::abs(ends[at(last)].above - ends[at(last)].below) / (2.0 * distance_of(last, step));
    const double noise = 4.0 * rounding / distance_of(last, step);
    return apart(last) > 0.5 * apart(0) && apart(last) > kAgreement * slope + noise;
}

FiniteDifference slope_of(const std::array<Ends, kDistances>& ends,
                          double middle,
                          double step,
                          double rounding) {
    const auto slope = [&](Index i) {
        return (ends[at(i)].above - ends[at(i)].below) / (2.0 * distance_of(i, step));
    };
    FiniteDifference result;
    double least = std::numeric_limits<double>::infinity();
    for (Index i = 0; i + 1 < kDistances; ++i) {
        const double distance = distance_of(i, step);
        const double whole = slope(i);
        const double half = slope(i + 1);
        const double noise = 2.0 * rounding / distance;
        const double apart = std::abs(whole - half);
        if (apart + noise < least) {
            least = apart + noise;
            result = {
                .slope = (4.0 * half - whole) / 3.0,
                .step = distance,
                .rounding = 3.0 * rounding / distance,  // 4/3 of two ends' over half, 1/3 over all
                .kink = apart > kAgreement * std::max(std::abs(whole), std::abs(half)) + noise};
        }
    }
    result.kink = result.kink || has_two_slopes(ends, middle, step, rounding);
    return result;
}

}  // namespace

double rounding_of(std::span<const float> d_output, std::span<const float> output) {
    double pulls = 0.0;
    double greatest = 0.0;
    for (std::size_t i = 0; i < output.size(); i += kLanes) {
        pulls += std::abs(static_cast<double>(d_output[i]));
        greatest = std::max(greatest, std::abs(static_cast<double>(output[i])));
    }
    return kRounding * pulls * greatest;
}

FiniteDifference move_value(NetworkProbe& probe,
                            std::span<const float> image,
                            Index value,
                            Index element,
                            double step,
                            const OutputFunction& function,
                            double rounding) {
    static_assert(2 * kDistances <= kLanes);
    const Shape& shape = probe.network().shape(value);
    const Index plane = shape.height * shape.width;
    const Index place = (element % plane * shape.channels + element / plane) * kLanes;
    probe.fill(image, true);
    probe.forward();
    const double middle = function(probe.output(), 0);
    const std::span<float> lanes = probe.value(value).subspan(at(place), at(kLanes));
    for (Index i = 0; i < kDistances; ++i) {
        const auto distance = static_cast<float>(distance_of(i, step));
        lanes[at(2 * i)] += distance;
        lanes[at(2 * i + 1)] -= distance;
    }
    probe.forward(value);
    std::array<Ends, kDistances> ends{};
    for (Index i = 0; i < kDistances; ++i) {
        ends[at(i)] = {.above = function(probe.output(), 2 * i),
                       .below = function(probe.output(), 2 * i + 1)};
    }
    return slope_of(ends, middle, step, rounding);
}

FiniteDifference move_parameter(NetworkProbe& probe,
                                Network& network,
                                std::span<const float> image,
                                const NamedParameter& parameter,
                                Index element,
                                double step,
                                const OutputFunction& function,
                                double rounding) {
    std::vector<float> tensor = network.to_pytorch_order(parameter, network.parameters());
    const float before = tensor[at(element)];
    const auto set = [&](float number) {
        tensor[at(element)] = number;
        network.from_pytorch_order(parameter, tensor, network.parameters());
        network.pack(parameter.layer, {});
    };
    const auto moved = [&](double by) {
        set(before + static_cast<float>(by));
        probe.fill(image, false);
        probe.forward();
        return function(probe.output(), 0);
    };
    const double middle = moved(0.0);
    std::array<Ends, kDistances> ends{};
    for (Index i = 0; i < kDistances; ++i) {
        const double distance = distance_of(i, step);
        ends[at(i)] = {.above = moved(distance), .below = moved(-distance)};
    }
    set(before);
    return slope_of(ends, middle, step, rounding);
}

}  // namespace convoscope
