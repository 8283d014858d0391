#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/network/network.h"

namespace convoscope::cli {

/// Returns error when the file cannot be read; it is named.
[[nodiscard]] Result<std::vector<std::byte>> read_file(const std::string& path);
[[nodiscard]] Result<std::string> read_text_file(const std::string& path);

/// Writes beside the file and renames, so that it is there whole or not at all.
[[nodiscard]] Status write_file(const std::string& path, std::span<const std::byte> bytes);

/// Reads and parses.
[[nodiscard]] Result<NetworkSpec> read_network_spec(const std::string& path);

/// Reads, parses and builds; parameters are zeros.
[[nodiscard]] Result<std::unique_ptr<Network>> read_network(const std::string& path);

}  // namespace convoscope::cli
