#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "engine/core/index.h"
#include "engine/core/result.h"

namespace convoscope {

enum class TensorType { f32, i64 };

/// A named tensor, row-major; the numbers are in the vector of its type.
struct Tensor {
    std::string name;
    TensorType type = TensorType::f32;
    std::vector<Index> shape = {};
    std::vector<float> floats = {};
    std::vector<std::int64_t> integers = {};
};

[[nodiscard]] inline Tensor float_tensor(std::string name,
                                         std::vector<Index> shape,
                                         std::vector<float> values) {
    return {.name = std::move(name), .shape = std::move(shape), .floats = std::move(values)};
}

/// Null when there is none of this name.
[[nodiscard]] const Tensor* find_tensor(std::span<const Tensor> tensors, const std::string& name);

/// Reads a safetensors file with F32 and I64 tensors; they come in the order of their data.
/// Returns error when: the header is not what the format says or longer than 16 MiB, a name is
/// there twice, tensors overlap or leave a gap, or a type is another; the message names `file` and
/// the tensor. Source: https://github.com/huggingface/safetensors, "Format".
[[nodiscard]] Result<std::vector<Tensor>> read_safetensors(std::span<const std::byte> bytes,
                                                           const std::string& file);

/// The free texts of a file's `__metadata__`, by name; none where there is none. Expects nothing of
/// the tensors: read these too.
[[nodiscard]] Result<std::map<std::string, std::string>> read_safetensors_metadata(
    std::span<const std::byte> bytes, const std::string& file);

/// Expects: no tensor is called `__metadata__`; texts are UTF-8.
[[nodiscard]] std::vector<std::byte> write_safetensors(
    std::span<const Tensor> tensors, const std::map<std::string, std::string>& metadata = {});

}  // namespace convoscope
