#include "web/models/inspect/inspect_tables.h"

#include <array>
#include <cstdio>
#include <optional>
#include <utility>

namespace convoscope::models::inspect {
namespace {

std::optional<double> weight_of(const Patch& patch, Index i) {
    return patch.weights.empty() ? std::nullopt : std::optional(patch.weights[at(i)]);
}

bool is_there(const Patch& patch, Index i) {
    return patch.outside.empty() || !patch.outside[at(i)];
}

std::string place_text(const Patch& patch, Index i) {
    if (!is_there(patch, i)) {
        return "no number";
    }
    const Place place = patch.place_of(i);
    return "row " + std::to_string(place.row) + ", column " + std::to_string(place.column);
}

std::string exact(double number) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.17g", number);
    return text.data();
}

}  // namespace

std::vector<Patch> opened_sum(const Model& model,
                              const std::vector<CapturedTensor>& snapshot,
                              int type) {
    if (model.backward()) {
        std::optional<GradientSum> gradient = model.gradient(snapshot, type);
        return gradient ? std::move(gradient->patches) : std::vector<Patch>{};
    }
    std::optional<Neuron> neuron = model.neuron(snapshot);
    return neuron ? std::move(neuron->patches) : std::vector<Patch>{};
}

std::vector<Table> tables_of(const Model& model,
                             const std::vector<CapturedTensor>& snapshot,
                             int type) {
    const std::vector<Patch> patches = opened_sum(model, snapshot, type);
    if (patches.empty()) {
        return {};
    }
    const Patch& patch = patches[at(model.opened_patch(patches))];
    const bool weighted = !patch.weights.empty();
    Table table{.id = "inspect.products",
                .caption = std::to_string(patch.inputs.size()) +
                           (weighted ? " products" : " numbers") + " of channel " +
                           std::to_string(patch.channel) + ", together " + table_number(patch.sum),
                .corner = "place",
                .columns = {model.backward() ? "error" : "input"},
                .rows = {}};
    if (weighted) {
        table.columns.insert(table.columns.end(), {"times", "product"});
    }
    for (Index i = 0; i < std::ssize(patch.inputs); ++i) {
        const double input = patch.inputs[at(i)];
        Table::Row row{place_text(patch, i), {table_number(input)}};
        if (const auto weight = weight_of(patch, i)) {
            row.cells.push_back(table_number(*weight));
            row.cells.push_back(table_number(input * *weight));
        }
        table.rows.push_back(std::move(row));
    }
    return {std::move(table)};
}

std::string sum_csv(std::span<const Patch> patches) {
    std::string csv = "channel,row,column,input,weight,product\r\n";
    for (const Patch& patch : patches) {
        for (Index i = 0; i < std::ssize(patch.inputs); ++i) {
            const Place place = is_there(patch, i) ? patch.place_of(i) : Place{};
            const double input = patch.inputs[at(i)];
            const std::optional<double> weight = weight_of(patch, i);
            csv += std::to_string(patch.channel) + ",";
            csv += is_there(patch, i)
                       ? std::to_string(place.row) + "," + std::to_string(place.column)
                       : ",";
            csv += "," + exact(input) + "," + (weight ? exact(*weight) : "") + "," +
                   exact(input * weight.value_or(1.0)) + "\r\n";
        }
    }
    return csv;
}

}  // namespace convoscope::models::inspect
