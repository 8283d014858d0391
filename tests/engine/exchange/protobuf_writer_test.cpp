#include "engine/exchange/onnx/protobuf_writer.h"

#include <array>
#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace convoscope;

namespace {

std::vector<int> bytes_of(const ProtobufWriter& writer) {
    std::vector<int> bytes;
    for (const std::byte byte : writer.data()) {
        bytes.push_back(std::to_integer<int>(byte));
    }
    return bytes;
}

}  // namespace

// The examples of https://protobuf.dev/programming-guides/encoding.

TEST_CASE("protobuf: an integer is a varint, seven bits a byte") {
    ProtobufWriter writer;
    writer.integer(1, 150);
    CHECK(bytes_of(writer) == std::vector<int>{0x08, 0x96, 0x01});
}

TEST_CASE("protobuf: a negative integer takes ten bytes") {
    ProtobufWriter writer;
    writer.integer(1, -2);
    CHECK(bytes_of(writer) ==
          std::vector<int>{0x08, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01});
}

TEST_CASE("protobuf: a text has its length before it, a message within a message too") {
    ProtobufWriter inner;
    inner.integer(1, 150);
    ProtobufWriter writer;
    writer.text(2, "testing");
    writer.message(3, inner);
    CHECK(bytes_of(writer) ==
          std::vector<int>{
              0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6E, 0x67, 0x1A, 0x03, 0x08, 0x96, 0x01});
}

TEST_CASE("protobuf: repeated integers are packed, and a field number above 15 takes two bytes") {
    ProtobufWriter writer;
    writer.integers(6, std::array<std::int64_t, 3>{3, 270, 86942});
    writer.integer(20, 7);
    CHECK(bytes_of(writer) ==
          std::vector<int>{0x32, 0x06, 0x03, 0x8E, 0x02, 0x9E, 0xA7, 0x05, 0xA0, 0x01, 0x07});
}

TEST_CASE("protobuf: a float is its four bytes, the lowest first") {
    ProtobufWriter writer;
    writer.floating(2, 1.0F);
    CHECK(bytes_of(writer) == std::vector<int>{0x15, 0x00, 0x00, 0x80, 0x3F});
}
