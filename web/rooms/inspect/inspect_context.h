#pragma once

#include <optional>
#include <string>

#include "web/models/app_state.h"
#include "web/models/commands.h"
#include "web/rooms/inspect/flight.h"
#include "web/rooms/inspect/inspect_pictures.h"
#include "web/rooms/inspect/level_zoom.h"
#include "web/widgets/ui.h"

namespace convoscope::rooms::inspect {

namespace model = models::inspect;

class SpacePicture;

/// What every view of the room gets: it reads the state, and says by commands what is to change.
struct Context {
    widgets::Ui& ui;
    const models::AppState& state;
    const InspectPictures& pictures;
    models::CommandQueue& commands;
    SpacePicture& space;
    Flight& flight;
    LevelZoom& zoom;
    std::optional<model::Neuron> neuron = {};         ///< the opened one
    std::optional<model::GradientSum> gradient = {};  ///< backwards
    float page_width = 0.0F;                          ///< decides between the layouts

    [[nodiscard]] const model::Model& room() const { return state.inspect; }
    [[nodiscard]] const models::TrainModel& train() const { return state.train; }
    [[nodiscard]] const widgets::Theme& theme() const { return *ui.theme; }
    /// The name of a stage's base layer.
    [[nodiscard]] const std::string& stage_name(Index stage) const;
    /// The name of a value of the network: "input", or its layer's.
    [[nodiscard]] std::string value_name(Index value) const;
    /// What the stage's maps show: its numbers, backwards their gradients; -1: of the input. Null
    /// when it is not there.
    [[nodiscard]] const models::CapturedTensor* shown(Index stage) const;
    /// The stage that shows a value; -1: the input, or none.
    [[nodiscard]] Index stage_of_value(Index value) const;
    /// What the network reads: the drawing or the chosen picture.
    [[nodiscard]] widgets::ImageRef input_image() const;
};

/// "row 4, column 3", or nothing of a flat stage's.
[[nodiscard]] std::string place_text(const model::Place& place, bool flat);

/// A sentence in a dashed ghost of what will be there.
void ghost(Context& context, widgets::Rect rect, const std::string& sentence);

/// How much of an explanation has been worked on.
void awaited(Context& context, model::Why why, widgets::Rect track);

/// The colour of a number of a stage on the scale that its maps have.
[[nodiscard]] widgets::Color colour_of(const Context& context, const StageMaps& maps, float value);

}  // namespace convoscope::rooms::inspect
