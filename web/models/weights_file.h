#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/models/train_model.h"

namespace convoscope::models {

/// What a file of weights that another program wrote says it holds.
struct WeightsFile {
    struct Tensor {
        std::string name;  ///< "conv1.weight"
        std::vector<std::int64_t> shape;
    };
    std::string name;
    std::vector<Tensor> tensors;
};

/// Of `{"event": "weights_file", "name", "tensors": [{"name", "shape"}]}`; nothing of another
/// event.
[[nodiscard]] std::optional<WeightsFile> read_weights_file(std::string_view json);

/// The settings with the network whose tensors have the file's names and shapes, as far as a
/// network file says them, and a data set that it learns: the present ones where they fit; nothing
/// when no network of the page does. What follows from the layers before, such as the inputs of a
/// linear layer, is for the engine to check.
[[nodiscard]] std::optional<RunSettings> settings_for(const TrainModel& train,
                                                      const WeightsFile& file);

/// Why a file fits nothing, by what the present network misses first.
[[nodiscard]] std::string misfit_text(const TrainModel& train, const WeightsFile& file);

/// A network file with as many outputs as the data set has classes.
[[nodiscard]] std::string network_for_data(std::string_view network, std::string_view data);

/// How the engine answers to the command that builds a network of this name.
enum class Building { other_event, built, refused };
[[nodiscard]] Building building_of(std::string_view json, std::string_view network_name);

}  // namespace convoscope::models
