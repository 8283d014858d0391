// The part of the room's state that is of other pictures of the same operation.

#include "web/models/convolve/convolve_model.h"

namespace convoscope::models::convolve {

void Model::set_lens(Lens lens) {
    lens_ = lens;
    if (lens != Lens::window) {
        between_.reset();
        open_learning(false);
    }
    refresh_matrix();
}

void Model::refresh_matrix() {
    matrix_ = {};
    if (!is_matrix(lens_) || !possible()) {
        return;
    }
    LensView shown{
        .setup = setup_, .arithmetic = arithmetic_, .filter = filter_, .channel = channel_};
    if (backward()) {
        shown.error = &error_;
        shown.gradients = &gradients_;
    }
    matrix_ = lens_ == Lens::matrix ? sparse_matrix(shown) : window_matrix(shown);
}

void Model::look_from(const Outlook& wanted) {
    outlook_ = within_reach(wanted);
}

double Model::way_back() const {
    return between_.value_or(setup_.operation == Operation::transposed ? 1.0 : 0.0);
}

void Model::set_way_back(double way) {
    if (is_pooling(setup_.operation)) {
        return;
    }
    slides_ = true;
    open_learning(false);
    playback.playing = false;
    const bool inside = way > 0.0 && way < 1.0;
    if (inside) {
        direction_ = Direction::forward;
        lens_ = Lens::window;
        between_ = way;
    } else {
        between_.reset();
    }
    change([way](Setup& setup) {
        setup.operation = way > 0.0 ? Operation::transposed : Operation::convolution;
    });
}

}  // namespace convoscope::models::convolve
