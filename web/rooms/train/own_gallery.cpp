#include "web/rooms/train/own_gallery.h"

#include "web/rooms/picture_gallery.h"

namespace convoscope::rooms::train {
namespace {

constexpr std::size_t kMost = 48;  // of a class

}  // namespace

void OwnGallery::update(const models::own::Model& own) {
    if (revision_ != own.revision()) {
        revision_ = own.revision();
        lay_out(own);
    }
    if (pad_revision_ != own.pad.revision()) {
        pad_revision_ = own.pad.revision();
        atlas_.update(pad_, own.pad.picture(), 1);
        const auto side = static_cast<int>(own.side());
        const models::Pictures drawing{.split = "own",
                                       .indices = {0},
                                       .labels = {0},
                                       .channels = static_cast<int>(own.channels()),
                                       .height = side,
                                       .width = side,
                                       .pixels = own.drawing()};
        atlas_.update(drawing_, texels_of(drawing, 0), drawing.channels);
    }
    if (camera_revision_ != own.camera_revision()) {
        camera_revision_ = own.camera_revision();
        atlas_.update(camera_, texels_of(own.camera_picture(), 0), own.camera_picture().channels);
    }
}

void OwnGallery::lay_out(const models::own::Model& own) {
    atlas_.clear();
    tiles_.clear();
    constexpr auto kPad = static_cast<int>(models::inspect::kPadCells);
    constexpr auto kCamera = static_cast<int>(models::own::kBroughtSide);
    const auto side = static_cast<int>(own.side());
    pad_ = atlas_.allocate(kPad, kPad);
    drawing_ = atlas_.allocate(side, side);
    camera_ = atlas_.allocate(kCamera, kCamera);
    pad_revision_.reset();
    camera_revision_ = 0;
    newest_ = own.newest(kMost);
    for (std::size_t i = 0; i < newest_.count(); ++i) {
        tiles_.push_back(atlas_.allocate(side, side));
        if (tiles_.back() != render::kNoTile) {
            atlas_.update(tiles_.back(), texels_of(newest_, i), newest_.channels);
        }
    }
    newest_.pixels.clear();
}

std::vector<OwnGallery::Thumbnail> OwnGallery::of_class(std::size_t class_index) const {
    std::vector<Thumbnail> found;
    for (std::size_t i = 0; i < tiles_.size(); ++i) {
        if (newest_.labels[i] == static_cast<int>(class_index)) {
            found.push_back({static_cast<std::size_t>(newest_.indices[i]), image(tiles_[i])});
        }
    }
    return found;
}

widgets::ImageRef OwnGallery::image(render::TileId tile) const {
    return tile == render::kNoTile ? widgets::ImageRef{} : image_of(atlas_.region(tile));
}

}  // namespace convoscope::rooms::train
