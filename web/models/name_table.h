#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace convoscope::models {

/// The names of an enum whose values count from 0, in their order.
template <std::size_t count>
using NameTable = std::array<const char*, count>;

template <class Enum, std::size_t count>
const char* name_in(const NameTable<count>& names, Enum value) {
    return names[static_cast<std::size_t>(value)];
}

/// False, and no change, when the table has no such name.
template <class Enum, std::size_t count>
bool read_name_in(const NameTable<count>& names, std::string_view name, Enum& value) {
    for (std::size_t i = 0; i < count; ++i) {
        if (name == names[i]) {
            value = static_cast<Enum>(i);
            return true;
        }
    }
    return false;
}

}  // namespace convoscope::models
