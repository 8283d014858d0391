#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/index.h"
#include "web/models/captured_tensor.h"
#include "web/models/pictures.h"

namespace convoscope::models::inspect {

/// Ways to say why a network answers as it does (docs/protocol.md, `explain`).
enum class Why {
    saliency,
    occlusion,
    grad_cam,
    nearest_images,
    projection,
    exciting_images,
    gradient_ascent,
    effective_field
};
inline constexpr std::size_t kWhys = 8;
[[nodiscard]] const char* name_of(Why why);
bool read_name(std::string_view name, Why& why);

/// An image that was found: how near it is, or how much it excites a filter and where.
struct FoundImage {
    std::int64_t index = 0;
    int label = 0;
    double figure = 0.0;  ///< distance, or activation
    Index row = 0;
    Index column = 0;
};

/// What the engine found in one way. Members that a way does not have stay as they are.
struct Explanation {
    std::uint32_t revision = 0;  ///< 0: nothing was found yet
    double progress = 1.0;       ///< of the next answer; 1: none is awaited
    std::int64_t step = 0;       ///< of the network that was explained
    int type = -1;               ///< the class that it is about
    double score = 0.0;
    std::string layer;
    Index channel = 0;
    Index row = 0;
    Index column = 0;
    double before = 0.0;  ///< gradient ascent: the neuron's number for noise,
    double after = 0.0;   ///< and for the picture that it wants
    std::int64_t searched = 0;
    std::vector<FoundImage> images;
    std::vector<int> labels;  ///< projection: of each point
    std::vector<int> predicted;
    std::vector<double> shares;
    bool own = false;  ///< projection: the last point is the picture in question
    std::vector<CapturedTensor> tensors;
    Pictures pictures;

    /// Null when there is none of this name.
    [[nodiscard]] const CapturedTensor* find(std::string_view name) const;
    [[nodiscard]] bool found() const { return revision > 0; }
};

/// The last answer of every way.
class Explanations {
  public:
    [[nodiscard]] const Explanation& of(Why why) const {
        return answers_[static_cast<std::size_t>(why)];
    }
    [[nodiscard]] Explanation& of(Why why) { return answers_[static_cast<std::size_t>(why)]; }
    /// Another network, or another picture: what was found is no longer true.
    void forget(Why why);
    void forget();
    /// Takes an `explanation` or `explaining`; false when the event is another.
    bool take_event(std::string_view json, std::span<const std::byte> payload);

  private:
    std::array<Explanation, kWhys> answers_;
    std::uint32_t revision_ = 0;
};

}  // namespace convoscope::models::inspect
