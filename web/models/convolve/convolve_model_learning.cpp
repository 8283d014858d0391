// The part of the room's state that is of a filter that learns.

#include <algorithm>
#include <cmath>

#include "web/models/convolve/catalogue.h"
#include "web/models/convolve/convolve_model.h"
#include "web/models/convolve/grid_fitting.h"

namespace convoscope::models::convolve {
namespace {

constexpr const char* kUsualHidden = "sobel-x";

/// A target of other outputs: what there was, and zeros.
NumberGrid fitted(const NumberGrid& target, const NumberGrid& output) {
    NumberGrid result{.rows = output.rows, .columns = output.columns, .values = {}, .planes = 1};
    for (Index row = 0; row < output.rows; ++row) {
        for (Index column = 0; column < output.columns; ++column) {
            const bool inside = row < target.rows && column < target.columns;
            result.values.push_back(inside ? target.value(row, column) : 0.0);
        }
    }
    return result;
}

/// What learning does not change.
Setup without_numbers(Setup filter) {
    std::ranges::fill(filter.weights.values, 0.0);
    filter.bias = {0.0};
    return filter;
}

}  // namespace

bool Model::can_learn() const {
    return possible() && !is_pooling(setup_.operation);
}

void Model::begin_learning(Index start) {
    learning_.start = start;
    change([this](Setup& setup) {
        Setup lone = lone_filter(setup, filter_);
        begin_weights(lone, learning_.start);
        put_back(lone, filter_, setup);
        setup.kernel_name.clear();
    });
}

void Model::open_learning(bool open) {
    if (open == learning_.open || (open && !can_learn())) {
        return;
    }
    if (!open) {
        const bool unused = learning_.steps() == 0 && learning_.start == 0;
        learning_ = {};
        if (unused) {
            change([this](Setup& setup) {
                setup.height.kernel = before_learning_.height.kernel;
                setup.width.kernel = before_learning_.width.kernel;
                setup.weights = before_learning_.weights;
                setup.kernel_name = before_learning_.kernel_name;
                setup.bias = before_learning_.bias;
            });
        }
        return;
    }
    set_direction(Direction::forward);
    set_lens(Lens::window);
    if (between()) {
        set_way_back(1.0);
    }
    playback.playing = false;
    before_learning_ = setup_;
    learning_ = {};
    learning_.open = true;
    const NamedGrid* named = catalogue().kernel(setup_.kernel_name);
    choose_hidden(named != nullptr && named->offered ? named->name : kUsualHidden);
}

void Model::choose_hidden(const std::string& kernel) {
    const NamedGrid* named = catalogue().kernel(kernel);
    if (named == nullptr || !learning_.open) {
        return;
    }
    learning_.hidden = kernel;
    learning_.filter = {};  // another problem
    change([named](Setup& setup) {
        setup.height.kernel = named->grid.rows;
        setup.width.kernel = named->grid.columns;
        setup.kernel_name.clear();
        fit_grids(setup);
    });
    if (can_learn()) {
        begin_learning(0);
    }
}

void Model::resume_learning(const std::string& hidden) {
    if (!can_learn() || (!hidden.empty() && catalogue().kernel(hidden) == nullptr)) {
        return;
    }
    playback.playing = false;
    before_learning_ = setup_;
    learning_ = {};
    learning_.open = true;
    learning_.hidden = hidden;
    refresh_learning();
}

void Model::paint_target(CellPlace output, double value) {
    learning_.hidden.clear();
    learning_.target.values[at(learning_.target.place(0, output.row, output.column))] = value;
    learning_.filter = {};
    const double rate = learning_.rate;
    refresh_learning();
    learning_.rate = rate;
}

bool Model::paint_target_all(const std::vector<double>& values) {
    const bool fits = learns() && values.size() == learning_.target.values.size();
    if (fits) {
        learning_.hidden.clear();
        learning_.target.values = values;
        learning_.filter = {};
        refresh_learning();
    }
    return fits;
}

void Model::set_rate(double rate) {
    learning_.rate = std::clamp(rate, Learning::kLeastRate, Learning::kMostRate);
}

void Model::start_again() {
    if (learns() && can_learn()) {
        learning_.filter = {};
        const double rate = learning_.rate;
        begin_learning(learning_.start + 1);
        learning_.rate = rate;
    }
}

void Model::run_learning(bool on) {
    if (!learns() || !can_learn()) {
        return;
    }
    if (on && learning_.ended()) {
        const bool diverged = learning_.state == LearningState::diverged;
        start_again();
        if (diverged) {
            learning_.rate = learning_.safe_rate();
        }
    }
    if (on != learning_.running() && !learning_.ended()) {
        learning_.state = on ? LearningState::running : LearningState::paused;
        learning_.due_steps = on ? 1.0 : 0.0;
        learning_.began = learning_.filter;
    }
}

void Model::learn(Index steps) {
    if (!learns() || !can_learn() || steps <= 0) {
        return;
    }
    descend(learning_, steps);
    change([this](Setup& setup) {
        put_back(learning_.filter, filter_, setup);
        setup.kernel_name.clear();
    });
}

Setup Model::resting_setup() const {
    Setup setup = setup_;
    if (learns() && learning_.running()) {
        put_back(learning_.began, filter_, setup);
    }
    return setup;
}

/// After a change: another target where the problem is another one, and another beginning where the
/// weights are others than learning has left.
void Model::refresh_learning() {
    if (!learning_.open) {
        return;
    }
    if (is_pooling(setup_.operation)) {
        learning_ = {};
        return;
    }
    if (!possible()) {
        learning_.state = LearningState::paused;
        learning_.filter = {};
        return;
    }
    Setup lone = lone_filter(setup_, filter_);
    if (lone == learning_.filter) {
        return;
    }
    const Setup problem = without_numbers(lone);
    if (problem != without_numbers(learning_.filter)) {
        if (const NamedGrid* named = catalogue().kernel(learning_.hidden)) {
            Setup teacher = problem;
            teacher.weights = {};
            teacher.kernel_name = named->name;
            fit_grids(teacher);
            learning_.hidden_weights = teacher.weights;
            learning_.target = compute(teacher).output;
        } else {
            learning_.hidden_weights = {};
            learning_.target = fitted(learning_.target, arithmetic_.output);
        }
        learning_.greatest_rate = convolve::greatest_rate(problem);
        learning_.rate = learning_.safe_rate();
    }
    learning_.filter = std::move(lone);
    learning_.began = learning_.filter;
    learning_.slope = slope_of(learning_.filter, learning_.target);
    learning_.losses = {learning_.slope.loss};
    learning_.state = LearningState::paused;
}

}  // namespace convoscope::models::convolve
