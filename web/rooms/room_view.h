#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "web/models/app_state.h"
#include "web/models/commands.h"
#include "web/models/table.h"
#include "web/widgets/navigation.h"
#include "web/widgets/ui.h"

namespace convoscope::rooms {

/// What a room gets to draw with: it reads the state, and says by commands what is to change.
struct RoomFrame {
    widgets::Ui& ui;
    const models::AppState& state;
    models::CommandQueue& commands;
    float page_width = 0.0F;  ///< decides between the layouts
};

/// What the bar above a room says of it.
struct Headline {
    std::string subject;                    ///< what is worked on: "LeNet-5 on MNIST"
    std::vector<widgets::Fact> facts = {};  ///< further ones, where there is room
};

/// A part of a room that a link can leave out (web/models/hidden_parts.h).
struct HideablePart {
    const char* name;   ///< in the link
    const char* label;  ///< as the reader knows it
};

/// A file that a room can hand out.
struct ExportItem {
    const char* id;
    const char* label;
    const char* file_name;
    const char* type;  ///< of the media
    std::function<std::string()> text = {};
    bool disabled = false;
    std::string command = {};  ///< to the engine, whose answer is the file, instead of `text`
};

/// A picture that moves by itself and can be handed out as an animation.
struct Animation {
    std::string file_name;
    std::int64_t frames = 0;
    std::int64_t frame = 0;      ///< the one that is shown
    double frame_seconds = 0.0;  ///< how long each stands
    widgets::Rect picture;       ///< where it is on the page
    std::string hold;            ///< the command that makes it stand still
    std::string show;            ///< the command that shows a frame at once, its argument "to"
};

/// A room, as the frame around it knows it. web/app/room_table.cpp lists them.
class RoomView {
  public:
    virtual ~RoomView() = default;

    /// Makes what the room keeps on the graphics card: at the start, and when a lost context has
    /// come back (`abandon` is called first).
    virtual void create() {}
    virtual void abandon() {}
    virtual void set_theme(const widgets::Theme&) {}
    /// Takes over what is new in the state, before a frame in which the room is open.
    virtual void update(const models::AppState&) {}

    [[nodiscard]] virtual Headline headline(const models::AppState& state,
                                            const widgets::Theme& theme) const = 0;
    [[nodiscard]] virtual std::span<const HideablePart> parts() const { return {}; }
    /// What can be taken along, besides a picture of the page. Used while `state` stands.
    [[nodiscard]] virtual std::vector<ExportItem> exports(const models::AppState&) const {
        return {};
    }
    [[nodiscard]] virtual std::optional<Animation> animation(const models::AppState&) const {
        return std::nullopt;
    }
    /// The numbers of its pictures, for those who do not see them.
    [[nodiscard]] virtual std::vector<models::Table> tables(const models::AppState&) const {
        return {};
    }
    /// `stage` is the page without navigation and bar.
    virtual void draw(const RoomFrame& frame, widgets::Rect stage) = 0;
    /// The room's own keys: nothing is being typed, and Ctrl, Alt and Cmd are up.
    virtual void handle_keys(const RoomFrame&) {}
};

}  // namespace convoscope::rooms
