#include "web/models/convolve/stretching.h"

#include <algorithm>
#include <utility>

namespace convoscope::models::convolve {
namespace {

/// Lays positions side by side, each as wide as it is between its two pictures.
class Layer {
  public:
    explicit Layer(double way) : way_(way) {}

    void add(Position position, bool direct, bool transposed) {
        const double width = (direct ? 1.0 - way_ : 0.0) + (transposed ? way_ : 0.0);
        positions_.push_back({.kind = position.kind,
                              .source = position.source,
                              .begin = length_,
                              .end = length_ + width,
                              .presence = width});
        length_ += width;
    }
    /// A border of some cells in the direct picture and some in the other, the inner ones the same.
    void add_border(Index direct, Index transposed, bool before) {
        const Index longest = std::max(direct, transposed);
        for (Index i = 0; i < longest; ++i) {
            const Index from_picture = before ? longest - 1 - i : i;
            add({}, from_picture < direct, from_picture < transposed);
        }
    }
    [[nodiscard]] std::vector<MovingPosition> take() { return std::move(positions_); }

  private:
    double way_;
    double length_ = 0.0;
    std::vector<MovingPosition> positions_;
};

}  // namespace

Index border_back(const AxisSetup& axis) {
    return axis.window().extent() - axis.padding_begin - 1;
}

std::vector<MovingPosition> moving_axis(const AxisSetup& axis, double way) {
    Layer layer(std::clamp(way, 0.0, 1.0));
    const Index around = border_back(axis);
    layer.add_border(axis.padding_begin, around, true);
    for (Index pixel = 0; pixel < axis.input; ++pixel) {
        layer.add({.kind = PositionKind::pixel, .source = pixel}, true, true);
        for (Index zero = 1; zero < axis.stride && pixel + 1 < axis.input; ++zero) {
            layer.add({.kind = PositionKind::stretched}, false, true);
        }
    }
    layer.add_border(axis.padding_begin, around + axis.output_padding, false);
    return layer.take();
}

double moving_length(const std::vector<MovingPosition>& axis) {
    return axis.empty() ? 0.0 : axis.back().end;
}

}  // namespace convoscope::models::convolve
