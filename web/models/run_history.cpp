#include "web/models/run_history.h"

#include <algorithm>
#include <utility>

namespace convoscope::models {

void RunHistory::begin() {
    branch_ = 0;
    held_.clear();
    way_ = {Stretch{}};
}

void RunHistory::take(std::int64_t branch, std::vector<Moment> moments) {
    branch_ = branch;
    held_ = std::move(moments);
}

void RunHistory::go_on_from(std::int64_t step) {
    if (branch_ == way_.back().branch) {
        return;
    }
    const auto reaches = [step](const Stretch& stretch) { return step <= stretch.last_step; };
    const auto last = std::ranges::find_if(way_, reaches);
    way_.erase(last == way_.end() ? last : last + 1, way_.end());
    way_.back().last_step = step;
    way_.push_back({.branch = branch_});
}

void RunHistory::rewind_to(const Moment& moment) {
    const auto its = std::ranges::find(way_, moment.branch, &Stretch::branch);
    if (its != way_.end()) {
        way_.erase(its + 1, way_.end());
        way_.back().last_step = std::numeric_limits<std::int64_t>::max();
    }
}

std::vector<Moment> RunHistory::moments() const {
    std::vector<Moment> found;
    for (const Moment& moment : held_) {
        const auto its = std::ranges::find(way_, moment.branch, &Stretch::branch);
        if (its != way_.end() && moment.step <= its->last_step) {
            found.push_back(moment);
        }
    }
    std::ranges::sort(found, [](const Moment& a, const Moment& b) {
        return a.step != b.step ? a.step < b.step : a.id < b.id;
    });
    return found;
}

std::optional<Moment> RunHistory::at_step(std::int64_t step) const {
    for (const Moment& moment : moments()) {
        if (moment.step == step) {
            return moment;
        }
    }
    return std::nullopt;
}

std::optional<Moment> RunHistory::find(std::int64_t id) const {
    for (const Moment& moment : moments()) {
        if (moment.id == id) {
            return moment;
        }
    }
    return std::nullopt;
}

std::optional<Moment> RunHistory::first_from(std::int64_t step) const {
    const std::vector<Moment> all = moments();
    const auto found =
        std::ranges::find_if(all, [step](const Moment& moment) { return moment.step >= step; });
    if (found != all.end()) {
        return *found;
    }
    return all.empty() ? std::nullopt : std::optional(all.back());
}

}  // namespace convoscope::models
