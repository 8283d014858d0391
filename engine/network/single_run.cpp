#include "engine/network/single_run.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include "engine/core/check.h"
#include "engine/core/lanes.h"
#include "engine/losses/mean_squared_error.h"
#include "engine/losses/softmax_cross_entropy.h"
#include "engine/network/batch_memory.h"
#include "engine/network/batch_runner.h"
#include "engine/network/execution_plan.h"
#include "engine/network/lane_layout.h"
#include "engine/network/workspace.h"

namespace convoscope {
namespace {

Status check(const Network& network, const SingleRunRequest& request) {
    const Index outputs = network.output_shape().element_count();
    if (request.count < 1 || static_cast<Index>(request.input.size()) !=
                                 request.count * network.shape(0).element_count()) {
        return Error{"input: " + std::to_string(request.input.size()) + " numbers; expected " +
                     std::to_string(request.count) + " images of " + network.shape(0).text()};
    }
    if (request.gradients && request.loss == LossType::none && request.d_output.empty()) {
        return Error{"gradients need a loss: expected cross_entropy or mse"};
    }
    CONVOSCOPE_CHECK(request.d_output.empty() ||
                     (request.loss == LossType::none && request.gradients &&
                      static_cast<Index>(request.d_output.size()) == request.count * outputs));
    if (request.loss == LossType::mse &&
        static_cast<Index>(request.target.size()) != request.count * outputs) {
        return Error{"target: " + std::to_string(request.target.size()) +
                     " numbers; expected as many as the output, " +
                     std::to_string(request.count * outputs)};
    }
    if (request.loss == LossType::cross_entropy) {
        if (network.output_shape().height != 1 || network.output_shape().width != 1 ||
            outputs > 256) {
            return Error{"cross_entropy: the output is " + network.output_shape().text() +
                         "; expected one score for each of at most 256 classes"};
        }
        if (static_cast<Index>(request.labels.size()) != request.count) {
            return Error{"target: " + std::to_string(request.labels.size()) + " labels; expected " +
                         std::to_string(request.count)};
        }
        for (const std::int64_t label : request.labels) {
            if (label < 0 || label >= outputs) {
                return Error{"target: label " + std::to_string(label) + "; expected 0 to " +
                             std::to_string(outputs - 1)};
            }
        }
    }
    return success();
}

/// One batch on its way through the network, micro-batch after micro-batch on this thread.
class Run {
  public:
    Run(const Network& network, const SingleRunRequest& request)
        : network_(network),
          request_(request),
          plan_(ExecutionPlan::make(
              network, {.backward = request.gradients, .input_gradient = request.gradients})),
          micro_batches_((request.count + kLanes - 1) / kLanes) {}

    Result<SingleRunResult> run() {
        Result<std::unique_ptr<BatchMemory>> batch =
            BatchMemory::create(network_, plan_, micro_batches_, 1, 1);
        if (!batch) {
            return batch.error();
        }
        Result<std::unique_ptr<BatchRunner>> runner =
            BatchRunner::create(network_,
                                plan_,
                                **batch,
                                {.micro_batches = micro_batches_, .training = request_.training});
        if (!runner) {
            return runner.error();
        }
        if (const Status checked = (*runner)->check_batch(request_.count); !checked) {
            return checked.error();
        }
        result_.output.resize(at(request_.count * outputs()));
        result_.d_input.resize(request_.gradients ? request_.input.size() : 0);
        (*runner)->begin(request_.seed, 0, request_.count);
        for (Index phase = 0; phase < (*runner)->phase_count(); ++phase) {
            for (Index micro_batch = 0; micro_batch < micro_batches_; ++micro_batch) {
                run_micro_batch(phase, micro_batch, **runner, **batch);
            }
            (*runner)->finish_phase(phase);
        }
        if (request_.loss == LossType::cross_entropy) {
            result_.loss = static_cast<float>(loss_sum_ / static_cast<double>(request_.count));
        } else if (request_.loss == LossType::mse) {
            result_.loss =
                static_cast<float>(loss_sum_ / static_cast<double>(result_.output.size()));
        }
        if (request_.gradients) {
            collect_gradients(**batch);
        }
        if (request_.training) {
            result_.buffers.assign(network_.buffers().begin(), network_.buffers().end());
            (*runner)->update_buffers(result_.buffers);
        }
        return std::move(result_);
    }

  private:
    [[nodiscard]] Index outputs() const { return network_.output_shape().element_count(); }

    void run_micro_batch(Index phase,
                         Index micro_batch,
                         const BatchRunner& runner,
                         const BatchMemory& batch) {
        const Index first = micro_batch * kLanes;
        const Index count = std::min(kLanes, request_.count - first);
        const Workspace& workspace = runner.workspace(micro_batch, 0);
        if (phase == 0) {
            const Index pixels = network_.shape(0).element_count();
            to_lanes(network_.shape(0),
                     request_.input.subspan(at(first * pixels), at(count * pixels)),
                     count,
                     workspace.input());
        }
        runner.forward(phase, micro_batch, 0);
        if (phase == runner.loss_phase()) {
            take_images(network_.output_shape(), workspace.output(), first, count, result_.output);
            if (request_.loss == LossType::cross_entropy) {
                cross_entropy(first, count, workspace);
            } else if (request_.loss == LossType::mse) {
                squared_error(first, count, workspace);
            } else if (!request_.d_output.empty()) {
                to_lanes(network_.output_shape(),
                         request_.d_output.subspan(at(first * outputs()), at(count * outputs())),
                         count,
                         workspace.d_output());
            }
        }
        if (request_.gradients) {
            runner.backward(phase, micro_batch, 0, batch.shard(0), micro_batch > 0);
            if (phase + 1 == runner.phase_count()) {
                take_images(
                    network_.shape(0), workspace.gradient(0), first, count, result_.d_input);
            }
        }
    }

    /// Copies a micro-batch's images to their place in the whole batch.
    static void take_images(const Shape& shape,
                            std::span<const float> lanes,
                            Index first,
                            Index count,
                            std::span<float> images) {
        const Index size = shape.element_count();
        for (Index lane = 0; lane < count; ++lane) {
            from_lane(shape, lanes, lane, images.subspan(at((first + lane) * size), at(size)));
        }
    }

    void cross_entropy(Index first, Index count, const Workspace& workspace) {
        std::array<std::uint8_t, kLanes> labels{};
        std::array<float, kLanes> losses{};
        for (Index lane = 0; lane < count; ++lane) {
            labels[at(lane)] = static_cast<std::uint8_t>(request_.labels[at(first + lane)]);
        }
        softmax_cross_entropy(
            {.logits = workspace.output(),
             .labels = std::span(labels).first(at(count)),
             .scale = static_cast<float>(1.0 / static_cast<double>(request_.count)),
             .label_smoothing = static_cast<float>(request_.label_smoothing),
             .losses = losses,
             .d_logits = request_.gradients ? workspace.d_output() : std::span<float>{}});
        for (const float loss : losses) {
            loss_sum_ += static_cast<double>(loss);
        }
    }

    void squared_error(Index first, Index count, const Workspace& workspace) {
        std::vector<float> target(workspace.output().size());
        to_lanes(network_.output_shape(),
                 request_.target.subspan(at(first * outputs()), at(count * outputs())),
                 count,
                 target);
        std::array<double, kLanes> losses{};
        mean_squared_error(
            {.output = workspace.output(),
             .target = target,
             .images = count,
             .scale = static_cast<float>(1.0 / static_cast<double>(request_.count * outputs())),
             .losses = losses,
             .d_output = request_.gradients ? workspace.d_output() : std::span<float>{}});
        for (const double loss : losses) {
            loss_sum_ += loss;
        }
    }

    void collect_gradients(BatchMemory& batch) {
        std::vector<float> gradients(network_.parameters().size());
        batch.begin_weight_gradients(micro_batches_);
        for (Index layer = 0; layer < network_.layer_count(); ++layer) {
            const NetworkNode& node = network_.node(layer);
            if (node.layer->has_batch_weight_gradient()) {
                batch.weight_gradient(layer, {0, node.layer->gradient_rows()}, 0, gradients);
            } else {
                batch.sum_shards(layer, {0, node.parameter_count}, 1, gradients);
            }
        }
        for (const NamedParameter& parameter : network_.named_parameters()) {
            result_.d_parameters.push_back(network_.to_pytorch_order(parameter, gradients));
        }
    }

    const Network& network_;
    const SingleRunRequest& request_;
    ExecutionPlan plan_;
    Index micro_batches_;
    SingleRunResult result_;
    double loss_sum_ = 0.0;
};

}  // namespace

Result<SingleRunResult> single_run(const Network& network, const SingleRunRequest& request) {
    if (const Status checked = check(network, request); !checked) {
        return checked.error();
    }
    return Run(network, request).run();
}

}  // namespace convoscope
