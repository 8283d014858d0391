#include "web/models/convolve/formula.h"

#include <utility>

namespace convoscope::models::convolve {
namespace {

using Kind = FormulaBox::Kind;

FormulaBox number(Index value, Meaning meaning = Meaning::strong) {
    return {.text = std::to_string(value), .meaning = meaning};
}

FormulaBox variable(const char* name, Meaning meaning = Meaning::strong, bool hat = false) {
    return {.text = name, .meaning = meaning, .variable = true, .hat = hat};
}

FormulaBox word(const char* text) {
    return {.text = text, .meaning = Meaning::strong};
}

FormulaBox sign(const char* text) {
    return {.kind = Kind::sign, .text = text, .meaning = Meaning::faint};
}

FormulaBox row(std::vector<FormulaBox> parts) {
    return {.kind = Kind::row, .parts = std::move(parts)};
}

/// Writes a quantity either as its symbol or as its number.
class Writer {
  public:
    Writer(const AxisSetup& axis, bool symbols) : axis_(axis), symbols_(symbols) {}

    [[nodiscard]] FormulaBox input() const { return one("i", axis_.input, Meaning::input); }
    [[nodiscard]] FormulaBox stride() const { return one("s", axis_.stride, Meaning::strong); }
    [[nodiscard]] FormulaBox kernel() const {
        const bool hat = axis_.dilation > 1;
        return symbols_ ? variable("k", Meaning::kernel, hat)
                        : number(axis_.window().extent(), Meaning::kernel);
    }
    [[nodiscard]] FormulaBox added() const {
        return one("a", axis_.output_padding, Meaning::padding);
    }
    /// 2p, or p + q where the ends differ.
    [[nodiscard]] std::vector<FormulaBox> padding() const {
        if (has_symmetric_padding(axis_)) {
            return {word(symbols_ ? "2" : "2·"), one("p", axis_.padding_begin, Meaning::padding)};
        }
        return {one("p", axis_.padding_begin, Meaning::padding),
                sign("+"),
                one("q", axis_.padding_end, Meaning::padding)};
    }

  private:
    [[nodiscard]] FormulaBox one(const char* symbol, Index value, Meaning meaning) const {
        return symbols_ ? variable(symbol, meaning) : number(value, meaning);
    }

    const AxisSetup& axis_;
    bool symbols_;
};

void append(std::vector<FormulaBox>& parts, std::vector<FormulaBox> more) {
    for (FormulaBox& box : more) {
        parts.push_back(std::move(box));
    }
}

FormulaBox direct(const AxisSetup& axis, bool symbols) {
    const Writer write(axis, symbols);
    std::vector<FormulaBox> above{write.input(), sign("+")};
    append(above, write.padding());
    append(above, {sign("−"), write.kernel()});
    FormulaBox fraction{.kind = Kind::fraction, .parts = {row(std::move(above)), write.stride()}};
    return row({{.kind = Kind::floor, .parts = {std::move(fraction)}}, sign("+"), word("1")});
}

FormulaBox transposed(const AxisSetup& axis, bool symbols) {
    const Writer write(axis, symbols);
    std::vector<FormulaBox> parts{word("("), write.input(), sign("−"), word("1"), word(")")};
    if (!symbols) {
        parts.push_back(word("·"));
    }
    append(
        parts,
        {write.stride(),
         sign("−"),
         word(symbols ? "2" : "2·"),
         symbols ? variable("p", Meaning::padding) : number(axis.padding_begin, Meaning::padding),
         sign("+"),
         write.kernel(),
         sign("+"),
         write.added()});
    return row(std::move(parts));
}

}  // namespace

SizeFormula size_formula(Operation operation, const AxisSetup& axis, Index outputs) {
    const bool back = operation == Operation::transposed;
    return {.symbols = back ? transposed(axis, true) : direct(axis, true),
            .numbers = back ? transposed(axis, false) : direct(axis, false),
            .result = outputs};
}

std::string line_of(const FormulaBox& box) {
    switch (box.kind) {
        case Kind::symbol:
            return box.text + (box.hat ? "̂" : "");
        case Kind::sign:
            return " " + box.text + " ";
        case Kind::row: {
            std::string line;
            for (const FormulaBox& part : box.parts) {
                line += line_of(part);
            }
            return line;
        }
        case Kind::fraction:
            return "(" + line_of(box.parts[0]) + ")/" + line_of(box.parts[1]);
        case Kind::floor:
            return "⌊" + line_of(box.parts[0]) + "⌋";
    }
    return {};
}

}  // namespace convoscope::models::convolve
