#include "engine/exchange/onnx/protobuf_writer.h"

#include <bit>

namespace convoscope {
namespace {

constexpr std::uint64_t kVarint = 0;
constexpr std::uint64_t kLengthDelimited = 2;
constexpr std::uint64_t kFourBytes = 5;

}  // namespace

void ProtobufWriter::varint(std::uint64_t value) {
    // Seven bits a byte, the lowest first; the eighth bit says that more follow.
    while (value >= 0x80U) {
        data_.push_back(static_cast<std::byte>((value & 0x7FU) | 0x80U));
        value >>= 7U;
    }
    data_.push_back(static_cast<std::byte>(value));
}

void ProtobufWriter::tag(int field, std::uint64_t wire_type) {
    varint((static_cast<std::uint64_t>(field) << 3U) | wire_type);
}

void ProtobufWriter::integer(int field, std::int64_t value) {
    tag(field, kVarint);
    varint(static_cast<std::uint64_t>(value));
}

void ProtobufWriter::floating(int field, float value) {
    tag(field, kFourBytes);
    const auto bits = std::bit_cast<std::uint32_t>(value);
    for (std::uint32_t shift = 0; shift < 32; shift += 8) {
        data_.push_back(static_cast<std::byte>((bits >> shift) & 0xFFU));
    }
}

void ProtobufWriter::text(int field, std::string_view value) {
    bytes(field, std::as_bytes(std::span(value)));
}

void ProtobufWriter::bytes(int field, std::span<const std::byte> value) {
    tag(field, kLengthDelimited);
    varint(value.size());
    data_.insert(data_.end(), value.begin(), value.end());
}

void ProtobufWriter::message(int field, const ProtobufWriter& value) {
    bytes(field, value.data());
}

void ProtobufWriter::integers(int field, std::span<const std::int64_t> values) {
    ProtobufWriter packed;
    for (const std::int64_t value : values) {
        packed.varint(static_cast<std::uint64_t>(value));
    }
    bytes(field, packed.data());
}

}  // namespace convoscope
