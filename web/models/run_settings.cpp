#include "web/models/run_settings.h"

#include <array>
#include <cstddef>

namespace convoscope::models {
namespace {

constexpr std::array<const char*, 3> kOptimizers{"sgd", "momentum", "adam"};
constexpr std::array<const char*, 5> kStatuses{
    "paused", "running", "waiting_for_data", "evaluating", "diverged"};
constexpr std::array<const char*, 2> kThemes{"dark", "light"};

template <class Enum, std::size_t count>
bool read(const std::array<const char*, count>& names, const std::string& name, Enum& value) {
    for (std::size_t i = 0; i < count; ++i) {
        if (name == names[i]) {
            value = static_cast<Enum>(i);
            return true;
        }
    }
    return false;
}

}  // namespace

const char* name_of(OptimizerType type) {
    return kOptimizers[static_cast<std::size_t>(type)];
}
const char* name_of(RunStatus status) {
    return kStatuses[static_cast<std::size_t>(status)];
}
const char* name_of(Theme theme) {
    return kThemes[static_cast<std::size_t>(theme)];
}

bool read_name(const std::string& name, OptimizerType& type) {
    return read(kOptimizers, name, type);
}
bool read_name(const std::string& name, RunStatus& status) {
    return read(kStatuses, name, status);
}
bool read_name(const std::string& name, Theme& theme) {
    return read(kThemes, name, theme);
}

}  // namespace convoscope::models
