#pragma once

namespace convoscope::widgets {

/// A stretch of a chart's axis.
struct Span {
    double first = 0;
    double last = 1;

    [[nodiscard]] double length() const { return last - first; }
    bool operator==(const Span&) const = default;
};

/// `shown`, drawn `factor` times as large (2: half as long) about the place `about`, which stays
/// where it is. Never beyond `whole`, and never shorter than `least`.
[[nodiscard]] Span zoomed(Span shown, Span whole, double factor, double about, double least);

/// `shown`, moved by `distance` as far as `whole` goes.
[[nodiscard]] Span moved(Span shown, Span whole, double distance);

}  // namespace convoscope::widgets
