#include "web/rooms/inspect/space_labels.h"

#include <algorithm>
#include <vector>

namespace convoscope::rooms::inspect {

using namespace widgets;

namespace {

constexpr float kHeight = 32;
constexpr int kMostLines = 3;

bool is_thinned(const Slab& slab) {
    return !slab.shape.flat && slab.planes < slab.shape.channels;
}

std::string maps_text(const Slab& slab) {
    return std::to_string(slab.planes) + " of " + std::to_string(slab.shape.channels) + " maps";
}

/// Above the highest corner of a slab, in the middle.
Point above(const Turntable& table, const Slab& slab) {
    Point place{0, 1e6F};
    for (const Point& corner : table.corners(slab.bounds)) {
        place.x += corner.x / 8;
        place.y = std::min(place.y, corner.y);
    }
    return place;
}

/// Labels of one frame, none on another.
class Labels {
  public:
    Labels(Context& context, const Turntable& table, Rect area)
        : context_(context), canvas_(context.ui.canvas()), table_(table), area_(area) {}

    void draw(const Slab& slab) {
        const Theme& theme = context_.theme();
        const std::string name = space_name(context_, slab.stage);
        const std::string shape = is_thinned(slab) ? maps_text(slab) : slab.shape.text();
        const float width = std::max(canvas_.width(name, FontStyle::kSmallS),
                                     canvas_.width(shape, FontStyle::kM11));
        const Point place = above(table_, slab);
        for (int line = 0; line < kMostLines; ++line) {
            const float top = place.y - (kHeight + 4) * static_cast<float>(line + 1);
            const Rect box{place.x - width / 2, std::max(top, area_.y + 2), width, kHeight};
            if (is_taken(box.inset(-space::k4, 0))) {
                continue;
            }
            taken_.push_back(box);
            canvas_.text(
                {place.x, box.y + space::k8}, name, FontStyle::kSmallS, theme.t1, Align::kCenter);
            canvas_.text({place.x, box.y + 23},
                         shape,
                         FontStyle::kM11,
                         is_thinned(slab) ? theme.t2 : theme.t3,
                         Align::kCenter);
            return;
        }
    }

  private:
    [[nodiscard]] bool is_taken(const Rect& box) const {
        return box.x < area_.x || box.right() > area_.right() ||
               std::ranges::any_of(
                   taken_, [&](const Rect& other) { return !box.intersected(other).empty(); });
    }

    Context& context_;
    Canvas canvas_;
    const Turntable& table_;
    Rect area_;
    std::vector<Rect> taken_;
};

}  // namespace

std::string space_name(const Context& context, Index stage) {
    return stage < 0 ? std::string(model::kInputName) : context.stage_name(stage);
}

void draw_space_labels(
    Context& context, const SpaceScene& scene, const Turntable& table, Rect area, Index first) {
    Labels labels(context, table, area);
    if (const Slab* slab = scene.slab_of(first)) {
        labels.draw(*slab);
    }
    for (const Slab& slab : scene.slabs) {
        if (slab.stage != first) {
            labels.draw(slab);
        }
    }
    std::string thinned;
    for (const Slab& slab : scene.slabs) {
        if (is_thinned(slab)) {
            thinned += (thinned.empty() ? "" : ", ") + space_name(context, slab.stage) + " " +
                       maps_text(slab);
        }
    }
    if (!thinned.empty()) {
        const std::string sentence = "Drawn in part, for speed: " + thinned + ".";
        const Rect row{area.x + space::k12,
                       area.bottom() - space::k24,
                       area.w - space::k48 - space::k12,
                       space::k16};
        context.ui.canvas().clipped_text(
            {row.x, row.center_y()}, row.w, sentence, FontStyle::kSmall, context.theme().t2);
        register_passive(context.ui,
                         {.id = "inspect.space.thinned", .label = sentence, .role = Role::kStatus},
                         row);
    }
}

}  // namespace convoscope::rooms::inspect
