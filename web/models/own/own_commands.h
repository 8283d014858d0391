#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "web/models/own/own_pictures.h"
#include "web/models/room_commands.h"

namespace convoscope::models::own {

/// Carries out a command whose name begins with "own_":
///
///     own_open {open}              own_kind {kind: grey | colour}
///     own_add_class                own_choose {class: from 0}    own_class {name}
///     own_name {class, name}       own_delete_class {class}
///     own_draw {x, y: 0 to 1, begins}    own_clear    own_add: the drawing, to the chosen class
///     own_camera {on}              own_take: what the camera shows
///     own_remove {class, picture}  own_put_back
[[nodiscard]] Answer carry_out(Model& model, const Json& command);

/// What the page brings, with bytes as payload: {"event": "own_picture"} for the chosen class and
/// {"event": "own_camera_picture"}, three planes of 128 × 128; {"event": "own_camera", state: live
/// | refused | stopped}; {"event": "own_kept", kind, classes: [{name, count}]}. None: another
/// event; else what is wrong, if anything.
[[nodiscard]] std::optional<std::string> take_event(Model& model,
                                                    std::string_view json,
                                                    std::span<const std::byte> payload);

/// The pictures that an earlier visit had given to the engine, of {"event": "own_used"}, which is
/// else as `own_kept`; none: another event, or they are damaged.
[[nodiscard]] std::optional<Model> take_used(std::string_view json,
                                             std::span<const std::byte> payload);

/// What such an event, `own_kept` or `own_used`, brings back, without its pixels; they are
/// Model::all_pixels.
[[nodiscard]] std::string kept_json(const Model& model, const char* event = "own_kept");

/// For `convoscope.state().own`.
[[nodiscard]] Json json_of(const Model& model);

/// A command of the protocol, with its payload.
struct EngineMessage {
    std::string json;
    std::vector<std::byte> payload;
};
/// What makes the pictures the engine's data set. Expects: there is no problem with them.
[[nodiscard]] std::vector<EngineMessage> for_engine(const Model& model);

namespace commands {
[[nodiscard]] std::string name_class(std::size_t class_index, std::string_view name);
[[nodiscard]] std::string draw(double x, double y, bool begins);
[[nodiscard]] std::string remove(std::size_t class_index, std::size_t picture);
}  // namespace commands

}  // namespace convoscope::models::own
