#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "engine/core/result.h"

namespace convoscope {

/// Nested deeper than this is nobody's intention, and would end a recursion in a crash.
inline constexpr std::size_t kDeepestJson = 64;

/// Reads JSON (RFC 8259) as a file of ours must be written: UTF-8, nothing after the value, no
/// number beyond a double, at most `kDeepestJson` levels, and no key twice in one object.
/// Returns error when: it is not; the message gives line and column, or the key.
[[nodiscard]] Result<nlohmann::json> parse_strict_json(std::string_view text);

/// A value as the user wrote it, for a message: cut where it would fill the screen.
[[nodiscard]] std::string quoted_json(const nlohmann::json& value);

}  // namespace convoscope
