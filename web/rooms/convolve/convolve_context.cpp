#include "web/rooms/convolve/convolve_context.h"

#include <array>

#include "web/widgets/number_text.h"
#include "web/widgets/scales.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::Meaning;

Color color_of(const Theme& theme, Meaning meaning) {
    switch (meaning) {
        case Meaning::plain:
            return theme.t2;
        case Meaning::strong:
            return theme.t1;
        case Meaning::faint:
            return theme.t3;
        case Meaning::input:
            return theme.input;
        case Meaning::kernel:
            return theme.kernel;
        case Meaning::padding:
            return theme.pad;
        case Meaning::output:
            return theme.output;
        case Meaning::warning:
            return theme.warn;
    }
    return theme.t2;
}

Runs runs_of(const Theme& theme, const model::Sentence& sentence, FontStyle plain_style) {
    Runs runs;
    for (const model::Phrase& phrase : sentence) {
        FontStyle style = plain_style;
        if (phrase.meaning == Meaning::strong || phrase.meaning == Meaning::warning) {
            style = FontStyle::kM12;
        } else if (phrase.meaning != Meaning::plain && phrase.meaning != Meaning::faint) {
            style = plain_style == FontStyle::kBody ? FontStyle::kMed : FontStyle::kSmallM;
        }
        runs.push_back({phrase.text, style, color_of(theme, phrase.meaning)});
    }
    return runs;
}

std::string value_text(double value, bool narrow) {
    std::string text = cell_text(value, 2);
    const std::size_t point = text.find('.');
    const bool bare = point != std::string::npos &&
                      (point == 0 || text[point - 1] < '0' || text[point - 1] > '9');
    if (bare && !narrow) {
        text.insert(point, "0");
    }
    return text;
}

std::string place_text(model::CellPlace place) {
    return "[" + std::to_string(place.row) + ", " + std::to_string(place.column) + "]";
}

FontStyle fitting_style(const Ui& ui, std::string_view text, float width, FontStyle largest) {
    constexpr std::array kStyles{FontStyle::kM24,
                                 FontStyle::kM18,
                                 FontStyle::kM15,
                                 FontStyle::kM13,
                                 FontStyle::kM12,
                                 FontStyle::kM11};
    bool begun = false;
    for (const FontStyle style : kStyles) {
        begun = begun || style == largest;
        if (begun && ui.fonts.width(style, text) <= width) {
            return style;
        }
    }
    return FontStyle::kM11;
}

Color identity_of(const Context& context, model::CellPlace weight) {
    const model::Setup& setup = context.setup();
    return weight_identity(context.theme(),
                           static_cast<int>(weight.row),
                           static_cast<int>(weight.column),
                           static_cast<int>(setup.height.kernel),
                           static_cast<int>(setup.width.kernel));
}

Runs plain(const Context& context, const std::string& sentence) {
    return {{sentence, FontStyle::kBody, context.theme().t2}};
}

}  // namespace convoscope::rooms::convolve
