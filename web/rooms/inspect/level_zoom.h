#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "engine/core/index.h"
#include "web/widgets/ui.h"

namespace convoscope::rooms::inspect {

/// A stage, and a channel of it.
using MapId = std::pair<Index, Index>;

/// The way between all layers and the one that is opened: its map grows from its place among all of
/// them to its large place, and shrinks back. With reduced motion it is there at once.
class LevelZoom {
  public:
    /// Which map is opened in this frame; nothing: all layers are shown.
    void begin_frame(widgets::Ui& ui, std::optional<MapId> opened);
    /// All layers are drawn anew.
    void forget_places() { places_.clear(); }
    void stands(const MapId& map, widgets::Rect place) { places_.emplace_back(map, place); }
    void stands_large(widgets::Rect place) { large_ = place; }

    /// The map that is on its way.
    [[nodiscard]] const MapId& map() const { return map_; }
    /// Where it is; nothing: it has arrived, or its place is not known.
    [[nodiscard]] std::optional<widgets::Rect> on_its_way() const;
    /// How much of what it comes to is seen yet, 0 to 1.
    [[nodiscard]] float arrived() const { return opened_ ? share_ : 1.0F - share_; }

    /// What wheel and two fingers ask for over `area`: 1 a level deeper, -1 a level up, else 0.
    [[nodiscard]] int asked(const widgets::Ui& ui, widgets::Rect area, bool by_wheel);

  private:
    std::vector<std::pair<MapId, widgets::Rect>> places_;
    MapId map_{-1, -1};
    widgets::Rect large_;
    float share_ = 0.0F;  ///< 0: all layers, 1: one
    float spread_ = 1.0F;
    bool opened_ = false;
};

}  // namespace convoscope::rooms::inspect
