#include "engine/network/workspace.h"

#include <algorithm>

#include "engine/core/check.h"
#include "engine/core/lanes.h"
#include "engine/layers/batch_coupling.h"

namespace convoscope {
Result<std::unique_ptr<Workspace>> Workspace::create(const Network& network,
                                                     const ExecutionPlan& plan,
                                                     Scratch scratch) {
    std::unique_ptr<Workspace> workspace(new Workspace(network, plan));
    Arena& memory = workspace->memory_;
    workspace->activations_ = memory.plan<float>(plan.activation_floats);
    workspace->saved_ = memory.plan<std::byte>(plan.saved_total);
    const ArenaSlot<float> own_scratch =
        memory.plan<float>(scratch == Scratch::own ? plan.scratch_floats + plan.sum_floats : 0);
    if (!memory.allocate()) {
        return Error{"network: no memory for " + std::to_string(memory.size_bytes()) +
                     " bytes of activations"};
    }
    workspace->scratch_ = memory.get(own_scratch);
    std::size_t most_inputs = 1;
    for (const NetworkNode& node : network.nodes()) {
        most_inputs = std::max(most_inputs, node.inputs.size());
    }
    workspace->inputs_.reserve(most_inputs);
    workspace->d_inputs_.reserve(most_inputs);
    workspace->addends_.reserve(most_inputs);
    workspace->written_.resize(at(network.layer_count() + 1));
    return workspace;
}

void Workspace::bind_kept(std::span<float> kept) {
    CONVOSCOPE_CHECK(static_cast<Index>(kept.size()) == plan_.kept_floats);
    kept_ = kept;
}

void Workspace::bind_scratch(std::span<float> scratch) {
    CONVOSCOPE_CHECK(static_cast<Index>(scratch.size()) == plan_.scratch_floats + plan_.sum_floats);
    scratch_ = scratch;
}

std::span<float> Workspace::scratch() const {
    return scratch_.first(at(plan_.scratch_floats));
}

std::span<float> Workspace::aside() const {
    return scratch_.last(at(plan_.sum_floats));
}

std::span<float> Workspace::storage(Index index) const {
    const ExecutionPlan::Storage& storage = plan_.storages[at(index)];
    const std::span<float> where = storage.kept ? kept_ : memory_.get(activations_);
    return where.subspan(at(storage.offset), at(storage.count));
}

std::span<float> Workspace::value(Index value) const {
    return storage(plan_.value_storage[at(value)]);
}

std::span<float> Workspace::gradient(Index value) const {
    const Index index = plan_.gradient_storage[at(value)];
    return index == ExecutionPlan::kNone ? std::span<float>{} : storage(index);
}

std::span<std::byte> Workspace::saved(Index layer) const {
    return memory_.get(saved_).subspan(at(plan_.saved_offset[at(layer)]),
                                       at(plan_.saved_bytes[at(layer)]));
}

void Workspace::gather_inputs(Index layer) {
    inputs_.clear();
    for (const Index input : network_.node(layer).inputs) {
        inputs_.push_back(value(input));
    }
}

ForwardPass Workspace::forward_pass(const PassContext& context, Index layer) {
    gather_inputs(layer);
    return {.inputs = inputs_,
            .output = value(layer + 1),
            .parameters = network_.part_of(layer, network_.parameters()),
            .packed = network_.packed(layer),
            .buffers = network_.buffers_of(layer, network_.buffers()),
            .saved = saved(layer),
            .scratch = scratch(),
            .batch_statistics = context.statistics != nullptr ? context.statistics->forward(layer)
                                                              : std::span<const double>{},
            .name = network_.spec().layers[at(layer)].name,
            .position = context.position,
            .training = context.training};
}

BackwardPass Workspace::backward_pass(const PassContext& context,
                                      Index layer,
                                      std::span<float> shard,
                                      bool accumulate) {
    const NetworkNode& node = network_.node(layer);
    gather_inputs(layer);
    std::span<float> d_parameters;
    if (!node.layer->has_batch_weight_gradient() && !shard.empty()) {
        d_parameters = shard.subspan(at(node.shard_offset), at(node.parameter_count));
    }
    const bool coupled = context.statistics != nullptr;
    return {.inputs = inputs_,
            .output = value(layer + 1),
            .d_output = gradient(layer + 1),
            .d_inputs = {},
            .parameters = network_.part_of(layer, network_.parameters()),
            .packed = network_.packed(layer),
            .buffers = network_.buffers_of(layer, network_.buffers()),
            .saved = saved(layer),
            .scratch = scratch(),
            .batch_statistics =
                coupled ? context.statistics->forward(layer) : std::span<const double>{},
            .batch_gradients =
                coupled ? context.statistics->backward(layer) : std::span<const double>{},
            .position = context.position,
            .training = context.training,
            .d_parameters = d_parameters,
            .accumulate = accumulate};
}

void Workspace::forward(const PassContext& context, IndexRange layers) {
    for (Index layer = layers.begin; layer < layers.end; ++layer) {
        network_.node(layer).layer->forward(forward_pass(context, layer));
    }
}

void Workspace::backward(const PassContext& context,
                         IndexRange layers,
                         std::span<float> shard,
                         bool accumulate) {
    if (layers.end == network_.layer_count()) {
        std::fill(written_.begin(), written_.end(), false);
    }
    for (Index layer = layers.end - 1; layer >= layers.begin; --layer) {
        if (!gradient(layer + 1).empty()) {
            backward_layer(context, layer, shard, accumulate);
        }
    }
}

void Workspace::backward_from(const PassContext& context, Index value, std::span<float> shard) {
    std::fill(written_.begin(), written_.end(), false);
    written_[at(value)] = true;
    for (Index layer = value - 1; layer >= 0; --layer) {
        if (written_[at(layer + 1)] && !gradient(layer + 1).empty()) {
            backward_layer(context, layer, shard, false);
        }
    }
}

void Workspace::backward_layer(const PassContext& context,
                               Index layer,
                               std::span<float> shard,
                               bool accumulate) {
    BackwardPass pass = backward_pass(context, layer, shard, accumulate);
    place_input_gradients(layer);
    pass.d_inputs = d_inputs_;
    network_.node(layer).layer->backward(pass);
    add_asides();
}

/// The first reader to go back writes a value's gradient; what the others find goes aside and is
/// added.
void Workspace::place_input_gradients(Index layer) {
    d_inputs_.clear();
    addends_.clear();
    std::span<float> left = aside();
    for (const Index input : network_.node(layer).inputs) {
        const std::span<float> d_input = gradient(input);
        if (d_input.empty() || !written_[at(input)]) {
            d_inputs_.push_back(d_input);
        } else {
            d_inputs_.push_back(left.first(d_input.size()));
            addends_.push_back({.sum = d_input, .summand = d_inputs_.back()});
            left = left.subspan(d_input.size());
        }
        written_[at(input)] = true;
    }
}

void Workspace::add_asides() {
    for (const Addend& addend : addends_) {
        for (std::size_t element = 0; element < addend.sum.size(); ++element) {
            addend.sum[element] += addend.summand[element];
        }
    }
}

void Workspace::gather_forward(const PassContext& context,
                               Index layer,
                               std::span<double> statistics) {
    network_.node(layer).layer->batch_coupling()->gather(forward_pass(context, layer), statistics);
}

void Workspace::gather_backward(const PassContext& context,
                                Index layer,
                                std::span<double> statistics,
                                std::span<float> shard,
                                bool accumulate) {
    if (!gradient(layer + 1).empty()) {
        network_.node(layer).layer->batch_coupling()->gather(
            backward_pass(context, layer, shard, accumulate), statistics);
    }
}

}  // namespace convoscope
