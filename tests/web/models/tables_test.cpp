#include <cmath>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/web/models/convolve/convolve_support.h"
#include "web/models/convolve/convolve_tables.h"
#include "web/models/json_reading.h"
#include "web/models/train_tables.h"

using namespace convoscope;
using namespace convoscope::models;

namespace {

const Table* table_of(const std::vector<Table>& tables, const std::string& id) {
    for (const Table& table : tables) {
        if (table.id == id) {
            return &table;
        }
    }
    return nullptr;
}

/// A convolution of a 4 × 4 picture with padding 1 and stride 2, at its second output.
convolve::Model padded_room() {
    convolve::Model room;
    room.change([](convolve::Setup& setup) { setup = testing::square_setup(4, 3, 2, 1); });
    room.playback.jump_to(1, room.arithmetic().output_cells());
    room.follow_playback();
    return room;
}

Evaluation evaluation_at(std::int64_t step, double loss) {
    return {.step = step,
            .epoch = 0,
            .loss = loss,
            .accuracy = 0.5,
            .count = 6,
            .confusion = {1, 2, 3, 0}};
}

}  // namespace

TEST_CASE("Tables: every row has a cell for each column, in both rooms") {
    TrainModel train;
    const std::vector<float> losses(400, 1.5F);
    train.loss.append(losses);
    train.accuracy.append(losses);
    train.step = 400;
    train.validation.push_back(evaluation_at(100, 0.25));
    std::vector<Table> tables = train_tables(train);
    for (Table& table : convolve::tables_of(padded_room())) {
        tables.push_back(table);
    }
    REQUIRE(tables.size() == 6);
    for (const Table& table : tables) {
        CAPTURE(table.id);
        CHECK(!table.caption.empty());
        CHECK(!table.rows.empty());
        for (const Table::Row& row : table.rows) {
            CHECK(row.cells.size() == table.columns.size());
        }
    }
}

TEST_CASE("Tables: of an input, padding is said in the headers and is zero") {
    const convolve::Model room = padded_room();
    const auto tables = convolve::tables_of(room);
    const Table* input = table_of(tables, "convolve.grid.input");
    REQUIRE(input != nullptr);
    // (4 + 2 - 3) mod 2 = 1: the axis ends with padding that no window reads.
    CHECK(input->columns == std::vector<std::string>{"padding", "0", "1", "2", "3", "padding"});
    CHECK(input->rows[0].header == "padding");
    CHECK(input->rows[0].cells == std::vector<std::string>(6, "0"));
    CHECK(input->rows[1].cells[1] == table_number(room.setup().image.value(0, 0)));
    CHECK(input->caption.find("Output [0, 1] reads") != std::string::npos);
}

TEST_CASE("Tables: outputs that are still to come are empty") {
    const convolve::Model room = padded_room();
    const auto tables = convolve::tables_of(room);
    const Table* output = table_of(tables, "convolve.grid.output");
    REQUIRE(output != nullptr);
    const convolve::NumberGrid& values = room.arithmetic().output;
    CHECK(output->rows[0].cells ==
          std::vector{table_number(values.value(0, 0)), table_number(values.value(0, 1))});
    CHECK(output->rows[1].cells == std::vector<std::string>{"", ""});
}

TEST_CASE("Tables: an impossible convolution has none, pooling no kernel") {
    convolve::Model room;
    room.change([](convolve::Setup& setup) { setup = testing::square_setup(3, 5, 1, 0); });
    CHECK(convolve::tables_of(room).empty());
    room.change([](convolve::Setup& setup) {
        setup = testing::square_setup(4, 2, 2, 0);
        setup.operation = convolve::Operation::max_pool;
    });
    CHECK(table_of(convolve::tables_of(room), "convolve.grid.kernel") == nullptr);
}

TEST_CASE("Tables: a curve has at most thirty rows, which hold every step's mean") {
    for (const std::size_t steps : {std::size_t{1}, std::size_t{59}, std::size_t{5000}}) {
        TrainModel train;
        std::vector<float> losses;
        for (std::size_t i = 0; i < steps; ++i) {
            losses.push_back(static_cast<float>(i + 1));
        }
        train.loss.append(losses);
        const auto tables = train_tables(train);
        const Table* loss = table_of(tables, "train.loss");
        REQUIRE(loss != nullptr);
        CHECK(loss->rows.size() <= kMostCurveRows);
        CHECK(loss->rows.front().header.starts_with("1 to "));
        CHECK(loss->rows.back().header.ends_with("to " + std::to_string(steps)));
    }
    TrainModel two;
    two.loss.append(std::vector{1.0F, 2.0F});
    CHECK(train_tables(two).front().rows.front().cells.front() == "1.5");
}

TEST_CASE("Tables: an evaluation stands in the row of its step") {
    TrainModel train;
    train.loss.append(std::vector<float>(400, 1.0F));
    train.validation = {evaluation_at(100, 0.75), evaluation_at(400, 0.25)};
    const auto tables = train_tables(train);
    const Table* loss = table_of(tables, "train.loss");
    REQUIRE(loss != nullptr);
    int said = 0;
    for (const Table::Row& row : loss->rows) {
        said += row.cells[1].empty() ? 0 : 1;
    }
    CHECK(said == 2);
    CHECK(loss->rows.back().cells[1] == "0.25");
}

TEST_CASE("Tables: the confusion's rows are the truth") {
    TrainModel train;
    train.data.classes = {"cat", "dog"};
    train.step = 10;
    train.validation.push_back(evaluation_at(10, 0.5));
    const auto tables = train_tables(train);
    const Table* confusion = table_of(tables, "train.confusion");
    REQUIRE(confusion != nullptr);
    CHECK(confusion->columns == std::vector<std::string>{"read as cat", "read as dog", "recall"});
    CHECK(confusion->rows[1] == Table::Row{"dog", {"3", "0", "0 %"}});
    CHECK(confusion->rows[2] == Table::Row{"precision", {"25 %", "0 %", ""}});
}

TEST_CASE("Tables: numbers are short, and what is none is said in words") {
    CHECK(table_number(-0.0) == "0");
    CHECK(table_number(1.0 / 3.0) == "0.3333");
    CHECK(table_number(std::nan("")) == "not a number");
    CHECK(table_number(HUGE_VAL) == "infinite");
}

TEST_CASE("Tables: as JSON they keep captions, headers and cells") {
    const std::string json = tables_json(
        {{.id = "a", .caption = "A", .corner = "row", .columns = {"x"}, .rows = {{"0", {"1"}}}}});
    CHECK(Json::parse(json) ==
          Json::parse(R"([{"id": "a", "caption": "A", "corner": "row", "columns": ["x"],
                           "rows": [{"header": "0", "cells": ["1"]}]}])"));
}
