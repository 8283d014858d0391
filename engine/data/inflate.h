#pragma once

#include <cstddef>
#include <span>

namespace convoscope {

/// Unpacks a DEFLATE stream that fills `contents` exactly. Source: RFC 1951.
/// False when the stream is damaged, cut off, or longer or shorter than `contents`; what was
/// written until then stays.
[[nodiscard]] bool inflate(std::span<const std::byte> packed, std::span<std::byte> contents);

}  // namespace convoscope
