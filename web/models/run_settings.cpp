#include "web/models/run_settings.h"

#include "web/models/name_table.h"

namespace convoscope::models {
namespace {

constexpr NameTable<3> kOptimizers{"sgd", "momentum", "adam"};
constexpr NameTable<5> kStatuses{"paused", "running", "waiting_for_data", "evaluating", "diverged"};
constexpr NameTable<2> kThemes{"dark", "light"};

}  // namespace

const char* name_of(OptimizerType type) {
    return name_in(kOptimizers, type);
}
const char* name_of(RunStatus status) {
    return name_in(kStatuses, status);
}
const char* name_of(Theme theme) {
    return name_in(kThemes, theme);
}

bool read_name(const std::string& name, OptimizerType& type) {
    return read_name_in(kOptimizers, name, type);
}
bool read_name(const std::string& name, RunStatus& status) {
    return read_name_in(kStatuses, name, status);
}
}  // namespace convoscope::models
