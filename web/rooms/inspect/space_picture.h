#pragma once

#include <cstdint>

#include "web/render/box_painter.h"
#include "web/rooms/inspect/space_scene.h"

namespace convoscope::rooms::inspect {

/// The layers in space: their boxes are made anew only when their numbers or colours are others,
/// and drawn anew only when the look at them is another too.
class SpacePicture {
  public:
    /// Needs a current context; also after one was lost.
    void create();
    void abandon();
    /// Other colours: the boxes are made anew.
    void renew() { made_ = {}; }
    /// Draws them, and what is pointed at, into `area`.
    void draw(Context& context, widgets::Rect area);

  private:
    /// What the boxes were made of.
    struct Made {
        std::uint32_t network = 0;
        std::uint32_t snapshot = 0;
        model::ScaleOf scale{};
        model::Direction direction{};
        bool whole = false;

        bool operator==(const Made&) const = default;
    };

    render::BoxPainter boxes_;
    SpaceScene scene_;
    Made made_;
};

}  // namespace convoscope::rooms::inspect
