#pragma once

// A layer on its own: memory for one micro-batch, and gradients checked by differences.

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "engine/core/random.h"
#include "engine/layers/layer.h"
#include "tests/support/lane_tensor.h"

namespace convoscope::tests {

/// A layer with memory of its own for one micro-batch.
struct LayerRun {
    std::unique_ptr<Layer> layer;
    Shape input_shape;
    std::vector<float> input;
    std::vector<float> parameters;
    std::vector<float> packed;
    std::vector<float> output;
    std::vector<float> d_output;
    std::vector<float> d_input;
    std::vector<float> d_parameters;
    std::vector<std::byte> saved;
    std::vector<float> scratch;

    LayerRun(std::unique_ptr<Layer> made, const Shape& shape)
        : layer(std::move(made)), input_shape(shape) {
        Random random(19, "layers");
        Index parameter_count = 0;
        for (const ParameterInfo& info : layer->parameters()) {
            CHECK(info.offset == parameter_count);
            parameter_count += info.count;
        }
        input = random_floats(random, shape.element_count() * kLanes);
        parameters = random_floats(random, parameter_count);
        d_output = random_floats(random, layer->output_shape().element_count() * kLanes);
        packed = poisoned(layer->memory().packed_floats);
        output = poisoned(std::ssize(d_output));
        d_input = poisoned(std::ssize(input));
        d_parameters = poisoned(parameter_count);
        saved.resize(at(layer->memory().saved_bytes));
        scratch = poisoned(layer->memory().scratch_floats);
    }

    void forward() {
        layer->pack(parameters, packed, {});
        const std::span<const float> inputs[1] = {input};
        layer->forward({.inputs = inputs,
                        .output = output,
                        .parameters = parameters,
                        .packed = packed,
                        .saved = saved,
                        .scratch = scratch,
                        .training = true});
    }

    void backward(bool accumulate = false) {
        const std::span<const float> inputs[1] = {input};
        const std::span<float> d_inputs[1] = {d_input};
        layer->backward({.inputs = inputs,
                         .output = output,
                         .d_output = d_output,
                         .d_inputs = d_inputs,
                         .parameters = parameters,
                         .packed = packed,
                         .saved = saved,
                         .scratch = scratch,
                         .d_parameters = d_parameters,
                         .accumulate = accumulate});
        if (layer->has_batch_weight_gradient()) {
            auto row_scratch = poisoned(layer->backward_weights_scratch(1));
            const std::span<const float> d_outputs[1] = {d_output};
            layer->backward_weights(
                inputs, d_outputs, 0, layer->gradient_rows(), row_scratch, d_parameters);
        }
    }

    /// sum of output · d_output, in double: the loss whose gradients backward() computes.
    double loss() {
        forward();
        double sum = 0.0;
        for (std::size_t i = 0; i < output.size(); ++i) {
            sum += static_cast<double>(output[i]) * static_cast<double>(d_output[i]);
        }
        return sum;
    }
};

/// The slope of the loss along each of some numbers. Most layers are linear in each number as long
/// as no comparison tips over, so that a step of 1/64 loses little to rounding; of the others the
/// tolerance covers the bend.
inline void check_slopes(LayerRun& run,
                         std::vector<float>& values,
                         const std::vector<float>& gradient,
                         double tolerance = 1e-3) {
    constexpr float kStep = 0x1p-6F;
    for (std::size_t i = 0; i < values.size(); i += 1 + values.size() / 40) {
        const float before = values[i];
        values[i] = before + kStep;
        const double above = run.loss();
        values[i] = before - kStep;
        const double below = run.loss();
        values[i] = before;
        const double slope = (above - below) / (2.0 * static_cast<double>(kStep));
        // Floats near 2 are rounded to 1e-7; a hundred of them, divided by 1/32.
        CHECK(static_cast<double>(gradient[i]) == doctest::Approx(slope).epsilon(tolerance));
    }
}

/// Both gradients by differences, and parameters to PyTorch's order and back.
inline void check_layer(std::unique_ptr<Layer> layer, const Shape& shape, double tolerance = 1e-3) {
    LayerRun run(std::move(layer), shape);
    run.forward();
    run.backward();
    const auto d_input = run.d_input;
    const auto d_parameters = run.d_parameters;
    check_slopes(run, run.input, d_input, tolerance);
    check_slopes(run, run.parameters, d_parameters, tolerance);
    for (Index p = 0; p < std::ssize(run.layer->parameters()); ++p) {
        const ParameterInfo info = run.layer->parameters()[at(p)];
        auto outside = poisoned(info.count);
        std::vector<float> back = run.parameters;
        std::fill_n(back.begin() + info.offset, info.count, 0.0F);
        run.layer->to_pytorch_order(p, run.parameters, outside);
        run.layer->from_pytorch_order(p, outside, back);
        CHECK(back == run.parameters);
    }
}

}  // namespace convoscope::tests
