#include "web/models/convolve/gradient_explanation.h"

#include <algorithm>
#include <string>

#include "web/models/convolve/place_text.h"
#include "web/models/table.h"

namespace convoscope::models::convolve {
namespace {

std::string text(Index number) {
    return std::to_string(number);
}

std::string counted(Index count, const std::string& one) {
    return text(count) + " " + one + (count == 1 ? "" : "s");
}

std::vector<Term> terms_at(const Backwards& way, const Target& target) {
    return gradient_terms(way.setup, way.arithmetic, way.error, target, way.channel, way.filter);
}

double sum_of(const std::vector<Term>& terms) {
    return terms.empty() ? 0.0 : terms.back().sum_so_far;
}

/// "times the weight that it met", and how pooling does it.
std::string each_error(const Setup& setup) {
    switch (setup.operation) {
        case Operation::max_pool:
            return ", as far as it is the greatest of their windows: ";
        case Operation::average_pool:
            return ", each divided by " + text(setup.height.kernel * setup.width.kernel) + ": ";
        default:
            return ", each times the weight between them: ";
    }
}

Sentence explain_zero(const std::vector<Term>& terms, CellPlace place, const Arithmetic& made) {
    const bool padding = kind_at(made, place) == PositionKind::padding;
    return {{padding ? "This padding" : "This zero between the pixels", Meaning::padding},
            {" gets " + table_number(sum_of(terms)) +
             " back, which is dropped: it is no input, so nothing can change it."}};
}

Sentence explain_place(const Backwards& way, CellPlace place) {
    const std::vector<Term> terms = terms_at(way, {Target::Kind::grid, place});
    const std::optional<CellPlace> pixel = pixel_at(way.arithmetic, place);
    if (!pixel) {
        return explain_zero(terms, place, way.arithmetic);
    }
    const Phrase name{"Input " + place_text(*pixel), Meaning::input};
    if (terms.empty()) {
        return {name, {" is never read, so its gradient is 0: no error comes back to it."}};
    }
    return {name,
            {" fed "},
            {counted(std::ssize(terms), "output"), Meaning::output},
            {"; its gradient adds up their errors" + each_error(way.setup)},
            {table_number(sum_of(terms)), Meaning::strong},
            {"."}};
}

Sentence explain_weight(const Backwards& way, CellPlace place) {
    const std::vector<Term> terms = terms_at(way, {Target::Kind::weight, place});
    return {{"Weight " + place_text(place), Meaning::kernel},
            {" worked for "},
            {counted(std::ssize(terms), "output"), Meaning::output},
            {"; its gradient adds up their errors, each times the input that the weight met: "},
            {table_number(sum_of(terms)), Meaning::strong},
            {"."}};
}

Sentence explain_error(const Backwards& way, CellPlace place) {
    const double error = way.error.value(way.filter, place.row, place.column);
    Sentence sentence{{"Output " + place_text(place), Meaning::output},
                      {" has the error " + table_number(error) + ". It goes "}};
    const Trace trace = trace_of(way.setup, way.arithmetic, Target{Target::Kind::output, place});
    switch (way.setup.operation) {
        case Operation::max_pool:
            sentence.push_back({"whole to the greatest value of its window"});
            break;
        case Operation::average_pool:
            sentence.push_back(
                {"in equal shares to the " + text(trace.count()) + " values of its window"});
            break;
        default:
            sentence.push_back({"back to the " + text(trace.count() * way.setup.slices()) +
                                " values that it read, each time times the weight"});
            break;
    }
    sentence.push_back({trace.on_padding > 0 && way.setup.padding_mode == PaddingMode::zeros
                            ? "; what falls on padding is lost."
                            : "."});
    return sentence;
}

std::string factor_text(double factor) {
    return factor < 0 ? "(" + table_number(factor) + ")" : table_number(factor);
}

/// "1·2 + 1·(−1) + …"; "0" when all products are zero.
std::string numbers_of(const std::vector<Term>& terms) {
    constexpr Index kMost = 4;
    std::string numbers;
    Index written = 0;
    for (const Term& term : terms) {
        if (term.product == 0.0) {
            continue;
        }
        if (written++ == kMost) {
            return numbers + " + …";
        }
        numbers += (numbers.empty() ? "" : " + ") + factor_text(term.value) + "·" +
                   factor_text(term.factor);
    }
    return numbers.empty() ? "0" : numbers;
}

std::string factor_of_input(const Setup& setup) {
    switch (setup.operation) {
        case Operation::max_pool:
            return "(1 if x is the greatest, else 0)";
        case Operation::average_pool:
            return "1/n";
        default:
            return "w";
    }
}

}  // namespace

std::string GradientFormula::line() const {
    const std::string where = place.empty() ? "" : " " + place;
    const std::string times = factor.empty() ? "" : " · " + factor;
    return "dL/d" + variable + where + " = sum of dL/dy" + times + " = " + numbers + " = " + result;
}

Sentence explain_backwards(const Backwards& way, const Target& target) {
    switch (target.kind) {
        case Target::Kind::none:
            return {
                {"This pixel is cut off by the padding: no output read it, and no error comes "
                 "back to it."}};
        case Target::Kind::grid:
            return explain_place(way, target.place);
        case Target::Kind::weight:
            return explain_weight(way, target.place);
        case Target::Kind::output:
            return explain_error(way, target.place);
    }
    return {};
}

std::vector<GradientFormula> gradient_formulas(const Backwards& way,
                                               const Target& input,
                                               CellPlace weight) {
    std::vector<GradientFormula> formulas;
    if (input.kind == Target::Kind::grid) {
        const std::vector<Term> terms = terms_at(way, input);
        const std::optional<CellPlace> pixel = pixel_at(way.arithmetic, input.place);
        formulas.push_back({.variable = "x",
                            .place = pixel ? place_text(*pixel) : "padding",
                            .factor = factor_of_input(way.setup),
                            .numbers = numbers_of(terms),
                            .result = table_number(sum_of(terms)),
                            .meaning = Meaning::input});
    }
    if (is_pooling(way.setup.operation)) {
        return formulas;
    }
    const std::vector<Term> terms = terms_at(way, {Target::Kind::weight, weight});
    formulas.push_back({.variable = "w",
                        .place = place_text(weight),
                        .factor = "x",
                        .numbers = numbers_of(terms),
                        .result = table_number(sum_of(terms)),
                        .meaning = Meaning::kernel});
    formulas.push_back({.variable = "b",
                        .place = {},
                        .factor = {},
                        .numbers = "all " + text(way.error.plane_cells()) + " errors together",
                        .result = table_number(way.gradients.bias[at(way.filter)]),
                        .meaning = Meaning::kernel});
    return formulas;
}

}  // namespace convoscope::models::convolve
