#include "web/models/room.h"

#include "web/models/name_table.h"

namespace convoscope::models {
namespace {

constexpr NameTable<3> kRooms{"convolve", "train", "inspect"};

}  // namespace

const char* name_of(Room room) {
    return name_in(kRooms, room);
}

bool read_name(const std::string& name, Room& room) {
    return read_name_in(kRooms, name, room);
}

}  // namespace convoscope::models
