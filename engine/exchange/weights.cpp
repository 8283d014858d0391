#include "engine/exchange/weights.h"

namespace convoscope {
namespace {

std::string shape_text(std::span<const Index> shape) {
    std::string text = "[";
    for (const Index length : shape) {
        text += (text.size() == 1 ? "" : ", ") + std::to_string(length);
    }
    return text + "]";
}

Status check_tensors(std::span<const Tensor> tensors,
                     const std::string& file,
                     const Network& network) {
    for (const NamedParameter& parameter : network.named_parameters()) {
        const Tensor* tensor = find_tensor(tensors, parameter.name);
        const std::string label = file + ": tensor \"" + parameter.name + "\"";
        if (tensor == nullptr) {
            return Error{label + " is missing; expected " + shape_text(parameter.shape)};
        }
        if (tensor->type != TensorType::f32 || tensor->shape != parameter.shape) {
            return Error{label + " is " + (tensor->type == TensorType::f32 ? "F32 " : "I64 ") +
                         shape_text(tensor->shape) + "; expected F32 " +
                         shape_text(parameter.shape)};
        }
    }
    for (const Tensor& tensor : tensors) {
        const bool counter = tensor.name.ends_with(".num_batches_tracked");
        if (!counter && network.find_parameter(tensor.name) == nullptr) {
            return Error{file + ": tensor \"" + tensor.name +
                         "\" is unexpected: the network has no such parameter"};
        }
    }
    return success();
}

}  // namespace

std::vector<Tensor> network_tensors(const Network& network) {
    std::vector<Tensor> tensors;
    for (const NamedParameter& parameter : network.named_parameters()) {
        tensors.push_back(float_tensor(parameter.name,
                                       parameter.shape,
                                       network.to_pytorch_order(parameter, network.parameters())));
    }
    return tensors;
}

Status load_tensors(std::span<const Tensor> tensors, const std::string& file, Network& network) {
    if (const Status checked = check_tensors(tensors, file, network); !checked) {
        return checked;
    }
    for (const NamedParameter& parameter : network.named_parameters()) {
        network.from_pytorch_order(
            parameter, find_tensor(tensors, parameter.name)->floats, network.parameters());
    }
    network.pack_all();
    return success();
}

}  // namespace convoscope
