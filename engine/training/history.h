#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/core/index.h"
#include "engine/training/early_stopping.h"
#include "engine/training/sampler.h"
#include "engine/training/training_state.h"

namespace convoscope {

/// A moment of a training to which one can go back.
struct HistoryEntry {
    Index id = 0;      ///< counted from 1, never given twice
    Index branch = 0;  ///< 0: the training as begun; another number after every branching off
    Index epoch = 0;
    std::optional<double> validation_loss = {};  ///< when it was evaluated at this step
    std::optional<double> validation_accuracy = {};
    TrainingState training;
    SamplerPosition sampler;
    EarlyStopping::State early_stopping;
};

/// Represents the moments of a training that are kept, in bounded memory: when it is full, the
/// moment whose neighbours in time lie closest together goes, never the first or the last, so that
/// what is left covers the whole training.
class History {
  public:
    /// Keeps at most so many moments and so many bytes of them.
    History(Index most_entries, Index most_bytes)
        : most_entries_(most_entries), most_bytes_(most_bytes) {}

    /// Gives the entry its id and branch; a moment of the same step and branch is replaced. One
    /// that alone is larger than the memory is not kept. Returns the id, 0 when it was not kept.
    Index add(HistoryEntry entry);
    /// Notes the validation figures of a moment, when it is there, and what they meant.
    void set_validation(Index id,
                        double loss,
                        double accuracy,
                        const EarlyStopping::State& early_stopping);
    /// Null when there is none, or no longer.
    [[nodiscard]] const HistoryEntry* find(Index id) const;
    [[nodiscard]] const std::vector<HistoryEntry>& entries() const { return entries_; }
    [[nodiscard]] Index bytes() const { return bytes_; }
    [[nodiscard]] Index branch() const { return branch_; }

    /// Training goes on from a moment: what came after it on its branch is forgotten.
    /// Expects: the moment is there.
    void rewind_to(Index id);
    /// Training goes on from a moment on a branch of its own; all moments stay.
    /// Expects: the moment is there.
    void branch_from(Index id);
    void clear();

  private:
    void erase(std::size_t position);
    void make_room();
    [[nodiscard]] std::size_t most_crowded() const;

    Index most_entries_;
    Index most_bytes_;
    std::vector<HistoryEntry> entries_;  ///< in the order of their ids
    Index bytes_ = 0;
    Index next_id_ = 1;
    Index branch_ = 0;
    Index branches_ = 0;
};

}  // namespace convoscope
