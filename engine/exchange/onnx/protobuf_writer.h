#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace convoscope {

/// Writes one protocol-buffers message, field after field.
/// Source: https://protobuf.dev/programming-guides/encoding.
class ProtobufWriter {
  public:
    void integer(int field, std::int64_t value);
    void floating(int field, float value);
    void text(int field, std::string_view value);
    void bytes(int field, std::span<const std::byte> value);
    void message(int field, const ProtobufWriter& value);
    /// Packed, as proto3 writes a repeated number.
    void integers(int field, std::span<const std::int64_t> values);

    [[nodiscard]] std::span<const std::byte> data() const { return data_; }
    [[nodiscard]] std::vector<std::byte> take() { return std::move(data_); }

  private:
    void tag(int field, std::uint64_t wire_type);
    void varint(std::uint64_t value);

    std::vector<std::byte> data_;
};

}  // namespace convoscope
