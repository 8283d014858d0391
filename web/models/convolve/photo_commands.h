#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/models/convolve/photo.h"
#include "web/models/room_commands.h"

namespace convoscope::models::convolve {

/// Carries out a command whose name begins with "photo_":
///
///     photo_choose {source: rings | data | own | camera, index?: of the loaded pictures}
///     photo_side   {side: 8 to 128}       photo_colour {on}
///     photo_look   {look: automatic | values | picture}
///     photo_point  {row, column}: the output under the lens
[[nodiscard]] Answer carry_out(Photo& photo, const Json& command);

/// What the page brings: {"event": "photo", channels, rows, columns}, with its bytes plane by plane
/// as payload, and {"event": "camera", state: off | asked | live | refused | stopped}. False:
/// another event.
bool take_event(Photo& photo, std::string_view json, std::span<const std::byte> payload);

/// The photograph of such an event and where it comes from, for whoever wants it; nothing when it
/// is another event, or not a photograph.
struct BroughtPhoto {
    PhotoSource source = PhotoSource::own;
    PhotoPixels pixels;
};
[[nodiscard]] std::optional<BroughtPhoto> photo_of(const Json& event,
                                                   std::span<const std::byte> payload);

/// For `convoscope.state().convolve.photo`.
[[nodiscard]] Json json_of(const Photo& photo);

/// A link's part. It names no pixels: the reader's own picture is there only while this page is
/// open, and no link starts a camera.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> link_pairs(const Photo& photo);
bool apply_pair(Photo& photo, std::string_view name, const std::string& value);

namespace commands {
[[nodiscard]] std::string choose_photo(PhotoSource source, std::int64_t index = 0);
[[nodiscard]] std::string point_photo(CellPlace output);
}  // namespace commands

}  // namespace convoscope::models::convolve
