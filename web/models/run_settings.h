#pragma once

#include <string>

#include "engine/core/initializer.h"
#include "engine/optimizers/optimizer.h"
#include "engine/optimizers/schedule.h"

namespace convoscope::models {

/// An optimiser as the page calls it: "SGD, momentum".
[[nodiscard]] const char* title_of(OptimizerType type);

/// What a change of optimiser starts from: a learning rate that suits it on a small convolutional
/// network, and PyTorch's defaults for the rest.
[[nodiscard]] OptimizerSettings usual_optimizer(OptimizerType type);

/// What makes a run: the same settings give the same run.
struct RunSettings {
    std::string data = "mnist";      ///< a choice of network_choice.h
    std::string network = "lenet5";  ///< one that learns this data set
    OptimizerSettings optimizer = usual_optimizer(OptimizerType::momentum);
    ScheduleSettings schedule;
    double clip_norm = 0.0;  ///< 0: gradients are not cut
    double label_smoothing = 0.0;
    InitializerSettings initializer;
    double dropout = 0.0;                 ///< before the last linear layer; 0: as the network is
    double target_accuracy = 0.0;         ///< of validation, where the run stops; 0: none
    std::string augment;                  ///< as in the protocol; empty: none
    std::string preprocess = "manifest";  ///< as in the protocol
    int training_images = 0;              ///< at most these; 0: all
    double label_noise = 0.0;             ///< share of training images with a random label
    int batch_size = 64;
    int seed = 7;
    int epochs = 3;                 ///< 0: without end
    int threads = 0;                ///< 0: all
    int validation_interval = 100;  ///< steps
    bool test_each_epoch = false;   ///< else the test images are read when the reader asks

    bool operator==(const RunSettings&) const = default;
};

/// A run with the one settings cannot take over the others: the network has to be configured anew.
[[nodiscard]] bool begins_anew(const RunSettings& one, const RunSettings& other);

enum class RunStatus { paused, running, waiting_for_data, evaluating, diverged };

enum class Theme { dark, light };

[[nodiscard]] const char* name_of(RunStatus status);  ///< as in the protocol
[[nodiscard]] const char* name_of(Theme theme);

/// False, and no change, when the name is unknown.
bool read_name(const std::string& name, RunStatus& status);

}  // namespace convoscope::models
