#pragma once

#include <cstdint>
#include <string>

#include "web/models/app_state.h"

namespace convoscope::app {

/// Where the reader's own pictures go: to the engine, and to the page's scripts, which keep them
/// for the next visit and bring new ones.
class OwnSet {
  public:
    /// The engine has them no longer, or is to have others.
    void forget() { given_ = false; }
    /// Gives the engine the pictures that are used, unless it has them; where none are, the present
    /// ones become it, and are kept as such. Returns the command that configures the network of the
    /// settings for them; without pictures it stands and cannot be trained.
    std::string configure(models::AppState& state);
    /// Tells the page's scripts that there is something new to keep, and whether the camera runs.
    void follow(const models::AppState& state);
    /// What the pictures are was read from what is kept.
    void take_as_kept(const models::own::Model& own) { told_revision_ = own.revision(); }

  private:
    bool given_ = false;  ///< the engine has those that are used
    std::uint32_t told_revision_ = 0;
    bool camera_wanted_ = false;
};

}  // namespace convoscope::app
