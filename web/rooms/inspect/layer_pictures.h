#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "web/models/app_state.h"
#include "web/render/heat_map.h"
#include "web/widgets/canvas.h"
#include "web/widgets/theme.h"

namespace convoscope::rooms::inspect {

/// The opened layer's map as a sum, with its pictures on the graphics card: made anew only when its
/// numbers are others.
class LayerPictures {
  public:
    /// Needs a current context; also after one was lost.
    void create();
    void abandon();
    void set_colors(const render::HeatMapColors& colors);
    /// Before the frame is drawn.
    void update(const models::AppState& state);

    /// Nothing while no layer is opened that makes maps.
    [[nodiscard]] const std::optional<models::inspect::MapSum>& sum() const { return sum_; }
    /// The parts that are shown, in order: all, or those that count most.
    [[nodiscard]] const std::vector<Index>& shown() const { return shown_; }
    /// What the parts that are not shown give together; empty: all are shown.
    [[nodiscard]] const std::vector<float>& rest() const { return rest_; }

    // Pictures of the shown part `i`: what it reads, its weights (backwards their gradients), what
    // it gives.
    [[nodiscard]] widgets::ImageRef input(std::size_t i) const { return image(inputs_, i); }
    [[nodiscard]] widgets::ImageRef weights(std::size_t i) const { return image(weights_, i); }
    [[nodiscard]] widgets::ImageRef part(std::size_t i) const { return image(parts_, i); }
    [[nodiscard]] widgets::ImageRef rest_picture() const { return image(rests_, 0); }
    /// What the stage's layer `i` makes of the map.
    [[nodiscard]] widgets::ImageRef made(std::size_t i) const { return image(made_, i); }

  private:
    using Tiles = std::vector<render::TileId>;

    void choose_parts();
    void upload(const models::AppState& state);
    void upload_inputs(const models::inspect::Values& values);
    void upload_weights(const models::AppState& state);
    void upload_parts();
    void upload_made(const models::AppState& state);
    /// Puts numbers into tile `i` of a kind, coloured about zero where they are signed.
    void put(Tiles& tiles,
             std::size_t i,
             const Shape& shape,
             std::span<const float> numbers,
             render::ValueRange range,
             render::Mapping mapping);
    [[nodiscard]] widgets::ImageRef image(const Tiles& tiles, std::size_t i) const;

    /// What the pictures were made of.
    struct Made {
        std::uint32_t network = 0;
        std::uint32_t snapshot = 0;
        std::optional<models::inspect::OpenedLayer> opened;
        models::inspect::Direction direction{};

        bool operator==(const Made&) const = default;
    };

    render::HeatMapAtlas atlas_;
    Made made_of_;
    std::optional<models::inspect::MapSum> sum_;
    std::vector<Index> shown_;
    std::vector<float> rest_;
    Tiles inputs_;
    Tiles weights_;
    Tiles parts_;
    Tiles rests_;
    Tiles made_;
};

}  // namespace convoscope::rooms::inspect
