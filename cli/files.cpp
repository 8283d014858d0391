#include "cli/files.h"

#include <cstdio>
#include <filesystem>
#include <system_error>

#include "engine/network/network_file.h"

namespace convoscope::cli {
namespace {

struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

}  // namespace

Result<std::vector<std::byte>> read_file(const std::string& path) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) {
        return Error{path + ": there is no such file"};
    }
    const auto size = std::filesystem::file_size(path, error);
    const File file(std::fopen(path.c_str(), "rb"));
    if (error || !file) {
        return Error{path + ": cannot be read"};
    }
    std::vector<std::byte> bytes(static_cast<std::size_t>(size));
    if (std::fread(bytes.data(), 1, bytes.size(), file.get()) != bytes.size()) {
        return Error{path + ": cannot be read to its end"};
    }
    return bytes;
}

Result<std::string> read_text_file(const std::string& path) {
    const Result<std::vector<std::byte>> bytes = read_file(path);
    if (!bytes) {
        return bytes.error();
    }
    return std::string(reinterpret_cast<const char*>(bytes->data()), bytes->size());
}

Status write_file(const std::string& path, std::span<const std::byte> bytes) {
    const std::string temporary = path + ".part";
    {
        File file(std::fopen(temporary.c_str(), "wb"));
        if (!file) {
            return Error{path + ": cannot be written"};
        }
        const bool whole = std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size();
        if (!whole || std::fflush(file.get()) != 0) {
            file.reset();
            std::remove(temporary.c_str());
            return Error{path + ": cannot be written to its end"};
        }
    }
    std::error_code error;
    std::filesystem::rename(temporary, path, error);
    if (error) {
        std::remove(temporary.c_str());
        return Error{path + ": cannot be written"};
    }
    return success();
}

Result<NetworkSpec> read_network_spec(const std::string& path) {
    const Result<std::string> text = read_text_file(path);
    if (!text) {
        return text.error();
    }
    Result<NetworkSpec> spec = parse_network_file(*text);
    if (!spec) {
        return Error{path + ": " + spec.error().message};
    }
    return spec;
}

Result<std::unique_ptr<Network>> read_network(const std::string& path) {
    Result<NetworkSpec> spec = read_network_spec(path);
    if (!spec) {
        return spec.error();
    }
    Result<std::unique_ptr<Network>> network = Network::build(std::move(*spec));
    if (!network) {
        return Error{path + ": " + network.error().message};
    }
    return network;
}

}  // namespace convoscope::cli
