#include "web/models/table.h"

#include <array>
#include <cmath>
#include <cstdio>

#include "web/models/json_reading.h"

namespace convoscope::models {

std::string tables_json(const std::vector<Table>& tables) {
    Json list = Json::array();
    for (const Table& table : tables) {
        Json rows = Json::array();
        for (const Table::Row& row : table.rows) {
            rows.push_back({{"header", row.header}, {"cells", row.cells}});
        }
        list.push_back({{"id", table.id},
                        {"caption", table.caption},
                        {"corner", table.corner},
                        {"columns", table.columns},
                        {"rows", std::move(rows)}});
    }
    return list.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string table_number(double value) {
    if (std::isnan(value)) {
        return "not a number";
    }
    if (std::isinf(value)) {
        return "infinite";
    }
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.4g", value == 0.0 ? 0.0 : value);
    return text.data();
}

}  // namespace convoscope::models
