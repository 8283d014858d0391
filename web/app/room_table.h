#pragma once

#include <memory>
#include <span>
#include <vector>

#include "web/models/room.h"
#include "web/rooms/room_view.h"
#include "web/widgets/navigation.h"

namespace convoscope::app {

/// A room's place in the navigation, and its view.
struct RoomEntry {
    models::Room room;
    widgets::NavItem item;
    std::unique_ptr<rooms::RoomView> view;
};

/// The rooms that are built, in the order of the navigation.
class RoomTable {
  public:
    RoomTable();

    [[nodiscard]] std::span<const RoomEntry> entries() const { return entries_; }
    [[nodiscard]] const RoomEntry& at(models::Room room) const;
    [[nodiscard]] rooms::RoomView& view(models::Room room) const { return *at(room).view; }

  private:
    std::vector<RoomEntry> entries_;
};

}  // namespace convoscope::app
