#include "web/app/app.h"

#include <algorithm>
#include <utility>

#include <imgui.h>

#include "web/app/settings_popover.h"
#include "web/app/svg_faces.h"
#include "web/app/take_along.h"
#include "web/app/welcome.h"
#include "web/app/widgets_json.h"
#include "web/models/boot_options.h"
#include "web/models/convolve/photo_commands.h"
#include "web/models/engine_events.h"
#include "web/models/experimenting.h"
#include "web/models/inspect/inspect_commands.h"
#include "web/models/link.h"
#include "web/models/network_choice.h"
#include "web/models/own/own_choice.h"
#include "web/models/own/own_commands.h"
#include "web/models/racing.h"
#include "web/models/share.h"
#include "web/render/svg_picture.h"
#include "web/rooms/train/engine_card.h"
#include "web/widgets/panel.h"
#include "web/widgets/popover.h"
#include "web/widgets/theme.h"
#include "web/widgets/theme_variants.h"

namespace convoscope::app {
namespace {

/// The command, and the press on a toast that gives it.
constexpr const char* kPutBackRun = "put_back_run";

/// What a room's layout goes by. Three columns want room, which large text takes from them: where
/// the page is too narrow or too low for them, a room is one column, as on a phone.
float layout_width(const platform::PageSize& size) {
    constexpr float kLeastWidth = 1000;
    constexpr float kLeastHeight = 560;
    const bool roomy = size.width >= kLeastWidth && size.height >= kLeastHeight;
    return roomy ? size.width : std::min(size.width, widgets::breakpoint::kPhone - 1);
}

}  // namespace

bool App::open() {
    opened_ = platform::open(*this);
    if (opened_) {
        for (const RoomEntry& entry : rooms_.entries()) {
            entry.view->create();
        }
        take_appearance();
        platform::request_frames();
    }
    return opened_;
}

void App::boot(std::string_view options_json) {
    tell_of_link(models::apply_boot_options(state_, options_json));
    // A link may name a network alone, and with it another data set than the page has begun with.
    if (state_.train.settings.data != models::command_text(options_json, "data")) {
        state_.train.forget_data();
        platform::load_data(state_.train.settings.data);
    }
    if (is_first_visit(options_json) && !state_.page.embedded) {
        opening_ = kWelcomePopover;
    }
    booted_ = true;
    kept_preferences_ = state_.page.preferences;
    appearance_.reset();
    take_appearance();
    platform::request_frames();
}

void App::event(std::string_view json, std::span<const std::byte> payload) {
    if (auto used = models::own::take_used(json, payload)) {
        state_.own_used = std::move(used);
        return;
    }
    if (const auto refused = models::own::take_event(state_.own, json, payload)) {
        take_own_pictures(*refused);
        return;
    }
    if (open_weights(json, payload)) {
        return;
    }
    follow_opening(json);
    const bool was_ready = std::exchange(state_.train.engine.ready, false);
    const bool was_working = state_.train.working();
    if (take_photo_for_inspection(json, payload)) {
        state_.train.engine.ready = was_ready;
        return;
    }
    if (models::convolve::take_event(state_.photo, json, payload)) {
        state_.train.engine.ready = was_ready;
        platform::request_frames(1);
        return;
    }
    state_.inspect.explanations.take_event(json, payload);
    models::inspect::take_event(state_.inspect.checked, json);
    models::apply_event(state_.train, json, payload);
    if (state_.train.configured) {
        state_.inspect.open(state_.train.network_file);
    }
    for (const std::string& command : models::go_on_with_race(state_.train)) {
        platform::post(command);
    }
    const models::ExperimentWish wish = models::go_on_with_experiment(state_.train);
    for (const std::string& command : wish.commands) {
        platform::post(command);
    }
    if (wish.configure) {
        configure();
    }
    save_answer(json, payload);
    take_weights(json, payload);
    if (!was_working && state_.train.working()) {
        state_.training_frames = {};
        platform::tell("stop_comparison", "Training began, and took the processor.");
    }
    if (state_.train.engine.ready) {  // now, also after the engine had to be started again
        own_set_.forget();
        made_data_ = {};
        configure();
    }
    state_.train.engine.ready = was_ready || state_.train.engine.ready;
    arrange_weights();
    engine_wishes_.update(state_);
    say_errors();
    platform::request_frames(state_.train.working() ? 1 : 3);  // while it works, more events follow
}

/// A photograph goes to the room that is open. False: the event is none, or for another room.
bool App::take_photo_for_inspection(std::string_view json, std::span<const std::byte> payload) {
    std::string refusal;
    if (state_.room != models::Room::inspect ||
        !models::inspect::take_photo(state_.inspect, json, payload, refusal)) {
        return false;
    }
    if (!refusal.empty()) {
        platform::tell("problem", refusal);
    }
    engine_wishes_.update(state_);
    platform::request_frames(1);
    return true;
}

std::string App::dispatch(std::string_view json) {
    platform::request_frames();
    if (dispatch_to_page(json)) {
        return R"({"ok":true})";
    }
    const models::Dispatched result = models::dispatch(state_, json);
    for (const std::string& command : result.before) {
        platform::post(command);
    }
    if (result.for_engine) {
        platform::post(json);
    }
    open_choice(result.other_data, result.other_network);
    if (result.tells_reader && !result.error.empty()) {
        toasts_.show({.text = result.error, .status = widgets::Status::kWarn});
    }
    if (result.error.empty() && models::command_name(json) == "delete_run") {
        toasts_.show(
            {.text = "The run " + state_.train.deleted_run->run.name.text() + " is deleted",
             .status = widgets::Status::kNeutral,
             .action = "Undo",
             .action_id = kPutBackRun});
    }
    take_appearance();
    keep_preferences();
    arrange_weights();
    engine_wishes_.update(state_);
    return models::answer_json(result);
}

void App::frame(double now_seconds, float elapsed_seconds) {
    if (!booted_) {  // no room before the link has said which
        return;
    }
    ui_.begin_frame(elapsed_seconds);
    ui_.pinch = platform::take_pinch();
    draw_page();
    handle_keys();
    carry_out_commands();
    let_time_pass(elapsed_seconds);
    if (!recording_) {
        remember(now_seconds);
        announce();
    }
    const bool opening_text = opens_text() && !ImGui::GetIO().WantTextInput;
    if (ui_.animating() || toasts_.any() || opening_text) {
        platform::request_frames(1);
    }
}

void App::after_frame() {
    if (!booted_) {
        return;
    }
    const double milliseconds = 1000.0 * (platform::now_seconds() - frame_started_seconds_);
    state_.frames.add(milliseconds);
    if (state_.train.working()) {
        state_.training_frames.add(milliseconds);
    }
}

void App::before_frame() {
    frame_started_seconds_ = platform::now_seconds();
    const platform::Preferences wishes = platform::preferences();
    state_.page.system = {.dark = wishes.dark,
                          .reduced_motion = wishes.reduced_motion,
                          .high_contrast = wishes.high_contrast};
    ui_.coarse_pointer = wishes.coarse_pointer;
    take_appearance();
    if (ui_.fonts.bake(platform::page_size().pixel_ratio)) {
        platform::upload_fonts();
    }
    models::settle(state_);
    tell_camera();
    own_set_.follow(state_);
    rooms_.view(state_.room).update(state_);
}

/// The page's camera runs while its picture is looked at.
void App::tell_camera() {
    const models::convolve::Photo& photo = state_.photo;
    const bool under_kernel = state_.room == models::Room::convolve &&
                              state_.convolve.scene == models::convolve::Scene::picture &&
                              photo.source() == models::convolve::PhotoSource::camera;
    const bool as_input = state_.room == models::Room::inspect &&
                          state_.inspect.scene != models::inspect::Scene::why &&
                          state_.inspect.source == models::inspect::Source::camera;
    const bool wanted = (under_kernel || as_input) &&
                        photo.camera != models::convolve::CameraState::refused &&
                        photo.camera != models::convolve::CameraState::stopped;
    if (wanted != std::exchange(camera_wanted_, wanted)) {
        platform::tell("camera", wanted ? "start" : "stop");
    }
}

void App::context_restored() {
    for (const RoomEntry& entry : rooms_.entries()) {
        entry.view->abandon();
        entry.view->create();
        entry.view->set_theme(theme_);
    }
}

rooms::RoomFrame App::room_frame() {
    return {ui_, state_, commands_, layout_width(platform::page_size())};
}

void App::take_appearance() {
    const models::Appearance wanted = state_.page.appearance();
    if (!opened_ || appearance_ == wanted) {
        return;
    }
    appearance_ = wanted;
    const bool dark = wanted.theme == models::Theme::dark;
    theme_ = widgets::theme_for({.dark = dark,
                                 .high_contrast = wanted.high_contrast,
                                 .colour_blind_safe = wanted.colour_blind_safe});
    ui_.theme = &theme_;
    ui_.reduced_motion = wanted.reduced_motion;
    platform::set_zoom(wanted.text_scale);
    widgets::apply_theme(theme_);
    for (const RoomEntry& entry : rooms_.entries()) {
        entry.view->set_theme(theme_);
    }
    if (booted_) {
        platform::tell("theme", models::name_of(wanted.theme));
    }
}

void App::draw_page() {
    const platform::PageSize size = platform::page_size();
    const widgets::Rect page{0.0F, 0.0F, size.width, size.height};
    widgets::begin_root(ui_, page);
    const std::string engine = rooms::train::engine_text(state_.train);
    const rooms::RoomFrame frame = room_frame();
    const ChromeLayout layout = draw_chrome(frame, rooms_, {engine, has_network_}, page);
    rooms_.view(state_.room).draw(frame, layout.stage);
    draw_popovers(frame, layout);
    widgets::Rect above_transport = layout.stage;
    above_transport.h -= widgets::space::kTimeline;
    if (toasts_.draw(ui_, above_transport) == kPutBackRun) {
        commands_.push(models::commands::plain(kPutBackRun));
    }
    widgets::end_root();
}

void App::draw_popovers(const rooms::RoomFrame& frame, const ChromeLayout& layout) {
    if (const char* popover = std::exchange(opening_, nullptr)) {
        sharing_.hidden = state_.view.hidden;
        widgets::open_popover(popover);
    }
    if (ImGui::IsPopupOpen(kSharePopover)) {
        const std::string link = models::link_with(state_, sharing_.hidden);
        sharing_.link = state_.page.address + "#" + link;
        sharing_.embed = models::embed_code(state_.page.address, link);
    }
    if (const auto act =
            draw_share_popover(ui_, sharing_, rooms_.view(state_.room).parts(), layout.share)) {
        share(*act);
    }
    draw_settings_popover(frame, layout.settings, offline_);
    draw_welcome(frame, rooms_);
    if (std::exchange(welcomes_, ImGui::IsPopupOpen(kWelcomePopover)) && !welcomes_) {
        // It came before anything had the focus to which Tab could return.
        if (ImGui::GetIO().NavVisible) {
            ui_.items.request_focus(rooms_.at(state_.room).item.id);
        }
    }
    if (ImGui::IsPopupOpen(kExportMenu)) {
        const auto exports = rooms_.view(state_.room).exports(state_);
        if (const auto what = draw_export_menu(
                ui_, exports, rooms_.view(state_.room).animation(state_), layout.export_button)) {
            save(*what);
        }
    }
    if (const auto text = draw_item_menu(ui_)) {
        ImGui::SetClipboardText(text->c_str());
        toasts_.show({.text = "Copied: " + *text});
    }
}

void App::handle_keys() {
    const ImGuiIO& io = ImGui::GetIO();
    if (io.WantTextInput || io.KeyAlt) {
        return;
    }
    if (io.KeyCtrl || io.KeySuper) {
        handle_shortcuts();
        return;
    }
    if (ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopupId)) {
        return;
    }
    rooms_.view(state_.room).handle_keys(room_frame());
    if (ImGui::IsKeyPressed(ImGuiKey_T, false)) {
        toggle_theme(room_frame());
    }
}

void App::handle_shortcuts() {
    const bool shift = ImGui::GetIO().KeyShift;
    if (ImGui::IsKeyPressed(ImGuiKey_Y) || (shift && ImGui::IsKeyPressed(ImGuiKey_Z))) {
        commands_.push(models::commands::plain("redo"));
    } else if (ImGui::IsKeyPressed(ImGuiKey_Z)) {
        commands_.push(models::commands::plain("undo"));
    }
}

/// What moves by itself on the screen.
void App::let_time_pass(float elapsed_seconds) {
    constexpr double kMostSeconds = 1.0;  // after a pause of the whole page
    const double seconds = std::min(static_cast<double>(elapsed_seconds), kMostSeconds);
    if (state_.room == models::Room::convolve &&
        state_.convolve.advance(seconds, ui_.reduced_motion)) {
        platform::request_frames();
    }
    models::SlowMotion& slow = state_.train.slow_motion;
    if (state_.room == models::Room::train && slow.ramping()) {
        if (const std::string command = slow.advance(seconds); !command.empty()) {
            platform::post(command);
        }
        platform::request_frames();
    }
}

void App::carry_out_commands() {
    for (const std::string& command : commands_.drain()) {
        dispatch(command);
    }
}

void App::say_errors() {
    constexpr std::size_t kLongestToast = 90;  // a longer sentence stays until it has been read
    const std::string error = std::exchange(state_.train.last_error, {});
    if (error.size() > kLongestToast) {
        platform::tell("problem", error);
    } else if (!error.empty()) {
        toasts_.show({.text = error, .status = widgets::Status::kError});
    }
}

std::string App::state() {
    models::settle(state_);
    state_.idle = idle();
    return models::state_json(state_);
}

std::string App::widgets() const {
    return widgets_json(ui_.items.items(), platform::zoom());
}
std::string App::tables() const {
    return models::tables_json(rooms_.view(state_.room).tables(state_));
}
std::string App::svg() const {
    return render::svg_picture(*ImGui::GetDrawData(), svg_faces(ui_.fonts));
}
std::string App::link() const {
    return "#" + models::link_of(state_);
}
bool App::takes_strokes(float x, float y) const {
    const bool covered = ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopupId);
    return !covered && ui_.items.takes_strokes({x, y});
}
bool App::idle() const {
    return platform::idle();
}

}  // namespace convoscope::app
