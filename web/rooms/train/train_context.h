#pragma once

#include <string>

#include "web/models/app_state.h"
#include "web/models/commands.h"
#include "web/rooms/train/train_pictures.h"
#include "web/widgets/ui.h"

namespace convoscope::rooms::train {

/// What every view of the room gets: it reads the state, and says by commands what is to change.
struct Context {
    widgets::Ui& ui;
    const models::AppState& state;
    TrainPictures& pictures;
    models::CommandQueue& commands;

    [[nodiscard]] const models::TrainModel& model() const { return state.train; }
    [[nodiscard]] const widgets::Theme& theme() const { return *ui.theme; }
};

/// Something to be read that explains itself in one sentence when it is pointed at.
void explain(Context& context,
             const char* id,
             const std::string& label,
             const std::string& value,
             widgets::Rect rect,
             const std::string& sentence);

/// The sentence of an empty state, in a dashed ghost of what will be there.
void ghost(Context& context, widgets::Rect rect, const std::string& sentence);

/// A card's ground and title; returns what is left inside its padding, below the title.
widgets::Rect titled_card(Context& context,
                          widgets::Rect rect,
                          const std::string& title,
                          const std::string& caption = {});

}  // namespace convoscope::rooms::train
