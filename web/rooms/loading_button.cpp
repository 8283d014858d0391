#include "web/rooms/loading_button.h"

#include <algorithm>

#include "web/widgets/button.h"

namespace convoscope::rooms {

using namespace widgets;

namespace {

constexpr const char* kCancel = "Cancel";
constexpr const char* kGoOn = "Load rest";

}  // namespace

void draw_loading_button(Ui& ui,
                         const models::DataSetState& data,
                         models::CommandQueue& commands,
                         const char* id,
                         Rect rect) {
    const bool running = data.loading == models::DataSetState::Loading::running;
    const char* why = running ? "What has come stays, and can be trained on."
                              : "The images that have not come yet.";
    const ButtonSpec spec{.id = id,
                          .label = running ? kCancel : kGoOn,
                          .explanation = {{why, FontStyle::kBody, ui.theme->t2}}};
    if (button(ui, spec, rect)) {
        commands.push(models::commands::plain(running ? "cancel_loading" : "load_rest"));
    }
}

float loading_button_width(const Ui& ui) {
    return std::max(button_width(ui, kCancel, false), button_width(ui, kGoOn, false));
}

}  // namespace convoscope::rooms
