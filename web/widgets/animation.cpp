#include "web/widgets/animation.h"

#include <algorithm>

namespace convoscope::widgets {

void Animations::begin_frame(float elapsed_ms, bool reduced) {
    elapsed_ms_ = elapsed_ms;
    reduced_ = reduced;
    moving_ = false;
    std::erase_if(ways_, [](const auto& entry) { return !entry.second.used; });
    for (auto& [name, way] : ways_) {
        way.used = false;
    }
}

float Animations::toward(std::string_view name,
                         float target,
                         float duration_ms,
                         float (*easing)(float)) {
    const auto place = [&](const Way& way) {
        const float t =
            reduced_ || duration_ms <= 0 ? 1.0F : std::min(1.0F, way.elapsed_ms / duration_ms);
        return t >= 1 ? way.to : way.from + (way.to - way.from) * easing(t);
    };
    const auto [entry, is_new] =
        ways_.try_emplace(std::string(name), Way{target, target, duration_ms, true});
    Way& way = entry->second;
    way.used = true;
    if (is_new) {
        return target;
    }
    if (way.to != target) {
        way.from = place(way);
        way.to = target;
        way.elapsed_ms = 0;
    }
    way.elapsed_ms = std::min(duration_ms, way.elapsed_ms + elapsed_ms_);
    moving_ = moving_ || (!reduced_ && way.elapsed_ms < duration_ms);
    return place(way);
}

}  // namespace convoscope::widgets
