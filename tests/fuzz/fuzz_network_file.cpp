// A network file of any bytes is refused with one line or becomes a network, and what becomes a
// network can be summarised, exported and read again.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/analysis/summary.h"
#include "engine/core/check.h"
#include "engine/exchange/export.h"
#include "engine/network/network.h"
#include "engine/network/network_file.h"
#include "engine/network/shape_inference.h"

using namespace convoscope;

namespace {

/// Larger networks are right too, and slow.
bool is_small(const NetworkSpec& spec) {
    const InferredNetwork inferred = infer_network(spec);
    Index numbers = 0;
    for (const auto& layer : inferred.parameters) {
        for (const ParameterInfo& parameter : layer) {
            numbers += parameter.count;
        }
    }
    for (const Shape& shape : inferred.shapes) {
        numbers += shape.element_count();
    }
    return numbers < 100000;
}

void check_one_line(const Error& error) {
    CONVOSCOPE_CHECK(!error.message.empty());
    CONVOSCOPE_CHECK(error.message.find('\n') == std::string::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Result<NetworkSpec> spec = parse_network_file({reinterpret_cast<const char*>(data), size});
    if (!spec) {
        check_one_line(spec.error());
        return 0;
    }
    if (!is_small(*spec)) {
        return 0;
    }
    const Result<std::unique_ptr<Network>> network = Network::build(std::move(*spec));
    if (!network) {
        check_one_line(network.error());
        return 0;
    }
    const auto summary = summarize((*network)->spec());
    CONVOSCOPE_CHECK(summary.ok() && !summary_json(*summary).empty());
    for (const ExportFormat format : {ExportFormat::onnx,
                                      ExportFormat::pytorch,
                                      ExportFormat::keras,
                                      ExportFormat::safetensors}) {
        const auto file = export_network(**network, format);
        CONVOSCOPE_CHECK(!file.ok() || !file->empty());
    }
    return 0;
}
