// The part of the room's state that is of the way back, and of the sum that both ways show.

#include <algorithm>

#include "web/models/convolve/convolve_model.h"

namespace convoscope::models::convolve {

void Model::set_direction(Direction direction) {
    if (direction == direction_) {
        return;
    }
    open_learning(false);
    direction_ = direction;
    playback.playing = false;
    refresh();
    // Most of the picture is there: what has been computed, what is being computed, what will be.
    playback.jump_to(steps() * 2 / 3, steps());
    follow_playback();
}

void Model::choose_error(ErrorChoice choice) {
    error_choice_ = choice;
    refresh_gradients();
    follow_playback();
}

CellPlace Model::error_place() const {
    const NumberGrid& output = arithmetic_.output;
    const CellPlace wanted = error_place_.value_or(CellPlace{output.rows / 2, output.columns / 2});
    return {std::clamp<Index>(wanted.row, 0, std::max<Index>(0, output.rows - 1)),
            std::clamp<Index>(wanted.column, 0, std::max<Index>(0, output.columns - 1))};
}

void Model::place_error(CellPlace output) {
    error_place_ = output;
    choose_error(ErrorChoice::one);
}

void Model::paint_error(Index plane, CellPlace output, double value) {
    error_choice_ = ErrorChoice::painted;
    refresh_gradients();
    error_.values[at(error_.place(plane, output.row, output.column))] = value;
    choose_error(ErrorChoice::painted);
}

bool Model::paint_error_plane(Index plane, const std::vector<double>& values) {
    const bool fits = backward() && possible() && plane < arithmetic_.output.planes &&
                      std::ssize(values) == arithmetic_.output_cells();
    if (fits) {
        choose_error(ErrorChoice::painted);
        std::ranges::copy(values, error_.plane(plane).begin());
        choose_error(ErrorChoice::painted);
    }
    return fits;
}

void Model::refresh_gradients() {
    if (!backward() || !possible()) {
        gradients_ = {};
        refresh_matrix();
        return;
    }
    const NumberGrid& output = arithmetic_.output;
    const bool fits = error_.rows == output.rows && error_.columns == output.columns &&
                      error_.planes == output.planes;
    if (error_choice_ != ErrorChoice::painted || !fits) {
        error_ = output;
        std::ranges::fill(error_.values, error_choice_ == ErrorChoice::one ? 0.0 : 1.0);
    }
    if (error_choice_ == ErrorChoice::one) {
        const CellPlace place = error_place();
        error_.values[at(error_.place(filter_, place.row, place.column))] = 1.0;
    }
    gradients_ = gradients_of(setup_, arithmetic_, error_);
    refresh_matrix();
}

Target Model::summed() const {
    if (!possible()) {
        return {};
    }
    if (!backward()) {
        return {Target::Kind::output, current()};
    }
    const Target& told = told_target();
    if (told.kind == Target::Kind::weight || told.kind == Target::Kind::grid) {
        return told;
    }
    return current_place();
}

Target Model::current_place() const {
    const std::optional<CellPlace> place = place_of_pixel(arithmetic_, current());
    return place ? Target{Target::Kind::grid, *place} : Target{};
}

std::vector<GradientFormula> Model::gradient_formulas() const {
    const Target sum = summed();
    const bool weight = sum.kind == Target::Kind::weight;
    return convolve::gradient_formulas({setup_, arithmetic_, error_, gradients_, channel_, filter_},
                                       weight ? current_place() : sum,
                                       weight ? sum.place : CellPlace{});
}

bool Model::sums_current() const {
    return !backward() || told_target().kind == Target::Kind::none ||
           told_target().kind == Target::Kind::output;
}

double Model::sum_value() const {
    if (!backward()) {
        return arithmetic_.output.value(filter_, current().row, current().column);
    }
    return terms_.empty() ? 0.0 : terms_.back().sum_so_far;
}

Index Model::terms_shown() const {
    const Index all = std::ssize(terms_);
    return sums_current() ? playback.products_shown(all) : all;
}

double Model::landing() const {
    return sums_current() ? playback.landing(std::ssize(terms_)) : 1.0;
}

Index Model::parts() const {
    if (!backward()) {
        return setup_.slices();
    }
    return summed().kind == Target::Kind::weight ? 1 : filters_reading(setup_, channel_).count;
}

Index Model::first_part() const {
    if (!backward()) {
        return setup_.first_channel_of(filter_);
    }
    return summed().kind == Target::Kind::weight ? filter_
                                                 : filters_reading(setup_, channel_).first;
}

Index Model::front_part() const {
    return (backward() ? filter_ : channel_) - first_part();
}

std::vector<double> Model::part_sums() const {
    std::vector<double> sums(at(parts()));
    const Index each = std::max<Index>(1, std::ssize(terms_) / parts());
    for (Index i = 0; i < std::ssize(terms_); ++i) {
        sums[at(i / each)] += terms_[at(i)].product;
    }
    return sums;
}

}  // namespace convoscope::models::convolve
