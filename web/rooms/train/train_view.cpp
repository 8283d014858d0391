#include "web/rooms/train/train_view.h"

#include <array>
#include <string>

#include <imgui.h>

#include "web/models/network_choice.h"
#include "web/models/room_commands.h"
#include "web/models/train_tables.h"
#include "web/rooms/train/train_room.h"
#include "web/rooms/train/transport.h"
#include "web/widgets/number_text.h"

namespace convoscope::rooms::train {

using namespace widgets;

void TrainView::create() {
    pictures_.create();
}
void TrainView::abandon() {
    pictures_.abandon();
}
void TrainView::set_theme(const Theme& theme) {
    pictures_.set_theme(theme);
}
void TrainView::update(const models::AppState& state) {
    pictures_.update(state.train, state.own);
}

Headline TrainView::headline(const models::AppState& state, const Theme& theme) const {
    const models::TrainModel& train = state.train;
    const models::NetworkChoice* choice = models::find_network(train.settings.network);
    const std::string network =
        train.network.name.empty() && choice != nullptr ? choice->name : train.network.name;
    Headline headline{.subject =
                          train.data.name.empty() ? network : network + " on " + train.data.name};
    if (train.network.parameters > 0) {
        headline.facts.push_back(
            {integer_text(train.network.parameters) + " parameters", FontStyle::kBody, theme.t2});
    }
    headline.facts.push_back(
        {"seed " + std::to_string(train.settings.seed), FontStyle::kBody, theme.t3});
    return headline;
}

std::span<const HideablePart> TrainView::parts() const {
    static constexpr std::array kParts{HideablePart{"settings", "Data and settings"},
                                       HideablePart{"run", "Run"},
                                       HideablePart{"charts", "Curves"},
                                       HideablePart{"evaluation", "Confusion"},
                                       HideablePart{"inside", "Engine and network"}};
    return kParts;
}

std::vector<models::Table> TrainView::tables(const models::AppState& state) const {
    return models::train_tables(state.train, state.view.curves);
}

void TrainView::draw(const RoomFrame& frame, Rect stage) {
    Context context{frame.ui, frame.state, pictures_, frame.commands};
    draw_train_room(context, stage, frame.page_width);
}

void TrainView::handle_keys(const RoomFrame& frame) {
    if (ImGui::IsKeyPressed(ImGuiKey_Escape, false) && frame.state.view.experiments_open) {
        frame.commands.push(models::commands::show_experiments(false));
    } else if (ImGui::IsKeyPressed(ImGuiKey_Escape, false) && frame.state.own.open) {
        frame.commands.push(models::commands::with("own_open", "open", false));
    } else if (ImGui::IsKeyPressed(ImGuiKey_Escape, false) && frame.state.view.exhibit_open) {
        frame.commands.push(models::commands::show_exhibit(false));
    }
    // With the focus shown, space presses what has it.
    if (ImGui::IsKeyPressed(ImGuiKey_Space, false) && !ImGui::GetIO().NavVisible) {
        Context context{frame.ui, frame.state, pictures_, frame.commands};
        start_or_pause(context);
    }
}

}  // namespace convoscope::rooms::train
