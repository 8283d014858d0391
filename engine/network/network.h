#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/core/arena.h"
#include "engine/core/index.h"
#include "engine/core/initializer.h"
#include "engine/core/result.h"
#include "engine/core/shape.h"
#include "engine/layers/layer.h"
#include "engine/network/network_spec.h"

namespace convoscope {

/// One layer in its place: what it reads, and where its parameters lie.
struct NetworkNode {
    std::unique_ptr<Layer> layer;
    std::vector<Index> inputs;   ///< values read
    Index parameter_offset = 0;  ///< in the arrays of all parameters, on a cache line
    Index parameter_count = 0;
    Index shard_offset =
        0;  ///< in one gradient shard; layers with batch weight gradients have none
    Index buffer_offset = 0;  ///< in the array of all buffers, on a cache line
    Index buffer_count = 0;
    ArenaSlot<float> packed;
};

/// One trainable tensor under its PyTorch name.
struct NamedParameter {
    std::string name;  ///< "conv1.weight"
    std::vector<Index> shape;
    Index layer = 0;
    Index position = 0;  ///< among the layer's own parameters
    Index count = 0;
    Index fan_in = 1;
    Index fan_out = 1;
    std::optional<float> initial_value = std::nullopt;  ///< none: drawn at random
};

/// One tensor that is part of the network's state but not trained, under its PyTorch name.
struct NamedBuffer {
    std::string name;  ///< "bn1.running_mean"
    std::vector<Index> shape;
    Index layer = 0;
    Index offset = 0;  ///< in the array of all buffers
    Index count = 0;
    float initial_value = 0.0F;
};

/// Represents a network: layers with inferred shapes and the parameters' values. Value 0 is the
/// input, value i + 1 the output of layer i. Activations and gradients live with who runs it.
/// Ensures: everything that depends on the file is checked before memory is taken.
class Network {
  public:
    /// Returns error when: shapes do not fit (the layer is named), or the network is too large.
    [[nodiscard]] static Result<std::unique_ptr<Network>> build(NetworkSpec spec);

    [[nodiscard]] const NetworkSpec& spec() const { return spec_; }
    [[nodiscard]] std::span<const NetworkNode> nodes() const { return nodes_; }
    [[nodiscard]] Index layer_count() const { return static_cast<Index>(nodes_.size()); }
    [[nodiscard]] const NetworkNode& node(Index layer) const {
        return nodes_[static_cast<std::size_t>(layer)];
    }
    [[nodiscard]] const Shape& shape(Index value) const {
        return shapes_[static_cast<std::size_t>(value)];
    }
    [[nodiscard]] const Shape& output_shape() const { return shapes_.back(); }

    /// All parameters in the engine's order, layer after layer.
    [[nodiscard]] std::span<float> parameters() { return memory_.get(values_); }
    [[nodiscard]] std::span<const float> parameters() const { return memory_.get(values_); }
    /// A layer's part of an array laid out as `parameters()`.
    template <class Value>
    [[nodiscard]] std::span<Value> part_of(Index layer, std::span<Value> all) const {
        return all.subspan(static_cast<std::size_t>(node(layer).parameter_offset),
                           static_cast<std::size_t>(node(layer).parameter_count));
    }
    [[nodiscard]] std::span<const float> packed(Index layer) const {
        return memory_.get(node(layer).packed);
    }
    /// Floats of one gradient shard.
    [[nodiscard]] Index shard_count() const { return shard_count_; }

    [[nodiscard]] std::span<const NamedParameter> named_parameters() const { return named_; }
    /// Null when there is no such parameter.
    [[nodiscard]] const NamedParameter* find_parameter(const std::string& name) const;
    /// Copies one tensor out of, or into, an array laid out as `parameters()`, in PyTorch's order.
    [[nodiscard]] std::vector<float> to_pytorch_order(const NamedParameter& parameter,
                                                      std::span<const float> all) const;
    void from_pytorch_order(const NamedParameter& parameter,
                            std::span<const float> tensor,
                            std::span<float> all) const;

    /// All buffers (running statistics), in PyTorch's order.
    [[nodiscard]] std::span<float> buffers() { return memory_.get(buffers_); }
    [[nodiscard]] std::span<const float> buffers() const { return memory_.get(buffers_); }
    /// A layer's part of an array laid out as `buffers()`.
    template <class Value>
    [[nodiscard]] std::span<Value> buffers_of(Index layer, std::span<Value> all) const {
        return all.subspan(static_cast<std::size_t>(node(layer).buffer_offset),
                           static_cast<std::size_t>(node(layer).buffer_count));
    }
    [[nodiscard]] std::span<const NamedBuffer> named_buffers() const { return named_buffers_; }
    /// One tensor of an array laid out as `buffers()`.
    template <class Value>
    [[nodiscard]] static std::span<Value> part_of(const NamedBuffer& buffer, std::span<Value> all) {
        return all.subspan(static_cast<std::size_t>(buffer.offset),
                           static_cast<std::size_t>(buffer.count));
    }

    /// Each tensor from a stream of its own name, so that another layer changes no other's numbers;
    /// those with an initial value of their own take that. Buffers start anew as well.
    void initialize(std::uint64_t seed, const InitializerSettings& initializer = {});
    /// Must follow every change of parameters.
    void pack(Index layer, const PackShare& share);
    void pack_all();

    /// Numbers trained.
    [[nodiscard]] Index parameter_count() const;
    /// Of one image.
    [[nodiscard]] Index forward_multiply_accumulates() const;
    [[nodiscard]] Index training_multiply_accumulates() const;
    /// True when a gradient of this value leads to a parameter.
    [[nodiscard]] bool leads_to_parameters(Index value) const {
        return trainable_[static_cast<std::size_t>(value)];
    }
    [[nodiscard]] Index memory_bytes() const { return memory_.size_bytes(); }

  private:
    explicit Network(NetworkSpec spec) : spec_(std::move(spec)) {}
    [[nodiscard]] Status add_layer(Index index);
    [[nodiscard]] Status check_totals() const;
    [[nodiscard]] Status take_memory();
    void initialize_buffers();

    NetworkSpec spec_;
    std::vector<NetworkNode> nodes_;
    std::vector<Shape> shapes_;
    std::vector<bool> trainable_;
    std::vector<NamedParameter> named_;
    std::vector<NamedBuffer> named_buffers_;
    Index parameter_floats_ = 0;
    Index buffer_floats_ = 0;
    Index activation_floats_ = 0;  ///< of one image
    Index shard_count_ = 0;
    Arena memory_;
    ArenaSlot<float> values_;
    ArenaSlot<float> buffers_;
};

}  // namespace convoscope
