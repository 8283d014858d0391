#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/models/convolve/convolve_model.h"
#include "web/models/convolve/photo.h"
#include "web/models/frame_statistics.h"
#include "web/models/hidden_parts.h"
#include "web/models/inspect/inspect_model.h"
#include "web/models/own/own_pictures.h"
#include "web/models/preferences.h"
#include "web/models/room.h"
#include "web/models/run_curves.h"
#include "web/models/run_settings.h"
#include "web/models/train_model.h"

namespace convoscope::models {

/// What the reader chose to look at; nothing of it reaches the engine.
struct ViewChoices {
    HiddenParts hidden;
    int true_class = -1;  ///< of the pinned confusion; -1: none
    int predicted_class = -1;
    std::string chart = "accuracy";   ///< on the phone, where there is room for one
    bool tuning_open = false;         ///< the phone's sheet of settings
    bool more_settings_open = false;  ///< those that are rarely turned
    std::string health_layer;         ///< whose health is shown over time; empty: none
    bool log_loss = true;
    CurveView curves;
    int first_step = 0;             ///< of the curves, where the reader looks closer
    int last_step = 0;              ///< 0: the whole run
    bool experiments_open = false;  ///< their list, in place of the curves
    bool exhibit_open = false;      ///< the same convolution, many ways, in place of the curves
};

/// The page as a whole.
struct PageState {
    Preferences preferences;
    SystemWishes system;
    bool embedded = false;  ///< in a frame of a course page: no navigation
    bool can_undo = false;
    bool can_redo = false;
    std::string address;  ///< without `?` and `#`

    [[nodiscard]] Appearance appearance() const { return appearance_of(preferences, system); }
};

struct AppState {
    PageState page;
    Room room = Room::convolve;  ///< the one that is open
    TrainModel train;
    convolve::Model convolve;
    convolve::Photo photo;  ///< the Convolve room's real picture
    inspect::Model inspect;
    own::Model own;  ///< the reader's own data set
    /// Those of its pictures that are trained on, or were last: the engine has these, whatever
    /// becomes of `own`, until the reader has the network learn the others.
    std::optional<own::Model> own_used;
    ViewChoices view;
    FrameStatistics frames;
    FrameStatistics training_frames;  ///< those drawn since the engine last began to work
    bool idle = true;

    /// The shape of the pictures that are, or would be, trained on.
    [[nodiscard]] own::Kind own_kind() const { return own_used ? own_used->kind() : own.kind(); }
    /// There are pictures of the reader's own to train on.
    [[nodiscard]] bool has_own() const { return own_used || own.problem().empty(); }
    /// The reader's pictures are others than those that are trained on.
    [[nodiscard]] bool own_changed() const { return own_used && !own_used->holds_as(own); }
};

/// Brings up to date what depends on several parts of the state: before it is drawn or told.
void settle(AppState& state);

/// What became of a command.
struct Dispatched {
    std::string error;                     ///< empty: understood
    bool tells_reader = false;             ///< an error is to be seen, whoever gave the command
    std::vector<std::string> before = {};  ///< to be posted to the engine, ahead of it
    bool for_engine = false;               ///< to be posted to the engine as it is
    bool other_data = false;               ///< another data set is to be loaded
    bool other_network = false;            ///< another network is to be configured
};

/// Carries out a command of the views at once, and shows a setting for the engine before the engine
/// has confirmed it.
[[nodiscard]] Dispatched dispatch(AppState& state, std::string_view json);

/// Everything as one JSON object, for `convoscope.state()`.
[[nodiscard]] std::string state_json(const AppState& state);

}  // namespace convoscope::models
