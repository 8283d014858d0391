#include "web/models/convolve/convolve_model.h"

#include <algorithm>

#include "web/models/convolve/catalogue.h"
#include "web/models/convolve/grid_fitting.h"
#include "web/models/convolve/learning_explanation.h"
#include "web/models/convolve/stretching.h"
#include "web/models/name_table.h"

namespace convoscope::models::convolve {
namespace {

constexpr NameTable<2> kScenes{"cells", "picture"};
constexpr NameTable<3> kViews{"numbers", "heat", "both"};
constexpr NameTable<3> kAsides{"formula", "conventions", "code"};
constexpr NameTable<2> kTools{"inspect", "paint"};
constexpr Index kOpeningStep = 6;

}  // namespace

std::string_view name_of(Scene scene) {
    return name_in(kScenes, scene);
}
bool read_name(std::string_view name, Scene& scene) {
    return read_name_in(kScenes, name, scene);
}

std::string_view name_of(CellView view) {
    return name_in(kViews, view);
}
bool read_name(std::string_view name, CellView& view) {
    return read_name_in(kViews, name, view);
}

std::string_view name_of(Tool tool) {
    return name_in(kTools, tool);
}
bool read_name(std::string_view name, Tool& tool) {
    return read_name_in(kTools, name, tool);
}

std::string_view name_of(Aside aside) {
    return name_in(kAsides, aside);
}
bool read_name(std::string_view name, Aside& aside) {
    return read_name_in(kAsides, name, aside);
}

Model::Model() : setup_(opening_setup()) {
    refresh();
    playback.jump_to(kOpeningStep, steps());
    follow_playback();
}

const AxisSetup& Model::told_axis() const {
    return tells_height ? setup_.height : setup_.width;
}

const WindowAxis& Model::told_windows() const {
    return tells_height ? arithmetic_.rows : arithmetic_.columns;
}

const Relationship& Model::told_relationship() const {
    return tells_height ? arithmetic_.row_relationship : arithmetic_.column_relationship;
}

void Model::hold_selection() {
    ++revision_;
    filter_ = std::clamp<Index>(filter_, 0, setup_.output_planes() - 1);
    channel_ = std::clamp<Index>(channel_, 0, setup_.input_channels - 1);
    if (possible()) {
        const Index first = setup_.first_channel_of(filter_);
        channel_ = std::clamp<Index>(channel_, first, first + setup_.slices() - 1);
    }
}

void Model::select_filter(Index filter) {
    filter_ = filter;
    hold_selection();
    refresh_gradients();
    refresh_learning();
    follow_playback();
}

void Model::select_channel(Index channel) {
    channel_ = std::clamp<Index>(channel, 0, setup_.input_channels - 1);
    const auto reads = [this](Index plane) {
        const Index first = setup_.first_channel_of(plane);
        return channel_ >= first && channel_ < first + setup_.slices();
    };
    if (possible() && !reads(filter_)) {
        filter_ = 0;
        while (!reads(filter_)) {
            ++filter_;
        }
    }
    hold_selection();
    refresh_gradients();
    refresh_learning();
    follow_playback();
}

Index Model::weight_plane() const {
    const bool weighs = possible() && !is_pooling(setup_.operation);
    return weighs ? setup_.weight_plane(filter_, slice()) : 0;
}

Index Model::step_of(CellPlace cell) const {
    const Index columns = backward() ? setup_.width.input : arithmetic_.output.columns;
    return step_of_cell_[at(cell.row * columns + cell.column)];
}

CellPlace Model::cell_at(Index step) const {
    const Index place = order_.empty() ? 0 : order_[at(step)];
    const Index ahead = possible() ? arithmetic_.output.columns : 1;
    const Index columns = backward() ? setup_.width.input : ahead;
    return {place / columns, place % columns};
}

void Model::follow_playback() {
    terms_.clear();
    if (!possible()) {
        return;
    }
    if (!backward()) {
        terms_ = terms_of(setup_, arithmetic_, current(), filter_);
    } else if (const Target target = summed(); target.kind != Target::Kind::none) {
        terms_ = gradient_terms(setup_, arithmetic_, error_, target, channel_, filter_);
    }
}

void Model::set_order(Order order) {
    const CellPlace stays = current();
    playback.order = order;
    refresh();
    if (possible()) {
        playback.jump_to(step_of(stays), steps());
        follow_playback();
    }
}

bool Model::advance(double seconds, bool reduced_motion) {
    playback.reduced_motion = reduced_motion;
    if (learns()) {
        if (!learning_.running()) {
            return false;
        }
        const Index most =
            most_steps_a_frame(arithmetic_.multiply_accumulates / setup_.output_channels);
        learning_.due_steps += seconds * steps_a_second(playback.speed, learning_.steps());
        const auto due = static_cast<Index>(std::min(learning_.due_steps, 1e6));
        learning_.due_steps -= static_cast<double>(due);
        learn(std::min(due, most));
        return true;
    }
    if (!possible() || !playback.moving(std::ssize(terms_))) {
        return false;
    }
    const Index before = playback.step;
    playback.advance(seconds, steps());
    if (playback.step != before) {
        follow_playback();
    }
    return true;
}

const Target& Model::told_target() const {
    return hovered.kind != Target::Kind::none ? hovered : pinned;
}

void Model::point_at(const Target& target) {
    hovered = exists(setup_, arithmetic_, target) ? target : Target{};
    refresh_trace();
}

void Model::pin(const Target& target) {
    pinned = target == pinned || !exists(setup_, arithmetic_, target) ? Target{} : target;
    refresh_trace();
}

Sentence Model::explanation() const {
    if (!possible()) {
        return {{arithmetic_.problem}};
    }
    const Target& told = told_target();
    if (learns() && told.kind != Target::Kind::grid) {
        return explain_learning(learning_, told);
    }
    if (backward()) {
        const Backwards way{setup_, arithmetic_, error_, gradients_, channel_, filter_};
        return explain_backwards(way, told.kind == Target::Kind::none ? summed() : told);
    }
    return told.kind == Target::Kind::none
               ? explain(setup_, arithmetic_, {Target::Kind::output, current()}, filter_)
               : explain(setup_, arithmetic_, told, filter_);
}

void Model::refresh_order() {
    order_.clear();
    step_of_cell_.clear();
    if (!possible()) {
        return;
    }
    order_ = backward() ? ordered_outputs(playback.order, setup_.height.input, setup_.width.input)
                        : ordered_outputs(
                              playback.order, arithmetic_.output.rows, arithmetic_.output.columns);
    step_of_cell_.resize(order_.size());
    for (Index step = 0; step < std::ssize(order_); ++step) {
        step_of_cell_[at(order_[at(step)])] = step;
    }
}

void Model::refresh() {
    fit_grids(setup_);
    arithmetic_ = compute(setup_);
    hold_selection();
    repairs_ = possible() ? std::vector<Repair>{} : repairs_of(setup_);
    if (is_square(setup_) || (!possible() && arithmetic_.problem_axis == "width")) {
        tells_height = false;
    }
    if (possible()) {
        conventions_ = compare_conventions(told_axis());
        formula_ = size_formula(setup_.operation, told_axis(), told_windows().outputs);
        coverage_ = coverage_of(arithmetic_);
    }
    if (!exists(setup_, arithmetic_, hovered)) {
        hovered = {};
    }
    if (!exists(setup_, arithmetic_, pinned)) {
        pinned = {};
    }
    refresh_order();
    playback.hold_within(steps());
    refresh_gradients();
    refresh_learning();
    const bool bordered = border_back(setup_.height) >= 0 && border_back(setup_.width) >= 0;
    if (setup_.operation != Operation::transposed || !possible() || backward() || !bordered) {
        between_.reset();
    }
    follow_playback();
    refresh_trace();
}

void Model::refresh_trace() {
    trace_ = possible() ? trace_of(setup_, arithmetic_, told_target()) : Trace{};
    if (backward()) {
        follow_playback();
    }
}

}  // namespace convoscope::models::convolve
