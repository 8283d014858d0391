#include "web/rooms/inspect/inspect_view.h"

#include <imgui.h>

#include "web/models/inspect/inspect_commands.h"
#include "web/models/inspect/inspect_tables.h"
#include "web/rooms/inspect/inspect_room.h"
#include "web/widgets/number_text.h"

namespace convoscope::rooms::inspect {

using namespace widgets;

namespace {

/// Differs with everything that the reader opens.
std::string opened_text(const model::Model& room) {
    std::string text = model::name_of(room.direction);
    if (room.pinned) {
        const model::Place& place = room.pinned->place;
        text += " " + room.pinned->layer;
        for (const Index number : {place.channel, place.row, place.column}) {
            text += " " + std::to_string(number);
        }
    }
    if (room.opened) {  // what stands elsewhere is not on its way
        text += " in " + room.opened->name + " " + std::to_string(room.opened->channel);
    }
    return text + " " + std::to_string(room.channel) + " " + std::to_string(room.weight);
}

}  // namespace

void InspectView::create() {
    pictures_.create();
    space_.create();
}
void InspectView::abandon() {
    pictures_.abandon();
    space_.abandon();
}
void InspectView::set_theme(const Theme& theme) {
    pictures_.set_theme(theme);
    space_.renew();
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

std::vector<ExportItem> InspectView::exports(const models::AppState& state) const {
    const models::TrainModel& train = state.train;
    const auto sum = [&state, &train] {
        return model::opened_sum(state.inspect, train.snapshot, train.snapshot_class);
    };
    return {{.id = "sum_csv",
             .label = state.inspect.backward() ? "Products of the gradient" : "Products of the sum",
             .file_name = "sum.csv",
             .type = "text/csv",
             .text = [sum] { return model::sum_csv(sum()); },
             .disabled = sum().empty()}};
}

std::vector<models::Table> InspectView::tables(const models::AppState& state) const {
    return model::tables_of(state.inspect, state.train.snapshot, state.train.snapshot_class);
}

void InspectView::draw(const RoomFrame& frame, Rect stage) {
    const model::Model& room = frame.state.inspect;
    const models::TrainModel& train = frame.state.train;
    Context context{.ui = frame.ui,
                    .state = frame.state,
                    .pictures = pictures_,
                    .commands = frame.commands,
                    .space = space_,
                    .flight = flight_,
                    .zoom = zoom_,
                    .neuron = room.neuron(train.snapshot),
                    .gradient = room.backward()
                                    ? room.gradient(train.snapshot, train.snapshot_class)
                                    : std::nullopt,
                    .page_width = frame.page_width};
    flight_.begin_frame(frame.ui, opened_text(room));
    const auto opened = context.neuron ? room.opened_stage() : std::nullopt;
    zoom_.begin_frame(
        frame.ui,
        opened ? std::optional(MapId{*opened, context.neuron->place.channel}) : std::nullopt);
    draw_inspect_room(context, stage, frame.page_width);
}

void InspectView::handle_keys(const RoomFrame& frame) {
    if (ImGui::IsKeyPressed(ImGuiKey_Escape, false)) {
        frame.commands.push(models::commands::plain("inspect_back"));
    }
}

}  // namespace convoscope::rooms::inspect
