#pragma once

#include "web/rooms/room_view.h"

namespace convoscope::rooms::convolve {

/// The Convolve room for the frame around it.
class ConvolveView final : public RoomView {
  public:
    [[nodiscard]] Headline headline(const models::AppState& state,
                                    const widgets::Theme& theme) const override;
    [[nodiscard]] std::vector<models::Table> tables(const models::AppState& state) const override;
    void draw(const RoomFrame& frame, widgets::Rect stage) override;
    void handle_keys(const RoomFrame& frame) override;
};

}  // namespace convoscope::rooms::convolve
