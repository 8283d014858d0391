#pragma once

#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/core/index.h"
#include "engine/network/network_spec.h"
#include "web/models/captured_tensor.h"
#include "web/models/inspect/stages.h"

namespace convoscope::models::inspect {

/// Where one number of a layer's output stands; of a flat one, `channel` is its number.
struct Place {
    Index channel = 0;
    Index row = 0;
    Index column = 0;

    bool operator==(const Place&) const = default;
};

/// The smallest rectangle of a channel that holds all places of a patch; negative in the padding.
struct PatchWindow {
    Index top = 0;
    Index left = 0;
    Index height = 0;
    Index width = 0;

    bool operator==(const PatchWindow&) const = default;
};

/// Of a row or column of a patch in which no number is there: between the numbers that a transposed
/// convolution moves apart, or beyond them.
inline constexpr Index kNoPlace = std::numeric_limits<Index>::min();

/// The numbers that a neuron reads of one channel, and what each is multiplied by.
struct Patch {
    Index value = 0;  ///< which it reads: 0 the network's input, i + 1 the output of layer i
    Index channel = 0;
    Index rows = 1;
    Index columns = 1;
    std::vector<Index> row_places = {};  ///< of each row on that channel; empty: 0, 1, 2, …
    std::vector<Index> column_places = {};
    std::vector<double> inputs = {};   ///< [row][column]
    std::vector<bool> outside = {};    ///< no number is there; it counts as `inputs` says, mostly 0
    std::vector<double> weights = {};  ///< empty: taken as they are
    double sum = 0.0;                  ///< of the products, or of the numbers

    /// Where the number `inputs[i]` stands. Expects: it is there, see `outside`.
    [[nodiscard]] Place place_of(Index i) const;
    /// Without height or width where no number is there.
    [[nodiscard]] PatchWindow window() const;
};

/// How the base layer makes one number of its patches.
enum class Rule { weighted_sum, maximum, mean, addition, copy, own };
[[nodiscard]] const char* name_of(Rule rule);

/// What a later layer of the stage makes of the number.
struct Step {
    std::string layer;
    std::string type;
    std::string formula;  ///< "max(0, z)"
    double after = 0.0;   ///< the engine's number
};

/// One number of a layer, taken apart into the very sum that made it.
struct Neuron {
    Index stage = 0;
    Place place;
    Rule rule = Rule::own;
    std::vector<Patch> patches = {};
    double sum = 0.0;                           ///< over the patches
    std::optional<double> bias = std::nullopt;  ///< of weighted sums that have one
    Index divisor = 1;                          ///< of a mean
    Index winner = 0;                           ///< of a maximum: the place in the patch
    double base = 0.0;                          ///< what the base layer makes, by this sum
    double engine_base = 0.0;                   ///< and by the engine
    std::vector<Step> steps = {};
    double value = 0.0;  ///< what the stage shows: the engine's number
};

/// The tensors of a snapshot, by the values of the network.
class Values {
  public:
    Values(const NetworkSpec& spec, std::span<const CapturedTensor> tensors)
        : spec_(&spec), tensors_(tensors) {}

    [[nodiscard]] const NetworkSpec& spec() const { return *spec_; }
    [[nodiscard]] const CapturedTensor* find(const std::string& name) const;
    /// Value 0 the input, value i + 1 the output of layer i; null when it is not there.
    [[nodiscard]] const CapturedTensor* value(Index value) const;
    /// Its gradient; null when none was captured.
    [[nodiscard]] const CapturedTensor* gradient(Index value) const;
    /// Its name in `snapshot`: "input", "activation.conv1".
    [[nodiscard]] std::string name(Index value) const;

  private:
    const NetworkSpec* spec_;
    std::span<const CapturedTensor> tensors_;
};

/// Channels, rows and columns of a captured tensor; a flat one has one row and column.
[[nodiscard]] Shape shape_of(const CapturedTensor& tensor);
/// Expects: a place of the tensor.
[[nodiscard]] double number_at(const CapturedTensor& tensor, const Place& place);

[[nodiscard]] bool exists(const CapturedTensor& tensor, const Place& place);
/// The place's number in the tensor. Expects: it exists.
[[nodiscard]] Index element_at(const CapturedTensor& tensor, const Place& place);
/// The place of a number in the order `[channel][row][column]`; of a flat shape, a channel each.
[[nodiscard]] Place place_in(const Shape& shape, Index element);

/// Nothing when a tensor that it needs is not there or the place does not exist.
[[nodiscard]] std::optional<Neuron> open_neuron(const Values& values,
                                                std::span<const Stage> stages,
                                                Index stage,
                                                const Place& place);

}  // namespace convoscope::models::inspect
