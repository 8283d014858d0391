#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "web/models/own/own_pictures.h"
#include "web/render/picture_atlas.h"
#include "web/widgets/canvas.h"

namespace convoscope::rooms::train {

/// The reader's own pictures on the graphics card: the newest of every class, the drawing, and what
/// the camera shows.
class OwnGallery {
  public:
    /// Needs a current context; also after one was lost.
    void create() { atlas_.create(); }
    void abandon() { atlas_.abandon(); }
    void update(const models::own::Model& own);

    struct Thumbnail {
        std::size_t picture = 0;  ///< its place in the class
        widgets::ImageRef image;
    };
    [[nodiscard]] std::vector<Thumbnail> of_class(std::size_t class_index) const;
    [[nodiscard]] widgets::ImageRef pad() const { return image(pad_); }
    /// As it would be added.
    [[nodiscard]] widgets::ImageRef drawing() const { return image(drawing_); }
    [[nodiscard]] widgets::ImageRef camera() const { return image(camera_); }

  private:
    void lay_out(const models::own::Model& own);
    [[nodiscard]] widgets::ImageRef image(render::TileId tile) const;

    render::PictureAtlas atlas_;
    models::Pictures newest_;  ///< without their pixels
    std::vector<render::TileId> tiles_;
    render::TileId pad_ = render::kNoTile;
    render::TileId drawing_ = render::kNoTile;
    render::TileId camera_ = render::kNoTile;
    std::optional<std::uint32_t> revision_;
    std::optional<std::uint32_t> pad_revision_;
    std::uint32_t camera_revision_ = 0;
};

}  // namespace convoscope::rooms::train
