#include "engine/exchange/onnx/onnx_layer.h"

#include <cmath>
#include <numbers>
#include <unordered_map>

#include "engine/core/check.h"

namespace convoscope {

void OnnxLayer::finish(std::string_view operator_type,
                       const std::vector<std::string>& operands,
                       const std::vector<OnnxAttribute>& attributes) const {
    graph.add(operator_type, operands, output, attributes);
}

std::string OnnxLayer::step(const std::string& part,
                            std::string_view operator_type,
                            const std::vector<std::string>& operands,
                            const std::vector<OnnxAttribute>& attributes) const {
    return graph.add(operator_type, operands, layer.name + "." + part, attributes);
}

std::string OnnxLayer::scalar(const std::string& part, double value) const {
    return graph.scalar(layer.name + "." + part, static_cast<float>(value));
}

std::string OnnxLayer::integers(const std::string& part,
                                const std::vector<std::int64_t>& values) const {
    return graph.constant(layer.name + "." + part, values);
}

std::string OnnxLayer::floats(const std::string& part,
                              const std::vector<std::int64_t>& shape,
                              const std::vector<float>& values) const {
    return graph.constant(layer.name + "." + part, shape, values);
}

std::string OnnxLayer::parameter(const std::string& parameter,
                                 const std::vector<std::int64_t>& shape) const {
    const Tensor* tensor = find_tensor(tensors, layer.name + "." + parameter);
    if (tensor == nullptr) {
        return "";
    }
    const std::vector<std::int64_t> own(tensor->shape.begin(), tensor->shape.end());
    return graph.constant(tensor->name, shape.empty() ? own : shape, tensor->floats);
}

namespace {

using Writer = void (*)(const OnnxLayer&);

void write_linear(const OnnxLayer& layer) {
    std::vector<std::string> operands = {layer.input(), layer.parameter("weight")};
    if (layer.layer.flag("bias", true)) {
        operands.push_back(layer.parameter("bias"));
    }
    layer.finish("Gemm", operands, {{"transB", std::int64_t{1}}});
}

void write_flatten(const OnnxLayer& layer) {
    layer.finish("Flatten", {layer.input()}, {{"axis", std::int64_t{1}}});
}

void write_batch_norm2d(const OnnxLayer& layer) {
    const Index channels = layer.layer.input.channels;
    const auto parameter = [&](const std::string& name, float otherwise) {
        const std::string found = layer.parameter(name);
        return found.empty()
                   ? layer.floats(name,
                                  {channels},
                                  std::vector<float>(static_cast<std::size_t>(channels), otherwise))
                   : found;
    };
    const std::string scale = parameter("weight", 1.0F);
    const std::string shift = parameter("bias", 0.0F);
    const std::string mean = parameter("running_mean", 0.0F);
    const std::string variance = parameter("running_var", 1.0F);
    layer.finish("BatchNormalization",
                 {layer.input(), scale, shift, mean, variance},
                 {{"epsilon", static_cast<float>(layer.layer.number("eps", 1e-5))}});
}

void write_identity(const OnnxLayer& layer) {
    layer.finish("Identity", {layer.input()});
}

void write_silu(const OnnxLayer& layer) {
    layer.finish("Mul", {layer.input(), layer.step("gate", "Sigmoid", {layer.input()})});
}

/// x/2 · (1 + erf(x/√2)), or with tanh(√(2/π) (x + 0.044715 x³)) for the error function.
void write_gelu(const OnnxLayer& layer) {
    const std::string& x = layer.input();
    std::string bell;
    if (layer.layer.text("approximate", "none") == "tanh") {
        const std::string cube = layer.step("cube", "Pow", {x, layer.scalar("three", 3.0)});
        const std::string term = layer.step("term", "Mul", {cube, layer.scalar("c", 0.044715)});
        const std::string sum = layer.step("inner", "Add", {x, term});
        const std::string scaled = layer.step(
            "scaled", "Mul", {sum, layer.scalar("scale", std::sqrt(2.0 / std::numbers::pi))});
        bell = layer.step("bell", "Tanh", {scaled});
    } else {
        const std::string scaled =
            layer.step("scaled", "Mul", {x, layer.scalar("scale", 1.0 / std::numbers::sqrt2)});
        bell = layer.step("bell", "Erf", {scaled});
    }
    const std::string sum = layer.step("sum", "Add", {bell, layer.scalar("one", 1.0)});
    const std::string product = layer.step("product", "Mul", {x, sum});
    layer.finish("Mul", {product, layer.scalar("half", 0.5)});
}

void write_leaky_relu(const OnnxLayer& layer) {
    const auto slope = static_cast<float>(layer.layer.number("negative_slope", 0.01));
    layer.finish("LeakyRelu", {layer.input()}, {{"alpha", slope}});
}

void write_elu(const OnnxLayer& layer) {
    const auto alpha = static_cast<float>(layer.layer.number("alpha", 1.0));
    layer.finish("Elu", {layer.input()}, {{"alpha", alpha}});
}

/// log(1 + exp(beta x)) / beta
void write_softplus(const OnnxLayer& layer) {
    const double beta = layer.layer.number("beta", 1.0);
    if (beta == 1.0) {
        layer.finish("Softplus", {layer.input()});
        return;
    }
    const std::string factor = layer.scalar("beta", beta);
    const std::string scaled = layer.step("scaled", "Mul", {layer.input(), factor});
    layer.finish("Div", {layer.step("softplus", "Softplus", {scaled}), factor});
}

void write_prelu(const OnnxLayer& layer) {
    const Shape& shape = layer.layer.input;
    const std::int64_t slopes = layer.layer.integer("num_parameters", 1);
    // Broadcast from the right, so that channels need the axes after them.
    layer.finish("PRelu",
                 {layer.input(),
                  layer.parameter("weight",
                                  shape.flat ? std::vector<std::int64_t>{slopes}
                                             : std::vector<std::int64_t>{slopes, 1, 1})});
}

void write_softmax(const OnnxLayer& layer) {
    layer.finish("Softmax", {layer.input()}, {{"axis", std::int64_t{1}}});
}

void write_concat(const OnnxLayer& layer) {
    layer.finish("Concat", layer.inputs, {{"axis", std::int64_t{1}}});
}

const std::unordered_map<std::string, Writer>& writers() {
    static const std::unordered_map<std::string, Writer> kWriters = {
        {"conv2d", write_onnx_conv2d},
        {"conv_transpose2d", write_onnx_conv_transpose2d},
        {"max_pool2d", write_onnx_max_pool2d},
        {"avg_pool2d", write_onnx_avg_pool2d},
        {"adaptive_avg_pool2d", write_onnx_adaptive_avg_pool2d},
        {"local_response_norm", write_onnx_local_response_norm},
        {"linear", write_linear},
        {"flatten", write_flatten},
        {"batch_norm2d", write_batch_norm2d},
        {"dropout", write_identity},
        {"identity", write_identity},
        {"relu", [](const OnnxLayer& layer) { layer.finish("Relu", {layer.input()}); }},
        {"sigmoid", [](const OnnxLayer& layer) { layer.finish("Sigmoid", {layer.input()}); }},
        {"tanh", [](const OnnxLayer& layer) { layer.finish("Tanh", {layer.input()}); }},
        {"silu", write_silu},
        {"gelu", write_gelu},
        {"leaky_relu", write_leaky_relu},
        {"elu", write_elu},
        {"softplus", write_softplus},
        {"prelu", write_prelu},
        {"softmax", write_softmax},
        {"add", [](const OnnxLayer& layer) { layer.finish("Sum", layer.inputs); }},
        {"concat", write_concat}};
    return kWriters;
}

}  // namespace

void write_onnx_layer(const OnnxLayer& layer) {
    const auto writer = writers().find(layer.layer.type);
    CONVOSCOPE_CHECK(writer != writers().end());
    writer->second(layer);
}

}  // namespace convoscope
