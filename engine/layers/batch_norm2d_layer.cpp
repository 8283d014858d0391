#include "engine/layers/batch_norm2d_layer.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/core/check.h"
#include "engine/kernels/batch_norm2d.h"
#include "engine/layers/batch_coupling.h"

namespace convoscope {
namespace {

/// Parameters: `[weight][bias]`. Buffers: `[running_mean][running_var]`.
/// Statistics forward: `[count][mean][Σ(x - mean)²]`; backward:
/// `[unused][Σd][Σd·(x - rounded mean)]`.
class BatchNorm2dLayer final : public Layer, private BatchCoupling {
  public:
    BatchNorm2dLayer(const BatchNorm2dSpec& spec, const Shape& shape)
        : spec_(spec), shape_(shape) {}

    [[nodiscard]] Shape output_shape() const override { return shape_; }

    [[nodiscard]] std::vector<ParameterInfo> parameters() const override {
        if (!spec_.affine) {
            return {};
        }
        return {{.name = "weight",
                 .shape = {channels()},
                 .offset = 0,
                 .count = channels(),
                 .initial_value = 1.0F},
                {.name = "bias",
                 .shape = {channels()},
                 .offset = channels(),
                 .count = channels(),
                 .initial_value = 0.0F}};
    }

    [[nodiscard]] std::vector<BufferInfo> buffers() const override {
        return {{.name = "running_mean",
                 .shape = {channels()},
                 .offset = 0,
                 .count = channels(),
                 .initial_value = 0.0F},
                {.name = "running_var",
                 .shape = {channels()},
                 .offset = channels(),
                 .count = channels(),
                 .initial_value = 1.0F}};
    }

    [[nodiscard]] LayerMemory memory() const override { return {.scratch_floats = 4 * channels()}; }

    [[nodiscard]] const BatchCoupling* batch_coupling() const override { return this; }

    void forward(const ForwardPass& pass) const override {
        const std::span<float> mean = scratch_part(pass.scratch, 0);
        const std::span<float> scale = scratch_part(pass.scratch, 1);
        const std::span<float> shift = scratch_part(pass.scratch, 2);
        for (Index channel = 0; channel < channels(); ++channel) {
            const Normal normal = pass.training ? of_batch(pass.batch_statistics, channel)
                                                : of_running(pass.buffers, channel);
            const double factor = normal.inverse_deviation * weight(pass.parameters, channel);
            mean[at(channel)] = normal.rounded_mean();
            scale[at(channel)] = static_cast<float>(factor);
            shift[at(channel)] =
                static_cast<float>(bias(pass.parameters, channel) - factor * normal.rounding());
        }
        kernels::normalize_channels(pass.inputs.front(), mean, scale, shift, pass.output);
    }

    void backward(const BackwardPass& pass) const override {
        if (pass.training) {
            backward_through_batch(pass);
        } else {
            backward_through_running(pass);
        }
    }

  private:
    /// What one channel is normalised with. The kernels subtract the mean as a float; what its
    /// rounding leaves out (much, where the mean is far larger than the deviation) goes into the
    /// constants that they add.
    struct Normal {
        double mean = 0.0;
        double inverse_deviation = 1.0;

        [[nodiscard]] float rounded_mean() const { return static_cast<float>(mean); }
        [[nodiscard]] double rounding() const { return mean - static_cast<double>(rounded_mean()); }
    };

    [[nodiscard]] Index channels() const { return shape_.channels; }

    template <class Value>
    [[nodiscard]] std::span<Value> scratch_part(std::span<Value> scratch, Index part) const {
        return scratch.subspan(at(part * channels()), at(channels()));
    }
    template <class Value>
    [[nodiscard]] std::span<Value> means(std::span<Value> statistics) const {
        return statistics.subspan(1, at(channels()));
    }
    template <class Value>
    [[nodiscard]] std::span<Value> squares(std::span<Value> statistics) const {
        return statistics.subspan(at(1 + channels()), at(channels()));
    }
    [[nodiscard]] double weight(std::span<const float> parameters, Index channel) const {
        return spec_.affine ? static_cast<double>(parameters[at(channel)]) : 1.0;
    }

    [[nodiscard]] double bias(std::span<const float> parameters, Index channel) const {
        return spec_.affine ? static_cast<double>(parameters[at(channels() + channel)]) : 0.0;
    }

    [[nodiscard]] Normal of_batch(std::span<const double> statistics, Index channel) const {
        const double variance = squares(statistics)[at(channel)] / statistics.front();
        return {.mean = means(statistics)[at(channel)],
                .inverse_deviation = 1.0 / std::sqrt(variance + spec_.eps)};
    }
    [[nodiscard]] Normal normal_of(const BackwardPass& pass, Index channel) const {
        return pass.training ? of_batch(pass.batch_statistics, channel)
                             : of_running(pass.buffers, channel);
    }
    [[nodiscard]] Normal of_running(std::span<const float> buffers, Index channel) const {
        const auto variance = static_cast<double>(buffers[at(channels() + channel)]);
        return {.mean = static_cast<double>(buffers[at(channel)]),
                .inverse_deviation = 1.0 / std::sqrt(variance + spec_.eps)};
    }

    // With x̂ = (x - mean)·s, s = 1/sqrt(variance + eps), over the n values of a channel:
    // d_input = weight·s·(d - Σd/n - x̂·Σ(d·x̂)/n),  d_weight = Σ(d·x̂),  d_bias = Σd.

    void backward_through_batch(const BackwardPass& pass) const {
        if (pass.d_inputs.front().empty()) {
            return;
        }
        const std::span<float> mean = scratch_part(pass.scratch, 0);
        const std::span<float> scale = scratch_part(pass.scratch, 1);
        const std::span<float> offset = scratch_part(pass.scratch, 2);
        const std::span<float> slope = scratch_part(pass.scratch, 3);
        const double count = pass.batch_statistics.front();
        for (Index channel = 0; channel < channels(); ++channel) {
            const Normal normal = of_batch(pass.batch_statistics, channel);
            const double factor = normal.inverse_deviation * weight(pass.parameters, channel);
            const double sum = means(pass.batch_gradients)[at(channel)];
            const double product =
                squares(pass.batch_gradients)[at(channel)] - sum * normal.rounding();
            const double curve =
                factor * product * normal.inverse_deviation * normal.inverse_deviation / count;
            mean[at(channel)] = normal.rounded_mean();
            scale[at(channel)] = static_cast<float>(factor);
            offset[at(channel)] =
                static_cast<float>(factor * sum / count - curve * normal.rounding());
            slope[at(channel)] = static_cast<float>(curve);
        }
        kernels::normalize_channels_backward(pass.inputs.front(),
                                             pass.d_output,
                                             pass.position.image_count,
                                             mean,
                                             scale,
                                             offset,
                                             slope,
                                             pass.d_inputs.front());
    }

    /// Mean and deviation are constants here, so only the sums over the batch are missing.
    void backward_through_running(const BackwardPass& pass) const {
        if (!pass.d_parameters.empty()) {
            gather_parameter_gradients(pass);
        }
        if (!pass.d_inputs.front().empty()) {
            const std::span<float> scale = scratch_part(pass.scratch, 0);
            for (Index channel = 0; channel < channels(); ++channel) {
                scale[at(channel)] =
                    static_cast<float>(of_running(pass.buffers, channel).inverse_deviation *
                                       weight(pass.parameters, channel));
            }
            kernels::scale_channels(pass.d_output, scale, pass.d_inputs.front());
        }
    }

    /// Leaves Σd and Σd·(x - rounded mean) in the scratch's parts 1 and 2.
    void gather_parameter_gradients(const BackwardPass& pass) const {
        const std::span<float> mean = scratch_part(pass.scratch, 0);
        const std::span<float> sums = scratch_part(pass.scratch, 1);
        const std::span<float> products = scratch_part(pass.scratch, 2);
        for (Index channel = 0; channel < channels(); ++channel) {
            mean[at(channel)] = normal_of(pass, channel).rounded_mean();
        }
        kernels::channel_gradient_sums(
            pass.inputs.front(), pass.d_output, pass.position.image_count, mean, sums, products);
        if (!spec_.affine || pass.d_parameters.empty()) {
            return;
        }
        for (Index channel = 0; channel < channels(); ++channel) {
            const Normal normal = normal_of(pass, channel);
            const double product = static_cast<double>(products[at(channel)]) -
                                   static_cast<double>(sums[at(channel)]) * normal.rounding();
            float& d_weight = pass.d_parameters[at(channel)];
            float& d_bias = pass.d_parameters[at(channels() + channel)];
            d_weight = (pass.accumulate ? d_weight : 0.0F) +
                       static_cast<float>(product * normal.inverse_deviation);
            d_bias = (pass.accumulate ? d_bias : 0.0F) + sums[at(channel)];
        }
    }

    // The whole batch.

    [[nodiscard]] Index statistics_count() const override { return 1 + 2 * channels(); }

    [[nodiscard]] Status check_batch(Index images) const override {
        if (images * shape_.height * shape_.width > 1) {
            return success();
        }
        return Error{"batch_norm2d has one value per channel in a batch of 1 image of " +
                     shape_.text() + "; expected at least 2 images while training"};
    }

    void gather(const ForwardPass& pass, std::span<double> statistics) const override {
        statistics.front() = static_cast<double>(pass.position.image_count) *
                             static_cast<double>(shape_.height * shape_.width);
        kernels::channel_moments(
            pass.inputs.front(), pass.position.image_count, means(statistics), squares(statistics));
    }

    void gather(const BackwardPass& pass, std::span<double> statistics) const override {
        gather_parameter_gradients(pass);
        statistics.front() = 0.0;
        std::ranges::copy(scratch_part(pass.scratch, 1), means(statistics).begin());
        std::ranges::copy(scratch_part(pass.scratch, 2), squares(statistics).begin());
    }

    /// Source: Chan, Golub and LeVeque 1979, equations 2.1.
    void combine_forward(std::span<const double> gathered,
                         std::span<double> combined) const override {
        std::ranges::fill(combined, 0.0);
        for (std::size_t begin = 0; begin < gathered.size(); begin += combined.size()) {
            const auto mine = gathered.subspan(begin, combined.size());
            const double before = combined.front();
            const double count = before + mine.front();
            for (std::size_t channel = 0; channel < at(channels()); ++channel) {
                double& mean = means(combined)[channel];
                const double shift = means(mine)[channel] - mean;
                squares(combined)[channel] +=
                    squares(mine)[channel] + shift * shift * before * mine.front() / count;
                mean += shift * mine.front() / count;
            }
            combined.front() = count;
        }
    }

    void combine_backward(std::span<const double> gathered,
                          std::span<double> combined) const override {
        std::ranges::fill(combined, 0.0);
        for (std::size_t place = 0; place < gathered.size(); ++place) {
            combined[place % combined.size()] += gathered[place];
        }
    }

    void update_buffers(std::span<const double> combined, std::span<float> buffers) const override {
        const double unbiased = combined.front() - 1.0;
        for (Index channel = 0; channel < channels(); ++channel) {
            const double mean = means(combined)[at(channel)];
            const double variance = squares(combined)[at(channel)] / unbiased;
            float& running_mean = buffers[at(channel)];
            float& running_variance = buffers[at(channels() + channel)];
            running_mean = moved(running_mean, mean);
            running_variance = moved(running_variance, variance);
        }
    }

    [[nodiscard]] float moved(float running, double target) const {
        const auto before = static_cast<double>(running);
        return static_cast<float>((1.0 - spec_.momentum) * before + spec_.momentum * target);
    }

    BatchNorm2dSpec spec_;
    Shape shape_;
};

}  // namespace

Status check_batch_norm2d(const BatchNorm2dSpec& spec, const Shape& input) {
    if (input.flat) {
        return Error{
            "batch_norm2d needs a volume [channels, height, width], but its input is a flat vector "
            "of " +
            input.text()};
    }
    if (!(spec.eps >= 0.0 && spec.eps <= 1e6)) {
        return Error{"eps is " + std::to_string(spec.eps) + ", expected 0 to 1e6"};
    }
    if (!(spec.momentum >= 0.0 && spec.momentum <= 1.0)) {
        return Error{"momentum is " + std::to_string(spec.momentum) + ", expected 0 to 1"};
    }
    return success();
}

std::unique_ptr<Layer> make_batch_norm2d_layer(const BatchNorm2dSpec& spec, const Shape& input) {
    CONVOSCOPE_CHECK(check_batch_norm2d(spec, input).ok());
    return std::make_unique<BatchNorm2dLayer>(spec, input);
}

}  // namespace convoscope
