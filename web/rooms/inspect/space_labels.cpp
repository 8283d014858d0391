#include "web/rooms/inspect/space_labels.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace convoscope::rooms::inspect {

using namespace widgets;

namespace {

constexpr float kHeight = 32;
constexpr float kStep = 12;  ///< from one place that is tried to the next, upwards
constexpr int kMostPlaces = 8;

bool is_thinned(const Slab& slab) {
    return !slab.shape.flat && slab.planes < slab.shape.channels;
}

std::string maps_text(const Slab& slab) {
    return std::to_string(slab.planes) + " of " + std::to_string(slab.shape.channels) + " maps";
}

/// What a slab reaches over on the screen.
Rect outline(const Turntable& table, const Slab& slab) {
    Point low{1e6F, 1e6F};
    Point high{-1e6F, -1e6F};
    for (const Point& corner : table.corners(slab.bounds)) {
        low = {std::min(low.x, corner.x), std::min(low.y, corner.y)};
        high = {std::max(high.x, corner.x), std::max(high.y, corner.y)};
    }
    return {low.x, low.y, high.x - low.x, high.y - low.y};
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

/// Labels of one frame, none on another, nor on a slab while there is another place.
class Labels {
  public:
    Labels(Context& context, const SpaceScene& scene, const Turntable& table, Rect area)
        : context_(context), canvas_(context.ui.canvas()), table_(table), area_(area) {
        for (const Slab& slab : scene.slabs) {
            slabs_.push_back(outline(table, slab));
        }
    }

    void draw(const Slab& slab) {
        const Theme& theme = context_.theme();
        const std::string name = space_name(context_, slab.stage);
        const std::string shape = is_thinned(slab) ? maps_text(slab) : slab.shape.text();
        const float width = std::max(canvas_.width(name, FontStyle::kSmallS),
                                     canvas_.width(shape, FontStyle::kM11));
        const std::optional<Rect> box = place_of(above(table_, slab), width);
        if (!box) {
            return;
        }
        taken_.push_back(*box);
        const float middle = box->center_x();
        canvas_.text(
            {middle, box->y + space::k8}, name, FontStyle::kSmallS, theme.t1, Align::kCenter);
        canvas_.text({middle, box->y + 23},
                     shape,
                     FontStyle::kM11,
                     is_thinned(slab) ? theme.t2 : theme.t3,
                     Align::kCenter);
    }

  private:
    [[nodiscard]] std::optional<Rect> place_of(Point foot, float width) const {
        for (const bool free_of_slabs : {true, false}) {
            for (int i = 0; i < kMostPlaces; ++i) {
                const float top = foot.y - kHeight - 4 - kStep * static_cast<float>(i);
                const Rect box{foot.x - width / 2, std::max(top, area_.y + 2), width, kHeight};
                const Rect around = box.inset(-space::k4, 0);
                const bool free = around.x >= area_.x && around.right() <= area_.right() &&
                                  !meets(around, taken_) && !(free_of_slabs && meets(box, slabs_));
                if (free) {
                    return box;
                }
            }
        }
        return std::nullopt;
    }

    [[nodiscard]] static bool meets(const Rect& box, const std::vector<Rect>& others) {
        return std::ranges::any_of(
            others, [&](const Rect& other) { return !box.intersected(other).empty(); });
    }

    Context& context_;
    Canvas canvas_;
    const Turntable& table_;
    Rect area_;
    std::vector<Rect> slabs_;
    std::vector<Rect> taken_;
};

}  // namespace

std::string space_name(const Context& context, Index stage) {
    return stage < 0 ? std::string(model::kInputName) : context.stage_name(stage);
}

void draw_space_labels(
    Context& context, const SpaceScene& scene, const Turntable& table, Rect area, Index first) {
    Labels labels(context, scene, table, area);
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
