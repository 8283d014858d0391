#include "web/rooms/inspect/inspect_view.h"

#include <imgui.h>

#include "web/models/inspect/inspect_commands.h"
#include "web/rooms/inspect/inspect_room.h"
#include "web/widgets/number_text.h"

namespace convoscope::rooms::inspect {

using namespace widgets;

void InspectView::create() {
    pictures_.create();
}
void InspectView::abandon() {
    pictures_.abandon();
}
void InspectView::set_theme(const Theme& theme) {
    pictures_.set_theme(theme);
}
void InspectView::update(const models::AppState& state) {
    pictures_.update(state);
}

Headline InspectView::headline(const models::AppState& state, const Theme& theme) const {
    const models::TrainModel& train = state.train;
    Headline headline{.subject = train.data.name.empty()
                                     ? train.network.name
                                     : train.network.name + " on " + train.data.name};
    const bool ready = train.ready_weights && train.step == 0;
    headline.facts.push_back(
        {ready ? "trained for you" : "step " + integer_text(train.snapshot_step),
         FontStyle::kBody,
         theme.t2});
    if (!train.test.empty()) {
        headline.facts.push_back(
            {"test " + percent_text(train.test.back().accuracy, 2), FontStyle::kBody, theme.held});
    }
    return headline;
}

void InspectView::draw(const RoomFrame& frame, Rect stage) {
    Context context{frame.ui,
                    frame.state,
                    pictures_,
                    frame.commands,
                    frame.state.inspect.neuron(frame.state.train.snapshot)};
    draw_inspect_room(context, stage, frame.page_width);
}

void InspectView::handle_keys(const RoomFrame& frame) {
    if (ImGui::IsKeyPressed(ImGuiKey_Escape, false)) {
        frame.commands.push(model::commands::pin({}, {}));
    }
}

}  // namespace convoscope::rooms::inspect
