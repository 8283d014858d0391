#include "web/app/room_table.h"

#include <algorithm>

#include "web/rooms/convolve/convolve_view.h"
#include "web/rooms/inspect/inspect_view.h"
#include "web/rooms/train/train_view.h"

namespace convoscope::app {

using widgets::Icon;

RoomTable::RoomTable() {
    entries_.push_back({models::Room::convolve,
                        {"room.convolve", "Convolve", Icon::kConvolve},
                        std::make_unique<rooms::convolve::ConvolveView>()});
    entries_.push_back({models::Room::train,
                        {"room.train", "Train", Icon::kTrain},
                        std::make_unique<rooms::train::TrainView>()});
    entries_.push_back({models::Room::inspect,
                        {"room.inspect", "Inspect", Icon::kInspect},
                        std::make_unique<rooms::inspect::InspectView>()});
}

const RoomEntry& RoomTable::at(models::Room room) const {
    const auto found = std::find_if(
        entries_.begin(), entries_.end(), [room](const RoomEntry& e) { return e.room == room; });
    return found == entries_.end() ? entries_.front() : *found;
}

}  // namespace convoscope::app
