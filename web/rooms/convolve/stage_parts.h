#pragma once

#include <set>
#include <string>
#include <vector>

#include "web/rooms/convolve/convolve_context.h"
#include "web/widgets/value_grid.h"

// What the stages of both directions are made of.

namespace convoscope::rooms::convolve {

inline constexpr float kNarrowPitch = 34;  ///< below it numbers are written short

/// The end of a scale, which is never 0.
[[nodiscard]] double end_of_scale(const std::vector<double>& values);

/// A value as a cell of this pitch has room for: rounded to one decimal where two would touch the
/// neighbours.
[[nodiscard]] std::string cell_value_text(const widgets::Ui& ui, double value, float pitch);

/// The style of a cell's number, at most `largest`.
[[nodiscard]] widgets::FontStyle cell_style(const widgets::Ui& ui,
                                            const std::string& text,
                                            float pitch,
                                            widgets::FontStyle largest);

/// "3 × 3".
[[nodiscard]] std::string size_text(Index rows, Index columns);

inline constexpr float kUnlimited = 1e9F;

/// A quantity's glyph and name, and in small letters what there is to know, which ends at `right`.
void draw_stage_label(Context& context,
                      widgets::Point at,
                      widgets::Quantity quantity,
                      const std::string& name,
                      const std::string& caption,
                      float right = kUnlimited);

/// The places that an output's window falls on.
[[nodiscard]] std::set<Index> window_places(const model::WindowAxis& axis, Index output);

/// Numbers of the pixels along an axis.
[[nodiscard]] std::vector<widgets::GridIndex> pixel_indices(const model::WindowAxis& axis,
                                                            const std::set<Index>& active,
                                                            float pitch);

/// Numbers of the outputs; those from `first` to `last` are active.
[[nodiscard]] std::vector<widgets::GridIndex> output_indices(Index count,
                                                             Index first,
                                                             Index last,
                                                             float pitch);

/// What is pointed at goes to the model when it changes, and a click pins it; backwards, with the
/// error at one output, a click on another moves it there.
void take_pointer(Context& context,
                  const widgets::GridResult& input,
                  const widgets::GridResult& kernel,
                  const widgets::GridResult& output);

/// How far a label stands above a grid: above the planes that lie behind.
[[nodiscard]] float label_distance(Index planes);

}  // namespace convoscope::rooms::convolve
