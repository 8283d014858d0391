#include "web/models/convolve/conventions.h"

#include <array>

#include "web/models/convolve/command_reading.h"

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
           (whole ? " = " + std::to_string(room / axis.stride) : " is not whole");
}

std::string remark_of(const AxisSetup& axis, const ConventionRow& row) {
    if (row.convention == SizeConvention::must_divide) {
        return division(axis, row.coverage.has_value());
    }
    if (!row.coverage) {
        return "no window fits";
    }
    const AxisCoverage& coverage = *row.coverage;
    return "pad " + std::to_string(coverage.padding_begin) + " + " +
           std::to_string(coverage.padding_end);
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
        row.realigned = row.convention == SizeConvention::same && row.coverage.has_value() &&
                        !row.differs && row.coverage->padding_begin != axis.padding_begin;
        row.remark = remark_of(axis, row);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::optional<AxisSetup> axis_of_command(const Json& command) {
    constexpr Index kMost = 1 << 16;
    const auto number = [&command](const char* name, Index otherwise) {
        return command.contains(name) ? whole_of(command, name) : otherwise;
    };
    const AxisSetup axis{.input = number("input", 0),
                         .kernel = number("kernel", 0),
                         .stride = number("stride", 1),
                         .padding_begin = number("padding", 0),
                         .padding_end = number("padding", 0),
                         .dilation = number("dilation", 1)};
    const auto is_size = [](Index value) { return value >= 1 && value <= kMost; };
    const bool sized = is_size(axis.input) && is_size(axis.kernel) && is_size(axis.stride) &&
                       is_size(axis.dilation) && is_size(axis.padding_begin + 1);
    return sized ? std::optional(axis) : std::nullopt;
}

}  // namespace convoscope::models::convolve
