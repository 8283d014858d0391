#pragma once

#include <string>

#include "web/models/app_state.h"
#include "web/models/commands.h"
#include "web/models/convolve/convolve_commands.h"
#include "web/models/convolve/convolve_model.h"
#include "web/models/convolve/sentence.h"
#include "web/widgets/ui.h"

namespace convoscope::render {
class BoxPainter;
}

namespace convoscope::rooms::convolve {

namespace model = models::convolve;

/// What every view of the room gets: it reads the state, and says by commands what is to change.
struct Context {
    widgets::Ui& ui;
    const models::AppState& state;
    models::CommandQueue& commands;
    float page_width = 0.0F;
    /// One window of a real picture, looked at as a room of its own; null: the room.
    const model::Model* detail = nullptr;
    model::CellPlace detail_place = {};   ///< of its output in the picture's
    render::BoxPainter* boxes = nullptr;  ///< draws volumes

    [[nodiscard]] const model::Model& room() const {
        return detail != nullptr ? *detail : state.convolve;
    }
    [[nodiscard]] const model::Setup& setup() const { return room().setup(); }
    [[nodiscard]] const model::Arithmetic& arithmetic() const { return room().arithmetic(); }
    /// The output whose sum is told.
    [[nodiscard]] model::CellPlace told_output() const {
        return detail != nullptr ? detail_place : room().current();
    }
    [[nodiscard]] const widgets::Theme& theme() const { return *ui.theme; }
};

/// The colour in which a quantity is written.
[[nodiscard]] widgets::Color color_of(const widgets::Theme& theme, model::Meaning meaning);

/// A sentence in a line's styles: quantities medium and coloured, figures in the mono face.
[[nodiscard]] widgets::Runs runs_of(const widgets::Theme& theme,
                                    const model::Sentence& sentence,
                                    widgets::FontStyle plain);

/// A cell's number: exact if whole, else two decimals; without the leading zero where it is narrow.
[[nodiscard]] std::string value_text(double value, bool narrow = false);

/// "[1, 2]".
[[nodiscard]] std::string place_text(model::CellPlace place);

/// The largest of the styles, from `largest` down, in which the text is no wider than `width`.
[[nodiscard]] widgets::FontStyle fitting_style(const widgets::Ui& ui,
                                               std::string_view text,
                                               float width,
                                               widgets::FontStyle largest);

/// The colour of a weight's place in the kernel.
[[nodiscard]] widgets::Color identity_of(const Context& context, model::CellPlace weight);

/// One plain sentence for the explain line.
[[nodiscard]] widgets::Runs plain(const Context& context, const std::string& sentence);

}  // namespace convoscope::rooms::convolve
