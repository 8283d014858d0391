#pragma once

#include <string>

namespace convoscope::models {

enum class OptimizerType { sgd, momentum, adam };

/// PyTorch's meaning throughout.
struct OptimizerSettings {
    OptimizerType type = OptimizerType::momentum;
    double learning_rate = 0.02;
    double momentum = 0.9;
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double weight_decay = 0.0;

    bool operator==(const OptimizerSettings&) const = default;
};

/// What makes a run: the same settings give the same run.
struct RunSettings {
    std::string data = "mnist";      ///< a choice of network_choice.h
    std::string network = "lenet5";  ///< one that learns this data set
    OptimizerSettings optimizer;
    int batch_size = 64;
    int seed = 7;
    int epochs = 3;                 ///< 0: without end
    int threads = 0;                ///< 0: all
    int validation_interval = 100;  ///< steps

    bool operator==(const RunSettings&) const = default;
};

enum class RunStatus { paused, running, waiting_for_data, evaluating, diverged };

enum class Theme { dark, light };

/// A learning rate that suits each optimiser on a small convolutional network: where a change of
/// optimiser starts from.
[[nodiscard]] constexpr double usual_learning_rate(OptimizerType type) {
    switch (type) {
        case OptimizerType::sgd:
            return 0.1;
        case OptimizerType::momentum:
            return 0.02;
        case OptimizerType::adam:
            return 0.001;
    }
    return 0.02;
}

[[nodiscard]] const char* name_of(OptimizerType type);  ///< as in the protocol
[[nodiscard]] const char* name_of(RunStatus status);
[[nodiscard]] const char* name_of(Theme theme);

/// False, and no change, when the name is unknown.
bool read_name(const std::string& name, OptimizerType& type);
bool read_name(const std::string& name, RunStatus& status);

}  // namespace convoscope::models
