#pragma once

#include <optional>

#include "web/widgets/ui.h"

namespace convoscope::widgets {

enum class SliderScale { kLinear, kLogarithmic };

struct SliderSpec {
    const char* id;
    std::string label;
    std::string symbol = {};  ///< italic variable before the label
    double value = 0;
    double min = 0;
    double max = 1;
    double step = 0;  ///< 0: continuous
    SliderScale scale = SliderScale::kLinear;
    Quantity quantity = Quantity::kNone;  ///< colours the filled part
    int ticks = 0;
    std::optional<double> usual_min = {};
    std::optional<double> usual_max = {};
    std::optional<double> scheduled = {};  ///< a small triangle under the track
    float label_width = 78;
    float field_width = 44;
    bool disabled = false;
    bool error = false;
    std::string text = {};  ///< shown in the field instead of the value's shortest form
    Runs explanation = {};
};

/// Symbol, label, track and a field that takes typed values, in a row 32 high. Typed values may
/// exceed min and max. Returns the new value when it changed.
[[nodiscard]] std::optional<double> slider(Ui& ui, const SliderSpec& spec, Rect row);

struct FieldSpec {
    const char* id;
    std::string label;
    double value = 0;
    std::string text = {};  ///< as shown when not edited; else the shortest form
    std::string unit = {};  ///< " %"
    bool disabled = false;
    bool error = false;
    Runs explanation = {};
};

/// A numeric field of 24 px height; click or Enter to type. Returns the new value when committed.
[[nodiscard]] std::optional<double> number_field(Ui& ui, const FieldSpec& spec, Rect rect);

}  // namespace convoscope::widgets
