#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "web/models/json.h"

namespace convoscope::models {

/// A convolution that the reader may have measured.
struct ExhibitChoice {
    const char* id;  ///< as docs/protocol.md names it
    const char* name;
    const char* facts;
};
[[nodiscard]] std::span<const ExhibitChoice> exhibit_choices();

/// How one way of computing it fared, with so many threads.
struct ExhibitRun {
    std::string way;   ///< "scalar", "direct", "im2col", "winograd"
    std::string simd;  ///< "none", "plain", "relaxed"
    int threads = 1;
    std::vector<double> seconds{};  ///< a round each
    /// From the outputs in double precision, and what rounding allows; of one thread's run.
    std::optional<double> greatest_difference{};
    std::optional<double> bound{};
    /// With more threads: every bit is that of one thread.
    std::optional<bool> identical{};

    /// Of the rounds, since whatever else the machine does only slows one; 0 before the first.
    [[nodiscard]] double fastest_seconds() const;
};

enum class ExhibitStatus { idle, running, finished, stopped };

/// The same convolution, computed in many ways: what has been measured so far.
///
/// The first round of each build of the engine warms up and compares the numbers; the others are
/// timed, the builds in turns.
struct ConvolutionExhibit {
    ExhibitStatus status = ExhibitStatus::idle;
    std::string convolution = "resnet20";  ///< the chosen one's id
    std::string reason;                    ///< why it was stopped; empty: by the reader
    std::vector<std::string> missing;      ///< what this browser cannot show, a sentence each
    int rounds_done = 0;
    int rounds_total = 0;
    double operations = 0.0;
    std::int64_t terms = 0;  ///< products of one output
    std::vector<ExhibitRun> runs;

    [[nodiscard]] bool running() const { return status == ExhibitStatus::running; }
    /// Forgets what was measured.
    void choose(std::string_view id);

    /// The page's word that measuring begins or ends.
    void apply_status(const Json& event);
    /// The figures of one round of one build.
    void apply_round(const Json& event);

    /// GFLOP/s, as a direct convolution's operations; 0 when not timed yet.
    [[nodiscard]] double rate_of(const ExhibitRun& run) const;
    /// How many times as fast as the scalar loop on one thread; 0 when unknown.
    [[nodiscard]] double gain_of(const ExhibitRun& run) const;
    /// The outputs are within the bound, and the same with any number of threads; nothing before
    /// they have been compared.
    [[nodiscard]] std::optional<bool> agrees(std::string_view way, std::string_view simd) const;
    [[nodiscard]] const ExhibitRun* find(std::string_view way,
                                         std::string_view simd,
                                         int threads) const;
};

[[nodiscard]] std::string_view name_of(ExhibitStatus status);
[[nodiscard]] Json json_of(const ConvolutionExhibit& exhibit);

}  // namespace convoscope::models
