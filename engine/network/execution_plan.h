#pragma once

#include <vector>

#include "engine/core/index.h"
#include "engine/network/memory_plan.h"
#include "engine/network/network.h"

namespace convoscope {

/// What a run of a network must be able to do; less to do, less memory.
struct ExecutionOptions {
    bool backward = false;
    bool input_gradient = false;    ///< also the gradient of the input
    bool keep_activations = false;  ///< every value stays readable after `forward`
    bool keep_gradients = false;    ///< every gradient stays readable after `backward`
};

/// Where every activation and gradient of one micro-batch lies. Made once for a network, shared by
/// all threads.
///
/// Time runs forward through the layers and back: layer i works at moment i, the loss at moment L,
/// the backward pass of layer i at moment 2L - i. A buffer may take the place of another whose last
/// moment has passed. A relu right after a convolution, linear layer, batch norm or sum works in
/// place: none of those reads its own output again.
/// Inputs and output gradients of layers whose weight gradient is computed over the whole batch are
/// `kept`: they lie outside, one place a micro-batch.
struct ExecutionPlan {
    static constexpr Index kNone = -1;

    struct Storage {
        Index count = 0;  ///< floats
        bool kept = false;
        Index offset = 0;  ///< in the workspace, or in one micro-batch's kept memory
    };

    ExecutionOptions options;
    std::vector<Storage> storages;
    std::vector<Index> value_storage;     ///< a value's activations
    std::vector<Index> gradient_storage;  ///< a value's gradient; kNone: not wanted
    std::vector<Index> saved_offset;      ///< a layer's saved bytes
    std::vector<Index> saved_bytes;
    Index activation_floats = 0;
    Index kept_floats = 0;  ///< of one micro-batch
    Index saved_total = 0;
    Index scratch_floats = 0;
    /// For the gradients that one layer adds to those of other readers of the same values.
    Index sum_floats = 0;

    [[nodiscard]] static ExecutionPlan make(const Network& network, ExecutionOptions options);
};

}  // namespace convoscope
