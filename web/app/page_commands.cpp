// The commands of the page as a whole: where one is, where one was, and what is taken along.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <imgui.h>

#include "web/app/app.h"
#include "web/app/settings_popover.h"
#include "web/app/take_along.h"
#include "web/app/welcome.h"
#include "web/models/boot_options.h"
#include "web/models/kept_runs_json.h"
#include "web/models/link.h"
#include "web/models/own/own_choice.h"
#include "web/models/own/own_commands.h"

namespace convoscope::app {

/// False when the command is not the page's own.
bool App::dispatch_to_page(std::string_view json) {
    if (const auto wish = models::widget_wish(json)) {
        if (wish->act == models::WidgetAct::focus) {
            ui_.items.request_focus(wish->id);
        } else if (wish->act == models::WidgetAct::set) {
            ui_.items.request_value(wish->id, wish->value);
        } else {
            ui_.items.request_activation(wish->id);
        }
        return true;
    }
    const std::string command = models::command_name(json);
    if (command == "undo") {
        return_to(history_.undo(), "There is nothing to undo.");
    } else if (command == "redo") {
        return_to(history_.redo(), "There is nothing to do again.");
    } else if (command == "open_link") {
        go_to(models::command_text(json, "link"));
    } else if (command == "open_share") {
        opening_ = kSharePopover;
    } else if (command == "open_settings") {
        opening_ = kSettingsPopover;
    } else if (command == "open_welcome") {
        opening_ = kWelcomePopover;
    } else if (command == "open_alone") {
        platform::tell("open", state_.page.address + link());
    } else if (command == "copy_link") {
        sharing_.link = state_.page.address + link();
        share(ShareAct::copy_link);
    } else if (command == "open_file") {
        platform::tell("open_file", "");
    } else if (command == "cancel_loading" || command == "load_rest") {
        platform::tell(command.c_str(), "");
    } else if (command == "open_export") {
        opening_ = kExportMenu;
    } else if (command == "export") {
        return save(models::command_text(json, "what"));
    } else if (command == "record") {
        recording_ = models::command_text(json, "what") == "animation";
    } else if (command == "measure_convolutions") {
        measure_convolutions();
    } else if (command == "stop_comparison") {
        platform::tell("stop_comparison", "");
    } else if (command == "tell_offline") {
        offline_ = models::command_text(json, "kept") == "yes";
    } else if (command == "tell_network") {
        take_network(models::command_text(json, "there") == "yes");
    } else if (command == "pick_pictures") {
        platform::tell("pick_pictures", models::command_text(json, "what"));
    } else if (command == "keep_own") {
        const std::vector<std::uint8_t> pixels = state_.own.all_pixels();
        platform::keep(models::own::kept_json(state_.own), std::as_bytes(std::span(pixels)));
    } else if (command == "own_restored") {
        take_kept_pictures();
    } else if (command == "tell_runs") {
        platform::tell("runs", models::runs_text(state_.train));
    } else if (command == "say") {
        const bool bad = models::command_text(json, "status") == "error";
        toasts_.show({.text = models::command_text(json, "text"),
                      .status = bad ? widgets::Status::kError : widgets::Status::kNeutral});
    } else {
        return false;
    }
    return true;
}

/// The top bar shows a network that is gone; that it has gone is said once.
void App::take_network(bool there) {
    if (!there && has_network_) {
        toasts_.show({.text = "There is no network. The page works on with all that it has loaded.",
                      .status = widgets::Status::kWarn});
    }
    has_network_ = there;
}

/// For the exhibit. Training would take the processor from it, and it from training.
void App::measure_convolutions() {
    if (state_.train.working()) {
        toasts_.show({.text = "Pause the training first: measuring wants the processor for itself.",
                      .status = widgets::Status::kWarn});
        return;
    }
    platform::tell("compare_convolutions", state_.train.exhibit.convolution);
}

void App::keep_preferences() {
    if (booted_ && kept_preferences_ != state_.page.preferences) {
        kept_preferences_ = state_.page.preferences;
        platform::tell("preferences", models::text_of(kept_preferences_));
    }
}

/// After each frame: a step of the history, and the address bar.
void App::remember(double now_seconds) {
    const bool held = ImGui::IsAnyMouseDown();
    const std::string link = models::link_of(state_);
    history_.observe(link, now_seconds, held);
    state_.page.can_undo = history_.can_undo();
    state_.page.can_redo = history_.can_redo();
    if (!held && link != shown_link_) {
        shown_link_ = link;
        platform::tell("link", link);
    }
}

/// Tells those who do not see it what has happened.
void App::announce() {
    const std::string news = announcer_.observe(state_);
    if (!news.empty()) {
        platform::tell("news", news);
    }
}

/// What the last link's reading has left to say; nothing withdraws what the one before has said.
void App::tell_of_link(const std::string& notice) {
    constexpr const char* kLink = "link";
    toasts_.withdraw(kLink);
    if (!notice.empty()) {
        toasts_.show({.text = notice, .status = widgets::Status::kWarn, .about = kLink});
    }
}

void App::go_to(std::string_view link) {
    const models::RunSettings before = state_.train.settings;
    const std::string notice = models::apply_link(state_, link).notice();
    tell_of_link(notice);
    models::RunSettings& after = state_.train.settings;
    models::own::fit_network(after, state_.own_kind());
    const bool other_data = after.data != before.data;
    if (other_data) {
        state_.train.forget_data();
        state_.own.open = wants_own_pictures();
    }
    state_.train.experiment.waiting = models::ExperimentRun::Waiting::nothing;
    if (!open_choice(other_data, models::begins_anew(before, after))) {
        for (const std::string& command : models::commands::changes(before, after)) {
            platform::post(command);
        }
    }
    engine_wishes_.update(state_);
}

/// Loads another data set, builds another network. False when both are as they were.
bool App::open_choice(bool other_data, bool other_network) {
    if (other_data) {
        own_set_.forget();
        made_data_ = {};
        platform::load_data(state_.train.settings.data);
    }
    if (other_data || other_network) {
        configure();
    }
    return other_data || other_network;
}

void App::return_to(const std::optional<std::string>& link, const char* end) {
    if (link) {
        go_to(*link);
    } else {
        toasts_.show({.text = end, .status = widgets::Status::kNeutral});
    }
}

void App::share(ShareAct act) {
    const bool link = act == ShareAct::copy_link;
    ImGui::SetClipboardText((link ? sharing_.link : sharing_.embed).c_str());
    toasts_.show({.text = link ? "Link copied, with seed and view"
                               : "Code copied: paste it into the course page"});
}

/// The engine's answer to an export that the reader asked for.
void App::save_answer(std::string_view json, std::span<const std::byte> payload) {
    if (awaited_file_.name == nullptr) {
        return;
    }
    const std::string event = models::command_text(json, "event");
    if (event == "error") {  // say_errors tells it
        awaited_file_ = {};
    }
    if (event != "exported" && event != "checkpoint") {
        return;
    }
    platform::save(awaited_file_.name,
                   awaited_file_.type,
                   {reinterpret_cast<const char*>(payload.data()), payload.size()});
    awaited_file_ = {};
}

/// The page's scripts make it, step by step. False when `what` names none.
bool App::save_animation(const std::string& what) {
    const auto animation = rooms_.view(state_.room).animation(state_);
    for (const AnimationSize& size : kAnimationSizes) {
        if (animation && what == size.id) {
            platform::tell("animation", animation_json(*animation, size.scale, platform::zoom()));
            return true;
        }
    }
    return false;
}

/// Hands the reader a file. False when there is none of that name.
bool App::save(const std::string& what) {
    if (what == "picture") {
        platform::save_picture("convoscope.png");
        return true;
    }
    if (what == "drawing") {
        platform::save_drawing("convoscope.svg");
        return true;
    }
    if (save_animation(what)) {
        return true;
    }
    for (const rooms::ExportItem& item : rooms_.view(state_.room).exports(state_)) {
        if (what != item.id || item.disabled) {
            continue;
        }
        if (item.command.empty()) {
            platform::save(item.file_name, item.type, item.text());
        } else {
            awaited_file_ = {item.file_name, item.type};
            platform::post(item.command);
        }
        return true;
    }
    return false;
}

}  // namespace convoscope::app
