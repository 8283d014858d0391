#include "web/models/convolve/repair.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <utility>

#include "web/models/convolve/arithmetic.h"
#include "web/models/convolve/grid_fitting.h"

namespace convoscope::models::convolve {
namespace {

constexpr std::size_t kMost = 3;

struct Candidate {
    Repair repair;
    Index size = 0;  ///< how far the number moves
    Index turn = 0;  ///< of equals the earlier comes first
};

std::string outcome_of(const Arithmetic& arithmetic) {
    return "output " + std::to_string(arithmetic.output.rows) + " × " +
           std::to_string(arithmetic.output.columns);
}

std::string_view words_for(Parameter parameter) {
    switch (parameter) {
        case Parameter::output_padding:
            return "added";
        case Parameter::input_channels:
            return "channels";
        case Parameter::output_channels:
            return "filters";
        default:
            return name_of(parameter);
    }
}

/// The nearest value of one parameter, on both axes, with which it is possible.
std::optional<Candidate> nearest(const Setup& setup, Parameter parameter) {
    const ParameterRange range = range_of(parameter);
    const Index from = value_of(setup, parameter, Axes::height);
    for (Index away = 0; away <= range.most; ++away) {
        for (const Index value : {from - away, from + away}) {
            if (value < range.least || value > range.most) {
                continue;
            }
            Setup changed = setup;
            set_parameter(changed, parameter, Axes::both, value);
            fit_grids(changed);
            const Arithmetic arithmetic = compute(changed);
            if (arithmetic.possible()) {
                std::string label = std::string(words_for(parameter)) + " " + std::to_string(value);
                return Candidate{{std::move(label), outcome_of(arithmetic), std::move(changed)},
                                 away};
            }
        }
    }
    return std::nullopt;
}

std::optional<Candidate> with_zeros(const Setup& setup) {
    Setup changed = setup;
    changed.padding_mode = PaddingMode::zeros;
    const Arithmetic arithmetic = compute(changed);
    if (setup.padding_mode == PaddingMode::zeros || !arithmetic.possible()) {
        return std::nullopt;
    }
    return Candidate{{"pad with zeros", outcome_of(arithmetic), std::move(changed)}, 0, 0};
}

}  // namespace

std::vector<Repair> repairs_of(const Setup& setup) {
    std::vector<Candidate> candidates;
    const auto add = [&candidates](std::optional<Candidate> candidate) {
        if (candidate) {
            candidate->turn = std::ssize(candidates);
            candidates.push_back(std::move(*candidate));
        }
    };
    for (const Parameter parameter : {Parameter::kernel,
                                      Parameter::padding,
                                      Parameter::input,
                                      Parameter::dilation,
                                      Parameter::output_padding,
                                      Parameter::stride,
                                      Parameter::groups,
                                      Parameter::input_channels,
                                      Parameter::output_channels}) {
        add(nearest(setup, parameter));
    }
    add(with_zeros(setup));
    std::ranges::sort(candidates, {}, [](const Candidate& candidate) {
        return std::pair(candidate.size, candidate.turn);
    });
    std::vector<Repair> repairs;
    for (std::size_t i = 0; i < std::min(kMost, candidates.size()); ++i) {
        repairs.push_back(std::move(candidates[i].repair));
    }
    return repairs;
}

}  // namespace convoscope::models::convolve
