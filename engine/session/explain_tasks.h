#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/data/dataset.h"
#include "engine/network/network.h"
#include "engine/session/tensor_list.h"

namespace convoscope {

/// What is to be explained, checked. Private to `session/`.
struct ExplainRequest {
    std::string kind;
    std::vector<float> image = {};  ///< `[c][h][w]`, preprocessed; empty: the kind wants none
    Index type = -1;                ///< a class; -1: the one that the network reads
    Index value = 0;                ///< of the network; 0: as the kind chooses
    Index channel = 0;
    Index row = -1;  ///< -1: the middle of the map
    Index column = -1;
    Index count = 6;
    bool neighbours = false;  ///< projection: t-SNE, not principal components
    const Dataset* dataset = nullptr;
    Split split = Split::train;
    std::vector<std::uint32_t> images = {};  ///< to look through
};

/// Long work on a copy of the network, a slice at a time, while the network itself may go on
/// learning.
class ExplainTask {
  public:
    ExplainTask() = default;
    ExplainTask(const ExplainTask&) = delete;
    ExplainTask& operator=(const ExplainTask&) = delete;
    virtual ~ExplainTask() = default;

    /// A slice of a few milliseconds at most, where the network allows. True: finished.
    virtual bool step() = 0;
    [[nodiscard]] virtual double progress() const { return 0.0; }
    /// Adds what was found to an `explanation`.
    virtual Status answer(nlohmann::json& event, TensorList& tensors) = 0;
};

/// Kinds in docs/protocol.md. Returns error when: the kind is unknown, or there is no memory.
[[nodiscard]] Result<std::unique_ptr<ExplainTask>> make_explain_task(const Network& network,
                                                                     ExplainRequest request);

}  // namespace convoscope
