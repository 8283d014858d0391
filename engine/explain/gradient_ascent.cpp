#include "engine/explain/gradient_ascent.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/lanes.h"
#include "engine/core/random.h"

namespace convoscope {
namespace {

constexpr double kLeastGradient = 1e-12;

std::vector<float> gaussian_taps(double sigma) {
    const auto reach = static_cast<Index>(std::ceil(3.0 * sigma));
    std::vector<double> taps;
    double sum = 0.0;
    for (Index tap = -reach; tap <= reach; ++tap) {
        const double place = static_cast<double>(tap) / sigma;
        taps.push_back(std::exp(-0.5 * place * place));
        sum += taps.back();
    }
    std::vector<float> result;
    result.reserve(taps.size());
    for (const double tap : taps) {
        result.push_back(static_cast<float>(tap / sum));
    }
    return result;
}

/// One line of a plane, `stride` numbers apart.
void blur_line(std::vector<float>& image,
               Index first,
               Index stride,
               Index count,
               const std::vector<float>& taps) {
    const Index reach = std::ssize(taps) / 2;
    std::vector<float> line(at(count), 0.0F);
    for (Index i = 0; i < count; ++i) {
        for (Index tap = -reach; tap <= reach; ++tap) {
            const Index from = std::clamp<Index>(i + tap, 0, count - 1);
            line[at(i)] += taps[at(tap + reach)] * image[at(first + from * stride)];
        }
    }
    for (Index i = 0; i < count; ++i) {
        image[at(first + i * stride)] = line[at(i)];
    }
}

}  // namespace

void blur(std::vector<float>& image, const Shape& shape, double sigma) {
    const std::vector<float> taps = gaussian_taps(sigma);
    for (Index channel = 0; channel < shape.channels; ++channel) {
        const Index plane = channel * shape.height * shape.width;
        for (Index row = 0; row < shape.height; ++row) {
            blur_line(image, plane + row * shape.width, 1, shape.width, taps);
        }
        for (Index column = 0; column < shape.width; ++column) {
            blur_line(image, plane + column, shape.width, shape.height, taps);
        }
    }
}

GradientAscent::GradientAscent(NetworkProbe& probe,
                               const AscentTarget& target,
                               std::vector<float> lowest,
                               std::vector<float> highest,
                               const AscentSettings& settings)
    : probe_(probe),
      target_(target),
      lowest_(std::move(lowest)),
      highest_(std::move(highest)),
      settings_(settings) {
    Random random(settings.seed, "gradient ascent");
    input_.resize(at(probe.network().shape(0).element_count()));
    for (float& number : input_) {
        number = static_cast<float>(settings.first_spread * random.normal());
    }
    keep_in_bounds();
}

/// The target's place in the lanes of its value.
Index GradientAscent::element() const {
    const Shape& shape = probe_.network().shape(target_.value);
    return ((target_.row * shape.width + target_.column) * shape.channels + target_.channel) *
           kLanes;
}

float GradientAscent::activation() {
    probe_.fill(input_, false);
    probe_.forward();
    return probe_.value(target_.value)[at(element())];
}

bool GradientAscent::step() {
    probe_.fill(input_, false);
    probe_.forward();
    probe_.begin_gradient(target_.value)[at(element())] = 1.0F;
    probe_.backward(target_.value);
    const std::vector<float> gradient = probe_.gradient_of_lane(0);
    double squares = 0.0;
    for (const float slope : gradient) {
        squares += static_cast<double>(slope) * static_cast<double>(slope);
    }
    const double rms = std::sqrt(squares / static_cast<double>(gradient.size()));
    const auto rate = static_cast<float>(rms > kLeastGradient ? settings_.step / rms : 0.0);
    const auto kept = static_cast<float>(1.0 - settings_.decay);
    for (std::size_t i = 0; i < input_.size(); ++i) {
        input_[i] = kept * input_[i] + rate * gradient[i];
    }
    ++done_;
    if (settings_.blur_interval > 0 && done_ % settings_.blur_interval == 0) {
        blur(input_, probe_.network().shape(0), settings_.blur_sigma);
    }
    keep_in_bounds();
    return done_ >= settings_.iterations;
}

void GradientAscent::keep_in_bounds() {
    if (lowest_.empty()) {
        return;
    }
    for (std::size_t i = 0; i < input_.size(); ++i) {
        input_[i] = std::clamp(input_[i], lowest_[i], highest_[i]);
    }
}

double GradientAscent::progress() const {
    return static_cast<double>(done_) / static_cast<double>(settings_.iterations);
}

}  // namespace convoscope
