// `convoscope summary`: shapes, parameters, cost and receptive field of every layer.

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <vector>

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

/// The cells of one row of the table.
using Row = std::array<std::string, 8>;

Row row_of(const LayerSummary& layer) {
    Row row = {layer.name,
               layer.type,
               joined(layer.output.dimensions()),
               std::to_string(layer.cost.parameters),
               std::to_string(layer.cost.multiply_accumulates),
               "-",
               "-",
               "-"};
    if (layer.field) {
        row[5] = pair_text(layer.field->size);
        row[6] = pair_text(layer.field->jump);
        row[7] = pair_text(layer.field->start) + (layer.field->aligned ? "" : " (not aligned)");
    }
    return row;
}

/// Columns as wide as their widest cell; counts to the right.
void print_table(const NetworkSummary& summary) {
    std::vector<Row> rows = {
        {"name", "type", "output", "params", "macs", "field", "jump", "start"}};
    for (const LayerSummary& layer : summary.layers) {
        rows.push_back(row_of(layer));
    }
    std::array<int, 8> widths{};
    for (const Row& row : rows) {
        for (std::size_t column = 0; column < row.size(); ++column) {
            widths[column] = std::max(widths[column], static_cast<int>(row[column].size()));
        }
    }
    for (const Row& row : rows) {
        for (std::size_t column = 0; column + 1 < row.size(); ++column) {
            const bool is_count = column == 3 || column == 4;
            std::printf("%*s  ", is_count ? widths[column] : -widths[column], row[column].c_str());
        }
        std::printf("%s\n", row.back().c_str());
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
    const std::string& path = arguments.positional().front();
    const Result<NetworkSpec> spec = read_network_spec(path);
    if (!spec) {
        return spec.error();
    }
    const Result<NetworkSummary> summary = summarize(*spec);
    if (!summary) {
        return Error{path + ": " + summary.error().message};
    }
    if (arguments.has("--json")) {
        std::printf("%s\n", summary_json(*summary).c_str());
    } else {
        print_table(*summary);
    }
    return success();
}

}  // namespace convoscope::cli
