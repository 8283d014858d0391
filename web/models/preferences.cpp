#include "web/models/preferences.h"

#include "web/models/json_reading.h"
#include "web/models/link_text.h"
#include "web/models/name_table.h"

namespace convoscope::models {
namespace {

constexpr NameTable<3> kThemes{"system", "dark", "light"};
constexpr NameTable<3> kMotions{"system", "full", "reduced"};
constexpr NameTable<3> kContrasts{"system", "normal", "high"};
constexpr NameTable<2> kPalettes{"standard", "colour_blind_safe"};

}  // namespace

const char* name_of(ThemeChoice choice) {
    return name_in(kThemes, choice);
}
const char* name_of(MotionChoice choice) {
    return name_in(kMotions, choice);
}
const char* name_of(ContrastChoice choice) {
    return name_in(kContrasts, choice);
}
const char* name_of(Palette palette) {
    return name_in(kPalettes, palette);
}

Appearance appearance_of(const Preferences& preferences, const SystemWishes& system) {
    const bool dark = preferences.theme == ThemeChoice::system
                          ? system.dark
                          : preferences.theme == ThemeChoice::dark;
    return {.theme = dark ? Theme::dark : Theme::light,
            .reduced_motion = preferences.motion == MotionChoice::system
                                  ? system.reduced_motion
                                  : preferences.motion == MotionChoice::reduced,
            .high_contrast = preferences.contrast == ContrastChoice::system
                                 ? system.high_contrast
                                 : preferences.contrast == ContrastChoice::high,
            .colour_blind_safe = preferences.palette == Palette::colour_blind_safe,
            .text_scale = static_cast<float>(preferences.text_scale)};
}

bool set_preference(Preferences& preferences, std::string_view name, const std::string& value) {
    if (name == "theme") {
        return read_name_in(kThemes, value, preferences.theme);
    }
    if (name == "motion") {
        return read_name_in(kMotions, value, preferences.motion);
    }
    if (name == "contrast") {
        return read_name_in(kContrasts, value, preferences.contrast);
    }
    if (name == "palette") {
        return read_name_in(kPalettes, value, preferences.palette);
    }
    return name == "text_scale" && read_number(value,
                                               Preferences::kLeastTextScale,
                                               Preferences::kGreatestTextScale,
                                               preferences.text_scale);
}

std::string text_of(const Preferences& preferences) {
    LinkWriter text;
    text.add("theme", name_of(preferences.theme));
    text.add("motion", name_of(preferences.motion));
    text.add("contrast", name_of(preferences.contrast));
    text.add("palette", name_of(preferences.palette));
    text.add("text_scale", preferences.text_scale);
    return text.text();
}

void read_preferences(Preferences& preferences, std::string_view text) {
    for_each_pair(text, [&](std::string_view name, const std::string& value, std::string_view) {
        set_preference(preferences, name, value);
    });
}

}  // namespace convoscope::models
