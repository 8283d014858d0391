#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/index.h"
#include "engine/core/lanes.h"
#include "engine/core/shape.h"
#include "engine/core/window.h"

namespace convoscope {

class BatchCoupling;

/// One trainable tensor of a layer, as the world outside sees it.
struct ParameterInfo {
    std::string name;          ///< PyTorch's: "weight", "bias"
    std::vector<Index> shape;  ///< PyTorch's: `[out, in/groups, kh, kw]`, `[out, in]`, `[out]`
    Index offset = 0;          ///< of its first element in the layer's own parameter span
    Index count = 0;
    Index fan_in = 1;  ///< inputs of one output: what initialisers scale by
    Index fan_out = 1;
    std::optional<float> initial_value = std::nullopt;  ///< of all elements; none: drawn at random
};

/// One tensor of a layer that belongs to its state but has no gradient; what PyTorch calls a
/// buffer. Its order is PyTorch's.
struct BufferInfo {
    std::string name;  ///< PyTorch's: "running_mean"
    std::vector<Index> shape;
    Index offset = 0;  ///< of its first element in the layer's own buffer span
    Index count = 0;
    float initial_value = 0.0F;
};

/// How much memory a layer wants for one micro-batch besides its output, planned ahead by the
/// network.
struct LayerMemory {
    Index packed_floats = 0;   ///< weights rearranged for the kernels, shared by all threads
    Index saved_bytes = 0;     ///< kept from forward to backward, e.g. where a maximum stood
    Index scratch_floats = 0;  ///< free for use within one call; one a thread
};

/// One of a few equal shares of a layer's packing: threads take them one by one.
struct PackShare {
    Index number = 0;
    Index count = 1;

    /// This share of so many items.
    [[nodiscard]] IndexRange of(Index items) const {
        return {.begin = items / count * number + std::min(number, items % count),
                .end = items / count * (number + 1) + std::min(number + 1, items % count)};
    }
};

/// Which images of which batch a micro-batch holds.
struct BatchPosition {
    std::uint64_t seed = 0;      ///< of the run: what random layers draw from
    Index step = 0;              ///< batches trained before this one
    Index first_image = 0;       ///< position in the batch of the first lane's image
    Index image_count = kLanes;  ///< lanes that hold an image
};

/// Everything a forward pass of one micro-batch reads and writes. Activations are
/// `[row][column][channel][lane]`, `shape.element_count() * kLanes` floats.
struct ForwardPass {
    std::span<const std::span<const float>> inputs;
    std::span<float> output;            ///< overwritten
    std::span<const float> parameters;  ///< the layer's own span, in the engine's order
    std::span<const float> packed;
    std::span<const float> buffers{};  ///< the layer's own; updated elsewhere, between batches
    std::span<std::byte> saved;        ///< overwritten
    std::span<float> scratch;
    std::span<const double> batch_statistics{};  ///< combined, see batch_coupling.h; training only
    std::string_view name{};                     ///< the layer's
    BatchPosition position{};
    bool training = false;
};

/// Everything a backward pass of one micro-batch reads and writes.
struct BackwardPass {
    std::span<const std::span<const float>> inputs;
    std::span<const float> output;
    std::span<const float> d_output;
    std::span<const std::span<float>> d_inputs;  ///< overwritten; an empty span: not wanted
    std::span<const float> parameters;
    std::span<const float> packed;
    std::span<const float> buffers{};
    std::span<const std::byte> saved;
    std::span<float> scratch;
    std::span<const double> batch_statistics{};  ///< those that `forward` got
    std::span<const double> batch_gradients{};   ///< combined, see batch_coupling.h; training only
    BatchPosition position{};
    bool training = false;
    std::span<float> d_parameters;  ///< the layer's share of one gradient shard; empty: not wanted
    bool accumulate = false;        ///< add to `d_parameters` instead of overwriting it
};

/// What a network needs to know of a layer.
///
/// Represents a function of one or more volumes with parameters; holds no activations and no
/// parameters itself: all memory is handed in, so that one object serves every thread.
/// Requires: `pack` was called since the parameters last changed; `backward` gets the very spans
/// that `forward` of the same micro-batch wrote.
/// Ensures: `output` and `d_inputs` are overwritten entirely; lanes never mix, so a lane filled
/// with zeros for a missing image changes no other lane (but its `d_output` must be zero).
class Layer {
  public:
    Layer() = default;
    Layer(const Layer&) = delete;
    Layer& operator=(const Layer&) = delete;
    virtual ~Layer() = default;

    [[nodiscard]] virtual Shape output_shape() const = 0;
    [[nodiscard]] virtual std::vector<ParameterInfo> parameters() const { return {}; }
    [[nodiscard]] virtual std::vector<BufferInfo> buffers() const { return {}; }
    [[nodiscard]] virtual LayerMemory memory() const { return {}; }
    /// Null unless the layer looks at the whole batch while training.
    [[nodiscard]] virtual const BatchCoupling* batch_coupling() const { return nullptr; }
    /// Multiplications of one sample's forward pass (conv2d and linear; others 0).
    [[nodiscard]] virtual Index multiply_accumulates() const { return 0; }
    /// Floating-point operations of one sample's training step (forward, weights' and, unless this
    /// is the first trainable layer, input's gradient).
    [[nodiscard]] virtual Index backward_multiply_accumulates(bool wants_d_input) const {
        return multiply_accumulates() * (wants_d_input ? 2 : 1);
    }

    /// Rearranges a share of the parameters for the kernels; shares write to different places.
    /// Expects: `packed` of `memory().packed_floats`.
    virtual void pack(std::span<const float> parameters,
                      std::span<float> packed,
                      const PackShare& share) const {
        static_cast<void>(parameters);
        static_cast<void>(packed);
        static_cast<void>(share);
    }

    virtual void forward(const ForwardPass& pass) const = 0;
    virtual void backward(const BackwardPass& pass) const = 0;

    /// Copies one parameter (or its gradient, or optimiser state) from the engine's order into
    /// PyTorch's, and back. `engine_order` is the layer's whole parameter span.
    virtual void to_pytorch_order(Index parameter_index,
                                  std::span<const float> engine_order,
                                  std::span<float> pytorch_order) const;
    virtual void from_pytorch_order(Index parameter_index,
                                    std::span<const float> pytorch_order,
                                    std::span<float> engine_order) const;

    // Weight gradients over the whole batch. A fully connected layer multiplies two matrices
    // whose inner length is the batch, which wastes the lanes within a micro-batch: such a layer
    // leaves its weights out of `d_parameters` in `backward` and does them here, split by rows so
    // that threads share the work and every sum keeps its order.

    /// True when the layer takes `backward_weights` calls instead of `d_parameters` in `backward`.
    [[nodiscard]] virtual bool has_batch_weight_gradient() const { return false; }
    /// Rows that `backward_weights` may be split into.
    [[nodiscard]] virtual Index gradient_rows() const { return 0; }
    /// Overwrites rows [begin_row, end_row) of `d_parameters` from all images of the batch:
    /// `inputs` and `d_outputs` hold one span a micro-batch, in the order of the batch.
    virtual void backward_weights(std::span<const std::span<const float>> inputs,
                                  std::span<const std::span<const float>> d_outputs,
                                  Index begin_row,
                                  Index end_row,
                                  std::span<float> scratch,
                                  std::span<float> d_parameters) const {
        static_cast<void>(inputs);
        static_cast<void>(d_outputs);
        static_cast<void>(begin_row);
        static_cast<void>(end_row);
        static_cast<void>(scratch);
        static_cast<void>(d_parameters);
    }
    /// Scratch floats one `backward_weights` call wants for a batch of this many micro-batches.
    [[nodiscard]] virtual Index backward_weights_scratch(Index micro_batches) const {
        static_cast<void>(micro_batches);
        return 0;
    }
};

}  // namespace convoscope
