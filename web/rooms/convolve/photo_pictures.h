#pragma once

#include <cstdint>

#include "web/models/app_state.h"
#include "web/render/heat_map.h"
#include "web/render/picture_atlas.h"
#include "web/rooms/picture_gallery.h"

namespace convoscope::rooms::convolve {

/// The real picture, its output and those to choose from, on the graphics card.
class PhotoPictures {
  public:
    /// Needs a current context; also after one was lost.
    void create();
    void abandon();
    void set_theme(const widgets::Theme& theme);
    /// Takes what is new. Before the frame is drawn.
    void update(const models::AppState& state);

    [[nodiscard]] widgets::ImageRef input() const { return input_; }
    [[nodiscard]] widgets::ImageRef output() const { return output_; }
    [[nodiscard]] widgets::ImageRef rings() const { return rings_; }
    [[nodiscard]] const PictureGallery& gallery() const { return gallery_; }

  private:
    void fill_grey(const models::convolve::Photo& photo);
    void fill_colour(const models::convolve::Photo& photo);

    render::HeatMapAtlas maps_;
    render::PictureAtlas colours_;
    render::PictureAtlas drawn_;
    PictureGallery gallery_;
    widgets::ImageRef input_;
    widgets::ImageRef output_;
    widgets::ImageRef rings_;
    std::uint32_t revision_ = 0;
    models::convolve::PhotoLook look_ = models::convolve::PhotoLook::automatic;
};

}  // namespace convoscope::rooms::convolve
