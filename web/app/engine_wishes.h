#pragma once

#include <cstdint>
#include <string>

#include "web/models/train_model.h"

namespace convoscope::app {

/// Asks the engine for what is to be seen, once each: pictures of the data set as they arrive, the
/// layers' health, and the selected picture's way through the network.
class EngineWishes {
  public:
    /// A new engine knows of no wish.
    void forget();
    void update(const models::TrainModel& train);

  private:
    void wish_pictures(const models::TrainModel& train);
    /// Figures of the layers' health, once there are images to look at.
    void wish_statistics(const models::TrainModel& train);
    void wish_capture(const models::TrainModel& train);

    std::string capture_;              ///< the wish that the engine has
    std::int64_t pictures_asked_ = 0;  ///< images that were there when pictures were asked for
    bool statistics_asked_ = false;
};

}  // namespace convoscope::app
