#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/core/shape.h"
#include "engine/exchange/onnx/protobuf_writer.h"

namespace convoscope {

/// The version of ONNX's operators that we write; everything used exists since version 13.
inline constexpr std::int64_t kOnnxOperators = 17;

using OnnxAttribute =
    std::pair<std::string,
              std::variant<std::int64_t, float, std::string, std::vector<std::int64_t>>>;

/// Represents an ONNX graph while it is written: operators in topological order, and constants.
/// Values are known by name; every name is given once.
/// Source: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3.
class OnnxGraph {
  public:
    /// One operator with one output, whose name is returned.
    std::string add(std::string_view operator_type,
                    std::span<const std::string> inputs,
                    const std::string& output,
                    std::span<const OnnxAttribute> attributes = {});

    /// A constant tensor; returns its name.
    std::string constant(const std::string& name,
                         std::span<const std::int64_t> shape,
                         std::span<const float> values);
    std::string constant(const std::string& name, std::span<const std::int64_t> values);
    std::string scalar(const std::string& name, float value);

    /// The whole file, with one input and one output, both `[batch, ...]` with any batch.
    [[nodiscard]] std::vector<std::byte> file(const std::string& name,
                                              const std::pair<std::string, Shape>& input,
                                              const std::pair<std::string, Shape>& output) const;

  private:
    std::vector<ProtobufWriter> nodes_;
    std::vector<ProtobufWriter> constants_;
};

}  // namespace convoscope
