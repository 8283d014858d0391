#include "engine/analysis/gradient_check.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <string_view>
#include <utility>

#include "engine/core/check.h"
#include "engine/core/random.h"
#include "engine/network/single_run.h"

namespace convoscope {
namespace {

/// Differences of two step sizes that disagree by more than this share of the tensor's scale have a
/// kink between them.
constexpr double kKink = 0.004;
/// Gradients far below the network's others are compared on this share of those: a bias before
/// batch norm has none at all.
constexpr double kLeastScale = 0.02;
/// Of a sum of 32-bit numbers, as a share of their magnitudes.
constexpr double kRounding = 2e-7;

std::vector<float> random_numbers(Random random, Index count) {
    std::vector<float> numbers(at(count));
    for (float& number : numbers) {
        number = static_cast<float>(random.uniform(-1.0, 1.0));
    }
    return numbers;
}

double largest_magnitude(std::span<const float> values) {
    double largest = 0.0;
    for (const float value : values) {
        largest = std::max(largest, std::abs(static_cast<double>(value)));
    }
    return largest;
}

/// The loss around one element: its slope over a step to both sides, and how much the slopes to the
/// two sides differ.
struct Differences {
    double slope = 0.0;
    double bend = 0.0;
};

Differences differences(const MovedLoss& loss, Index element, double middle, double step) {
    const double above = loss(element, step);
    const double below = loss(element, -step);
    return {.slope = (above - below) / (2.0 * step), .bend = (above - 2.0 * middle + below) / step};
}

/// A smooth curve has the same slope over half the step, and half the bend.
bool has_kink(const Differences& whole, const Differences& half, double tolerance) {
    return std::abs(whole.slope - half.slope) > tolerance ||
           std::abs(whole.bend - 2.0 * half.bend) > tolerance;
}

/// All elements, or as many as wanted, drawn by the seed.
std::vector<Index> chosen_elements(std::string_view name,
                                   std::size_t count,
                                   const GradientCheckOptions& options) {
    std::vector<Index> elements(count);
    std::iota(elements.begin(), elements.end(), Index{0});
    if (count > at(options.most_checked)) {
        Random(options.seed, "checked elements").split(name).shuffle(std::span(elements));
        elements.resize(at(options.most_checked));
    }
    return elements;
}

/// A batch, a gradient of its output, and the network's loss as elements are moved.
class Experiment {
  public:
    Experiment(Network& network, const GradientCheckOptions& options)
        : network_(network),
          options_(options),
          input_(random_numbers(Random(options.seed, "gradient check").split("input"),
                                options.images * network.shape(0).element_count())),
          d_output_(random_numbers(Random(options.seed, "gradient check").split("output"),
                                   options.images * network.output_shape().element_count())) {}

    [[nodiscard]] Result<SingleRunResult> analytic() const { return run(true); }

    [[nodiscard]] double loss_with_input(Index element, double by) {
        const float before = input_[at(element)];
        input_[at(element)] = before + static_cast<float>(by);
        const double moved = loss();
        input_[at(element)] = before;
        return moved;
    }

    [[nodiscard]] double loss_with_parameter(const NamedParameter& parameter,
                                             Index element,
                                             double by) {
        std::vector<float> tensor = network_.to_pytorch_order(parameter, network_.parameters());
        const float before = tensor[at(element)];
        tensor[at(element)] = before + static_cast<float>(by);
        set(parameter, tensor);
        const double moved = loss();
        tensor[at(element)] = before;
        set(parameter, tensor);
        return moved;
    }

    /// What rounding does to the loss of this output.
    [[nodiscard]] double noise(std::span<const float> output) const {
        double magnitudes = 0.0;
        for (std::size_t element = 0; element < output.size(); ++element) {
            magnitudes += std::abs(static_cast<double>(output[element] * d_output_[element]));
        }
        return kRounding * magnitudes;
    }

  private:
    [[nodiscard]] Result<SingleRunResult> run(bool gradients) const {
        SingleRunRequest request;
        request.input = input_;
        request.count = options_.images;
        request.gradients = gradients;
        request.training = options_.training;
        request.seed = options_.seed;
        if (gradients) {
            request.d_output = d_output_;
        }
        return single_run(network_, request);
    }

    [[nodiscard]] double loss() const {
        const Result<SingleRunResult> result = run(false);
        CONVOSCOPE_CHECK(result.ok());  // the same ran with gradients
        double sum = 0.0;
        for (std::size_t element = 0; element < d_output_.size(); ++element) {
            sum += static_cast<double>(result->output[element]) *
                   static_cast<double>(d_output_[element]);
        }
        return sum;
    }

    void set(const NamedParameter& parameter, std::span<const float> tensor) {
        network_.from_pytorch_order(parameter, tensor, network_.parameters());
        network_.pack(parameter.layer, {});
    }

    Network& network_;
    const GradientCheckOptions& options_;
    std::vector<float> input_;
    std::vector<float> d_output_;
};

}  // namespace

TensorGradientCheck compare_gradient(std::string name,
                                     std::span<const float> analytic,
                                     const MovedLoss& loss,
                                     double least_scale,
                                     double noise,
                                     const GradientCheckOptions& options) {
    const double scale = std::max({largest_magnitude(analytic), least_scale, 1e-30});
    const double tolerance = kKink * scale + 16.0 * noise / options.step;
    const double middle = analytic.empty() ? 0.0 : loss(0, 0.0);
    TensorGradientCheck check{.name = std::move(name)};
    for (const Index element : chosen_elements(check.name, analytic.size(), options)) {
        const Differences whole = differences(loss, element, middle, options.step);
        const Differences half = differences(loss, element, middle, options.step / 2.0);
        if (has_kink(whole, half, tolerance)) {
            ++check.skipped;
            continue;
        }
        ++check.checked;
        const double numeric = (4.0 * half.slope - whole.slope) / 3.0;
        const auto value = static_cast<double>(analytic[at(element)]);
        const double difference = std::abs(value - numeric);
        // Not a number counts as the worst.
        const double error = std::isnan(difference) ? HUGE_VAL : difference / scale;
        if (error > check.worst_relative_error) {
            check.worst_relative_error = error;
            check.worst_element = element;
            check.analytic = value;
            check.numeric = numeric;
        }
    }
    return check;
}

double GradientCheck::worst_relative_error() const {
    double worst = 0.0;
    for (const TensorGradientCheck& tensor : tensors) {
        worst = std::max(worst, tensor.worst_relative_error);
    }
    return worst;
}

Result<GradientCheck> check_gradients(Network& network, const GradientCheckOptions& options) {
    Experiment experiment(network, options);
    const Result<SingleRunResult> analytic = experiment.analytic();
    if (!analytic) {
        return analytic.error();
    }
    double largest = largest_magnitude(analytic->d_input);
    for (const std::vector<float>& gradient : analytic->d_parameters) {
        largest = std::max(largest, largest_magnitude(gradient));
    }
    const double noise = experiment.noise(analytic->output);
    const auto compare =
        [&](const std::string& name, std::span<const float> gradient, const MovedLoss& loss) {
            return compare_gradient(name, gradient, loss, kLeastScale * largest, noise, options);
        };
    GradientCheck check;
    check.tensors.push_back(compare("input", analytic->d_input, [&](Index element, double by) {
        return experiment.loss_with_input(element, by);
    }));
    const auto parameters = network.named_parameters();
    for (std::size_t index = 0; index < parameters.size(); ++index) {
        const NamedParameter& parameter = parameters[index];
        const auto moved = [&](Index element, double by) {
            return experiment.loss_with_parameter(parameter, element, by);
        };
        check.tensors.push_back(compare(parameter.name, analytic->d_parameters[index], moved));
    }
    return check;
}

}  // namespace convoscope
