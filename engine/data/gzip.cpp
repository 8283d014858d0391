#include "engine/data/gzip.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "engine/data/inflate.h"

namespace convoscope {
namespace {

constexpr std::size_t kHeaderBytes = 10;
constexpr std::size_t kTrailerBytes = 8;
constexpr unsigned kHasHeaderChecksum = 2;
constexpr unsigned kHasExtra = 4;
constexpr unsigned kHasName = 8;
constexpr unsigned kHasComment = 16;

std::uint32_t little_endian(std::span<const std::byte> bytes, std::size_t offset) {
    std::uint32_t number = 0;
    for (std::size_t i = 4; i > 0; --i) {
        number = number << 8 | std::to_integer<std::uint32_t>(bytes[offset + i - 1]);
    }
    return number;
}

std::uint32_t checksum(std::span<const std::byte> bytes) {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i) {
        std::uint32_t entry = i;
        for (int bit = 0; bit < 8; ++bit) {
            entry = (entry & 1U) != 0 ? 0xedb88320U ^ entry >> 1 : entry >> 1;
        }
        table[i] = entry;
    }
    std::uint32_t sum = ~0U;
    for (const std::byte byte : bytes) {
        sum = table[(sum ^ std::to_integer<std::uint32_t>(byte)) & 255U] ^ sum >> 8;
    }
    return ~sum;
}

/// Where the contents begin, or the file's size when the header has no end.
std::size_t skip_header(std::span<const std::byte> bytes) {
    const auto flags = std::to_integer<unsigned>(bytes[3]);
    std::size_t at = kHeaderBytes;
    if ((flags & kHasExtra) != 0 && at + 2 <= bytes.size()) {
        at += 2 + std::to_integer<std::size_t>(bytes[at]) +
              256 * std::to_integer<std::size_t>(bytes[at + 1]);
    }
    for (const unsigned text : {kHasName, kHasComment}) {
        if ((flags & text) != 0) {
            while (at < bytes.size() && bytes[at] != std::byte{0}) {
                ++at;
            }
            ++at;
        }
    }
    at += (flags & kHasHeaderChecksum) != 0 ? 2 : 0;
    return std::min(at, bytes.size());
}

}  // namespace

bool is_gzip(std::span<const std::byte> bytes) {
    return bytes.size() >= 2 && bytes[0] == std::byte{0x1f} && bytes[1] == std::byte{0x8b};
}

Result<std::vector<std::byte>> gunzip(std::span<const std::byte> bytes,
                                      Index most_bytes,
                                      const std::string& file) {
    if (!is_gzip(bytes) || bytes.size() < kHeaderBytes + kTrailerBytes ||
        bytes[2] != std::byte{8}) {
        return Error{file + ": not a gzip file"};
    }
    const std::size_t begin = skip_header(bytes);
    if (begin + kTrailerBytes > bytes.size()) {
        return Error{file + ": the gzip file is cut off"};
    }
    const std::span<const std::byte> trailer = bytes.last(kTrailerBytes);
    const std::uint32_t size = little_endian(trailer, 4);
    if (size > static_cast<std::uint64_t>(most_bytes)) {
        return Error{file + ": unpacks to " + std::to_string(size) + " bytes; expected at most " +
                     std::to_string(most_bytes)};
    }
    std::vector<std::byte> contents(size);
    const std::span<const std::byte> packed =
        bytes.subspan(begin, bytes.size() - begin - kTrailerBytes);
    if (!inflate(packed, contents) || checksum(contents) != little_endian(trailer, 0)) {
        return Error{file + ": the gzip file is damaged"};
    }
    return contents;
}

}  // namespace convoscope
