#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "web/models/app_state.h"

namespace convoscope::app {

/// Where the reader's own pictures go: to the engine, and to the page's scripts, which keep them
/// for the next visit and bring new ones.
class OwnSet {
  public:
    /// The engine has them no longer, or is to have others.
    void forget() { given_classes_.reset(); }
    /// Gives the engine the pictures, unless it has them. Returns the command that configures the
    /// network of the settings for them; without pictures it stands and cannot be trained.
    std::string configure(const models::AppState& state);
    /// Tells the page's scripts that there is something new to keep, and whether the camera runs.
    void follow(const models::AppState& state);
    /// What the pictures are was read from what is kept.
    void take_as_kept(const models::own::Model& own) { told_revision_ = own.revision(); }

  private:
    std::optional<std::size_t> given_classes_;  ///< of the pictures that the engine has
    std::size_t held_out_ = 0;
    std::uint32_t told_revision_ = 0;
    bool camera_wanted_ = false;
};

}  // namespace convoscope::app
