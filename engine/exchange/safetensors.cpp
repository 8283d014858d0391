#include "engine/exchange/safetensors.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string_view>
#include <tuple>
#include <utility>

#include <nlohmann/json.hpp>

#include "engine/json/strict_json.h"

namespace convoscope {
namespace {

using nlohmann::json;

static_assert(std::endian::native == std::endian::little, "safetensors are little-endian");

constexpr std::size_t kLengthBytes = 8;
// The format's own limit is 100 MB, in which a parsed header would not fit a browser tab.
constexpr std::uint64_t kMostHeaderBytes = std::uint64_t{1} << 24U;
// An `Index` may have 32 bits, and a product of two of these fits 64.
constexpr std::uint64_t kMostElements = (std::uint64_t{1} << 31U) - 1;

/// Bytes of the data, half-open.
struct Extent {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

bool read_natural(const json& value, std::uint64_t& number) {
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
Status read_entry(const std::string& label, const json& entry, Tensor& tensor, Extent& extent) {
    if (!entry.is_object() || !entry.contains("dtype") || !entry.contains("shape") ||
        !entry.contains("data_offsets")) {
        return Error{label + ": expected dtype, shape and data_offsets"};
    }
    const json& type = *entry.find("dtype");
    if (type != "F32" && type != "I64") {
        return Error{label + ": dtype is " + quoted_json(type) +
                     "; expected \"F32\" (in PyTorch: tensor.float()) or \"I64\""};
    }
    tensor.type = type == "F32" ? TensorType::f32 : TensorType::i64;
    std::uint64_t elements = 1;
    const json& shape = *entry.find("shape");
    bool good = shape.is_array();
    for (std::size_t axis = 0; good && axis < shape.size(); ++axis) {
        std::uint64_t length = 0;
        good = read_natural(shape[axis], length) && length <= kMostElements;
        elements = good ? elements * length : 0;
        good = good && elements <= kMostElements;
        tensor.shape.push_back(static_cast<Index>(length));
    }
    if (!good) {
        return Error{label + ": shape is " + quoted_json(shape) + "; expected a list of lengths"};
    }
    const json& offsets = *entry.find("data_offsets");
    if (!offsets.is_array() || offsets.size() != 2 || !read_natural(offsets[0], extent.begin) ||
        !read_natural(offsets[1], extent.end) || extent.end < extent.begin ||
        extent.end - extent.begin != elements * element_bytes(tensor.type)) {
        return Error{label + ": data_offsets is " + quoted_json(offsets) +
                     "; expected [begin, end] of " +
                     std::to_string(elements * element_bytes(tensor.type)) + " bytes"};
    }
    return success();
}

struct Entry {
    Tensor tensor;
    Extent extent;
};

/// The format wants the data covered without holes, each byte once. Expects: sorted by place.
Status check_cover(std::span<const Entry> entries, std::uint64_t size, const std::string& file) {
    std::uint64_t reached = 0;
    for (const auto& [tensor, extent] : entries) {
        if (extent.begin != reached) {
            return Error{file + ": tensor " + quoted_json(json(tensor.name)) + " begins at byte " +
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

Result<json> read_header(std::span<const std::byte> bytes, const std::string& file) {
    std::uint64_t length = 0;
    if (bytes.size() >= kLengthBytes) {
        std::memcpy(&length, bytes.data(), kLengthBytes);
    }
    if (bytes.size() < kLengthBytes || length > bytes.size() - kLengthBytes) {
        return Error{file + ": " + std::to_string(bytes.size()) + " bytes with a header of " +
                     std::to_string(length) + "; expected a whole safetensors file"};
    }
    if (length > kMostHeaderBytes) {
        return Error{file + ": the header has " + std::to_string(length) +
                     " bytes; expected at most " + std::to_string(kMostHeaderBytes)};
    }
    const std::string_view text(reinterpret_cast<const char*>(bytes.data() + kLengthBytes),
                                static_cast<std::size_t>(length));
    const std::size_t end = text.find_last_not_of(' ');
    if (!text.starts_with('{') || text[end] != '}') {
        return Error{file +
                     ": the header does not begin with \"{\" and end with \"}\" and spaces; "
                     "expected a safetensors file"};
    }
    Result<json> header = parse_strict_json(text);
    return header ? header
                  : Result<json>(
                        Error{file + ": the header is not valid JSON: " + header.error().message});
}

/// `__metadata__` is free text by name.
Status check_metadata(const json& metadata, const std::string& file) {
    const bool good = metadata.is_object() && std::ranges::all_of(metadata, [](const json& value) {
                          return value.is_string();
                      });
    return good ? success()
                : Status(Error{file + ": __metadata__ is " + quoted_json(metadata) +
                               "; expected an object of texts"});
}

/// All tensors without their data, in the order of the data.
Result<std::vector<Entry>> read_entries(const json& header, const std::string& file) {
    std::vector<Entry> entries;
    for (auto item = header.begin(); item != header.end(); ++item) {
        if (item.key() == "__metadata__") {
            if (const Status checked = check_metadata(item.value(), file); !checked) {
                return checked.error();
            }
            continue;
        }
        Entry entry;
        entry.tensor.name = item.key();
        const std::string label = file + ": tensor " + quoted_json(json(item.key()));
        if (const Status read = read_entry(label, item.value(), entry.tensor, entry.extent);
            !read) {
            return read.error();
        }
        entries.push_back(std::move(entry));
    }
    std::ranges::sort(entries, {}, [](const Entry& entry) {
        return std::tuple(
            entry.extent.begin, entry.extent.end, std::string_view(entry.tensor.name));
    });
    return entries;
}

}  // namespace

const Tensor* find_tensor(std::span<const Tensor> tensors, const std::string& name) {
    const auto found = std::ranges::find(tensors, name, &Tensor::name);
    return found == tensors.end() ? nullptr : &*found;
}

Result<std::vector<Tensor>> read_safetensors(std::span<const std::byte> bytes,
                                             const std::string& file) {
    const Result<json> header = read_header(bytes, file);
    if (!header) {
        return header.error();
    }
    Result<std::vector<Entry>> entries = read_entries(*header, file);
    if (!entries) {
        return entries.error();
    }
    std::uint64_t length = 0;
    std::memcpy(&length, bytes.data(), kLengthBytes);
    const std::span<const std::byte> data =
        bytes.subspan(kLengthBytes + static_cast<std::size_t>(length));
    if (const Status covered = check_cover(*entries, data.size(), file); !covered) {
        return covered.error();
    }
    std::vector<Tensor> tensors;
    for (Entry& entry : *entries) {
        const auto [begin, end] = entry.extent;
        const auto part =
            data.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
        if (entry.tensor.type == TensorType::f32) {
            entry.tensor.floats = copy_values<float>(part);
        } else {
            entry.tensor.integers = copy_values<std::int64_t>(part);
        }
        tensors.push_back(std::move(entry.tensor));
    }
    return tensors;
}

Result<std::map<std::string, std::string>> read_safetensors_metadata(
    std::span<const std::byte> bytes, const std::string& file) {
    const Result<json> header = read_header(bytes, file);
    if (!header) {
        return header.error();
    }
    std::map<std::string, std::string> texts;
    const auto found = header->find("__metadata__");
    if (found == header->end()) {
        return texts;
    }
    if (const Status checked = check_metadata(*found, file); !checked) {
        return checked.error();
    }
    for (auto item = found->begin(); item != found->end(); ++item) {
        texts[item.key()] = item.value().get<std::string>();
    }
    return texts;
}

std::vector<std::byte> write_safetensors(std::span<const Tensor> tensors,
                                         const std::map<std::string, std::string>& metadata) {
    nlohmann::ordered_json header = nlohmann::ordered_json::object();
    if (!metadata.empty()) {
        header["__metadata__"] = metadata;
    }
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
