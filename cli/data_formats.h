#pragma once

#include <string>
#include <vector>

#include "cli/data_folder.h"

/// The formats of a data set's folder, one a file. `name` is the data set's name, unless the folder
/// says its own.
namespace convoscope::cli {

[[nodiscard]] bool is_file(const std::string& path);

/// `manifest.json` and the shards that it names, gzip'ed or not (docs/protocol.md).
[[nodiscard]] bool is_packed_folder(const std::string& folder);
[[nodiscard]] Result<FolderData> read_packed_folder(const std::string& folder);

/// MNIST's four IDX files.
[[nodiscard]] bool is_idx_folder(const std::string& folder);
[[nodiscard]] Result<FolderData> read_idx_folder(const std::string& folder,
                                                 const std::string& name);

/// `data_batch_1.bin` to `data_batch_5.bin`, as many as there are, and `test_batch.bin`.
[[nodiscard]] bool is_cifar_folder(const std::string& folder);
[[nodiscard]] Result<FolderData> read_cifar_folder(const std::string& folder,
                                                   const std::string& name);

}  // namespace convoscope::cli
