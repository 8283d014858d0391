#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "web/app/explain_wishes.h"
#include "web/models/app_state.h"

namespace convoscope::app {

/// Asks the engine for what is to be seen, once each: pictures of the data set as they arrive, the
/// layers' health, what the open room shows of a picture's way through the network, the images of
/// the chosen mistakes, and the machine's peak for the meter.
class EngineWishes {
  public:
    /// A new engine knows of no wish.
    void forget();
    void update(const models::AppState& state);

  private:
    void wish_pictures(const models::TrainModel& train);
    /// Figures of the layers' health, once there are images to look at.
    void wish_statistics(const models::TrainModel& train);
    /// What the training's threads could do at most, and again when there are more or fewer of
    /// them, or the engine has come to rest: a busy moment must not pass for the peak.
    void wish_roofline(const models::AppState& state);
    /// What augmentation makes of the selected picture.
    void wish_augmented(const models::TrainModel& train);
    void wish_preprocessed(const models::TrainModel& train);
    void wish_capture(const models::TrainModel& train);
    void wish_everything(const models::AppState& state);
    /// The opened gradient, beside moving its number a little.
    void wish_difference(const models::AppState& state);
    void wish_test_pictures(const models::TrainModel& train);
    /// How well the network reads that comes with the page.
    void wish_test_accuracy(const models::TrainModel& train);
    /// The images of the pinned cell of the confusion, or all that are misread, anew after each
    /// evaluation.
    void wish_mistakes(const models::AppState& state);

    ExplainWishes explain_;
    std::string capture_;              ///< the wish that the engine has
    std::int64_t pictures_asked_ = 0;  ///< images that were there when pictures were asked for
    bool test_pictures_asked_ = false;
    bool statistics_asked_ = false;
    bool test_accuracy_asked_ = false;
    /// What a measurement of the peak depends on.
    struct Occasion {
        int threads = 0;
        bool loaded = false;
        bool working = false;

        bool operator==(const Occasion&) const = default;
    };
    std::optional<Occasion> roofline_;  ///< the last one that was seen
    std::string augmented_;             ///< the last question
    std::string preprocessed_;  ///< the last question, and the preprocessing that it was about
    std::string difference_;    ///< the last question, and the snapshot that it was about
    /// Of which cell, after which step; a class of -1: any; without a split there is no wish.
    struct MistakesWish {
        std::string split = {};
        int true_class = -1;
        int predicted_class = -1;
        std::int64_t step = 0;

        bool operator==(const MistakesWish&) const = default;
    };
    MistakesWish mistakes_;  ///< the last one
};

}  // namespace convoscope::app
