#pragma once

#include <string>

namespace convoscope::models {

/// A place of the laboratory with a view of its own: an entry of the navigation
/// (web/app/room_table.cpp), a part of the state, and a part of the link (link.cpp).
enum class Room { convolve, train, inspect };

[[nodiscard]] const char* name_of(Room room);  ///< as in links and commands

/// False, and no change, when the name is unknown.
bool read_name(const std::string& name, Room& room);

}  // namespace convoscope::models
