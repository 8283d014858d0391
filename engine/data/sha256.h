#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace convoscope {

/// The SHA-256 digest as 64 lower-case hexadecimal digits. Source: FIPS 180-4.
[[nodiscard]] std::string sha256(std::span<const std::byte> bytes);

}  // namespace convoscope
