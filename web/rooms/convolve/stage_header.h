#pragma once

#include <string>

#include "web/rooms/convolve/convolve_context.h"

namespace convoscope::rooms::convolve {

inline constexpr const char* kRelationshipId = "convolve.relationship";
/// The guide's name of it, its formula and when it holds, in letters that every face has.
[[nodiscard]] std::string relationship_words(const Relationship& relationship);

/// The three sizes, the relationship and the coverage as chips, and how cells show their values.
/// Chips that have no room beside the sizes stand below them; returns how high that is.
float draw_stage_header(Context& context, widgets::Rect row);

/// Numbers, heat or both.
void draw_views(Context& context, widgets::Rect where);

/// The sizes of a real picture and of its output.
void draw_photo_header(Context& context, widgets::Rect row);

/// The sizes and the coverage alone, for the phone; returns likewise.
float draw_phone_header(Context& context, widgets::Rect row);

}  // namespace convoscope::rooms::convolve
