#include "engine/network/network.h"

#include <algorithm>
#include <utility>

#include "engine/core/arena.h"
#include "engine/core/check.h"
#include "engine/core/lanes.h"
#include "engine/core/random.h"
#include "engine/network/shape_inference.h"
#include "engine/network/shape_suggestions.h"
#include "engine/network/size_limits.h"

namespace convoscope {
namespace {

std::size_t as_size(Index count) {
    return static_cast<std::size_t>(count);
}

}  // namespace

Result<std::unique_ptr<Network>> Network::build(NetworkSpec spec) {
    if (const Status checked = check_input_size(spec.input); !checked) {
        return Error{"network: input is " + spec.input.text() + ", so that " +
                     checked.error().message};
    }
    std::unique_ptr<Network> network(new Network(std::move(spec)));
    network->shapes_.push_back(network->spec_.input);
    network->trainable_.push_back(false);
    for (Index layer = 0; layer < static_cast<Index>(network->spec_.layers.size()); ++layer) {
        Status added = network->add_layer(layer);
        if (added) {
            added = network->check_totals();
        }
        if (!added) {
            return misfit_error(network->spec_, layer, added.error());
        }
    }
    if (const Status taken = network->take_memory(); !taken) {
        return taken.error();
    }
    return network;
}

Status Network::add_layer(Index index) {
    const LayerSpec& spec = spec_.layers[as_size(index)];
    Result<std::unique_ptr<Layer>> made = infer_layer(spec_, index, shapes_);
    if (!made) {
        return made.error();
    }
    NetworkNode node;
    node.layer = std::move(*made);
    node.inputs = spec.inputs;
    bool trainable = std::ranges::any_of(
        spec.inputs, [&](Index value) { return static_cast<bool>(trainable_[as_size(value)]); });
    const std::vector<ParameterInfo> parameters = node.layer->parameters();
    for (std::size_t position = 0; position < parameters.size(); ++position) {
        const ParameterInfo& parameter = parameters[position];
        named_.push_back({.name = spec.name + "." + parameter.name,
                          .shape = parameter.shape,
                          .layer = index,
                          .position = static_cast<Index>(position),
                          .count = parameter.count,
                          .fan_in = parameter.fan_in,
                          .fan_out = parameter.fan_out,
                          .initial_value = parameter.initial_value});
        node.parameter_count = std::max(node.parameter_count, parameter.offset + parameter.count);
        trainable = true;
    }
    node.parameter_offset = parameter_floats_;
    parameter_floats_ += whole_lines(node.parameter_count);
    node.shard_offset = shard_count_;
    if (!node.layer->has_batch_weight_gradient()) {
        shard_count_ += whole_lines(node.parameter_count);
    }
    node.buffer_offset = buffer_floats_;
    for (const BufferInfo& buffer : node.layer->buffers()) {
        named_buffers_.push_back({.name = spec.name + "." + buffer.name,
                                  .shape = buffer.shape,
                                  .layer = index,
                                  .offset = node.buffer_offset + buffer.offset,
                                  .count = buffer.count,
                                  .initial_value = buffer.initial_value});
        node.buffer_count = std::max(node.buffer_count, buffer.offset + buffer.count);
    }
    buffer_floats_ += whole_lines(node.buffer_count);
    activation_floats_ += node.layer->output_shape().element_count();
    shapes_.push_back(node.layer->output_shape());
    trainable_.push_back(trainable);
    nodes_.push_back(std::move(node));
    return success();
}

/// The limits again, for all layers so far together.
Status Network::check_totals() const {
    const auto check = [](const char* what, Index number, double most) {
        return static_cast<double>(number) <= most
                   ? success()
                   : Status(Error{std::string("with the layers before it, ") + what + " come to " +
                                  std::to_string(number) + "; expected at most " +
                                  std::to_string(static_cast<long long>(most))});
    };
    for (const Status& checked :
         {check("the parameters", parameter_floats_, kMostParameters),
          check("the activations of one image", activation_floats_, kMostActivations),
          check("the multiplications of one image",
                forward_multiply_accumulates(),
                kMostMultiplications)}) {
        if (!checked) {
            return checked;
        }
    }
    return success();
}

Status Network::take_memory() {
    values_ = memory_.plan<float>(parameter_floats_);
    buffers_ = memory_.plan<float>(buffer_floats_);
    for (NetworkNode& node : nodes_) {
        node.packed = memory_.plan<float>(node.layer->memory().packed_floats);
    }
    if (!memory_.allocate()) {
        return Error{"network: no memory for " + std::to_string(memory_.size_bytes()) +
                     " bytes of parameters"};
    }
    initialize_buffers();
    return success();
}

void Network::initialize_buffers() {
    for (const NamedBuffer& buffer : named_buffers_) {
        std::ranges::fill(part_of(buffer, buffers()), buffer.initial_value);
    }
}

const NamedParameter* Network::find_parameter(const std::string& name) const {
    const auto found = std::ranges::find(named_, name, &NamedParameter::name);
    return found == named_.end() ? nullptr : &*found;
}

std::vector<float> Network::to_pytorch_order(const NamedParameter& parameter,
                                             std::span<const float> all) const {
    std::vector<float> tensor(as_size(parameter.count));
    node(parameter.layer)
        .layer->to_pytorch_order(parameter.position, part_of(parameter.layer, all), tensor);
    return tensor;
}

void Network::from_pytorch_order(const NamedParameter& parameter,
                                 std::span<const float> tensor,
                                 std::span<float> all) const {
    CONVOSCOPE_CHECK(static_cast<Index>(tensor.size()) == parameter.count);
    node(parameter.layer)
        .layer->from_pytorch_order(parameter.position, tensor, part_of(parameter.layer, all));
}

void Network::initialize(std::uint64_t seed, const InitializerSettings& initializer) {
    const Random weights(seed, "weights");
    for (const NamedParameter& parameter : named_) {
        // In PyTorch's order, so that the numbers do not depend on the engine's layout.
        std::vector<float> tensor(as_size(parameter.count));
        if (parameter.initial_value) {
            std::ranges::fill(tensor, *parameter.initial_value);
        } else {
            Random stream = weights.split(parameter.name);
            convoscope::initialize(initializer,
                                   {.fan_in = parameter.fan_in,
                                    .fan_out = parameter.fan_out,
                                    .bias = parameter.shape.size() == 1},
                                   stream,
                                   tensor);
        }
        from_pytorch_order(parameter, tensor, parameters());
    }
    initialize_buffers();
    pack_all();
}

void Network::pack(Index layer, const PackShare& share) {
    node(layer).layer->pack(part_of(layer, std::span<const float>(parameters())),
                            memory_.get(node(layer).packed),
                            share);
}

void Network::pack_all() {
    for (Index layer = 0; layer < layer_count(); ++layer) {
        pack(layer, {});
    }
}

Index Network::parameter_count() const {
    Index count = 0;
    for (const NamedParameter& parameter : named_) {
        count += parameter.count;
    }
    return count;
}

Index Network::forward_multiply_accumulates() const {
    Index count = 0;
    for (const NetworkNode& node : nodes_) {
        count += node.layer->multiply_accumulates();
    }
    return count;
}

Index Network::training_multiply_accumulates() const {
    Index count = forward_multiply_accumulates();
    for (const NetworkNode& node : nodes_) {
        if (node.layer->multiply_accumulates() > 0) {
            count +=
                node.layer->backward_multiply_accumulates(trainable_[as_size(node.inputs.front())]);
        }
    }
    return count;
}

}  // namespace convoscope
