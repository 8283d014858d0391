#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "web/app/room_table.h"
#include "web/models/app_state.h"
#include "web/models/commands.h"
#include "web/platform/platform.h"
#include "web/widgets/toast.h"
#include "web/widgets/ui.h"

namespace convoscope::app {

/// The composition root: the only place that knows models, rooms, widgets and platform.
class App final : public platform::Client {
  public:
    bool open();

    /// What the page knows at its start: `hash`, `dark`, `theme`.
    void boot(std::string_view options_json);
    void event(std::string_view json, std::span<const std::byte> payload);
    /// Returns the answer as JSON.
    std::string dispatch(std::string_view json);

    [[nodiscard]] std::string state();
    [[nodiscard]] std::string widgets() const;
    [[nodiscard]] std::string link() const;
    [[nodiscard]] bool idle() const;

    void frame(double now_seconds, float elapsed_seconds) override;
    void before_frame() override;
    void after_frame() override;
    void context_restored() override;

  private:
    [[nodiscard]] rooms::RoomFrame room_frame();
    void take_theme();
    void draw_page();
    void handle_keys();
    void carry_out_commands();
    void copy_link();
    /// Builds the network of the settings in the engine.
    void configure();
    void wish_pictures();
    /// Of the layers' health, once there are images to look at.
    void wish_statistics();
    void wish_capture();
    void say_errors();

    models::AppState state_;
    models::CommandQueue commands_;
    RoomTable rooms_;
    widgets::Ui ui_;
    widgets::Toasts toasts_;
    std::string capture_;              ///< the wish that the engine has
    std::int64_t pictures_asked_ = 0;
    bool statistics_asked_ = false;  ///< images that were there when pictures were asked for
    double frame_started_seconds_ = 0.0;
    bool opened_ = false;
};

}  // namespace convoscope::app
