#include "engine/network/workspace.h"

#include <algorithm>

#include "engine/core/check.h"
#include "engine/core/lanes.h"

namespace convoscope {
namespace {

std::size_t at(Index index) {
    return static_cast<std::size_t>(index);
}

}  // namespace

Result<std::unique_ptr<Workspace>> Workspace::create(const Network& network,
                                                     const ExecutionPlan& plan) {
    std::unique_ptr<Workspace> workspace(new Workspace(network, plan));
    Arena& memory = workspace->memory_;
    workspace->activations_ = memory.plan<float>(plan.activation_floats);
    workspace->saved_ = memory.plan<std::byte>(plan.saved_total);
    workspace->scratch_ = memory.plan<float>(plan.scratch_floats);
    workspace->sum_ = memory.plan<float>(plan.sum_floats);
    if (!memory.allocate()) {
        return Error{"network: no memory for " + std::to_string(memory.size_bytes()) +
                     " bytes of activations"};
    }
    std::size_t most_inputs = 1;
    for (const NetworkNode& node : network.nodes()) {
        most_inputs = std::max(most_inputs, node.inputs.size());
    }
    workspace->inputs_.reserve(most_inputs);
    workspace->d_inputs_.reserve(most_inputs);
    workspace->written_.resize(at(network.layer_count() + 1));
    return workspace;
}

void Workspace::bind_kept(std::span<float> kept) {
    CONVOSCOPE_CHECK(static_cast<Index>(kept.size()) == plan_.kept_floats);
    kept_ = kept;
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

void Workspace::forward(bool training) {
    for (Index layer = 0; layer < network_.layer_count(); ++layer) {
        const NetworkNode& node = network_.node(layer);
        inputs_.clear();
        for (const Index input : node.inputs) {
            inputs_.push_back(value(input));
        }
        node.layer->forward({.inputs = inputs_,
                             .output = value(layer + 1),
                             .parameters = network_.part_of(layer, network_.parameters()),
                             .packed = network_.packed(layer),
                             .saved = saved(layer),
                             .scratch = memory_.get(scratch_),
                             .training = training});
    }
}

void Workspace::backward(std::span<float> shard, bool accumulate) {
    std::fill(written_.begin(), written_.end(), false);
    for (Index layer = network_.layer_count() - 1; layer >= 0; --layer) {
        if (!gradient(layer + 1).empty()) {
            backward_layer(layer, shard, accumulate);
        }
    }
}

void Workspace::backward_layer(Index layer, std::span<float> shard, bool accumulate) {
    const NetworkNode& node = network_.node(layer);
    inputs_.clear();
    d_inputs_.clear();
    Index to_add = -1;
    for (const Index input : node.inputs) {
        inputs_.push_back(value(input));
        std::span<float> d_input = gradient(input);
        if (!d_input.empty() && written_[at(input)]) {
            // A later reader has been here: this summand goes aside first.
            CONVOSCOPE_CHECK(to_add < 0);
            to_add = input;
            d_input = memory_.get(sum_).first(d_input.size());
        }
        written_[at(input)] = true;
        d_inputs_.push_back(d_input);
    }
    std::span<float> d_parameters;
    if (!node.layer->has_batch_weight_gradient() && !shard.empty()) {
        d_parameters = shard.subspan(at(node.shard_offset), at(node.parameter_count));
    }
    node.layer->backward({.inputs = inputs_,
                          .output = value(layer + 1),
                          .d_output = gradient(layer + 1),
                          .d_inputs = d_inputs_,
                          .parameters = network_.part_of(layer, network_.parameters()),
                          .packed = network_.packed(layer),
                          .saved = saved(layer),
                          .scratch = memory_.get(scratch_),
                          .d_parameters = d_parameters,
                          .accumulate = accumulate});
    if (to_add >= 0) {
        const std::span<float> sum = gradient(to_add);
        const std::span<const float> summand = memory_.get(sum_);
        for (std::size_t element = 0; element < sum.size(); ++element) {
            sum[element] += summand[element];
        }
    }
}

}  // namespace convoscope
