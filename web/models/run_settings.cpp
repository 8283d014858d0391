#include "web/models/run_settings.h"

#include <array>
#include <cstddef>

#include "web/models/name_table.h"

namespace convoscope::models {
namespace {

constexpr NameTable<5> kStatuses{"paused", "running", "waiting_for_data", "evaluating", "diverged"};
constexpr NameTable<2> kThemes{"dark", "light"};

}  // namespace

const char* title_of(OptimizerType type) {
    constexpr std::array kTitles{
        "SGD", "SGD, momentum", "Nesterov", "Adagrad", "RMSprop", "Adam", "AdamW"};
    return kTitles[static_cast<std::size_t>(type)];
}

OptimizerSettings usual_optimizer(OptimizerType type) {
    OptimizerSettings usual = default_optimizer(type);
    switch (type) {
        case OptimizerType::sgd:
            usual.learning_rate = 0.1;
            break;
        case OptimizerType::momentum:
        case OptimizerType::nesterov:
            usual.learning_rate = 0.02;
            break;
        case OptimizerType::adagrad:
            usual.learning_rate = 0.01;
            break;
        case OptimizerType::rmsprop:
        case OptimizerType::adam:
        case OptimizerType::adamw:
            usual.learning_rate = 0.001;
            break;
    }
    return usual;
}

bool begins_anew(const RunSettings& one, const RunSettings& other) {
    return one.network != other.network || one.dropout != other.dropout ||
           one.preprocess != other.preprocess || one.training_images != other.training_images ||
           one.label_noise != other.label_noise;
}

const char* name_of(RunStatus status) {
    return name_in(kStatuses, status);
}
const char* name_of(Theme theme) {
    return name_in(kThemes, theme);
}

bool read_name(const std::string& name, RunStatus& status) {
    return read_name_in(kStatuses, name, status);
}
}  // namespace convoscope::models
