// `convoscope export`: a network for other programs.

#include <string>
#include <utility>
#include <vector>

#include "cli/commands.h"
#include "cli/files.h"
#include "engine/exchange/export.h"
#include "engine/exchange/safetensors.h"
#include "engine/exchange/weights.h"

namespace convoscope::cli {
namespace {

Status load_weights(const std::string& path, Network& network) {
    const Result<std::vector<std::byte>> bytes = read_file(path);
    if (!bytes) {
        return bytes.error();
    }
    const Result<std::vector<Tensor>> tensors = read_safetensors(*bytes, path);
    return tensors ? load_tensors(*tensors, path, network) : Status(tensors.error());
}

}  // namespace

Status export_command(Arguments& arguments) {
    const std::optional<std::string> out = arguments.text("--out");
    const std::optional<std::string> to = arguments.text("--to");
    if (arguments.positional().size() != 1 || !out || !to) {
        return Error{
            "export wants a network file, --to and --out: convoscope export NET.json --weights W "
            "--to onnx|pytorch|keras|safetensors --out F"};
    }
    const Result<ExportFormat> format = parse_export_format(*to);
    if (!format) {
        return Error{"option --to: " + format.error().message};
    }
    const std::string& path = arguments.positional().front();
    const Result<std::unique_ptr<Network>> network = read_network(path);
    if (!network) {
        return network.error();
    }
    if (const std::optional<std::string> weights = arguments.text("--weights")) {
        if (const Status loaded = load_weights(*weights, **network); !loaded) {
            return loaded;
        }
    } else if (holds_weights(*format) && !network_tensors(**network).empty()) {
        return Error{"the network has weights, and " + *to +
                     " files hold them: expected --weights"};
    }
    const Result<std::vector<std::byte>> file = export_network(**network, *format);
    return file ? write_file(*out, *file) : Status(Error{path + ": " + file.error().message});
}

}  // namespace convoscope::cli
