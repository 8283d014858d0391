#include "cli/data_formats.h"
#include "cli/files.h"
#include "engine/data/data_manifest.h"
#include "engine/data/gzip.h"

namespace convoscope::cli {
namespace {

using nlohmann::json;

Result<std::vector<std::byte>> read_shard(const std::string& path, Index most_bytes) {
    Result<std::vector<std::byte>> bytes = read_file(path);
    return bytes && is_gzip(*bytes) ? gunzip(*bytes, most_bytes, path) : bytes;
}

}  // namespace

bool is_packed_folder(const std::string& folder) {
    return is_file(folder + "/manifest.json");
}

Result<FolderData> read_packed_folder(const std::string& folder) {
    const std::string path = folder + "/manifest.json";
    const Result<std::string> text = read_text_file(path);
    if (!text) {
        return text.error();
    }
    const Result<DataManifest> manifest = parse_data_manifest(*text);
    if (!manifest) {
        return Error{path + ": " + manifest.error().message};
    }
    const json file = json::parse(*text, nullptr, false);
    FolderData data{.open = {{"command", "open_data"}, {"manifest", file}}, .shards = {}};
    for (const Split split : {Split::train, Split::test}) {
        const json& shards = file["splits"][split_name(split)]["shards"];
        for (std::size_t shard = 0; shard < shards.size(); ++shard) {
            const json& name = shards[shard].contains("file") ? shards[shard]["file"] : json();
            if (!name.is_string()) {
                return Error{path + ": " + split_name(split) + " shard " + std::to_string(shard) +
                             ": file is " + name.dump() + "; expected a file's name"};
            }
            const Index most_bytes = manifest->shard_bytes(manifest->shards_of(split)[shard]);
            data.shards.push_back({.split = split_name(split),
                                   .index = static_cast<Index>(shard),
                                   .read = [path = folder + "/" + name.get<std::string>(),
                                            most_bytes] { return read_shard(path, most_bytes); }});
        }
    }
    return data;
}

}  // namespace convoscope::cli
