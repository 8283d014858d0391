#include "engine/explain/network_probe.h"

#include <algorithm>
#include <utility>

#include "engine/core/lanes.h"
#include "engine/network/lane_layout.h"

namespace convoscope {

NetworkProbe::NetworkProbe(const Network& network)
    : network_(network),
      plan_(ExecutionPlan::make(network,
                                {.backward = true,
                                 .input_gradient = true,
                                 .keep_activations = true,
                                 .keep_gradients = true})) {}

Result<std::unique_ptr<NetworkProbe>> NetworkProbe::create(const Network& network) {
    std::unique_ptr<NetworkProbe> probe(new NetworkProbe(network));
    Result<std::unique_ptr<BatchMemory>> batch =
        BatchMemory::create(network, probe->plan_, 1, 1, 1);
    if (!batch) {
        return batch.error();
    }
    Result<std::unique_ptr<Workspace>> workspace = Workspace::create(network, probe->plan_);
    if (!workspace) {
        return workspace.error();
    }
    probe->batch_ = std::move(*batch);
    probe->workspace_ = std::move(*workspace);
    probe->workspace_->bind_kept(probe->batch_->kept(0));
    return probe;
}

void NetworkProbe::fill(std::span<const float> image, bool every_lane) {
    to_lanes(network_.shape(0), image, 1, input());
    if (every_lane) {
        for (std::size_t first = 0; first < input().size(); first += at(kLanes)) {
            std::ranges::fill(input().subspan(first, at(kLanes)), input()[first]);
        }
    }
}

void NetworkProbe::forward(Index value) {
    workspace_->forward({}, {value, network_.layer_count()});
}

float NetworkProbe::score(Index type, Index lane) const {
    return output()[at(type * kLanes + lane)];
}

std::span<float> NetworkProbe::begin_gradient(Index value) {
    const std::span<float> gradient = workspace_->gradient(value);
    std::ranges::fill(gradient, 0.0F);
    return gradient;
}

void NetworkProbe::backward(Index value) {
    for (Index other = 0; other <= network_.layer_count(); ++other) {
        if (other != value) {
            std::ranges::fill(workspace_->gradient(other), 0.0F);
        }
    }
    std::ranges::fill(batch_->shard(0), 0.0F);
    workspace_->backward_from({}, value, batch_->shard(0));
}

void NetworkProbe::backward_score(Index type, bool every_lane) {
    const std::span<float> d_output = begin_gradient(network_.layer_count());
    std::ranges::fill(d_output.subspan(at(type * kLanes), at(every_lane ? kLanes : 1)), 1.0F);
    backward(network_.layer_count());
}

std::span<const float> NetworkProbe::gradient(Index value) const {
    return workspace_->gradient(value);
}

std::vector<std::vector<float>> NetworkProbe::parameter_gradients() {
    std::vector<float> all(network_.parameters().size());
    batch_->begin_weight_gradients(1);
    for (Index layer = 0; layer < network_.layer_count(); ++layer) {
        const NetworkNode& node = network_.node(layer);
        if (node.layer->has_batch_weight_gradient()) {
            batch_->weight_gradient(layer, {0, node.layer->gradient_rows()}, 0, all);
        } else {
            batch_->sum_shards(layer, {0, node.parameter_count}, 1, all);
        }
    }
    std::vector<std::vector<float>> tensors;
    tensors.reserve(network_.named_parameters().size());
    for (const NamedParameter& parameter : network_.named_parameters()) {
        tensors.push_back(network_.to_pytorch_order(parameter, all));
    }
    return tensors;
}

std::vector<float> NetworkProbe::value_of_lane(Index value, Index lane) const {
    std::vector<float> image(at(network_.shape(value).element_count()));
    from_lane(network_.shape(value), workspace_->value(value), lane, image);
    return image;
}

std::vector<float> NetworkProbe::gradient_of_lane(Index value, Index lane) const {
    std::vector<float> image(at(network_.shape(value).element_count()));
    from_lane(network_.shape(value), gradient(value), lane, image);
    return image;
}

}  // namespace convoscope
