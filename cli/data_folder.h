#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/core/index.h"
#include "engine/core/result.h"

namespace convoscope::cli {

/// One shard of a data set on disk, read when it is wanted so that the files are never in memory
/// all at once.
struct DataShard {
    std::string split;  ///< "train" or "test"
    Index index = 0;
    std::function<Result<std::vector<std::byte>>()> read;
};

/// A data set as the session wants it.
struct FolderData {
    nlohmann::json open;  ///< the command that opens it
    std::vector<DataShard> shards;
};

/// `source`: "mnist", "cifar10", a set that the engine makes ("shapes", ...), or a folder: packed
/// shards (`manifest.json`), IDX files, or CIFAR-10's binary batches. The named ones are looked for
/// in `$CONVOSCOPE_DATA` (the folder itself, or one that holds `mnist/` and `cifar10/`), else in
/// the repository. Returns error when: a file is missing or is not what its format says; it is
/// named.
[[nodiscard]] Result<FolderData> read_data(const std::string& source);

}  // namespace convoscope::cli
