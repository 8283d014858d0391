#include "engine/network/batch_statistics.h"

#include <string>

#include "engine/layers/batch_coupling.h"

namespace convoscope {
Result<std::unique_ptr<BatchStatistics>> BatchStatistics::create(const Network& network,
                                                                 Index micro_batches) {
    std::unique_ptr<BatchStatistics> statistics(new BatchStatistics(network));
    Arena& memory = statistics->memory_;
    for (Index layer = 0; layer < network.layer_count(); ++layer) {
        const BatchCoupling* coupling = network.node(layer).layer->batch_coupling();
        Slots slots;
        if (coupling != nullptr) {
            statistics->layers_.push_back(layer);
            slots.count = coupling->statistics_count();
            slots.gathered = memory.plan<double>(slots.count * micro_batches);
            slots.forward = memory.plan<double>(slots.count);
            slots.backward = memory.plan<double>(slots.count);
        }
        statistics->slots_.push_back(slots);
    }
    if (!memory.allocate()) {
        return Error{"network: no memory for " + std::to_string(memory.size_bytes()) +
                     " bytes of batch statistics"};
    }
    return statistics;
}

const BatchStatistics::Slots& BatchStatistics::slots(Index layer) const {
    return slots_[at(layer)];
}

std::span<double> BatchStatistics::gathered(Index layer, Index micro_batch) const {
    const Index count = slots(layer).count;
    return memory_.get(slots(layer).gathered).subspan(at(micro_batch * count), at(count));
}

void BatchStatistics::combine_forward(Index layer, Index micro_batches) const {
    network_.node(layer).layer->batch_coupling()->combine_forward(
        memory_.get(slots(layer).gathered).first(at(micro_batches * slots(layer).count)),
        forward(layer));
}

void BatchStatistics::combine_backward(Index layer, Index micro_batches) const {
    network_.node(layer).layer->batch_coupling()->combine_backward(
        memory_.get(slots(layer).gathered).first(at(micro_batches * slots(layer).count)),
        backward(layer));
}

std::span<double> BatchStatistics::forward(Index layer) const {
    return memory_.get(slots(layer).forward);
}

std::span<double> BatchStatistics::backward(Index layer) const {
    return memory_.get(slots(layer).backward);
}

}  // namespace convoscope
