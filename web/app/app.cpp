#include "web/app/app.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include <imgui.h>

#include "web/app/chrome.h"
#include "web/app/widgets_json.h"
#include "web/models/boot_options.h"
#include "web/models/engine_events.h"
#include "web/models/link.h"
#include "web/models/network_choice.h"
#include "web/rooms/train/engine_card.h"
#include "web/widgets/panel.h"
#include "web/widgets/theme.h"

namespace convoscope::app {

namespace {

constexpr std::int64_t kPictures = 30;
constexpr int kHealthImages = 64;

}  // namespace

bool App::open() {
    opened_ = platform::open(*this);
    if (opened_) {
        for (const RoomEntry& entry : rooms_.entries()) {
            entry.view->create();
        }
        take_theme();
        platform::request_frames();
    }
    return opened_;
}

void App::boot(std::string_view options_json) {
    models::apply_boot_options(state_, options_json);
    take_theme();
    platform::request_frames();
}

void App::event(std::string_view json, std::span<const std::byte> payload) {
    const bool was_ready = std::exchange(state_.train.engine.ready, false);
    const bool was_working = state_.train.working();
    models::apply_event(state_.train, json, payload);
    if (!was_working && state_.train.working()) {
        state_.training_frames = {};
    }
    if (state_.train.engine.ready) {  // now, also after the engine had to be started again
        configure();
    }
    state_.train.engine.ready = was_ready || state_.train.engine.ready;
    wish_pictures();
    wish_statistics();
    wish_capture();
    say_errors();
    platform::request_frames(state_.train.working() ? 1 : 3);  // while it works, more events follow
}

std::string App::dispatch(std::string_view json) {
    platform::request_frames();
    if (const auto wish = models::widget_wish(json)) {
        if (wish->value) {
            ui_.items.request_value(wish->id, *wish->value);
        } else {
            ui_.items.request_activation(wish->id);
        }
        return R"({"ok":true})";
    }
    if (models::is_command(json, "copy_link")) {
        copy_link();
        return R"({"ok":true})";
    }
    const models::Dispatched result = models::dispatch(state_, json);
    if (result.for_engine) {
        platform::post(json);
    }
    if (result.other_data) {
        platform::load_data(state_.train.settings.data);
    }
    if (result.other_data || result.other_network) {
        configure();
    }
    take_theme();
    wish_capture();
    return models::answer_json(result);
}

void App::frame(double, float elapsed_seconds) {
    ui_.begin_frame(elapsed_seconds);
    draw_page();
    handle_keys();
    carry_out_commands();
    if (ui_.animating() || toasts_.any()) {
        platform::request_frames(1);
    }
}

void App::after_frame() {
    const double milliseconds = 1000.0 * (platform::now_seconds() - frame_started_seconds_);
    state_.frames.add(milliseconds);
    if (state_.train.working()) {
        state_.training_frames.add(milliseconds);
    }
}

void App::before_frame() {
    frame_started_seconds_ = platform::now_seconds();
    const platform::PageSize size = platform::page_size();
    ui_.coarse_pointer = platform::preferences().coarse_pointer;
    ui_.reduced_motion = platform::preferences().reduced_motion;
    if (ui_.fonts.bake(size.pixel_ratio, ui_.text_scale)) {
        platform::upload_fonts();
    }
    rooms_.view(state_.room).update(state_);
}

void App::context_restored() {
    for (const RoomEntry& entry : rooms_.entries()) {
        entry.view->abandon();
        entry.view->create();
    }
    take_theme();
}

rooms::RoomFrame App::room_frame() {
    return {ui_, state_, commands_, platform::page_size().width};
}

void App::take_theme() {
    if (!opened_) {
        return;
    }
    ui_.theme = state_.view.theme == models::Theme::dark ? &widgets::kDark : &widgets::kLight;
    widgets::apply_theme(*ui_.theme, ui_.coarse_pointer);
    for (const RoomEntry& entry : rooms_.entries()) {
        entry.view->set_theme(*ui_.theme);
    }
}

void App::draw_page() {
    const platform::PageSize size = platform::page_size();
    const widgets::Rect page{0.0F, 0.0F, size.width, size.height};
    widgets::begin_root(ui_, page);
    const std::string engine = rooms::train::engine_text(state_.train);
    const rooms::RoomFrame frame = room_frame();
    const widgets::Rect stage = draw_chrome(frame, rooms_, engine, page);
    rooms_.view(state_.room).draw(frame, stage);
    static_cast<void>(toasts_.draw(ui_, page));
    widgets::end_root();
}

void App::handle_keys() {
    const ImGuiIO& io = ImGui::GetIO();
    if (io.WantTextInput || io.KeyCtrl || io.KeySuper || io.KeyAlt) {
        return;
    }
    rooms_.view(state_.room).handle_keys(room_frame());
    if (ImGui::IsKeyPressed(ImGuiKey_T, false)) {
        const bool dark = state_.view.theme == models::Theme::dark;
        commands_.push(
            models::commands::set_theme(dark ? models::Theme::light : models::Theme::dark));
    }
}

void App::carry_out_commands() {
    for (const std::string& command : commands_.drain()) {
        dispatch(command);
    }
}

void App::copy_link() {
    ImGui::SetClipboardText(platform::address_with(link()).c_str());
    toasts_.show({.text = "A link to this run is on the clipboard"});
}

void App::configure() {
    capture_.clear();
    pictures_asked_ = 0;
    statistics_asked_ = false;
    state_.train.configured = false;
    const models::RunSettings& settings = state_.train.settings;
    platform::post(models::commands::configure(models::network_file(settings.network), settings));
}

void App::wish_pictures() {
    const std::int64_t loaded = std::min(kPictures, state_.train.data.train_loaded);
    if (!state_.train.configured || loaded <= pictures_asked_) {
        return;
    }
    pictures_asked_ = loaded;
    std::vector<std::int64_t> indices(static_cast<std::size_t>(loaded));
    std::iota(indices.begin(), indices.end(), std::int64_t{0});
    platform::post(models::commands::images("train", indices));
}

void App::wish_statistics() {
    if (statistics_asked_ || !state_.train.can_train()) {
        return;
    }
    statistics_asked_ = true;
    platform::post(models::commands::statistics(kHealthImages));
}

void App::wish_capture() {
    const models::TrainModel& train = state_.train;
    if (!train.configured || train.selected_picture >= train.pictures.count()) {
        return;
    }
    models::commands::CaptureWish wish;
    wish.split = train.pictures.split;
    wish.index = train.pictures.indices[train.selected_picture];
    if (const std::string first = train.first_convolution(); !first.empty()) {
        wish.parameters.push_back(first + ".weight");
    }
    wish.activations = train.shown_convolutions();
    wish.activations.push_back(train.last_layer());
    std::string command = models::commands::capture(wish);
    if (command != capture_) {
        capture_ = std::move(command);
        platform::post(capture_);
    }
}

void App::say_errors() {
    if (!state_.train.last_error.empty()) {
        toasts_.show({.text = std::exchange(state_.train.last_error, {}),
                      .status = widgets::Status::kError});
    }
}

std::string App::state() {
    state_.idle = idle();
    return models::state_json(state_);
}

std::string App::widgets() const {
    return widgets_json(ui_.items.items());
}
std::string App::link() const {
    return "#" + models::link_of(state_);
}
bool App::idle() const {
    return platform::idle();
}

}  // namespace convoscope::app
