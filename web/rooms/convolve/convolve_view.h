#pragma once

#include "web/render/box_painter.h"
#include "web/rooms/convolve/photo_pictures.h"
#include "web/rooms/room_view.h"

namespace convoscope::rooms::convolve {

/// The Convolve room for the frame around it.
class ConvolveView final : public RoomView {
  public:
    void create() override {
        pictures_.create();
        boxes_.create();
    }
    void abandon() override {
        pictures_.abandon();
        boxes_.abandon();
    }
    void set_theme(const widgets::Theme& theme) override { pictures_.set_theme(theme); }
    void update(const models::AppState& state) override { pictures_.update(state); }
    [[nodiscard]] Headline headline(const models::AppState& state,
                                    const widgets::Theme& theme) const override;
    [[nodiscard]] std::vector<ExportItem> exports(const models::AppState& state) const override;
    [[nodiscard]] std::optional<Animation> animation(const models::AppState& state) const override;
    [[nodiscard]] std::vector<models::Table> tables(const models::AppState& state) const override;
    void draw(const RoomFrame& frame, widgets::Rect stage) override;
    void handle_keys(const RoomFrame& frame) override;

  private:
    PhotoPictures pictures_;
    render::BoxPainter boxes_;
    widgets::Rect picture_;  ///< input, kernel and output with their labels, as last drawn
};

}  // namespace convoscope::rooms::convolve
