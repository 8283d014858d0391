#include "engine/training/history.h"

#include <algorithm>
#include <utility>

#include "engine/core/check.h"

namespace convoscope {

Index History::add(HistoryEntry entry) {
    const auto same = std::ranges::find_if(entries_, [&](const HistoryEntry& other) {
        return other.branch == branch_ && other.training.steps == entry.training.steps;
    });
    if (same != entries_.end()) {
        erase(static_cast<std::size_t>(same - entries_.begin()));
    }
    const Index bytes = entry.training.memory_bytes();
    if (bytes > most_bytes_ || most_entries_ < 1) {
        return 0;
    }
    entry.id = next_id_++;
    entry.branch = branch_;
    bytes_ += bytes;
    entries_.push_back(std::move(entry));
    make_room();
    return entries_.back().id;
}

void History::make_room() {
    while (bytes_ > most_bytes_ || std::ssize(entries_) > most_entries_) {
        erase(most_crowded());
    }
}

std::size_t History::most_crowded() const {
    if (entries_.size() < 3) {
        return 0;
    }
    const auto step = [&](std::size_t position) { return entries_[position].training.steps; };
    std::size_t found = 1;
    Index least = 0;
    for (std::size_t position = 1; position + 1 < entries_.size(); ++position) {
        // A step back is where a branch begins: distance counts, not direction.
        const Index before = std::abs(step(position) - step(position - 1));
        const Index after = std::abs(step(position + 1) - step(position));
        if (position == 1 || before + after < least) {
            least = before + after;
            found = position;
        }
    }
    return found;
}

void History::erase(std::size_t position) {
    bytes_ -= entries_[position].training.memory_bytes();
    entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(position));
}

void History::set_validation(Index id,
                             double loss,
                             double accuracy,
                             const EarlyStopping::State& early_stopping) {
    const auto found = std::ranges::find(entries_, id, &HistoryEntry::id);
    if (found != entries_.end()) {
        found->validation_loss = loss;
        found->validation_accuracy = accuracy;
        found->early_stopping = early_stopping;
    }
}

const HistoryEntry* History::find(Index id) const {
    const auto found = std::ranges::find(entries_, id, &HistoryEntry::id);
    return found == entries_.end() ? nullptr : &*found;
}

void History::rewind_to(Index id) {
    const HistoryEntry* target = find(id);
    CONVOSCOPE_CHECK(target != nullptr);
    branch_ = target->branch;
    const Index step = target->training.steps;
    for (std::size_t position = entries_.size(); position-- > 0;) {
        if (entries_[position].branch == branch_ && entries_[position].training.steps > step) {
            erase(position);
        }
    }
}

void History::branch_from(Index id) {
    CONVOSCOPE_CHECK(find(id) != nullptr);
    branch_ = ++branches_;
}

void History::clear() {
    entries_.clear();
    bytes_ = 0;
    branch_ = 0;
    branches_ = 0;
}

}  // namespace convoscope
