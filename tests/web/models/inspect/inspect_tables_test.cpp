// The opened sum as a table for a screen reader, and as CSV.

#include "web/models/inspect/inspect_tables.h"

#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/web/models/inspect/trained.h"

using namespace convoscope;
using namespace convoscope::models;
using namespace convoscope::models::inspect;
using namespace convoscope::test;

namespace {

const std::string kNetwork = network_of(
    R"({"name": "first", "type": "conv2d", "out_channels": 2, "kernel_size": 3, "padding": 1},
       {"name": "second", "type": "conv2d", "out_channels": 2, "kernel_size": 3},
       {"name": "pool", "type": "max_pool2d", "kernel_size": 2})");

std::vector<std::vector<std::string>> lines_of(const std::string& csv) {
    std::vector<std::vector<std::string>> lines;
    std::istringstream text(csv);
    for (std::string line; std::getline(text, line);) {
        REQUIRE(line.back() == '\r');
        line.pop_back();
        std::vector<std::string> fields(1);
        for (const char c : line) {
            if (c == ',') {
                fields.emplace_back();
            } else {
                fields.back() += c;
            }
        }
        lines.push_back(fields);
    }
    return lines;
}

}  // namespace

TEST_CASE("inspect: the products of a neuron's CSV and its bias are the neuron's number") {
    Trained trained = train(kNetwork);
    trained.model.pinned = Selection{"second", {1, 2, 0}};
    const auto neuron = trained.model.neuron(trained.snapshot);
    REQUIRE(neuron.has_value());
    const auto lines = lines_of(sum_csv(opened_sum(trained.model, trained.snapshot, -1)));
    REQUIRE(lines.size() == 1 + 2 * 9);
    CHECK(lines[0] ==
          std::vector<std::string>{"channel", "row", "column", "input", "weight", "product"});
    CHECK(lines[1][0] == "0");
    CHECK(lines[1][1] == "2");  // without padding the window begins at the place itself
    CHECK(lines.back()[1] == "4");
    CHECK(lines.back()[2] == "2");
    double sum = *neuron->bias;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        REQUIRE(lines[i].size() == 6);
        const double product =
            std::strtod(lines[i][3].c_str(), nullptr) * std::strtod(lines[i][4].c_str(), nullptr);
        CHECK(std::strtod(lines[i][5].c_str(), nullptr) == product);
        sum += product;
    }
    CHECK(sum == doctest::Approx(neuron->engine_base).epsilon(1e-5));
}

TEST_CASE(
    "inspect: where no number is, the CSV names no place; what is not weighed has no weight") {
    Trained trained = train(kNetwork);
    trained.model.pinned = Selection{"first", {0, 0, 0}};
    const auto corner = lines_of(sum_csv(opened_sum(trained.model, trained.snapshot, -1)));
    CHECK(corner[1][1].empty());
    CHECK(corner[1][2].empty());
    CHECK(corner[5][1] == "0");  // the middle of the kernel
    trained.model.pinned = Selection{"pool", {1, 0, 0}};
    const auto pooled = lines_of(sum_csv(opened_sum(trained.model, trained.snapshot, -1)));
    REQUIRE(pooled.size() == 1 + 4);
    CHECK(pooled[1][4].empty());
    CHECK(pooled[1][3] == pooled[1][5]);
}

TEST_CASE("inspect: a screen reader finds the opened patch as a table, both ways") {
    Trained trained = train(kNetwork, {{"gradient_of", "loss"}});
    trained.model.pinned = Selection{"first", {0, 0, 0}};
    const auto forward = tables_of(trained.model, trained.snapshot, trained.type);
    REQUIRE(forward.size() == 1);
    CHECK(forward[0].id == "inspect.products");
    CHECK(forward[0].caption.starts_with("9 products of channel 0, together "));
    CHECK(forward[0].columns == std::vector<std::string>{"input", "times", "product"});
    REQUIRE(forward[0].rows.size() == 9);
    CHECK(forward[0].rows[0].header == "no number");
    CHECK(forward[0].rows[4].header == "row 0, column 0");
    for (const Table::Row& row : forward[0].rows) {
        CHECK(row.cells.size() == 3);
    }
    trained.model.direction = Direction::backward;
    const auto backward = tables_of(trained.model, trained.snapshot, trained.type);
    REQUIRE(backward.size() == 1);
    CHECK(backward[0].columns.front() == "error");
    CHECK(tables_of(Model(), {}, -1).empty());
}
