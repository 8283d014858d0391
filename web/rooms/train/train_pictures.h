#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "web/models/train_model.h"
#include "web/render/heat_map.h"
#include "web/rooms/picture_gallery.h"
#include "web/rooms/train/own_gallery.h"
#include "web/widgets/canvas.h"

namespace convoscope::rooms::train {

/// A stack of heat maps that share one range: the kernels of a layer, or its feature maps.
struct MapStack {
    std::string name;
    std::vector<render::TileId> tiles;
    int rows = 0;
    int columns = 0;
    float greatest = 0.0F;  ///< magnitude: the end of the scale
    bool is_signed = true;
};

/// The room's pictures on the graphics card, renewed only when their tensors have changed.
class TrainPictures {
  public:
    /// Needs a current context; also after one was lost.
    void create();
    void abandon();
    void set_theme(const widgets::Theme& theme);
    /// Takes what is new in the model. Before the frame is drawn.
    void update(const models::TrainModel& model, const models::own::Model& own);

    [[nodiscard]] std::size_t picture_count() const { return pictures_.count(); }
    [[nodiscard]] widgets::ImageRef picture(std::size_t index) const;
    [[nodiscard]] widgets::ImageRef mistake(std::size_t index) const;
    /// The first: the picture itself.
    [[nodiscard]] widgets::ImageRef augmented(std::size_t index) const;
    [[nodiscard]] std::size_t augmented_count() const { return augmented_.count(); }
    /// Of the step that is taken apart.
    [[nodiscard]] widgets::ImageRef batch_picture(std::size_t index) const;
    [[nodiscard]] std::size_t batch_count() const { return batch_.count(); }
    [[nodiscard]] const OwnGallery& own() const { return own_; }
    /// The selected picture as the network reads it, a tile a channel.
    [[nodiscard]] const MapStack& preprocessed() const { return preprocessed_; }
    [[nodiscard]] const MapStack& kernels() const { return kernels_; }
    [[nodiscard]] const std::vector<MapStack>& feature_maps() const { return feature_maps_; }
    [[nodiscard]] widgets::ImageRef map(render::TileId tile) const;

  private:
    void update_maps(const models::TrainModel& model);
    void fill(MapStack& stack, const models::CapturedTensor& tensor);

    render::HeatMapAtlas maps_;
    PictureGallery pictures_;
    PictureGallery mistakes_;
    PictureGallery augmented_;
    PictureGallery batch_;
    OwnGallery own_;
    MapStack kernels_;
    MapStack preprocessed_;
    std::vector<MapStack> feature_maps_;
    std::uint32_t snapshot_revision_ = 0;
    std::uint32_t preprocessed_revision_ = 0;
    std::string network_name_;
};

}  // namespace convoscope::rooms::train
