#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/analysis/receptive_field.h"
#include "web/models/inspect/backward.h"
#include "web/models/inspect/explanations.h"
#include "web/models/inspect/map_sum.h"
#include "web/models/inspect/neuron.h"
#include "web/models/inspect/own_image.h"
#include "web/models/inspect/pad.h"
#include "web/models/inspect/softmax.h"
#include "web/models/inspect/stages.h"
#include "web/models/outlook.h"

namespace convoscope::models::inspect {

/// Where the picture comes from: the data set, the pad, a file of the reader's, or the camera.
enum class Source { picture, drawing, own, camera };
[[nodiscard]] const char* name_of(Source source);

/// Which test images are offered: the first ones, those of a class, or those that are misread.
enum class Offer { first, of_class, mistakes };
[[nodiscard]] const char* name_of(Offer offer);
bool read_name(std::string_view name, Offer& offer);

/// What one scale of colours covers.
enum class ScaleOf { layer, map, network };
[[nodiscard]] const char* name_of(ScaleOf scale);
bool read_name(std::string_view name, ScaleOf& scale);

/// What the middle of the room shows: all layers as columns of maps, the same in space, or reasons.
enum class Scene { layers, space, why };
[[nodiscard]] const char* name_of(Scene scene);
bool read_name(std::string_view name, Scene& scene);

/// How the last hidden layer is laid out in a plane.
enum class Projection { pca, tsne };
[[nodiscard]] const char* name_of(Projection projection);
bool read_name(std::string_view name, Projection& projection);

/// The name of the network's input among those of layers.
inline constexpr std::string_view kInputName = "input";

/// The layers in space as they are first looked at.
inline constexpr Outlook kFirstOutlook{.yaw = -28.0, .pitch = 18.0, .zoom = 1.0};

/// A neuron by its layer's name, so that a link to one network does not break another.
struct Selection {
    std::string layer;
    Place place;

    bool operator==(const Selection&) const = default;
};

/// A layer that is opened into its maps, and the map that is opened into its parts.
struct OpenedLayer {
    std::string name;
    Index channel = 0;

    bool operator==(const OpenedLayer&) const = default;
};

/// What the reader looks at in the Inspect room. The numbers themselves are the engine's, in its
/// last snapshot.
struct Model {
    Source source = Source::picture;
    std::int64_t picture = 0;
    std::string split = "test";  ///< of the picture; "train": also the validation images are there
    Pad pad;
    Brush brush = Brush::medium;
    bool erases = false;
    ScaleOf scale = ScaleOf::layer;
    bool untrained = false;  ///< before a run's first step: its own random weights, not ready ones
    Offer offer = Offer::first;
    int offered_class = 0;
    OwnImage own;

    Direction direction = Direction::forward;
    Question question = Question::loss;
    Index weight = -1;      ///< opened backwards, of the pinned stage, in PyTorch's order; -1: none
    std::string parameter;  ///< of which it is; empty: of the base layer's weights
    std::optional<Difference> checked;  ///< the last gradient that was held against a slope
    Outlook outlook = kFirstOutlook;    ///< of the layers in space

    std::optional<OpenedLayer> opened;  ///< none: all layers are shown
    std::optional<Selection> pinned;
    Index channel = -1;  ///< the opened patch of the neuron; -1: the one that adds most

    Scene scene = Scene::layers;
    Projection projection = Projection::pca;
    int target = -1;       ///< the class that is asked for; -1: the right one, or the one read
    double opacity = 0.7;  ///< of maps over the picture
    Explanations explanations;

    NetworkSpec network;
    std::vector<Stage> stages;
    std::uint32_t network_revision = 0;  ///< changes with every network that is opened

    /// Takes another network over; nothing when the text is the one that is open, or no network.
    void open(const std::string& network_file);
    [[nodiscard]] bool has_network() const { return !stages.empty(); }
    /// A pad of digits fits the network's input.
    [[nodiscard]] bool takes_drawings() const;
    /// A photograph of the reader's. A sentence when the network cannot read it.
    std::string take(const convolve::PhotoPixels& photo, Source from);
    /// The pixels of drawing or photograph as the engine takes them; empty when the source is the
    /// data set.
    [[nodiscard]] std::vector<float> own_image() const;
    /// Differs with everything that is looked at: "drawing 12".
    [[nodiscard]] std::string image_key() const;
    [[nodiscard]] bool backward() const { return direction == Direction::backward; }

    /// The stage that is opened; nothing also when the network has no such layer.
    [[nodiscard]] std::optional<Index> opened_stage() const;
    /// Pins a number; where a layer is opened, it becomes this number's.
    void pin(const Selection& selection);
    /// One level up: from the number to its layer, from there to the network.
    void step_back();
    /// The opened map as a sum.
    [[nodiscard]] std::optional<MapSum> opened_map(
        const std::vector<CapturedTensor>& snapshot) const;

    /// The pinned neuron; else as an example the strongest of the opened map, or of the last
    /// convolution: backwards, of those that pass one on, the one of the greatest gradient.
    [[nodiscard]] std::optional<Neuron> neuron(const std::vector<CapturedTensor>& snapshot) const;
    /// The opened gradient: of the chosen weight, of the pinned number, or of the neuron above.
    /// `type` is the class that the gradients are about.
    [[nodiscard]] std::optional<GradientSum> gradient(const std::vector<CapturedTensor>& snapshot,
                                                      int type) const;
    /// What softmax makes of a neuron that is a class's score; nothing of any other.
    [[nodiscard]] std::optional<Softmax> softmax(const Neuron& neuron,
                                                 const std::vector<CapturedTensor>& snapshot) const;
    /// The patch that is opened: the chosen one, or the one of the greatest sum.
    [[nodiscard]] Index opened_patch(std::span<const Patch> patches) const;
    /// What a neuron sees of the input; nothing where that is all of it.
    [[nodiscard]] std::optional<InputBox> field(const Neuron& neuron) const;

    /// The part of it that lies on the input.
    [[nodiscard]] InputBox on_input(const InputBox& field) const;
    /// The width of the field of each stage, up to the first that sees the whole input.
    [[nodiscard]] std::vector<std::int64_t> field_widths() const;

    /// All layers, and all parameters and running statistics, by their names in `capture`.
    [[nodiscard]] std::vector<std::string> layer_names() const;
    [[nodiscard]] std::vector<std::string> parameter_names() const;

  private:
    [[nodiscard]] std::optional<Index> last_convolution() const;
    [[nodiscard]] std::optional<Neuron> example(const Values& values) const;

    std::string file_;
};

}  // namespace convoscope::models::inspect
