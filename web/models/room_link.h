#pragma once

#include <string>
#include <string_view>

#include "web/models/app_state.h"
#include "web/models/link_text.h"

namespace convoscope::models {

/// One room's part of a link. Only the open room's part is written, and only it is read.
struct RoomLink {
    Room room{};
    void (*write)(const AppState& state, LinkWriter& link) = nullptr;
    /// False, and no change, when the room has no such name or cannot take the value.
    bool (*read)(AppState& state, std::string_view name, const std::string& value) = nullptr;
    /// Before a link is read: takes back what `write` leaves out when it has nothing to say.
    void (*clear)(AppState& state) = nullptr;
};

extern const RoomLink kConvolveLink;
extern const RoomLink kTrainLink;
extern const RoomLink kInspectLink;

}  // namespace convoscope::models
