#pragma once

#include <optional>

#include "web/widgets/ui.h"

namespace convoscope::widgets {

enum class Status { kNeutral, kOk, kWarn, kError };
[[nodiscard]] Color color_of(const Theme& theme, Status status);

struct ChipSpec {
    std::string label;
    Status status = Status::kNeutral;
    Icon icon = Icon::kNone;
    Quantity quantity = Quantity::kNone;
    const char* id = nullptr;  ///< with an id it can be clicked
    Runs explanation = {};
};

struct ChipResult {
    float width = 0;
    bool clicked = false;
};

/// A fact in a pill 24 high on `ground`.
ChipResult chip(Ui& ui, const ChipSpec& spec, Point at, Color ground);
[[nodiscard]] float chip_width(const Ui& ui, const ChipSpec& spec);

/// The engine's state in the top bar: a dot and a few words, 26 high; only the dot if `compact`.
struct PillSpec {
    const char* id;
    std::string text;
    Status status = Status::kOk;
    bool compact = false;
    bool offline = false;
    Runs explanation = {};
};
ChipResult engine_pill(Ui& ui, const PillSpec& spec, Point right_center);

}  // namespace convoscope::widgets
