#include "engine/network/single_run.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include "engine/core/lanes.h"
#include "engine/losses/mean_squared_error.h"
#include "engine/losses/softmax_cross_entropy.h"
#include "engine/network/batch_memory.h"
#include "engine/network/execution_plan.h"
#include "engine/network/lane_layout.h"
#include "engine/network/workspace.h"

namespace convoscope {
namespace {

std::size_t at(Index index) {
    return static_cast<std::size_t>(index);
}

Status check(const Network& network, const SingleRunRequest& request) {
    const Index outputs = network.output_shape().element_count();
    if (request.count < 1 || static_cast<Index>(request.input.size()) !=
                                 request.count * network.shape(0).element_count()) {
        return Error{"input: " + std::to_string(request.input.size()) + " numbers; expected " +
                     std::to_string(request.count) + " images of " + network.shape(0).text()};
    }
    if (request.gradients && request.loss == LossType::none) {
        return Error{"gradients need a loss: expected cross_entropy or mse"};
    }
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
        Result<std::unique_ptr<Workspace>> workspace = Workspace::create(network_, plan_);
        if (!workspace) {
            return workspace.error();
        }
        Result<std::unique_ptr<BatchMemory>> batch =
            BatchMemory::create(network_, plan_, micro_batches_, 1, 1);
        if (!batch) {
            return batch.error();
        }
        result_.output.resize(at(request_.count * outputs()));
        result_.d_input.resize(request_.gradients ? request_.input.size() : 0);
        for (Index micro_batch = 0; micro_batch < micro_batches_; ++micro_batch) {
            run_micro_batch(micro_batch, **workspace, **batch);
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
        return std::move(result_);
    }

  private:
    [[nodiscard]] Index outputs() const { return network_.output_shape().element_count(); }

    void run_micro_batch(Index micro_batch, Workspace& workspace, const BatchMemory& batch) {
        const Index first = micro_batch * kLanes;
        const Index count = std::min(kLanes, request_.count - first);
        const Index pixels = network_.shape(0).element_count();
        workspace.bind_kept(batch.kept(micro_batch));
        to_lanes(network_.shape(0),
                 request_.input.subspan(at(first * pixels), at(count * pixels)),
                 count,
                 workspace.input());
        workspace.forward(request_.training || request_.gradients);
        for (Index lane = 0; lane < count; ++lane) {
            from_lane(
                network_.output_shape(),
                workspace.output(),
                lane,
                std::span(result_.output).subspan(at((first + lane) * outputs()), at(outputs())));
        }
        if (request_.loss == LossType::cross_entropy) {
            cross_entropy(first, count, workspace);
        } else if (request_.loss == LossType::mse) {
            squared_error(first, count, workspace);
        }
        if (request_.gradients) {
            workspace.backward(batch.shard(0), micro_batch > 0);
            for (Index lane = 0; lane < count; ++lane) {
                from_lane(
                    network_.shape(0),
                    workspace.gradient(0),
                    lane,
                    std::span(result_.d_input).subspan(at((first + lane) * pixels), at(pixels)));
            }
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
