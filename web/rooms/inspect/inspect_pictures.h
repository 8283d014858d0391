#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "web/models/app_state.h"
#include "web/render/heat_map.h"
#include "web/rooms/inspect/layer_pictures.h"
#include "web/rooms/picture_gallery.h"
#include "web/widgets/canvas.h"
#include "web/widgets/theme.h"

namespace convoscope::rooms::inspect {

/// The maps of one stage, or its numbers where it is flat.
struct StageMaps {
    Shape shape;
    std::vector<render::TileId> tiles;  ///< one a channel; none of a flat stage
    std::vector<float> greatest;        ///< magnitude of each channel
    float greatest_of_all = 0.0F;
    bool is_signed = false;
};

/// Explanations that come with images of their own.
inline constexpr std::size_t kFoundKinds = 4;

/// The room's pictures on the graphics card, renewed only when their numbers have changed.
class InspectPictures {
  public:
    /// Needs a current context; also after one was lost.
    void create();
    void abandon();
    void set_theme(const widgets::Theme& theme);
    /// Takes what is new in the state. Before the frame is drawn.
    void update(const models::AppState& state);

    [[nodiscard]] const std::vector<StageMaps>& stages() const { return stages_; }
    /// Of the input, backwards: its gradients.
    [[nodiscard]] const StageMaps& input() const { return input_; }
    [[nodiscard]] widgets::ImageRef map(render::TileId tile) const;
    /// Of the layer that is opened.
    [[nodiscard]] const LayerPictures& layer() const { return layer_; }
    /// The drawing, as it was drawn.
    [[nodiscard]] widgets::ImageRef drawing() const { return map(drawing_); }
    /// What the network reads of it, before preprocessing.
    [[nodiscard]] widgets::ImageRef digit() const { return map(digit_); }
    /// The reader's photograph as the network reads it, before preprocessing.
    [[nodiscard]] widgets::ImageRef own() const { return own_.image(0); }
    /// One of the misread test images.
    [[nodiscard]] widgets::ImageRef mistake(std::size_t index) const {
        return mistakes_.image(index);
    }
    /// One of the test images that are offered.
    [[nodiscard]] widgets::ImageRef picture(std::size_t index) const;

    /// One of the images of an explanation.
    [[nodiscard]] widgets::ImageRef found(models::inspect::Why why, std::size_t index) const;

  private:
    void update_stages(const models::AppState& state);
    void fill(StageMaps& maps, const models::CapturedTensor& tensor);
    void colour(const models::AppState& state);
    void upload(StageMaps& maps, const models::CapturedTensor& tensor, float network);
    void update_pad(const models::inspect::Model& room);

    render::HeatMapAtlas maps_;
    LayerPictures layer_;
    PictureGallery gallery_;
    PictureGallery mistakes_;
    PictureGallery own_;
    std::array<PictureGallery, kFoundKinds> found_;
    std::vector<StageMaps> stages_;
    StageMaps input_;
    render::TileId drawing_ = render::kNoTile;
    render::TileId digit_ = render::kNoTile;
    std::uint32_t pad_revision_ = 0;
    std::uint32_t network_revision_ = 0;
    std::uint32_t snapshot_revision_ = 0;
    models::inspect::ScaleOf scale_{};
    models::inspect::Direction direction_{};
};

}  // namespace convoscope::rooms::inspect
