#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace convoscope::models {

/// A picture's numbers as a table: what a screen reader reads in place of the widget of that id.
struct Table {
    struct Row {
        std::string header;
        std::vector<std::string> cells;

        bool operator==(const Row&) const = default;
    };
    std::string id;       ///< of the widget
    std::string caption;  ///< begins with the widget's label
    std::string corner;   ///< heads the rows' headers
    std::vector<std::string> columns;
    std::vector<Row> rows;  ///< each with as many cells as there are columns

    bool operator==(const Table&) const = default;
};

/// `[{"id", "caption", "corner", "columns", "rows": [{"header", "cells"}]}]`
[[nodiscard]] std::string tables_json(const std::vector<Table>& tables);

/// With up to four significant digits; "not a number" and "infinite" in words.
[[nodiscard]] std::string table_number(double value);

}  // namespace convoscope::models
