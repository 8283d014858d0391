#include "engine/data/preprocessing/preprocessing.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "engine/core/check.h"
#include "engine/core/lanes.h"
#include "engine/data/preprocessing/whitening.h"

namespace convoscope {
namespace {

constexpr Index kMostWhitened = 1024;
constexpr double kWhite = 255.0;

struct Name {
    const char* text;
    PreprocessingType type;
};
constexpr std::array kNames = {Name{"scale", PreprocessingType::scale},
                               Name{"channel", PreprocessingType::channel},
                               Name{"mean_image", PreprocessingType::mean_image},
                               Name{"pca", PreprocessingType::pca},
                               Name{"zca", PreprocessingType::zca}};

bool is_whitening(PreprocessingType type) {
    return type == PreprocessingType::pca || type == PreprocessingType::zca;
}

/// Mean and mean square of each element over all images.
struct Moments {
    std::vector<double> mean;
    std::vector<double> squares;
};

Moments moments_of(const PixelSource& source) {
    const std::size_t count = at(source.shape.element_count());
    Moments moments{.mean = std::vector<double>(count, 0.0),
                    .squares = std::vector<double>(count, 0.0)};
    for (Index image = 0; image < source.count; ++image) {
        const std::span<const std::uint8_t> pixels = source.image(image);
        for (std::size_t i = 0; i < count; ++i) {
            const double pixel = pixels[i];
            moments.mean[i] += pixel;
            moments.squares[i] += pixel * pixel;
        }
    }
    for (std::size_t i = 0; i < count; ++i) {
        moments.mean[i] /= kWhite * static_cast<double>(source.count);
        moments.squares[i] /= kWhite * kWhite * static_cast<double>(source.count);
    }
    return moments;
}

}  // namespace

Result<PreprocessingSpec> PreprocessingSpec::parse(std::string_view text) {
    const std::size_t colon = std::min(text.find(':'), text.size());
    const auto* name = std::ranges::find(kNames, text.substr(0, colon), [](const Name& candidate) {
        return std::string_view(candidate.text);
    });
    if (name == kNames.end()) {
        return Error{"preprocess is \"" + std::string(text) +
                     "\"; expected scale, channel, mean_image, pca or zca"};
    }
    PreprocessingSpec spec{.type = name->type};
    if (colon < text.size()) {
        const std::string number(text.substr(colon + 1));
        char* end = nullptr;
        spec.epsilon = std::strtod(number.c_str(), &end);
        const bool good = !number.empty() && end == number.c_str() + number.size() &&
                          spec.epsilon > 0.0 && spec.epsilon <= 1e6;
        if (!good || !is_whitening(spec.type)) {
            return Error{"preprocess is \"" + std::string(text) +
                         "\"; expected a number above 0 after pca: or zca:, and none after the "
                         "others"};
        }
    }
    return spec;
}

Preprocessing Preprocessing::of_channels(const Shape& shape,
                                         std::span<const float> mean,
                                         std::span<const float> deviation) {
    CONVOSCOPE_CHECK(static_cast<Index>(mean.size()) == shape.channels);
    CONVOSCOPE_CHECK(static_cast<Index>(deviation.size()) == shape.channels);
    Preprocessing result;
    result.shape_ = shape;
    const std::size_t positions = at(shape.height * shape.width);
    for (std::size_t channel = 0; channel < mean.size(); ++channel) {
        result.mean_.insert(result.mean_.end(), positions, mean[channel]);
        result.deviation_.insert(result.deviation_.end(), positions, deviation[channel]);
    }
    return result;
}

Result<Preprocessing> Preprocessing::fit(const PreprocessingSpec& spec, const PixelSource& source) {
    const Index count = source.shape.element_count();
    if (source.count < 1) {
        return Error{"preprocess: there are no training images to take figures from"};
    }
    if (is_whitening(spec.type) && count > kMostWhitened) {
        return Error{"preprocess: an image has " + std::to_string(count) +
                     " numbers; expected at most " + std::to_string(kMostWhitened) +
                     " for whitening"};
    }
    Preprocessing result;
    result.shape_ = source.shape;
    result.mean_.assign(at(count), 0.0F);
    result.deviation_.assign(at(count), 1.0F);
    if (spec.type == PreprocessingType::scale) {
        return result;
    }
    const Moments moments = moments_of(source);
    if (spec.type == PreprocessingType::channel) {
        result.fit_channels(moments.mean, moments.squares);
        return result;
    }
    std::ranges::transform(
        moments.mean, result.mean_.begin(), [](double mean) { return static_cast<float>(mean); });
    if (is_whitening(spec.type)) {
        result.fit_whitening(spec, source);
    }
    return result;
}

void Preprocessing::fit_channels(const std::vector<double>& mean,
                                 const std::vector<double>& squares) {
    const Index positions = shape_.height * shape_.width;
    for (Index channel = 0; channel < shape_.channels; ++channel) {
        double sum = 0.0;
        double square_sum = 0.0;
        for (Index i = channel * positions; i < (channel + 1) * positions; ++i) {
            sum += mean[at(i)];
            square_sum += squares[at(i)];
        }
        const double middle = sum / static_cast<double>(positions);
        const double variance = square_sum / static_cast<double>(positions) - middle * middle;
        // A channel that never changes stays at 0.
        const double deviation = variance > 1e-12 ? std::sqrt(variance) : 1.0;
        const auto first = channel * positions;
        std::fill_n(mean_.begin() + first, positions, static_cast<float>(middle));
        std::fill_n(deviation_.begin() + first, positions, static_cast<float>(deviation));
    }
}

void Preprocessing::fit_whitening(const PreprocessingSpec& spec, const PixelSource& source) {
    WhiteningMatrices matrices =
        fit_whitening_matrices(source, mean_, spec.epsilon, spec.type == PreprocessingType::zca);
    whitening_ =
        Whitening{.matrix = std::move(matrices.matrix), .inverse = std::move(matrices.inverse)};
}

void Preprocessing::fill_lanes(std::span<const std::uint8_t* const> images,
                               std::span<float> lanes) const {
    fill(images, 255.0F, lanes);
}

void Preprocessing::fill_lanes(std::span<const float* const> images, std::span<float> lanes) const {
    fill(images, 1.0F, lanes);
}

template <class Pixel>
void Preprocessing::fill(std::span<const Pixel* const> images,
                         float white,
                         std::span<float> lanes) const {
    CONVOSCOPE_CHECK(static_cast<Index>(images.size()) <= kLanes);
    CONVOSCOPE_CHECK(static_cast<Index>(lanes.size()) == shape_.element_count() * kLanes);
    if (whitening_) {
        fill_white(images, white, lanes);
        return;
    }
    const Index positions = shape_.height * shape_.width;
    for (Index channel = 0; channel < shape_.channels; ++channel) {
        for (Index position = 0; position < positions; ++position) {
            float* to = lanes.data() + (position * shape_.channels + channel) * kLanes;
            const std::size_t from = at(channel * positions + position);
            const float scale = 1.0F / (white * deviation_[from]);
            const float shift = -mean_[from] / deviation_[from];
            for (std::size_t lane = 0; lane < images.size(); ++lane) {
                to[lane] = static_cast<float>(images[lane][from]) * scale + shift;
            }
            for (std::size_t lane = images.size(); lane < at(kLanes); ++lane) {
                to[lane] = 0.0F;
            }
        }
    }
}

template <class Pixel>
void Preprocessing::fill_white(std::span<const Pixel* const> images,
                               float white,
                               std::span<float> lanes) const {
    // A block of pixels, centred, at a time: small enough for the stack and the nearest cache.
    constexpr Index kBlock = 64;
    std::array<float, static_cast<std::size_t>(kBlock * kLanes)> block{};
    const Index count = shape_.element_count();
    const Index positions = shape_.height * shape_.width;
    std::ranges::fill(lanes, 0.0F);
    for (Index begin = 0; begin < count; begin += kBlock) {
        const Index end = std::min(begin + kBlock, count);
        for (std::size_t lane = 0; lane < images.size(); ++lane) {
            for (Index i = begin; i < end; ++i) {
                block[at((i - begin) * kLanes) + lane] =
                    static_cast<float>(images[lane][i]) * (1.0F / white) - mean_[at(i)];
            }
        }
        for (Index element = 0; element < count; ++element) {
            const Index place = element % positions * shape_.channels + element / positions;
            float* to = lanes.data() + place * kLanes;
            const float* weights = whitening_->matrix.data() + element * count;
            std::array<float, static_cast<std::size_t>(kLanes)> sums{};
            for (Index i = begin; i < end; ++i) {
                const float* values = block.data() + (i - begin) * kLanes;
                for (std::size_t lane = 0; lane < sums.size(); ++lane) {
                    sums[lane] += weights[i] * values[lane];
                }
            }
            for (std::size_t lane = 0; lane < sums.size(); ++lane) {
                to[lane] += sums[lane];
            }
        }
    }
}

void Preprocessing::invert(std::span<const float> values, std::span<float> pixels) const {
    const std::size_t count = at(shape_.element_count());
    CONVOSCOPE_CHECK(values.size() == count && pixels.size() == count);
    for (std::size_t i = 0; i < count; ++i) {
        float value = values[i] * deviation_[i];
        if (whitening_) {
            value = 0.0F;
            for (std::size_t j = 0; j < count; ++j) {
                value += whitening_->inverse[i * count + j] * values[j];
            }
        }
        pixels[i] = value + mean_[i];
    }
}

}  // namespace convoscope
