#pragma once

#include <optional>
#include <span>
#include <string>

#include "web/models/hidden_parts.h"
#include "web/rooms/room_view.h"

namespace convoscope::app {

/// What the reader is about to share.
struct Sharing {
    models::HiddenParts hidden;  ///< parts that the copy leaves out; the page itself keeps them
    std::string link;            ///< whole address
    std::string embed;           ///< HTML for another page
};

enum class ShareAct { copy_link, copy_embed };

/// "Share": a link, and lines of HTML for a course page. Draws nothing while it is closed.
[[nodiscard]] std::optional<ShareAct> draw_share_popover(widgets::Ui& ui,
                                                         Sharing& sharing,
                                                         std::span<const rooms::HideablePart> parts,
                                                         widgets::Rect anchor);
inline constexpr const char* kSharePopover = "share";

}  // namespace convoscope::app
