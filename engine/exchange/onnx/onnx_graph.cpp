#include "engine/exchange/onnx/onnx_graph.h"

#include <bit>

namespace convoscope {
namespace {

static_assert(std::endian::native == std::endian::little, "raw_data is little-endian");

// Field numbers of onnx.proto3, by message.
constexpr struct {
    int ir_version = 1, producer_name = 2, graph = 7, opset_import = 8;
} kModel;
constexpr struct {
    int version = 2;
} kOperatorSet;
constexpr struct {
    int node = 1, name = 2, initializer = 5, input = 11, output = 12;
} kGraph;
constexpr struct {
    int input = 1, output = 2, name = 3, operator_type = 4, attribute = 5;
} kNode;
constexpr struct {
    int name = 1, number = 2, integer = 3, text = 4, integers = 8, type = 20;
} kAttribute;
constexpr struct {
    int number = 1, integer = 2, text = 3, integers = 7;
} kAttributeType;
constexpr struct {
    int shape = 1, data_type = 2, name = 8, raw_data = 9;
} kTensor;
constexpr struct {
    int name = 1, type = 2;
} kValueInfo;
constexpr struct {
    int tensor_type = 1;
} kType;
constexpr struct {
    int element_type = 1, shape = 2;
} kTensorType;
constexpr struct {
    int dimension = 1;
} kShape;
constexpr struct {
    int value = 1, parameter = 2;
} kDimension;

constexpr std::int64_t kIrVersion = 8;  // the one that came with operators 15 to 18
constexpr std::int64_t kFloat = 1;
constexpr std::int64_t kInt64 = 7;

struct AttributeValue {
    ProtobufWriter& writer;

    void operator()(std::int64_t value) const {
        writer.integer(kAttribute.integer, value);
        writer.integer(kAttribute.type, kAttributeType.integer);
    }
    void operator()(float value) const {
        writer.floating(kAttribute.number, value);
        writer.integer(kAttribute.type, kAttributeType.number);
    }
    void operator()(const std::string& value) const {
        writer.text(kAttribute.text, value);
        writer.integer(kAttribute.type, kAttributeType.text);
    }
    void operator()(const std::vector<std::int64_t>& values) const {
        writer.integers(kAttribute.integers, values);
        writer.integer(kAttribute.type, kAttributeType.integers);
    }
};

ProtobufWriter tensor(const std::string& name,
                      std::int64_t type,
                      std::span<const std::int64_t> shape,
                      std::span<const std::byte> data) {
    ProtobufWriter writer;
    writer.integers(kTensor.shape, shape);
    writer.integer(kTensor.data_type, type);
    writer.text(kTensor.name, name);
    writer.bytes(kTensor.raw_data, data);
    return writer;
}

ProtobufWriter value_info(const std::pair<std::string, Shape>& value) {
    ProtobufWriter shape;
    ProtobufWriter batch;
    batch.text(kDimension.parameter, "batch");
    shape.message(kShape.dimension, batch);
    for (const Index extent : value.second.dimensions()) {
        ProtobufWriter dimension;
        dimension.integer(kDimension.value, extent);
        shape.message(kShape.dimension, dimension);
    }
    ProtobufWriter tensor_type;
    tensor_type.integer(kTensorType.element_type, kFloat);
    tensor_type.message(kTensorType.shape, shape);
    ProtobufWriter type;
    type.message(kType.tensor_type, tensor_type);
    ProtobufWriter info;
    info.text(kValueInfo.name, value.first);
    info.message(kValueInfo.type, type);
    return info;
}

}  // namespace

std::string OnnxGraph::add(std::string_view operator_type,
                           std::span<const std::string> inputs,
                           const std::string& output,
                           std::span<const OnnxAttribute> attributes) {
    ProtobufWriter node;
    for (const std::string& input : inputs) {
        node.text(kNode.input, input);
    }
    node.text(kNode.output, output);
    node.text(kNode.name, output);
    node.text(kNode.operator_type, operator_type);
    for (const auto& [name, value] : attributes) {
        ProtobufWriter attribute;
        attribute.text(kAttribute.name, name);
        std::visit(AttributeValue{attribute}, value);
        node.message(kNode.attribute, attribute);
    }
    nodes_.push_back(std::move(node));
    return output;
}

std::string OnnxGraph::constant(const std::string& name,
                                std::span<const std::int64_t> shape,
                                std::span<const float> values) {
    constants_.push_back(tensor(name, kFloat, shape, std::as_bytes(values)));
    return name;
}

std::string OnnxGraph::constant(const std::string& name, std::span<const std::int64_t> values) {
    const std::int64_t shape[] = {static_cast<std::int64_t>(values.size())};
    constants_.push_back(tensor(name, kInt64, shape, std::as_bytes(values)));
    return name;
}

std::string OnnxGraph::scalar(const std::string& name, float value) {
    return constant(name, {}, std::span(&value, 1));
}

std::vector<std::byte> OnnxGraph::file(const std::string& name,
                                       const std::pair<std::string, Shape>& input,
                                       const std::pair<std::string, Shape>& output) const {
    ProtobufWriter graph;
    for (const ProtobufWriter& node : nodes_) {
        graph.message(kGraph.node, node);
    }
    graph.text(kGraph.name, name.empty() ? "network" : name);
    for (const ProtobufWriter& constant : constants_) {
        graph.message(kGraph.initializer, constant);
    }
    graph.message(kGraph.input, value_info(input));
    graph.message(kGraph.output, value_info(output));
    ProtobufWriter operators;
    operators.integer(kOperatorSet.version, kOnnxOperators);
    ProtobufWriter model;
    model.integer(kModel.ir_version, kIrVersion);
    model.text(kModel.producer_name, "Convoscope");
    model.message(kModel.graph, graph);
    model.message(kModel.opset_import, operators);
    return model.take();
}

}  // namespace convoscope
