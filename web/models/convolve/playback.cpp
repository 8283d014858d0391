#include "web/models/convolve/playback.h"

#include <algorithm>
#include <numeric>
#include <span>

#include "engine/core/random.h"
#include "web/models/name_table.h"

namespace convoscope::models::convolve {
namespace {

constexpr NameTable<3> kOrders{"rows", "columns", "random"};

}  // namespace

std::string_view name_of(Order order) {
    return name_in(kOrders, order);
}
bool read_name(std::string_view name, Order& order) {
    return read_name_in(kOrders, name, order);
}

std::vector<Index> ordered_outputs(Order order, Index rows, Index columns) {
    std::vector<Index> places(at(rows * columns));
    std::iota(places.begin(), places.end(), Index{0});
    if (order == Order::columns) {
        for (Index i = 0; i < rows * columns; ++i) {
            places[at(i)] = i % rows * columns + i / rows;
        }
    } else if (order == Order::random) {
        Random(1, "order").shuffle(std::span(places));
    }
    return places;
}

double Playback::glide_seconds() const {
    return speed == kJump || reduced_motion ? 0.0 : kGlideSeconds / speed;
}

double Playback::seconds_a_product(Index products) const {
    if (speed == kJump || reduced_motion || products == 0) {
        return 0.0;
    }
    // Many products share the time that an output has.
    constexpr double kShare = 0.5;
    return std::min(kProductSeconds, kShare * kPeriodSeconds / static_cast<double>(products)) /
           speed;
}

Index Playback::products_shown(Index all) const {
    const double each = seconds_a_product(all);
    const double since = seconds_here - glide_seconds();
    if (since < 0.0) {
        return 0;
    }
    return each <= 0.0 ? all : static_cast<Index>(std::min(static_cast<double>(all), since / each));
}

double Playback::landing(Index products) const {
    const double since = seconds_here - glide_seconds() -
                         static_cast<double>(products) * seconds_a_product(products);
    const double whole = speed == kJump || reduced_motion ? 0.0 : kLandingSeconds / speed;
    if (whole <= 0.0) {
        return since >= 0.0 ? 1.0 : 0.0;
    }
    return std::clamp(since / whole, 0.0, 1.0);
}

bool Playback::moving(Index products) const {
    return playing || landing(products) < 1.0;
}

double Playback::period_seconds() const {
    return speed == kJump ? kJumpPeriodSeconds : kPeriodSeconds / speed;
}

double Playback::glide() const {
    const double whole = glide_seconds();
    return whole <= 0.0 ? 1.0 : std::min(1.0, seconds_here / whole);
}

void Playback::go_to(Index target, Index count) {
    const Index held = std::clamp<Index>(target, 0, std::max<Index>(0, count - 1));
    if (held != step) {
        came_from = step;
        step = held;
        seconds_here = 0.0;
    }
}

void Playback::jump_to(Index target, Index count) {
    go_to(target, count);
    came_from = step;
    seconds_here = 1e9;
}

void Playback::advance(double seconds, Index count) {
    seconds_here += seconds;
    if (!playing || count == 0 || seconds_here < period_seconds()) {
        return;
    }
    if (step + 1 < count) {
        go_to(step + 1, count);
    } else if (loops && count > 1) {
        go_to(0, count);
        came_from = 0;
    } else {
        playing = false;
    }
}

void Playback::hold_within(Index count) {
    step = std::clamp<Index>(step, 0, std::max<Index>(0, count - 1));
    came_from = step;
}

}  // namespace convoscope::models::convolve
