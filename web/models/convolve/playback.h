#pragma once

#include <string_view>
#include <vector>

#include "engine/core/index.h"

namespace convoscope::models::convolve {

/// In which order the outputs are computed.
enum class Order { rows, columns, random };
[[nodiscard]] std::string_view name_of(Order order);
bool read_name(std::string_view name, Order& order);

/// The outputs (row · columns + column) in that order; `random` is the same one each time.
[[nodiscard]] std::vector<Index> ordered_outputs(Order order, Index rows, Index columns);

/// Where the computation stands. What is on the screen is a function of this alone.
struct Playback {
    static constexpr double kGlideSeconds = 0.24;     ///< the window's way to the next place, at 1×
    static constexpr double kPeriodSeconds = 0.96;    ///< from one output to the next, at 1×
    static constexpr double kProductSeconds = 0.024;  ///< from one product to the next, at 1×
    static constexpr double kLandingSeconds = 0.14;   ///< of the result, at 1×
    static constexpr double kJump = 0.0;              ///< the speed at which the window jumps
    static constexpr double kJumpPeriodSeconds = 1.0 / 30.0;

    Index step = 0;  ///< the output that is being computed: a place in the order
    Index came_from = 0;
    double seconds_here = 1e9;  ///< since the step began
    bool playing = false;
    bool loops = true;
    double speed = 1.0;  ///< 0.5, 1, 2, 4 or kJump
    Order order = Order::rows;
    bool reduced_motion = false;  ///< the window does not glide, and products stand there at once

    [[nodiscard]] double glide_seconds() const;
    [[nodiscard]] double period_seconds() const;
    /// From 0, at the step before, to 1, arrived; not eased.
    [[nodiscard]] double glide() const;

    /// How many of the current output's products have appeared.
    [[nodiscard]] Index products_shown(Index all) const;
    /// How much of the result is there, from 0 to 1.
    [[nodiscard]] double landing(Index products) const;
    /// Whether the picture changes by itself.
    [[nodiscard]] bool moving(Index products) const;

    void go_to(Index target, Index count);
    /// At once, as when scrubbing.
    void jump_to(Index target, Index count);
    /// Lets time pass. Plays on while playing; at the end begins anew or stops.
    void advance(double seconds, Index count);
    /// After the number of outputs has changed.
    void hold_within(Index count);

  private:
    [[nodiscard]] double seconds_a_product(Index products) const;
};

}  // namespace convoscope::models::convolve
