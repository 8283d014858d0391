#include "web/models/history.h"

#include <utility>

namespace convoscope::models {

void History::observe(const std::string& link, double now_seconds, bool held) {
    if (present_.empty()) {
        present_ = link;
        return;
    }
    const bool recent = held || now_seconds - changed_at_seconds_ < kTogetherSeconds;
    step_is_open_ = step_is_open_ && recent;
    if (link == present_) {
        return;
    }
    if (!step_is_open_) {
        past_.push_back(std::move(present_));
        if (past_.size() > kMostSteps) {
            past_.pop_front();
        }
    }
    present_ = link;
    future_.clear();
    changed_at_seconds_ = now_seconds;
    step_is_open_ = true;
}

std::optional<std::string> History::undo() {
    if (past_.empty()) {
        return std::nullopt;
    }
    future_.push_back(std::move(present_));
    present_ = std::move(past_.back());
    past_.pop_back();
    step_is_open_ = false;
    return present_;
}

std::optional<std::string> History::redo() {
    if (future_.empty()) {
        return std::nullopt;
    }
    past_.push_back(std::move(present_));
    present_ = std::move(future_.back());
    future_.pop_back();
    step_is_open_ = false;
    return present_;
}

}  // namespace convoscope::models
