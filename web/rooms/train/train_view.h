#pragma once

#include <span>
#include <vector>

#include "web/rooms/room_view.h"
#include "web/rooms/train/train_pictures.h"

namespace convoscope::rooms::train {

/// The Train room for the frame around it.
class TrainView final : public RoomView {
  public:
    void create() override;
    void abandon() override;
    void set_theme(const widgets::Theme& theme) override;
    void update(const models::AppState& state) override;
    [[nodiscard]] Headline headline(const models::AppState& state,
                                    const widgets::Theme& theme) const override;
    [[nodiscard]] std::span<const HideablePart> parts() const override;
    [[nodiscard]] std::vector<ExportItem> exports(const models::AppState& state) const override;
    [[nodiscard]] std::vector<models::Table> tables(const models::AppState& state) const override;
    void draw(const RoomFrame& frame, widgets::Rect stage) override;
    void handle_keys(const RoomFrame& frame) override;

  private:
    TrainPictures pictures_;
};

}  // namespace convoscope::rooms::train
