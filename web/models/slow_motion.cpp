#include "web/models/slow_motion.h"

#include <utility>

#include "web/models/commands.h"

namespace convoscope::models {
namespace {

constexpr double kFirstStageSeconds = 1.2;
constexpr double kFaster = 0.6;               // after each step
constexpr double kFastestSeconds = 1.0 / 30;  // then nobody sees the parts any more

}  // namespace

std::string StepWeight::text() const {
    std::vector<std::int64_t> coordinates(shape.size());
    std::int64_t rest = place;
    for (std::size_t axis = shape.size(); axis-- > 0;) {
        const std::int64_t extent = shape[axis] > 0 ? shape[axis] : 1;
        coordinates[axis] = rest % extent;
        rest /= extent;
    }
    std::string text = parameter + "[";
    for (std::size_t axis = 0; axis < coordinates.size(); ++axis) {
        text += (axis == 0 ? "" : ", ") + std::to_string(coordinates[axis]);
    }
    return text + "]";
}

std::string SlowMotion::ask() {
    waits_ = true;
    return commands::plain("dissect");
}

std::string SlowMotion::show() {
    open = true;
    ramping_ = false;
    return step || waits_ ? std::string() : ask();
}

void SlowMotion::hide() {
    open = false;
    ramping_ = false;
}

std::string SlowMotion::next() {
    shown_seconds_ = 0.0;
    if (waits_) {
        return {};
    }
    if (!step || stage_ == StepStage::update) {
        return ask();
    }
    stage_ = static_cast<StepStage>(static_cast<int>(stage_) + 1);
    return {};
}

void SlowMotion::back() {
    ramping_ = false;
    if (stage_ != StepStage::batch) {
        stage_ = static_cast<StepStage>(static_cast<int>(stage_) - 1);
    }
}

void SlowMotion::go_to(StepStage stage) {
    ramping_ = false;
    stage_ = stage;
}

void SlowMotion::ramp(bool on) {
    ramping_ = on;
    stage_seconds_ = kFirstStageSeconds;
    shown_seconds_ = 0.0;
}

std::string SlowMotion::advance(double seconds) {
    if (!ramping_ || !open || waits_) {
        return {};
    }
    shown_seconds_ += seconds;
    if (shown_seconds_ < stage_seconds_) {
        return {};
    }
    if (stage_ == StepStage::update) {
        stage_seconds_ *= kFaster;
        if (stage_seconds_ < kFastestSeconds) {
            hide();
            step.reset();  // its run goes on without it
            return commands::start();
        }
    }
    return next();
}

void SlowMotion::take(TakenApart apart, Pictures shown) {
    step = std::move(apart);
    pictures = std::move(shown);
    ++revision;
    waits_ = false;
    stage_ = StepStage::batch;
    shown_seconds_ = 0.0;
    picture = picture < step->images.size() ? picture : 0;
}

void SlowMotion::forget() {
    step.reset();
    pictures = {};
    ++revision;
    waits_ = false;
    ramping_ = false;
    stage_ = StepStage::batch;
}

}  // namespace convoscope::models
