#pragma once

#include <string>
#include <string_view>

#include "web/models/run_settings.h"

namespace convoscope::models {

enum class ThemeChoice { system, dark, light };
enum class MotionChoice { system, full, reduced };
enum class ContrastChoice { system, normal, high };
enum class Palette { standard, colour_blind_safe };

/// How a reader wants the page to look, whatever it shows. Kept in the browser, never in a link.
struct Preferences {
    static constexpr double kLeastTextScale = 0.8;
    static constexpr double kGreatestTextScale = 2.0;

    ThemeChoice theme = ThemeChoice::system;
    MotionChoice motion = MotionChoice::system;
    ContrastChoice contrast = ContrastChoice::system;
    Palette palette = Palette::standard;
    double text_scale = 1.0;

    bool operator==(const Preferences&) const = default;
};

/// What the reader's system asks of every page.
struct SystemWishes {
    bool dark = true;
    bool reduced_motion = false;
    bool high_contrast = false;
};

/// What comes of both.
struct Appearance {
    Theme theme = Theme::dark;
    bool reduced_motion = false;
    bool high_contrast = false;
    bool colour_blind_safe = false;
    float text_scale = 1.0F;

    bool operator==(const Appearance&) const = default;
};
[[nodiscard]] Appearance appearance_of(const Preferences& preferences, const SystemWishes& system);

[[nodiscard]] const char* name_of(ThemeChoice choice);
[[nodiscard]] const char* name_of(MotionChoice choice);
[[nodiscard]] const char* name_of(ContrastChoice choice);
[[nodiscard]] const char* name_of(Palette palette);

/// One preference by name, such as "theme" and "system". False, and no change, when there is no
/// such name or value.
bool set_preference(Preferences& preferences, std::string_view name, const std::string& value);

/// `name=value&…`, to be kept in the browser.
[[nodiscard]] std::string text_of(const Preferences& preferences);
/// Takes over what it understands.
void read_preferences(Preferences& preferences, std::string_view text);

}  // namespace convoscope::models
