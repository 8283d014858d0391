#pragma once

#include <cstddef>
#include <string_view>

namespace convoscope::widgets {

/// The stroke icons, drawn on a 20 × 20 grid.
enum class Icon {
    kNone,
    kLearn,
    kConvolve,
    kBuild,
    kTrain,
    kInspect,
    kProof,
    kSettings,
    kShare,
    kExport,
    kOpen,
    kSun,
    kMoon,
    kHelp,
    kPlay,
    kPause,
    kNext,
    kPrev,
    kLoop,
    kLink,
    kWarn,
    kError,
    kCheck,
    kOk,
    kInfo,
    kClose,
    kPlus,
    kChevronDown,
    kChevronRight,
    kChevronLeft,
    kGrip,
    kMore,
    kBranch,
    kPencil,
    kEraser,
    kTrash,
    kBolt,
    kReset,
    kImage,
    kCode,
    kFile,
    kLock,
    kPin,
    kEye,
    kMenu,
    kMatrix,
    kTransposed,
    kPool,
    kReveal,
    kBulb,
    kTarget,
    kOffline,
    kUndo,
    kRedo,
};
inline constexpr std::size_t kIcons = static_cast<std::size_t>(Icon::kRedo);

/// The drawing: strokes separated by spaces, a letter and its comma-separated numbers each:
/// L polyline, P closed, T filled polygon, R rounded rectangle (x y w h r), O circle, D dot,
/// B cubic.
[[nodiscard]] std::string_view icon_strokes(Icon icon);

}  // namespace convoscope::widgets
