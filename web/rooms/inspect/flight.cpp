#include "web/rooms/inspect/flight.h"

namespace convoscope::rooms::inspect {

using namespace widgets;

void Flight::begin_frame(Ui& ui, const std::string& opened) {
    if (opened != opened_) {
        const bool first = opened_.empty();
        opened_ = opened;
        count_ += first ? 0.0F : 1.0F;
    }
    share_ = 1.0F - (count_ -
                     ui.animations.toward("inspect.flight", count_, motion::kStep, motion::enter));
}

void Flight::leaves_from(Rect place) {
    from_ = place;
    seen_ = opened_;
}

Rect Flight::towards(Rect to) const {
    const auto between = [this](float from, float end) { return from + (end - from) * share_; };
    return {between(from_.x, to.x),
            between(from_.y, to.y),
            between(from_.w, to.w),
            between(from_.h, to.h)};
}

}  // namespace convoscope::rooms::inspect
