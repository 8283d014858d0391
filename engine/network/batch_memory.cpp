#include "engine/network/batch_memory.h"

#include <algorithm>
#include <string>

#include "engine/network/size_limits.h"

namespace convoscope {
Result<std::unique_ptr<BatchMemory>> BatchMemory::create(const Network& network,
                                                         const ExecutionPlan& plan,
                                                         Index micro_batches,
                                                         Index shards,
                                                         Index threads) {
    std::unique_ptr<BatchMemory> batch(new BatchMemory(network, plan));
    Index scratch = 0;
    for (Index layer = 0; layer < network.layer_count(); ++layer) {
        if (network.node(layer).layer->has_batch_weight_gradient()) {
            batch->layers_.push_back(layer);
            scratch = std::max(scratch,
                               network.node(layer).layer->backward_weights_scratch(micro_batches));
        }
    }
    const double floats =
        static_cast<double>(micro_batches) * static_cast<double>(plan.kept_floats) +
        static_cast<double>(shards) * static_cast<double>(network.shard_count()) +
        static_cast<double>(threads) * static_cast<double>(scratch);
    if (floats * sizeof(float) > kMostBlockBytes) {
        return Error{"network: a batch would take " + std::to_string(floats * sizeof(float)) +
                     " bytes; expected a smaller batch_size or network"};
    }
    Arena& memory = batch->memory_;
    for (Index micro_batch = 0; micro_batch < micro_batches; ++micro_batch) {
        batch->kept_.push_back(memory.plan<float>(plan.kept_floats));
    }
    for (Index shard = 0; shard < shards; ++shard) {
        batch->shards_.push_back(memory.plan<float>(network.shard_count()));
    }
    for (Index thread = 0; thread < threads; ++thread) {
        batch->scratch_.push_back(memory.plan<float>(scratch));
    }
    if (!memory.allocate()) {
        return Error{"network: no memory for " + std::to_string(memory.size_bytes()) +
                     " bytes of a batch; expected a smaller batch_size"};
    }
    batch->inputs_.resize(batch->layers_.size());
    batch->d_outputs_.resize(batch->layers_.size());
    for (std::size_t layer = 0; layer < batch->layers_.size(); ++layer) {
        batch->inputs_[layer].reserve(at(micro_batches));
        batch->d_outputs_[layer].reserve(at(micro_batches));
    }
    return batch;
}

std::span<float> BatchMemory::kept(Index micro_batch) const {
    return memory_.get(kept_[at(micro_batch)]);
}

std::span<float> BatchMemory::shard(Index shard) const {
    return memory_.get(shards_[at(shard)]);
}

void BatchMemory::begin_weight_gradients(Index micro_batches) {
    const auto kept_part = [&](Index storage, Index micro_batch) {
        const ExecutionPlan::Storage& place = plan_.storages[at(storage)];
        return std::span<const float>(kept(micro_batch).subspan(at(place.offset), at(place.count)));
    };
    for (std::size_t position = 0; position < layers_.size(); ++position) {
        const Index layer = layers_[position];
        inputs_[position].clear();
        d_outputs_[position].clear();
        for (Index micro_batch = 0; micro_batch < micro_batches; ++micro_batch) {
            const Index input = network_.node(layer).inputs.front();
            inputs_[position].push_back(kept_part(plan_.value_storage[at(input)], micro_batch));
            d_outputs_[position].push_back(
                kept_part(plan_.gradient_storage[at(layer + 1)], micro_batch));
        }
    }
}

void BatchMemory::weight_gradient(Index layer,
                                  IndexRange rows,
                                  Index thread,
                                  std::span<float> gradients) {
    const auto position =
        static_cast<std::size_t>(std::ranges::find(layers_, layer) - layers_.begin());
    network_.node(layer).layer->backward_weights(inputs_[position],
                                                 d_outputs_[position],
                                                 rows.begin,
                                                 rows.end,
                                                 memory_.get(scratch_[at(thread)]),
                                                 network_.part_of(layer, gradients));
}

void BatchMemory::sum_shards(Index layer,
                             IndexRange elements,
                             Index shards,
                             std::span<float> gradients) {
    const std::span<float> sum = network_.part_of(layer, gradients);
    const Index offset = network_.node(layer).shard_offset;
    for (Index element = elements.begin; element < elements.end; ++element) {
        sum[at(element)] = shard(0)[at(offset + element)];
    }
    for (Index summand = 1; summand < shards; ++summand) {
        const std::span<const float> from = shard(summand);
        for (Index element = elements.begin; element < elements.end; ++element) {
            sum[at(element)] += from[at(offset + element)];
        }
    }
}

}  // namespace convoscope
