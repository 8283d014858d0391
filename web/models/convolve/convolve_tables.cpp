#include "web/models/convolve/convolve_tables.h"

#include <string>
#include <utility>

namespace convoscope::models::convolve {
namespace {

std::string size_text(Index rows, Index columns) {
    return std::to_string(rows) + " × " + std::to_string(columns);
}

std::string header_of(const Position& position) {
    switch (position.kind) {
        case PositionKind::pixel:
            return std::to_string(position.source);
        case PositionKind::padding:
            return "padding";
        case PositionKind::stretched:
            return "zeros between";
    }
    return {};
}

template <class Cell>
Table table_of(std::string id, std::string caption, Index rows, Index columns, const Cell& cell) {
    Table table{.id = std::move(id),
                .caption = std::move(caption),
                .corner = {},
                .columns = {},
                .rows = {}};
    for (Index column = 0; column < columns; ++column) {
        table.columns.push_back(std::to_string(column));
    }
    for (Index row = 0; row < rows; ++row) {
        Table::Row line{std::to_string(row), {}};
        for (Index column = 0; column < columns; ++column) {
            line.cells.push_back(cell(row, column));
        }
        table.rows.push_back(std::move(line));
    }
    return table;
}

Table input_table(const Model& model) {
    const Setup& setup = model.setup();
    const Arithmetic& arithmetic = model.arithmetic();
    const Target current{Target::Kind::output, model.current()};
    Table table = table_of(
        "convolve.grid.input",
        "Input, " + size_text(setup.height.input, setup.width.input) + ". " +
            plain_text(explain(setup, arithmetic, current, model.filter())),
        arithmetic.rows.count(),
        arithmetic.columns.count(),
        [&](Index row, Index column) {
            const Index y = arithmetic.rows.positions[at(row)].source;
            const Index x = arithmetic.columns.positions[at(column)].source;
            return table_number(y >= 0 && x >= 0 ? setup.image.value(model.channel(), y, x) : 0.0);
        });
    table.corner = "row";
    for (Index column = 0; column < arithmetic.columns.count(); ++column) {
        table.columns[at(column)] = header_of(arithmetic.columns.positions[at(column)]);
    }
    for (Index row = 0; row < arithmetic.rows.count(); ++row) {
        table.rows[at(row)].header = header_of(arithmetic.rows.positions[at(row)]);
    }
    return table;
}

Table kernel_table(const Model& model) {
    const Setup& setup = model.setup();
    Table table =
        table_of("convolve.grid.kernel",
                 "Kernel, " + size_text(setup.height.kernel, setup.width.kernel) + ", bias " +
                     table_number(setup.bias[at(model.filter())]),
                 setup.weights.rows,
                 setup.weights.columns,
                 [&](Index row, Index column) {
                     return table_number(setup.weights.value(model.weight_plane(), row, column));
                 });
    table.corner = "row";
    return table;
}

Table output_table(const Model& model) {
    const NumberGrid& output = model.arithmetic().output;
    const CellPlace current = model.current();
    const std::string step = std::to_string(model.playback.step + 1);
    Table table =
        table_of("convolve.grid.output",
                 "Output, " + size_text(output.rows, output.columns) + ", step " + step + " of " +
                     std::to_string(model.order().size()) + ": row " + std::to_string(current.row) +
                     ", column " + std::to_string(current.column) + " is " +
                     table_number(output.value(model.filter(), current.row, current.column)),
                 output.rows,
                 output.columns,
                 [&](Index row, Index column) {
                     return model.step_of({row, column}) <= model.playback.step
                                ? table_number(output.value(model.filter(), row, column))
                                : std::string();
                 });
    table.corner = "row";
    return table;
}

/// Backwards, or learning: an error, or a gradient, plane by plane as the views show it.
Table backward_table(const char* id, const char* caption, const NumberGrid& grid, Index plane) {
    Table table = table_of(
        id,
        std::string(caption) + ", " + size_text(grid.rows, grid.columns),
        grid.rows,
        grid.columns,
        [&](Index row, Index column) { return table_number(grid.value(plane, row, column)); });
    table.corner = "row";
    return table;
}

std::vector<Table> backward_tables(const Model& model) {
    const Gradients& gradients = model.gradients();
    std::vector<Table> tables{backward_table(
        "convolve.grid.input", "Gradient of the input", gradients.input, model.channel())};
    if (!is_pooling(model.setup().operation)) {
        tables.push_back(backward_table("convolve.grid.kernel",
                                        "Gradient of the kernel",
                                        gradients.weights,
                                        model.weight_plane()));
    }
    tables.push_back(backward_table(
        "convolve.grid.output", "Error of the output", model.error(), model.filter()));
    return tables;
}

/// Learning: the output as it is, as it should be, and what lies between.
std::vector<Table> learning_tables(const Model& model) {
    const Learning& learning = model.learning();
    return {kernel_table(model),
            backward_table("convolve.grid.output", "Output", learning.slope.output, 0),
            backward_table("convolve.grid.target", "Target", learning.target, 0),
            backward_table("convolve.grid.difference", "Difference", learning.slope.difference, 0)};
}

}  // namespace

std::vector<Table> tables_of(const Model& model) {
    std::vector<Table> tables;
    if (!model.possible()) {
        return tables;
    }
    if (model.backward()) {
        return backward_tables(model);
    }
    if (model.learns()) {
        return learning_tables(model);
    }
    tables.push_back(input_table(model));
    if (!is_pooling(model.setup().operation)) {
        tables.push_back(kernel_table(model));
    }
    tables.push_back(output_table(model));
    return tables;
}

}  // namespace convoscope::models::convolve
