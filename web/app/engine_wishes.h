#pragma once

#include <cstdint>
#include <string>

#include "web/models/app_state.h"

namespace convoscope::app {

/// Asks the engine for what is to be seen, once each: pictures of the data set as they arrive, the
/// layers' health, the selected picture's way through the network, and the
/// images of the chosen mistakes.
class EngineWishes {
  public:
    /// A new engine knows of no wish.
    void forget();
    void update(const models::AppState& state);

  private:
    void wish_pictures(const models::TrainModel& train);
    /// Figures of the layers' health, once there are images to look at.
    void wish_statistics(const models::TrainModel& train);
    void wish_capture(const models::TrainModel& train);
    /// The images of the pinned cell of the confusion, anew after each evaluation.
    void wish_mistakes(const models::AppState& state);

    std::string capture_;              ///< the wish that the engine has
    std::int64_t pictures_asked_ = 0;  ///< images that were there when pictures were asked for
    bool statistics_asked_ = false;
    std::string mistakes_;  ///< the last question, and the step of the confusion that it was about
};

}  // namespace convoscope::app
