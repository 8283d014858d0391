#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/data/augmentation/resample.h"

namespace convoscope {
namespace {

/// One side of a Gaussian's weights, middle first, out to three deviations; both sides sum to 1.
std::vector<float> gaussian(double sigma) {
    const auto radius = static_cast<Index>(std::ceil(3.0 * sigma));
    std::vector<double> weights;
    double sum = 0.0;
    for (Index i = 0; i <= radius; ++i) {
        const double distance = static_cast<double>(i) / sigma;
        weights.push_back(std::exp(-0.5 * distance * distance));
        sum += weights.back() * (i == 0 ? 1.0 : 2.0);
    }
    std::vector<float> result;
    result.reserve(weights.size());
    for (const double weight : weights) {
        result.push_back(static_cast<float>(weight / sum));
    }
    return result;
}

class Elastic final : public Augmentation {
  public:
    Elastic(double alpha, double sigma) : alpha_(alpha), weights_(gaussian(sigma)) {}

    [[nodiscard]] Index scratch_floats(const Shape& shape) const override {
        return resample_scratch_floats(shape) + shape.height * (shape.width + 2 * radius());
    }

    void apply(const AugmentationPass& pass) const override {
        const ResampleField field = resample_field(pass);
        const Index width = pass.shape.width;
        random_field(pass, field.rows);
        random_field(pass, field.columns);
        for (Index row = 0; row < pass.shape.height; ++row) {
            for (Index column = 0; column < width; ++column) {
                field.rows[at(row * width + column)] += static_cast<float>(row);
                field.columns[at(row * width + column)] += static_cast<float>(column);
            }
        }
        resample(pass);
    }

  private:
    [[nodiscard]] Index radius() const { return static_cast<Index>(weights_.size()) - 1; }

    /// Overwrites a field with blurred noise, times alpha; beyond the image the noise is 0.
    void random_field(const AugmentationPass& pass, std::span<float> field) const {
        const Index height = pass.shape.height;
        const Index width = pass.shape.width;
        const Index stride = width + 2 * radius();
        const std::span<float> noise = pass.scratch.last(at(height * stride));
        std::ranges::fill(noise, 0.0F);
        for (Index row = 0; row < height; ++row) {
            float* values = noise.data() + row * stride + radius();
            for (Index column = 0; column < width; ++column) {
                values[column] = static_cast<float>(pass.random.uniform(-alpha_, alpha_));
            }
        }
        blur_down(noise, height, stride, field, width);
        // The field, blurred downwards, goes back between the margins to be blurred across.
        for (Index row = 0; row < height; ++row) {
            std::copy_n(field.data() + row * width, width, noise.data() + row * stride + radius());
        }
        blur_across(noise, height, stride, field, width);
    }

    void blur_down(std::span<const float> noise,
                   Index height,
                   Index stride,
                   std::span<float> field,
                   Index width) const {
        for (Index row = 0; row < height; ++row) {
            float* output = field.data() + row * width;
            std::fill(output, output + width, 0.0F);
            const Index first = std::max<Index>(row - radius(), 0);
            const Index last = std::min(row + radius(), height - 1);
            for (Index source = first; source <= last; ++source) {
                const float weight = weights_[at(std::abs(source - row))];
                const float* input = noise.data() + source * stride + radius();
                for (Index column = 0; column < width; ++column) {
                    output[column] += weight * input[column];
                }
            }
        }
    }

    void blur_across(std::span<const float> noise,
                     Index height,
                     Index stride,
                     std::span<float> field,
                     Index width) const {
        for (Index row = 0; row < height; ++row) {
            float* output = field.data() + row * width;
            std::fill(output, output + width, 0.0F);
            for (Index offset = -radius(); offset <= radius(); ++offset) {
                const float weight = weights_[at(std::abs(offset))];
                const float* input = noise.data() + row * stride + radius() + offset;
                for (Index column = 0; column < width; ++column) {
                    output[column] += weight * input[column];
                }
            }
        }
    }

    double alpha_;
    std::vector<float> weights_;
};

}  // namespace

AugmentationPointer make_elastic(double alpha, double sigma) {
    return std::make_unique<Elastic>(alpha, sigma);
}

}  // namespace convoscope
