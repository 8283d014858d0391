#include "engine/exchange/weights.h"

#include <algorithm>
#include <set>

#include "engine/exchange/weight_hints.h"

namespace convoscope {
namespace {

std::string shape_text(std::span<const Index> shape) {
    std::string text = "[";
    for (const Index length : shape) {
        text += (text.size() == 1 ? "" : ", ") + std::to_string(length);
    }
    return text + "]";
}

Status check_tensor(std::span<const Tensor> tensors,
                    const std::string& file,
                    const std::string& name,
                    const std::vector<Index>& shape) {
    const Tensor* tensor = find_tensor(tensors, name);
    const std::string label = file + ": tensor \"" + name + "\"";
    if (tensor == nullptr) {
        return Error{label + " is missing; expected " + shape_text(shape)};
    }
    if (tensor->type != TensorType::f32 || tensor->shape != shape) {
        return Error{label + " is " + (tensor->type == TensorType::f32 ? "F32 " : "I64 ") +
                     shape_text(tensor->shape) + "; expected F32 " + shape_text(shape)};
    }
    return success();
}

Status check_tensors(std::span<const Tensor> tensors,
                     const std::string& file,
                     const Network& network) {
    std::set<std::string> known;
    for (const NamedParameter& parameter : network.named_parameters()) {
        known.insert(parameter.name);
        if (auto status = check_tensor(tensors, file, parameter.name, parameter.shape); !status) {
            return status;
        }
    }
    for (const NamedBuffer& buffer : network.named_buffers()) {
        known.insert(buffer.name);
        if (auto status = check_tensor(tensors, file, buffer.name, buffer.shape); !status) {
            return status;
        }
    }
    for (const Tensor& tensor : tensors) {
        const bool counter = tensor.name.ends_with(".num_batches_tracked");
        if (!counter && !known.contains(tensor.name)) {
            return Error{file + ": tensor \"" + tensor.name +
                         "\" is unexpected: the network has no such tensor"};
        }
    }
    return success();
}

}  // namespace

std::vector<Tensor> network_tensors(const Network& network) {
    std::vector<Tensor> tensors;
    auto buffers = network.named_buffers();
    const auto add_buffers_before = [&](Index layer) {
        for (; !buffers.empty() && buffers.front().layer < layer; buffers = buffers.subspan(1)) {
            const auto values = Network::part_of(buffers.front(), network.buffers());
            tensors.push_back(float_tensor(
                buffers.front().name, buffers.front().shape, {values.begin(), values.end()}));
        }
    };
    for (const NamedParameter& parameter : network.named_parameters()) {
        add_buffers_before(parameter.layer);
        tensors.push_back(float_tensor(parameter.name,
                                       parameter.shape,
                                       network.to_pytorch_order(parameter, network.parameters())));
    }
    add_buffers_before(network.layer_count());
    return tensors;
}

Status load_tensors(std::span<const Tensor> tensors, const std::string& file, Network& network) {
    if (const Status checked = check_tensors(tensors, file, network); !checked) {
        return Error{checked.error().message + weight_hint(tensors, network)};
    }
    for (const NamedParameter& parameter : network.named_parameters()) {
        network.from_pytorch_order(
            parameter, find_tensor(tensors, parameter.name)->floats, network.parameters());
    }
    for (const NamedBuffer& buffer : network.named_buffers()) {
        std::ranges::copy(find_tensor(tensors, buffer.name)->floats,
                          Network::part_of(buffer, network.buffers()).begin());
    }
    network.pack_all();
    return success();
}

}  // namespace convoscope
