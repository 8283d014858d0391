#pragma once

#include <string_view>
#include <vector>

#include "web/models/convolve/arithmetic.h"

namespace convoscope::models::convolve {

/// A thing that can be pointed at.
struct Target {
    enum class Kind {
        none,
        grid,  ///< a place of the padded, stretched input
        weight,
        output
    };

    Kind kind = Kind::none;
    CellPlace place;

    bool operator==(const Target&) const = default;
};

[[nodiscard]] std::string_view name_of(Target::Kind kind);
bool read_name(std::string_view name, Target::Kind& kind);

/// One use of a number: which weight meets which place of the input for which output.
struct Use {
    CellPlace output;
    CellPlace weight;
    CellPlace grid;
};

/// Every product in which the target takes part, outputs in reading order: an output's window, all
/// outputs that an input's value feeds (mirrored padding included), all places where a weight
/// falls.
struct Trace {
    std::vector<Use> uses;
    Index on_padding = 0;  ///< of these, with a place that is no pixel

    [[nodiscard]] Index count() const { return std::ssize(uses); }
};

/// Expects: possible.
[[nodiscard]] Trace trace_of(const Setup& setup,
                             const Arithmetic& arithmetic,
                             const Target& target);

/// Whether the target is there at all, in this setup.
[[nodiscard]] bool exists(const Setup& setup, const Arithmetic& arithmetic, const Target& target);

}  // namespace convoscope::models::convolve
