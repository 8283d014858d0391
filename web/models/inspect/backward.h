#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "web/models/inspect/neuron.h"

namespace convoscope::models::inspect {

/// Which way the numbers go: to the answer, or from it back as gradients.
enum class Direction { forward, backward };
[[nodiscard]] const char* name_of(Direction direction);
bool read_name(std::string_view name, Direction& direction);

/// What the gradients are of, of one class: its loss (cross-entropy), or its score.
enum class Question { loss, score };
[[nodiscard]] const char* name_of(Question question);
bool read_name(std::string_view name, Question& question);

/// How a gradient goes on through a later layer of its stage.
struct BackStep {
    std::string layer;
    std::string type;
    std::string formula;  ///< "z > 0: passed"
    double after = 0.0;   ///< the engine's gradient ahead of the layer
};

/// Where the way back begins, at the network's output.
struct AnswerEnd {
    Question question = Question::loss;
    double probability = 0.0;  ///< p, by softmax
    double truth = 0.0;        ///< y: 1 of the class that is asked for, else 0
};

/// One gradient, taken apart into the very sum that it is.
struct GradientSum {
    std::string tensor;  ///< whose gradient, as `difference` names it (docs/protocol.md)
    Index element = 0;   ///< which of its numbers
    Index stage = -1;    ///< -1: of the input
    Place place;         ///< of a value; of a weight its place in the kernel, by input channel
    /// Errors (`inputs`) of the value that each patch names, and what they are multiplied by
    /// (`weights`).
    std::vector<Patch> patches = {};
    bool whole = true;                            ///< false: a layer's slope is not taken apart
    std::optional<AnswerEnd> end = std::nullopt;  ///< of the output, which nobody reads
    double sum = 0.0;                             ///< of all products
    double engine = 0.0;                          ///< the engine's gradient
    double number = 0.0;                          ///< whose gradient it is
    std::vector<BackStep> steps = {};  ///< of a value: through its stage, back to the base layer
};

/// Of a number that a stage shows, or of the input (-1). `type` is the class that is asked for.
/// Nothing when a tensor that it needs is not there or the place does not exist.
[[nodiscard]] std::optional<GradientSum> open_gradient(const Values& values,
                                                       std::span<const Stage> stages,
                                                       Index stage,
                                                       const Place& place,
                                                       Question question,
                                                       int type);

/// A parameter of a stage, whose gradients can be opened.
struct StageParameter {
    const char* kind;    ///< "weights", "bias", "gamma", "beta"
    std::string tensor;  ///< its name in `capture`: "conv1.bias"
};
/// Of the base layer, and of the normalisations after it, up to what the stage shows.
[[nodiscard]] std::vector<StageParameter> parameters_of(const NetworkSpec& network,
                                                        const Stage& stage);

/// Of one number of a parameter, in PyTorch's order. Nothing when the stage has no such parameter,
/// it has no such number, or a tensor is not there.
[[nodiscard]] std::optional<GradientSum> open_parameter(const Values& values,
                                                        std::span<const Stage> stages,
                                                        Index stage,
                                                        std::string_view tensor,
                                                        Index element);

/// A gradient beside the slope that is found by moving the number a little (docs/protocol.md,
/// `difference`).
struct Difference {
    std::string tensor = {};
    Index element = -1;
    double gradient = 0.0;
    double slope = 0.0;
    double rounding = 0.0;  ///< how far off the slope may be for the scores' rounding alone
    bool kink = false;      ///< within the move a maximum or a rectifier changes hands
};
/// What the slope says of the gradient.
enum class Agreement {
    agrees,     ///< to a thousandth of the greater of both, and the rounding
    too_small,  ///< the rounding is more than a tenth of it: the move can tell nothing
    kink,
    differs
};
[[nodiscard]] const char* name_of(Agreement agreement);
[[nodiscard]] Agreement agreement_of(const Difference& checked);
/// Takes a `difference`; false when the event is another.
bool take_event(std::optional<Difference>& checked, std::string_view json);

}  // namespace convoscope::models::inspect
