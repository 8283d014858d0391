#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "web/app/chrome.h"
#include "web/app/engine_wishes.h"
#include "web/app/own_set.h"
#include "web/app/room_table.h"
#include "web/app/share_popover.h"
#include "web/models/announcer.h"
#include "web/models/app_state.h"
#include "web/models/commands.h"
#include "web/models/history.h"
#include "web/platform/platform.h"
#include "web/widgets/toast.h"
#include "web/widgets/ui.h"

namespace convoscope::app {

/// The composition root: the only place that knows models, rooms, widgets and platform.
class App final : public platform::Client {
  public:
    bool open();

    /// What the page knows at its start: see models::apply_boot_options.
    void boot(std::string_view options_json);
    void event(std::string_view json, std::span<const std::byte> payload);
    /// Returns the answer as JSON.
    std::string dispatch(std::string_view json);

    [[nodiscard]] std::string state();
    [[nodiscard]] std::string widgets() const;
    /// The numbers of the open room's pictures, as models::tables_json writes them.
    [[nodiscard]] std::string tables() const;
    [[nodiscard]] std::string link() const;
    [[nodiscard]] bool idle() const;

    void frame(double now_seconds, float elapsed_seconds) override;
    void before_frame() override;
    void after_frame() override;
    [[nodiscard]] std::string svg() const override;
    void context_restored() override;
    [[nodiscard]] bool takes_strokes(float x, float y) const override;
    [[nodiscard]] bool opens_text() const override { return !ui_.edit.id.empty(); }

  private:
    [[nodiscard]] rooms::RoomFrame room_frame();
    void take_appearance();
    void tell_camera();
    bool take_photo_for_inspection(std::string_view json, std::span<const std::byte> payload);
    void draw_page();
    void draw_popovers(const rooms::RoomFrame& frame, const ChromeLayout& layout);
    void handle_keys();
    void handle_shortcuts();
    void let_time_pass(float elapsed_seconds);
    void carry_out_commands();
    bool dispatch_to_page(std::string_view json);
    void take_network(bool there);
    void measure_convolutions();
    void keep_preferences();
    [[nodiscard]] bool wants_own_pictures() const;
    void take_kept_pictures();
    void remember(double now_seconds);
    void announce();
    void go_to(std::string_view link);
    void tell_of_link(const std::string& notice);
    bool open_choice(bool other_data, bool other_network);
    void return_to(const std::optional<std::string>& link, const char* end);
    void share(ShareAct act);
    bool save(const std::string& what);
    bool save_animation(const std::string& what);
    void save_answer(std::string_view json, std::span<const std::byte> payload);
    /// Builds the network of the settings in the engine, with random weights or with these.
    void configure(std::span<const std::byte> weights = {});
    [[nodiscard]] std::string configure_command(const models::RunSettings& settings);
    void make_wanted_data();
    /// Weights of another program, from a file of the reader's. False: the event is another.
    bool open_weights(std::string_view json, std::span<const std::byte> payload);
    void follow_opening(std::string_view json);
    /// Before a run's first step the Inspect room has trained weights that come with the page.
    void arrange_weights();
    void take_weights(std::string_view json, std::span<const std::byte> payload);
    void say_errors();
    /// Pictures of the reader's own set have come, or were refused.
    void take_own_pictures(const std::string& refused);

    models::AppState state_;
    models::CommandQueue commands_;
    models::History history_;
    models::Announcer announcer_;
    std::optional<models::Appearance> appearance_;  ///< as drawn
    RoomTable rooms_;
    EngineWishes engine_wishes_;
    OwnSet own_set_;
    /// A file whose weights the engine has not taken yet.
    struct OpeningWeights {
        std::string file;
        models::RunSettings settings;
    };
    std::optional<OpeningWeights> opening_weights_;
    std::string_view made_data_;  ///< the data set that the engine has made; empty: another
    Sharing sharing_;
    widgets::Theme theme_;
    widgets::Ui ui_;
    widgets::Toasts toasts_;
    models::Preferences kept_preferences_;
    std::string shown_link_;     ///< in the address bar
    std::string asked_weights_;  ///< the network whose trained weights the page is to bring
    /// What the reader asked for and the engine has not answered yet.
    struct AwaitedFile {
        const char* name = nullptr;
        const char* type = nullptr;
    };
    AwaitedFile awaited_file_;
    bool welcomes_ = false;          ///< the greeting is open
    const char* opening_ = nullptr;  ///< the popover that opens in the next frame
    double frame_started_seconds_ = 0.0;
    bool has_network_ = true;
    std::optional<bool> offline_;  ///< the page is there without a network; none: not known yet
    bool camera_wanted_ = false;
    bool opened_ = false;
    bool recording_ = false;  ///< an animation is made: its steps are not the reader's
    bool booted_ = false;     ///< the page has said what it knows; before, nothing is told to it
};

}  // namespace convoscope::app
