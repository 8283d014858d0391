#include "web/rooms/inspect/level_zoom.h"

#include <algorithm>

#include <imgui.h>

namespace convoscope::rooms::inspect {

using namespace widgets;

void LevelZoom::begin_frame(Ui& ui, std::optional<MapId> opened) {
    opened_ = opened.has_value();
    map_ = opened.value_or(map_);
    share_ =
        ui.animations.toward("inspect.level", opened_ ? 1.0F : 0.0F, motion::kZoom, motion::move);
}

std::optional<Rect> LevelZoom::on_its_way() const {
    const auto small =
        std::ranges::find(places_, map_, [](const auto& place) { return place.first; });
    if (share_ <= 0.0F || share_ >= 1.0F || small == places_.end()) {
        return std::nullopt;
    }
    const auto between = [this](float from, float to) { return from + (to - from) * share_; };
    const Rect& from = small->second;
    return Rect{between(from.x, large_.x),
                between(from.y, large_.y),
                between(from.w, large_.w),
                between(from.h, large_.h)};
}

int LevelZoom::asked(const Ui& ui, Rect area, bool by_wheel) {
    constexpr float kSpread = 1.25F;
    const ImGuiIO& io = ImGui::GetIO();
    const bool under = ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem) &&
                       area.contains({io.MousePos.x, io.MousePos.y});
    if (!under || (share_ > 0.0F && share_ < 1.0F)) {
        return 0;
    }
    spread_ *= ui.pinch;
    const bool apart = spread_ > kSpread;
    const bool together = spread_ * kSpread < 1.0F;
    if (apart || together) {
        spread_ = 1.0F;
        return apart ? 1 : -1;
    }
    if (!by_wheel || io.MouseWheel == 0.0F) {
        return 0;
    }
    return io.MouseWheel > 0.0F ? 1 : -1;
}

}  // namespace convoscope::rooms::inspect
