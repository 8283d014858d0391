#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/core/result.h"
#include "engine/data/dataset.h"
#include "engine/exchange/safetensors.h"
#include "engine/network/network.h"
#include "engine/training/early_stopping.h"
#include "engine/training/loss_curve.h"
#include "engine/training/sampler.h"
#include "engine/training/training_state.h"

namespace convoscope {

/// Everything of a training besides its tensors; see "A checkpoint" in docs/protocol.md.
/// Private to `session/`.
struct CheckpointRecord {
    nlohmann::json configure;  ///< the fields of `configure` as they are in force
    nlohmann::json data;       ///< what identifies the data set, `data_identity`
    Index step = 0;
    Index optimizer_steps = 0;
    SamplerPosition sampler;
    bool evaluation_due = false;  ///< of the epoch that has just ended
    EarlyStopping::State early_stopping;
    LossCurve::State curve;
    nlohmann::json evaluations = nlohmann::json::array();  ///< past events `evaluation`, shortened
};

/// A file that was read: its record, and tensors that are not yet compared with a network.
struct CheckpointFile {
    CheckpointRecord record;
    std::vector<Tensor> network;  ///< the state_dict
    std::vector<Tensor>
        optimizer;  ///< `optimizer.first.<parameter>`, `optimizer.second.<parameter>`
};

/// What must be the same for a training to go on: name, shape, classes, number of images.
[[nodiscard]] nlohmann::json data_identity(const Dataset& dataset);

[[nodiscard]] std::vector<std::byte> write_checkpoint(const CheckpointRecord& record,
                                                      const Network& network,
                                                      const TrainingState& state);

/// Returns error when: it is no safetensors file, or its record is missing or wrong.
[[nodiscard]] Result<CheckpointFile> read_checkpoint(std::span<const std::byte> bytes);

/// Loads the file's tensors into a network just built from it, and gives the whole state.
/// Returns error when: a tensor is missing, unexpected or of another shape.
[[nodiscard]] Result<TrainingState> load_checkpoint(const CheckpointFile& file,
                                                    OptimizerType optimizer,
                                                    Network& network);

}  // namespace convoscope
