#include "web/models/convolve/conventions.h"

#include <array>

namespace convoscope::models::convolve {
namespace {

struct Convention {
    SizeConvention convention;
    const char* name;
};
constexpr std::array<Convention, 5> kConventions{{{SizeConvention::floor, "PyTorch, floor"},
                                                  {SizeConvention::ceil_mode, "ceil mode"},
                                                  {SizeConvention::same, "TensorFlow SAME"},
                                                  {SizeConvention::valid, "TensorFlow VALID"},
                                                  {SizeConvention::must_divide, "“must divide”"}}};

std::string division(const AxisSetup& axis, bool whole) {
    const Index room = axis.input + axis.padding_begin + axis.padding_end - axis.window().extent();
    return std::to_string(room) + " / " + std::to_string(axis.stride) +
           (whole ? " is whole" : " is not whole");
}

std::string remark_of(const AxisSetup& axis, const ConventionRow& row) {
    if (row.convention == SizeConvention::must_divide) {
        return division(axis, row.coverage.has_value());
    }
    if (!row.coverage) {
        return "no window fits";
    }
    const AxisCoverage& coverage = *row.coverage;
    std::string text = "pad " + std::to_string(coverage.padding_begin) + " + " +
                       std::to_string(coverage.padding_end);
    const bool moved = coverage.padding_begin != axis.padding_begin;
    if (row.convention == SizeConvention::same && !row.differs && moved) {
        text += ", other alignment";
    }
    return text;
}

}  // namespace

std::vector<ConventionRow> compare_conventions(const AxisSetup& axis) {
    std::vector<ConventionRow> rows;
    for (const Convention& convention : kConventions) {
        ConventionRow row{.name = convention.name, .convention = convention.convention};
        if (const Result<AxisCoverage> coverage =
                cover(convention.convention, axis.window(), axis.input, "axis")) {
            row.coverage = *coverage;
        }
        const bool first = rows.empty();
        row.differs = !first && row.coverage.has_value() && rows.front().coverage.has_value() &&
                      row.coverage->outputs != rows.front().coverage->outputs;
        row.remark = remark_of(axis, row);
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace convoscope::models::convolve
