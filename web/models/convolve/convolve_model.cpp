#include "web/models/convolve/convolve_model.h"

#include <algorithm>

#include "web/models/convolve/catalogue.h"
#include "web/models/convolve/grid_fitting.h"
#include "web/models/name_table.h"

namespace convoscope::models::convolve {
namespace {

constexpr NameTable<3> kViews{"numbers", "heat", "both"};
constexpr NameTable<3> kAsides{"formula", "conventions", "code"};
constexpr NameTable<2> kTools{"inspect", "paint"};
constexpr Index kOpeningStep = 6;

}  // namespace

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
    playback.jump_to(kOpeningStep, arithmetic_.output_cells());
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
    follow_playback();
}

Index Model::weight_plane() const {
    const bool weighs = possible() && !is_pooling(setup_.operation);
    return weighs ? setup_.weight_plane(filter_, slice()) : 0;
}

std::vector<double> Model::channel_sums() const {
    std::vector<double> sums(at(setup_.slices()));
    for (const Term& term : terms_) {
        sums[at(term.channel - setup_.first_channel_of(filter_))] += term.product;
    }
    return sums;
}

Index Model::step_of(CellPlace output) const {
    return step_of_output_[at(output.row * arithmetic_.output.columns + output.column)];
}

CellPlace Model::output_at(Index step) const {
    const Index place = order_.empty() ? 0 : order_[at(step)];
    const Index columns = possible() ? arithmetic_.output.columns : 1;
    return {place / columns, place % columns};
}

void Model::follow_playback() {
    terms_ = possible() ? terms_of(setup_, arithmetic_, current(), filter_) : std::vector<Term>{};
}

void Model::set_order(Order order) {
    const CellPlace stays = current();
    playback.order = order;
    refresh();
    if (possible()) {
        playback.jump_to(step_of(stays), arithmetic_.output_cells());
        follow_playback();
    }
}

bool Model::advance(double seconds, bool reduced_motion) {
    playback.reduced_motion = reduced_motion;
    const Index products = std::ssize(terms_);
    if (!possible() || !playback.moving(products)) {
        return false;
    }
    const Index before = playback.step;
    playback.advance(seconds, arithmetic_.output_cells());
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
    return told.kind == Target::Kind::none
               ? explain(setup_, arithmetic_, {Target::Kind::output, current()}, filter_)
               : explain(setup_, arithmetic_, told, filter_);
}

void Model::refresh() {
    fit_grids(setup_);
    arithmetic_ = compute(setup_);
    hold_selection();
    repairs_ = possible() ? std::vector<Repair>{} : repairs_of(setup_);
    order_.clear();
    step_of_output_.clear();
    if (is_square(setup_) || (!possible() && arithmetic_.problem_axis == "width")) {
        tells_height = false;
    }
    if (possible()) {
        conventions_ = compare_conventions(told_axis());
        formula_ = size_formula(setup_.operation, told_axis(), told_windows().outputs);
        coverage_ = coverage_of(arithmetic_);
        order_ =
            ordered_outputs(playback.order, arithmetic_.output.rows, arithmetic_.output.columns);
        step_of_output_.resize(order_.size());
        for (Index step = 0; step < std::ssize(order_); ++step) {
            step_of_output_[at(order_[at(step)])] = step;
        }
    }
    playback.hold_within(std::ssize(order_));
    follow_playback();
    if (!exists(setup_, arithmetic_, hovered)) {
        hovered = {};
    }
    if (!exists(setup_, arithmetic_, pinned)) {
        pinned = {};
    }
    refresh_trace();
}

void Model::refresh_trace() {
    trace_ = possible() ? trace_of(setup_, arithmetic_, told_target()) : Trace{};
}

}  // namespace convoscope::models::convolve
