#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "web/models/train_model.h"
#include "web/render/heat_map.h"
#include "web/render/picture_atlas.h"
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
    void update(const models::TrainModel& model);

    [[nodiscard]] std::size_t picture_count() const { return pictures_.tiles.size(); }
    [[nodiscard]] widgets::ImageRef picture(std::size_t index) const;
    [[nodiscard]] widgets::ImageRef mistake(std::size_t index) const;
    /// The first: the picture itself.
    [[nodiscard]] widgets::ImageRef augmented(std::size_t index) const;
    [[nodiscard]] std::size_t augmented_count() const { return augmented_.tiles.size(); }
    [[nodiscard]] const MapStack& kernels() const { return kernels_; }
    [[nodiscard]] const std::vector<MapStack>& feature_maps() const { return feature_maps_; }
    [[nodiscard]] widgets::ImageRef map(render::TileId tile) const;

  private:
    /// Pictures in an atlas of their own.
    struct Gallery {
        render::PictureAtlas atlas;
        std::vector<render::TileId> tiles;
        std::uint32_t revision = 0;

        void fill(const models::Pictures& pictures);
        [[nodiscard]] widgets::ImageRef image(std::size_t index) const;
    };

    void update_maps(const models::TrainModel& model);
    void fill(MapStack& stack, const models::CapturedTensor& tensor);

    render::HeatMapAtlas maps_;
    Gallery pictures_;
    Gallery mistakes_;
    Gallery augmented_;
    MapStack kernels_;
    std::vector<MapStack> feature_maps_;
    std::uint32_t snapshot_revision_ = 0;
    std::string network_name_;
};

}  // namespace convoscope::rooms::train
