#include "web/models/convolve/convolve_json.h"

#include <span>

#include "web/models/convolve/framework_code.h"
#include "web/models/json_reading.h"
#include "web/models/name_table.h"

namespace convoscope::models::convolve {
namespace {

constexpr NameTable<3> kPositionKinds{"pixel", "padding", "stretched"};

Json json_of(const AxisSetup& axis) {
    return {{"input", axis.input},
            {"kernel", axis.kernel},
            {"stride", axis.stride},
            {"padding", {axis.padding_begin, axis.padding_end}},
            {"dilation", axis.dilation},
            {"output_padding", axis.output_padding}};
}

Json json_of(const NumberGrid& grid, Index plane) {
    Json rows = Json::array();
    for (Index row = 0; row < grid.rows; ++row) {
        const std::span<const double> numbers =
            grid.plane(plane).subspan(at(row * grid.columns), at(grid.columns));
        rows.push_back(std::vector<double>(numbers.begin(), numbers.end()));
    }
    return rows;
}

Json planes_of(const NumberGrid& grid) {
    Json planes = Json::array();
    for (Index plane = 0; plane < grid.planes; ++plane) {
        planes.push_back(json_of(grid, plane));
    }
    return planes;
}

Json json_of(CellPlace place) {
    return Json::array({place.row, place.column});
}

Json json_of(const Term& term) {
    Json json{{"tap", json_of(term.tap)},
              {"channel", term.channel},
              {"filter", term.filter},
              {"output", json_of(term.output)},
              {"weight", json_of(term.weight)},
              {"value", term.value},
              {"factor", term.factor},
              {"product", term.product},
              {"sum_so_far", term.sum_so_far},
              {"padding", term.kind != PositionKind::pixel},
              {"wins", term.wins}};
    json["pixel"] = term.pixel ? json_of(*term.pixel) : Json();
    return json;
}

Json json_of(const WindowAxis& axis) {
    Json positions = Json::array();
    for (const Position& position : axis.positions) {
        positions.push_back(name_in(kPositionKinds, position.kind));
    }
    return {{"positions", positions}, {"outputs", axis.outputs}, {"lost", axis.lost()}};
}

Json json_of(const Relationship& relationship) {
    return {{"number", relationship.number},
            {"name", relationship.name},
            {"formula", relationship.formula}};
}

Json json_of(const ConventionRow& row) {
    Json json{{"name", row.name},
              {"remark", row.remark},
              {"differs", row.differs},
              {"realigned", row.realigned}};
    if (row.coverage) {
        json["outputs"] = row.coverage->outputs;
        json["padding"] = {row.coverage->padding_begin, row.coverage->padding_end};
        json["lost"] = row.coverage->lost;
        json["invented"] = row.coverage->invented;
    }
    return json;
}

Json json_of(const std::vector<ConventionRow>& rows) {
    Json json = Json::array();
    for (const ConventionRow& row : rows) {
        json.push_back(json_of(row));
    }
    return json;
}

Json trace_json(const Model& model) {
    const Target& target = model.told_target();
    Json outputs = Json::array();
    Json weights = Json::array();
    Json grid = Json::array();
    for (const Use& use : model.trace().uses) {
        outputs.push_back(json_of(use.output));
        weights.push_back(json_of(use.weight));
        grid.push_back(json_of(use.grid));
    }
    return {{"kind", name_of(target.kind)},
            {"place", json_of(target.place)},
            {"pinned", model.pinned.kind != Target::Kind::none},
            {"count", model.trace().count()},
            {"on_padding", model.trace().on_padding},
            {"outputs", outputs},
            {"weights", weights},
            {"grid", grid}};
}

/// Every entry as row, column, value; of a large matrix only how many there are.
Json matrix_json(const LensMatrix& matrix) {
    constexpr std::size_t kMostWritten = 4096;
    Json json{{"rows", matrix.rows},
              {"columns", matrix.columns},
              {"count", matrix.count},
              {"too_large", matrix.too_large}};
    if (!matrix.too_large && matrix.entries.size() <= kMostWritten) {
        Json entries = Json::array();
        for (const MatrixEntry& entry : matrix.entries) {
            entries.push_back({entry.row, entry.column, entry.value});
        }
        json["entries"] = entries;
        json["across"] = matrix.across;
        json["down"] = matrix.down;
    }
    return json;
}

/// Backwards: the error that is given, and all that comes of it.
Json gradients_json(const Model& model) {
    const Gradients& gradients = model.gradients();
    Json formulas = Json::array();
    for (const GradientFormula& formula : model.gradient_formulas()) {
        formulas.push_back(formula.line());
    }
    return {
        {"formulas", formulas},
        {"choice", name_of(model.error_choice())},
        {"place", json_of(model.error_place())},
        {"error", planes_of(model.error())},
        {"input", planes_of(gradients.input)},
        {"weights", is_pooling(model.setup().operation) ? Json() : planes_of(gradients.weights)},
        {"bias", gradients.bias}};
}

/// The filter that learns: how it stands, and every loss so far.
Json learning_json(const Learning& learning) {
    Json json{{"state", name_of(learning.state)},
              {"hidden", learning.hidden},
              {"rate", learning.rate},
              {"greatest_rate", learning.greatest_rate},
              {"steps", learning.steps()},
              {"losses", learning.losses},
              {"found_hidden", learning.found_hidden()}};
    if (!learning.losses.empty()) {
        json["target"] = json_of(learning.target, 0);
        json["difference"] = json_of(learning.slope.difference, 0);
        json["weights"] = planes_of(learning.slope.weights);
        json["bias"] = learning.slope.bias;
    }
    if (!learning.hidden.empty()) {
        json["hidden_weights"] = planes_of(learning.hidden_weights);
    }
    return json;
}

void add_result(const Model& model, Json& json) {
    const Arithmetic& arithmetic = model.arithmetic();
    Json terms = Json::array();
    for (const Term& term : model.terms()) {
        terms.push_back(json_of(term));
    }
    json["output"] = json_of(arithmetic.output, model.filter());
    json["volumes"] = {{"image", planes_of(model.setup().image)},
                       {"weights", planes_of(model.setup().weights)},
                       {"output", planes_of(arithmetic.output)}};
    json["channel_sums"] = model.part_sums();
    json["sum"] = {{"kind", name_of(model.summed().kind)},
                   {"place", json_of(model.summed().place)},
                   {"value", model.sum_value()}};
    json["rows"] = json_of(arithmetic.rows);
    json["columns"] = json_of(arithmetic.columns);
    json["relationship"] = json_of(model.told_relationship());
    json["parameters"] = arithmetic.parameters;
    json["multiply_accumulates"] = arithmetic.multiply_accumulates;
    json["current"] = json_of(model.current());
    json["terms"] = terms;
    json["conventions"] = json_of(model.conventions());
    json["formula"] = {{"symbols", line_of(model.formula().symbols)},
                       {"numbers", line_of(model.formula().numbers)},
                       {"result", model.formula().result}};
    json["coverage"] = model.coverage().text;
    json["trace"] = trace_json(model);
    if (is_matrix(model.lens())) {
        json["matrix"] = matrix_json(model.matrix());
    }
    if (model.learns()) {
        json["learning"] = learning_json(model.learning());
    }
    if (model.backward()) {
        json["gradients"] = gradients_json(model);
    }
}

}  // namespace

Json json_of(const Model& model) {
    const Setup& setup = model.setup();
    Json repairs = Json::array();
    for (const Repair& repair : model.repairs()) {
        repairs.push_back({{"label", repair.label}, {"outcome", repair.outcome}});
    }
    Json json{{"operation", name_of(setup.operation)},
              {"height", json_of(setup.height)},
              {"width", json_of(setup.width)},
              {"linked", setup.linked},
              {"padding_mode", name_of(setup.padding_mode)},
              {"turn_kernel", setup.turn_kernel},
              {"input_channels", setup.input_channels},
              {"output_channels", setup.output_channels},
              {"groups", setup.groups},
              {"channel", model.channel()},
              {"filter", model.filter()},
              {"bias", is_pooling(setup.operation) ? 0.0 : setup.bias[at(model.filter())]},
              {"biases", setup.bias},
              {"image", json_of(setup.image, model.channel())},
              {"weights", json_of(setup.weights, model.weight_plane())},
              {"picture", setup.picture},
              {"kernel", setup.kernel_name},
              {"possible", model.possible()},
              {"problem", model.arithmetic().problem},
              {"repairs", repairs},
              {"explanation", plain_text(model.explanation())},
              {"direction", name_of(model.direction())},
              {"lens", name_of(model.lens())},
              {"way_back", model.way_back()},
              {"outlook",
               {{"yaw", model.outlook().yaw},
                {"pitch", model.outlook().pitch},
                {"zoom", model.outlook().zoom}}},
              {"step", model.playback.step},
              {"steps", model.order().size()},
              {"playing", model.playback.playing},
              {"loops", model.playback.loops},
              {"speed", model.playback.speed},
              {"order", name_of(model.playback.order)},
              {"scene", name_of(model.scene)},
              {"view", name_of(model.view)},
              {"aside", name_of(model.aside)},
              {"tool", name_of(model.tool)},
              {"brush", model.brush},
              {"compared", json_of(model.compared)},
              {"code", {{"pytorch", pytorch_line(setup)}, {"keras", keras_line(setup)}}}};
    if (model.possible()) {
        add_result(model, json);
    }
    return json;
}

}  // namespace convoscope::models::convolve
