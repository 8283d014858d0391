#include "web/rooms/convolve/convolve_view.h"

#include "web/models/convolve/catalogue.h"
#include "web/models/convolve/convolve_tables.h"
#include "web/models/convolve/grids_csv.h"
#include "web/rooms/convolve/convolve_room.h"
#include "web/rooms/convolve/transport.h"

namespace convoscope::rooms::convolve {

using namespace widgets;

namespace {

Rect around_grids(const ItemRegistry& items, Rect stage) {
    constexpr float kLabels = 36;   // above and beside a grid
    constexpr float kIndices = 22;  // below it
    constexpr float kBias = 50;     // below the kernel
    Rect all;
    const auto hold = [&](const char* id, float below) {
        if (const Item* item = items.find(id)) {
            Rect grid = item->rect.inset(-kLabels);
            grid.h += below - kLabels;
            all = all.empty() ? grid : all.united(grid);
        }
    };
    hold("convolve.grid.input", kIndices);
    hold("convolve.grid.kernel", kBias);
    hold("convolve.grid.output", kIndices);
    hold("convolve.volumes", 0);
    return all.intersected(stage);
}

/// What stands under the window.
std::string subject_of(const models::AppState& state) {
    if (state.convolve.scene == model::Scene::cells) {
        const model::NamedGrid* picture =
            model::catalogue().picture(state.convolve.setup().picture);
        return picture != nullptr ? picture->label : "Painted";
    }
    switch (state.photo.source()) {
        case model::PhotoSource::rings:
            return "Rings";
        case model::PhotoSource::data:
            return state.train.data.name;
        case model::PhotoSource::own:
            return "Own picture";
        case model::PhotoSource::camera:
            return "Camera";
    }
    return {};
}

}  // namespace

Headline ConvolveView::headline(const models::AppState& state, const Theme& theme) const {
    const model::Setup& setup = state.convolve.setup();
    const model::NamedGrid* kernel = model::catalogue().kernel(setup.kernel_name);
    Headline headline{.subject = subject_of(state)};
    if (!is_pooling(setup.operation)) {
        headline.facts.push_back(
            {kernel != nullptr ? kernel->label : "own kernel", FontStyle::kBody, theme.t2});
    }
    return headline;
}

std::vector<ExportItem> ConvolveView::exports(const models::AppState& state) const {
    const model::Model& room = state.convolve;
    const bool pictured = room.scene == model::Scene::picture;
    const auto grid =
        [&](const char* id, const char* label, const char* file_name, bool there, auto numbers) {
            return ExportItem{.id = id,
                              .label = label,
                              .file_name = file_name,
                              .type = "text/csv",
                              .text = [numbers] { return model::csv_of(numbers()); },
                              .disabled = !there};
        };
    const bool convolved = pictured ? state.photo.rows().outputs > 0 : room.possible();
    return {
        grid("input_csv",
             "Input",
             "input.csv",
             !pictured || !state.photo.shown().bytes.empty(),
             [&state, pictured] {
                 return pictured ? model::input_grid(state.photo) : state.convolve.setup().image;
             }),
        grid("kernel_csv",
             "Kernel",
             "kernel.csv",
             !is_pooling(room.setup().operation),
             [&state] { return state.convolve.setup().weights; }),
        grid("output_csv", "Output", "output.csv", convolved, [&state, pictured] {
            return pictured ? model::output_grid(state.photo) : state.convolve.arithmetic().output;
        })};
}

std::optional<Animation> ConvolveView::animation(const models::AppState& state) const {
    const model::Model& room = state.convolve;
    if (room.scene != model::Scene::cells || !room.possible() || room.order().size() < 2 ||
        room.learns()) {
        return std::nullopt;
    }
    return Animation{.file_name = "convolution.gif",
                     .frames = std::ssize(room.order()),
                     .frame = room.playback.step,
                     .frame_seconds = room.playback.period_seconds(),
                     .picture = picture_,
                     .hold = model::commands::with("convolve_play", "on", false),
                     .show = model::commands::with("convolve_step", "at_once", true)};
}

std::vector<models::Table> ConvolveView::tables(const models::AppState& state) const {
    return model::tables_of(state.convolve);
}

void ConvolveView::draw(const RoomFrame& frame, Rect stage) {
    Context context{frame.ui, frame.state, frame.commands, frame.page_width};
    context.boxes = &boxes_;
    draw_convolve_room(context, pictures_, stage);
    picture_ = around_grids(frame.ui.items, stage);
}

void ConvolveView::handle_keys(const RoomFrame& frame) {
    if (frame.state.convolve.scene != model::Scene::cells) {
        return;
    }
    Context context{frame.ui, frame.state, frame.commands, frame.page_width};
    handle_transport_keys(context);
}

}  // namespace convoscope::rooms::convolve
