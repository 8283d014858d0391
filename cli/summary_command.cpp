// `convoscope summary`: shapes, parameters, cost and receptive field of every layer.

#include <cstdio>
#include <string>

#include "cli/commands.h"
#include "cli/files.h"
#include "engine/analysis/summary.h"

namespace convoscope::cli {
namespace {

std::string joined(const std::vector<Index>& numbers) {
    std::string text;
    for (const Index number : numbers) {
        text += (text.empty() ? "" : "x") + std::to_string(number);
    }
    return text;
}

template <class Pair>
std::string pair_text(const Pair& pair) {
    const auto number = [](auto value) {
        char text[32];
        std::snprintf(text, sizeof text, "%g", static_cast<double>(value));
        return std::string(text);
    };
    return number(pair[0]) + "x" + number(pair[1]);
}

void print_table(const NetworkSummary& summary) {
    constexpr const char* kRow = "%-12s %-12s %-12s %10s %12s %-9s %-7s %s\n";
    std::printf(kRow, "name", "type", "output", "params", "macs", "field", "jump", "start");
    for (const LayerSummary& layer : summary.layers) {
        std::printf(kRow,
                    layer.name.c_str(),
                    layer.type.c_str(),
                    joined(layer.output_shape).c_str(),
                    std::to_string(layer.parameters).c_str(),
                    std::to_string(layer.multiply_accumulates).c_str(),
                    layer.field ? pair_text(layer.field->size).c_str() : "-",
                    layer.field ? pair_text(layer.field->jump).c_str() : "-",
                    layer.field ? pair_text(layer.field->start).c_str() : "-");
    }
    std::printf("total: %s params, %s macs\n",
                std::to_string(summary.parameters).c_str(),
                std::to_string(summary.multiply_accumulates).c_str());
}

}  // namespace

Status summary_command(Arguments& arguments) {
    if (arguments.positional().size() != 1) {
        return Error{"summary wants one network file: convoscope summary NET.json [--json]"};
    }
    const Result<std::unique_ptr<Network>> network = read_network(arguments.positional().front());
    if (!network) {
        return network.error();
    }
    const NetworkSummary summary = summarize(**network);
    if (arguments.has("--json")) {
        std::printf("%s\n", summary_json(summary).c_str());
    } else {
        print_table(summary);
    }
    return success();
}

}  // namespace convoscope::cli
