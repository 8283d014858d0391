// `convoscope run`: one pass of tensors through a network, for comparison with other frameworks.

#include <string>
#include <utility>
#include <vector>

#include "cli/commands.h"
#include "cli/files.h"
#include "engine/exchange/safetensors.h"
#include "engine/exchange/weights.h"
#include "engine/network/single_run.h"

namespace convoscope::cli {
namespace {

Result<std::vector<Tensor>> read_tensors(const std::string& path) {
    const Result<std::vector<std::byte>> bytes = read_file(path);
    if (!bytes) {
        return bytes.error();
    }
    return read_safetensors(*bytes, path);
}

Result<LossType> read_loss(const Arguments& arguments) {
    const std::optional<std::string> name = arguments.text("--loss");
    if (!name) {
        return LossType::none;
    }
    const std::optional<LossType> loss = find_loss(*name);
    if (!loss) {
        return Error{"option --loss is \"" + *name + "\"; expected cross_entropy or mse"};
    }
    return *loss;
}

Status load_weights(const Arguments& arguments, Network& network) {
    const std::optional<std::string> path = arguments.text("--weights");
    if (!path) {
        return network.named_parameters().empty()
                   ? success()
                   : Status(Error{"the network has parameters: expected --weights"});
    }
    const Result<std::vector<Tensor>> tensors = read_tensors(*path);
    return tensors ? load_tensors(*tensors, *path, network) : Status(tensors.error());
}

/// Expects an input `[n, c, h, w]` and the loss's target; fills the request with views.
Status fill_request(const std::vector<Tensor>& tensors,
                    const std::string& path,
                    const Network& network,
                    SingleRunRequest& request) {
    const Tensor* input = find_tensor(tensors, "input");
    std::vector<Index> shape = network.shape(0).dimensions();
    const bool good = input != nullptr && input->type == TensorType::f32 &&
                      input->shape.size() == 4 && input->shape.front() > 0 &&
                      std::vector<Index>(input->shape.begin() + 1, input->shape.end()) == shape;
    if (!good) {
        return Error{path + ": tensor \"input\" is missing or wrong; expected F32 [n, " +
                     std::to_string(shape[0]) + ", " + std::to_string(shape[1]) + ", " +
                     std::to_string(shape[2]) + "]"};
    }
    request.input = input->floats;
    request.count = input->shape.front();
    if (request.loss == LossType::none) {
        return success();
    }
    const Tensor* target = find_tensor(tensors, "target");
    std::vector<Index> expected = {request.count};
    if (request.loss == LossType::mse) {
        const std::vector<Index> output = network.output_shape().dimensions();
        expected.insert(expected.end(), output.begin(), output.end());
    }
    const TensorType type = request.loss == LossType::mse ? TensorType::f32 : TensorType::i64;
    if (target == nullptr || target->type != type || target->shape != expected) {
        return Error{path + ": tensor \"target\" is missing or wrong; expected " +
                     (type == TensorType::f32 ? "F32 of the output's shape"
                                              : "I64 [" + std::to_string(request.count) + "]")};
    }
    request.labels = target->integers;
    request.target = target->floats;
    return success();
}

std::vector<Tensor> result_tensors(const Network& network,
                                   const SingleRunRequest& request,
                                   SingleRunResult& result) {
    std::vector<Index> output_shape = network.output_shape().dimensions();
    output_shape.insert(output_shape.begin(), request.count);
    std::vector<Tensor> tensors = {float_tensor("output", output_shape, std::move(result.output))};
    if (result.loss) {
        tensors.push_back(float_tensor("loss", {1}, {*result.loss}));
    }
    if (request.gradients) {
        std::vector<Index> input_shape = network.shape(0).dimensions();
        input_shape.insert(input_shape.begin(), request.count);
        tensors.push_back(float_tensor("grad.input", input_shape, std::move(result.d_input)));
        for (std::size_t i = 0; i < result.d_parameters.size(); ++i) {
            const NamedParameter& parameter = network.named_parameters()[i];
            tensors.push_back(float_tensor(
                "grad." + parameter.name, parameter.shape, std::move(result.d_parameters[i])));
        }
    }
    if (request.training) {
        for (const NamedBuffer& buffer : network.named_buffers()) {
            const auto values = Network::part_of(buffer, std::span<const float>(result.buffers));
            tensors.push_back(
                float_tensor(buffer.name, buffer.shape, {values.begin(), values.end()}));
        }
    }
    return tensors;
}

}  // namespace

Status run_command(Arguments& arguments) {
    const std::optional<std::string> input_path = arguments.text("--input");
    const std::optional<std::string> out_path = arguments.text("--out");
    if (arguments.positional().size() != 1 || !input_path || !out_path) {
        return Error{"run wants a network file, --input and --out"};
    }
    const Result<LossType> loss = read_loss(arguments);
    if (!loss) {
        return loss.error();
    }
    const Result<std::unique_ptr<Network>> network = read_network(arguments.positional().front());
    if (!network) {
        return network.error();
    }
    if (const Status loaded = load_weights(arguments, **network); !loaded) {
        return loaded;
    }
    const Result<std::vector<Tensor>> input = read_tensors(*input_path);
    if (!input) {
        return input.error();
    }
    SingleRunRequest request{
        .input = {},
        .loss = *loss,
        .label_smoothing = arguments.number("--label-smoothing", 0.0, 0.0, 1.0),
        .labels = {},
        .target = {},
        .gradients = arguments.has("--grad"),
        .training = arguments.has("--train")};
    if (const Status read = arguments.status(); !read) {
        return read;
    }
    if (const Status filled = fill_request(*input, *input_path, **network, request); !filled) {
        return filled;
    }
    Result<SingleRunResult> result = single_run(**network, request);
    if (!result) {
        return Error{*input_path + ": " + result.error().message};
    }
    const std::vector<Tensor> tensors = result_tensors(**network, request, *result);
    return write_file(*out_path, write_safetensors(tensors));
}

}  // namespace convoscope::cli
