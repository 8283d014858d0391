#include "engine/network/execution_plan.h"

#include <algorithm>
#include <variant>

#include "engine/core/lanes.h"

namespace convoscope {
namespace {

/// Activation functions whose gradient is told by their output.
bool goes_back_from_output(const LayerAttributes& function) {
    return std::holds_alternative<ReluSpec>(function) ||
           std::holds_alternative<SigmoidSpec>(function) ||
           std::holds_alternative<TanhSpec>(function);
}

/// Builds a plan step by step; lifetimes are kept beside the storages until all are known.
class Planner {
  public:
    Planner(const Network& network, ExecutionOptions options) : network_(network) {
        plan_.options = options;
        layers_ = network.layer_count();
        readers_.resize(at(layers_ + 1), 0);
        for (const NetworkNode& node : network.nodes()) {
            for (const Index value : node.inputs) {
                ++readers_[at(value)];
            }
        }
    }

    ExecutionPlan make() {
        place_values();
        if (plan_.options.backward) {
            place_gradients();
            mark_kept();
        }
        extend_lives();
        assign_offsets();
        place_layer_memory();
        return std::move(plan_);
    }

  private:
    [[nodiscard]] Index backward_moment(Index layer) const { return 2 * layers_ - layer; }

    Index new_storage(Index value, Index moment) {
        plan_.storages.push_back({.count = network_.shape(value).element_count() * kLanes});
        lives_.push_back({.count = plan_.storages.back().count, .first = moment, .last = moment});
        return static_cast<Index>(plan_.storages.size()) - 1;
    }

    /// An activation function may overwrite what only it reads, if the layer before does not need
    /// its own output to go back.
    [[nodiscard]] bool works_in_place(Index layer) const {
        const auto& spec = network_.spec().layers[at(layer)];
        const Index input = spec.inputs.front();
        if (!goes_back_from_output(spec.attributes) || input == 0 || readers_[at(input)] != 1 ||
            plan_.options.keep_activations) {
            return false;
        }
        const LayerAttributes& before = network_.spec().layers[at(input - 1)].attributes;
        return std::holds_alternative<Conv2dSpec>(before) ||
               std::holds_alternative<ConvTranspose2dSpec>(before) ||
               std::holds_alternative<LinearSpec>(before) ||
               std::holds_alternative<BatchNorm2dSpec>(before) ||
               std::holds_alternative<AddSpec>(before);
    }

    void place_values() {
        plan_.value_storage.push_back(new_storage(0, 0));
        for (Index layer = 0; layer < layers_; ++layer) {
            plan_.value_storage.push_back(
                works_in_place(layer) ? plan_.value_storage[at(network_.node(layer).inputs.front())]
                                      : new_storage(layer + 1, layer));
        }
    }

    void place_gradients() {
        plan_.gradient_storage.assign(at(layers_ + 1), ExecutionPlan::kNone);
        for (Index value = layers_; value >= 0; --value) {
            const bool wanted = value == layers_ || plan_.options.input_gradient ||
                                network_.leads_to_parameters(value);
            if (!wanted) {
                continue;
            }
            // The reader of an in-place function's input is that function: its gradient is ready.
            const Index next = value < layers_ ? in_place_reader(value) : ExecutionPlan::kNone;
            plan_.gradient_storage[at(value)] =
                next == ExecutionPlan::kNone
                    ? new_storage(value,
                                  value == layers_ ? layers_
                                                   : backward_moment(std::max<Index>(value, 1) - 1))
                    : plan_.gradient_storage[at(next + 1)];
        }
    }

    /// The layer that overwrites this value in place, or kNone.
    [[nodiscard]] Index in_place_reader(Index value) const {
        for (Index layer = value; layer < layers_; ++layer) {
            if (network_.node(layer).inputs.front() == value && works_in_place(layer)) {
                return layer;
            }
        }
        return ExecutionPlan::kNone;
    }

    void mark_kept() {
        for (Index layer = 0; layer < layers_; ++layer) {
            if (network_.node(layer).layer->has_batch_weight_gradient()) {
                for (const Index value : network_.node(layer).inputs) {
                    plan_.storages[at(plan_.value_storage[at(value)])].kept = true;
                }
                plan_.storages[at(plan_.gradient_storage[at(layer + 1)])].kept = true;
            }
        }
    }

    void touch(Index storage, Index moment) {
        if (storage == ExecutionPlan::kNone) {
            return;
        }
        lives_[at(storage)].first = std::min(lives_[at(storage)].first, moment);
        lives_[at(storage)].last = std::max(lives_[at(storage)].last, moment);
    }

    void extend_lives() {
        touch(plan_.value_storage[at(layers_)], layers_);
        for (Index layer = 0; layer < layers_; ++layer) {
            std::vector<Index> values = network_.node(layer).inputs;
            values.push_back(layer + 1);
            for (const Index value : values) {
                touch(plan_.value_storage[at(value)], layer);
                if (plan_.options.keep_activations) {
                    touch(plan_.value_storage[at(value)], 2 * layers_ + 1);
                }
                if (plan_.options.backward) {
                    touch(plan_.value_storage[at(value)], backward_moment(layer));
                    touch(plan_.gradient_storage[at(value)], backward_moment(layer));
                }
            }
        }
    }

    void assign_offsets() {
        if (plan_.options.backward && plan_.options.input_gradient) {
            touch(plan_.gradient_storage.front(), 2 * layers_ + 1);
        }
        if (plan_.options.backward && plan_.options.keep_gradients) {
            for (const Index storage : plan_.gradient_storage) {
                touch(storage, 2 * layers_ + 1);
            }
        }
        std::vector<PlannedBuffer> inside;
        for (std::size_t storage = 0; storage < plan_.storages.size(); ++storage) {
            if (plan_.storages[storage].kept) {
                plan_.storages[storage].offset = plan_.kept_floats;
                plan_.kept_floats += plan_.storages[storage].count;
            } else {
                inside.push_back(lives_[storage]);
            }
        }
        plan_.activation_floats = plan_memory(inside);
        std::size_t next = 0;
        for (ExecutionPlan::Storage& storage : plan_.storages) {
            if (!storage.kept) {
                storage.offset = inside[next++].offset;
            }
        }
    }

    void place_layer_memory() {
        for (Index layer = 0; layer < layers_; ++layer) {
            const LayerMemory memory = network_.node(layer).layer->memory();
            plan_.saved_offset.push_back(plan_.saved_total);
            plan_.saved_bytes.push_back(memory.saved_bytes);
            plan_.saved_total += (memory.saved_bytes + 63) / 64 * 64;
            plan_.scratch_floats = std::max(plan_.scratch_floats, memory.scratch_floats);
        }
        for (const NetworkNode& node : network_.nodes()) {
            Index aside = 0;
            for (const Index value : node.inputs) {
                if (readers_[at(value)] > 1) {
                    aside += network_.shape(value).element_count() * kLanes;
                }
            }
            plan_.sum_floats = std::max(plan_.sum_floats, plan_.options.backward ? aside : 0);
        }
    }

    const Network& network_;
    ExecutionPlan plan_;
    Index layers_ = 0;
    std::vector<Index> readers_;
    std::vector<PlannedBuffer> lives_;
};

}  // namespace

ExecutionPlan ExecutionPlan::make(const Network& network, ExecutionOptions options) {
    return Planner(network, options).make();
}

}  // namespace convoscope
