#pragma once

#include "web/rooms/inspect/flight.h"
#include "web/rooms/inspect/inspect_pictures.h"
#include "web/rooms/inspect/level_zoom.h"
#include "web/rooms/inspect/space_picture.h"
#include "web/rooms/room_view.h"

namespace convoscope::rooms::inspect {

/// The Inspect room for the frame around it.
class InspectView final : public RoomView {
  public:
    void create() override;
    void abandon() override;
    void set_theme(const widgets::Theme& theme) override;
    void update(const models::AppState& state) override;
    [[nodiscard]] Headline headline(const models::AppState& state,
                                    const widgets::Theme& theme) const override;
    [[nodiscard]] std::vector<ExportItem> exports(const models::AppState& state) const override;
    [[nodiscard]] std::vector<models::Table> tables(const models::AppState& state) const override;
    void draw(const RoomFrame& frame, widgets::Rect stage) override;
    void handle_keys(const RoomFrame& frame) override;

  private:
    InspectPictures pictures_;
    SpacePicture space_;
    Flight flight_;
    LevelZoom zoom_;
};

}  // namespace convoscope::rooms::inspect
