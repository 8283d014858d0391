#include "engine/exchange/safetensors.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include <nlohmann/json.hpp>

namespace convoscope {
namespace {

using nlohmann::ordered_json;

static_assert(std::endian::native == std::endian::little, "safetensors are little-endian");

constexpr std::size_t kLengthBytes = 8;
constexpr std::uint64_t kMostHeaderBytes = 100'000'000;  // the format's own limit
// An `Index` may have 32 bits, and a product of two of these fits 64.
constexpr std::uint64_t kMostElements = (std::uint64_t{1} << 31U) - 1;

struct Extent {
    std::uint64_t begin;
    std::uint64_t end;
    std::string name;
};

bool read_natural(const ordered_json& value, std::uint64_t& number) {
    if (!value.is_number_unsigned()) {
        return false;
    }
    number = value.get<std::uint64_t>();
    return true;
}

std::size_t element_bytes(TensorType type) {
    return type == TensorType::f32 ? 4 : 8;
}

/// Name, type, shape and place of one tensor; its data later, when all places are known good.
Status read_entry(const std::string& label,
                  const ordered_json& entry,
                  Tensor& tensor,
                  Extent& extent) {
    if (!entry.is_object() || !entry.contains("dtype") || !entry.contains("shape") ||
        !entry.contains("data_offsets")) {
        return Error{label + ": expected dtype, shape and data_offsets"};
    }
    const ordered_json& type = *entry.find("dtype");
    if (type != "F32" && type != "I64") {
        return Error{label + ": dtype is " + type.dump() + "; expected \"F32\" or \"I64\""};
    }
    tensor.type = type == "F32" ? TensorType::f32 : TensorType::i64;
    std::uint64_t elements = 1;
    const ordered_json& shape = *entry.find("shape");
    bool good = shape.is_array();
    for (std::size_t axis = 0; good && axis < shape.size(); ++axis) {
        std::uint64_t length = 0;
        good = read_natural(shape[axis], length) && length <= kMostElements;
        elements = good ? elements * length : 0;
        good = good && elements <= kMostElements;
        tensor.shape.push_back(static_cast<Index>(length));
    }
    if (!good) {
        return Error{label + ": shape is " + shape.dump() + "; expected a list of lengths"};
    }
    const ordered_json& offsets = *entry.find("data_offsets");
    if (!offsets.is_array() || offsets.size() != 2 || !read_natural(offsets[0], extent.begin) ||
        !read_natural(offsets[1], extent.end) || extent.end < extent.begin ||
        extent.end - extent.begin != elements * element_bytes(tensor.type)) {
        return Error{label + ": data_offsets is " + offsets.dump() + "; expected [begin, end] of " +
                     std::to_string(elements * element_bytes(tensor.type)) + " bytes"};
    }
    return success();
}

/// The format wants the data covered without holes, each byte once.
Status check_cover(std::vector<Extent> extents, std::uint64_t size, const std::string& file) {
    std::ranges::sort(extents, [](const Extent& a, const Extent& b) {
        return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
    });
    std::uint64_t reached = 0;
    for (const Extent& extent : extents) {
        if (extent.begin != reached) {
            return Error{file + ": tensor \"" + extent.name + "\" begins at byte " +
                         std::to_string(extent.begin) + " of the data; expected " +
                         std::to_string(reached) + ", as tensors neither overlap nor leave a gap"};
        }
        reached = extent.end;
    }
    if (reached != size) {
        return Error{file + ": the data has " + std::to_string(size) +
                     " bytes; expected as its header says " + std::to_string(reached)};
    }
    return success();
}

template <class Value>
std::vector<Value> copy_values(std::span<const std::byte> bytes) {
    std::vector<Value> values(bytes.size() / sizeof(Value));
    if (!values.empty()) {
        std::memcpy(values.data(), bytes.data(), bytes.size());
    }
    return values;
}

Result<ordered_json> read_header(std::span<const std::byte> bytes, const std::string& file) {
    std::uint64_t length = 0;
    if (bytes.size() >= kLengthBytes) {
        std::memcpy(&length, bytes.data(), kLengthBytes);
    }
    if (bytes.size() < kLengthBytes || length > kMostHeaderBytes ||
        length > bytes.size() - kLengthBytes) {
        return Error{file + ": " + std::to_string(bytes.size()) + " bytes with a header of " +
                     std::to_string(length) + "; expected a safetensors file"};
    }
    const auto* text = reinterpret_cast<const char*>(bytes.data() + kLengthBytes);
    ordered_json header = ordered_json::parse(text, text + length, nullptr, false);
    if (!header.is_object()) {
        return Error{file + ": the header is not a JSON object; expected a safetensors file"};
    }
    return header;
}

}  // namespace

const Tensor* find_tensor(std::span<const Tensor> tensors, const std::string& name) {
    const auto found = std::ranges::find(tensors, name, &Tensor::name);
    return found == tensors.end() ? nullptr : &*found;
}

Result<std::vector<Tensor>> read_safetensors(std::span<const std::byte> bytes,
                                             const std::string& file) {
    const Result<ordered_json> header = read_header(bytes, file);
    if (!header) {
        return header.error();
    }
    std::uint64_t length = 0;
    std::memcpy(&length, bytes.data(), kLengthBytes);
    const std::span<const std::byte> data =
        bytes.subspan(kLengthBytes + static_cast<std::size_t>(length));
    std::vector<Tensor> tensors;
    std::vector<Extent> extents;
    for (auto item = header->begin(); item != header->end(); ++item) {
        if (item.key() == "__metadata__") {
            continue;
        }
        const std::string label = file + ": tensor \"" + item.key() + "\"";
        if (find_tensor(tensors, item.key()) != nullptr) {
            return Error{label + ": is there twice"};
        }
        Tensor tensor{.name = item.key()};
        Extent extent{.begin = 0, .end = 0, .name = item.key()};
        if (const Status read = read_entry(label, item.value(), tensor, extent); !read) {
            return read.error();
        }
        tensors.push_back(std::move(tensor));
        extents.push_back(std::move(extent));
    }
    if (const Status covered = check_cover(extents, data.size(), file); !covered) {
        return covered.error();
    }
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        const auto part = data.subspan(static_cast<std::size_t>(extents[i].begin),
                                       static_cast<std::size_t>(extents[i].end - extents[i].begin));
        if (tensors[i].type == TensorType::f32) {
            tensors[i].floats = copy_values<float>(part);
        } else {
            tensors[i].integers = copy_values<std::int64_t>(part);
        }
    }
    return tensors;
}

std::vector<std::byte> write_safetensors(std::span<const Tensor> tensors) {
    ordered_json header = ordered_json::object();
    std::size_t offset = 0;
    const auto bytes_of = [](const Tensor& tensor) {
        return tensor.type == TensorType::f32 ? std::as_bytes(std::span(tensor.floats))
                                              : std::as_bytes(std::span(tensor.integers));
    };
    for (const Tensor& tensor : tensors) {
        const std::size_t end = offset + bytes_of(tensor).size();
        header[tensor.name] = {{"dtype", tensor.type == TensorType::f32 ? "F32" : "I64"},
                               {"shape", tensor.shape},
                               {"data_offsets", {offset, end}}};
        offset = end;
    }
    std::string text = header.dump();
    // Spaces, so that the data begins on a multiple of eight, as the format's own writer does.
    text.resize((text.size() + 7) / 8 * 8, ' ');
    const std::uint64_t length = text.size();
    std::vector<std::byte> file(kLengthBytes + text.size() + offset);
    std::memcpy(file.data(), &length, kLengthBytes);
    std::memcpy(file.data() + kLengthBytes, text.data(), text.size());
    std::byte* to = file.data() + kLengthBytes + text.size();
    for (const Tensor& tensor : tensors) {
        const std::span<const std::byte> data = bytes_of(tensor);
        if (!data.empty()) {
            std::memcpy(to, data.data(), data.size());
        }
        to += data.size();
    }
    return file;
}

}  // namespace convoscope
