#include "web/rooms/inspect/space_scene.h"

#include <algorithm>
#include <cmath>

#include "web/widgets/scales.h"

namespace convoscope::rooms::inspect {

using namespace widgets;

namespace {

constexpr Index kMostCells = 16'384;  ///< of a slab: more would cost frames while one trains
constexpr float kFilled = 0.92F;      ///< of the distance between two cells
constexpr float kLeastHeight = 12;    ///< of a slab of small maps
constexpr float kMostCell = 2.6F;
constexpr Index kMostRows = 20;  ///< of numbers in a column
constexpr float kGap = 6;        ///< between slabs

Slab slab_of(Index stage, const Shape& shape, float left) {
    Slab slab{.stage = stage, .shape = shape, .left = left, .bounds = {}};
    if (shape.flat) {
        slab.rows = std::min(shape.channels, kMostRows);
        slab.columns = (shape.channels + slab.rows - 1) / std::max(slab.rows, Index{1});
    } else {
        slab.rows = shape.height;
        slab.columns = shape.width;
        slab.planes = std::clamp(
            kMostCells / std::max(Index{1}, shape.height * shape.width), Index{1}, shape.channels);
    }
    slab.cell = std::clamp(kLeastHeight / static_cast<float>(slab.rows), 1.0F, kMostCell);
    const float width = slab.cell * static_cast<float>(slab.columns);
    const float height = slab.cell * static_cast<float>(slab.rows);
    const auto behind = static_cast<float>(std::max(Index{1}, slab.planes - 1));
    const float longest = std::max(width, height);
    slab.step = std::max(1.4F * slab.cell, std::min(0.4F * longest, 1.2F * longest / behind));
    const float depth = slab.step * static_cast<float>(slab.planes - 1) + slab.cell;
    slab.bounds = {{left, -height / 2, -depth / 2}, {left + width, height / 2, depth / 2}};
    return slab;
}

/// The numbers of a slab, and how they are coloured.
struct Shown {
    const models::CapturedTensor* tensor = nullptr;
    std::vector<float> ends = {};  ///< of the scale of each channel
    bool is_signed = true;
    float darkest = 0.0F;  ///< of a picture in greys; as bright as `brightest`: it is none
    float brightest = 0.0F;

    [[nodiscard]] bool is_grey() const { return brightest > darkest; }
    /// Where a value stands on the scale, 0 to 1.
    [[nodiscard]] float share(Index channel, float value) const {
        if (is_grey()) {
            return (value - darkest) / (brightest - darkest);
        }
        const float end = ends[at(channel)];
        const float part = end > 0.0F ? value / end : 0.0F;
        return is_signed ? (part + 1) / 2 : part;
    }
};

Shown shown_of_input(const Context& context) {
    Shown shown;
    const model::Values values(context.room().network, context.train().snapshot);
    shown.tensor = context.room().backward() ? values.gradient(0) : values.value(0);
    if (shown.tensor == nullptr || shown.tensor->values.empty()) {
        return {};
    }
    const auto [least, most] = std::ranges::minmax_element(shown.tensor->values);
    if (!context.room().backward()) {
        shown.darkest = *least;
        shown.brightest = *most;
    }
    const float end = std::max(std::abs(*least), std::abs(*most));
    shown.ends.assign(at(model::shape_of(*shown.tensor).channels), end);
    return shown;
}

Shown shown_of_stage(const Context& context, Index stage) {
    const StageMaps& maps = context.pictures.stages()[at(stage)];
    Shown shown{.tensor = context.shown(stage), .is_signed = maps.is_signed};
    float network = 0.0F;
    for (const StageMaps& other : context.pictures.stages()) {
        network = std::max(network, other.greatest_of_all);
    }
    const model::ScaleOf scale = context.room().scale;
    for (const float greatest : maps.greatest) {
        const bool by_map = scale == model::ScaleOf::map && !maps.shape.flat;
        shown.ends.push_back(by_map                             ? greatest
                             : scale == model::ScaleOf::network ? network
                                                                : maps.greatest_of_all);
    }
    return shown;
}

/// The colours of a scale, packed: a look-up a cell, since there are tens of thousands.
class Palette {
  public:
    Palette(const Theme& theme, const Shown& shown) : shown_(shown), theme_(theme) {
        for (std::size_t i = 0; i < table_.size(); ++i) {
            const float t = static_cast<float>(i) / kLast;
            const Color color = shown.is_grey()   ? mix(kBlack, kWhite, t)
                                : shown.is_signed ? widgets::at(theme.diverging, t)
                                                  : widgets::at(theme.sequential, t);
            table_[i] = color.packed();
        }
    }

    [[nodiscard]] std::uint32_t of(Index channel, float value) const {
        if (!std::isfinite(value)) {
            return theme_.bg3.packed();
        }
        if (value == 0.0F && !shown_.is_grey() && !shown_.is_signed) {
            return theme_.exact_zero.packed();
        }
        const float t = std::clamp(shown_.share(channel, value), 0.0F, 1.0F);
        return table_[static_cast<std::size_t>(t * kLast + 0.5F)];
    }

  private:
    static constexpr float kLast = 255.0F;
    const Shown& shown_;
    const Theme& theme_;
    std::array<std::uint32_t, 256> table_{};
};

void add_boxes(const Theme& theme, const Slab& slab, const Shown& shown, SpaceScene& scene) {
    const Palette palette(theme, shown);
    const Space size = slab.cell_size();
    const std::uint32_t edge = tint(theme.line3, 0.5F, theme.bg1).packed();
    const auto count =
        std::min(std::ssize(shown.tensor->values),
                 slab.shape.flat ? slab.shape.channels : slab.planes * slab.rows * slab.columns);
    for (Index i = 0; i < count; ++i) {
        const model::Place place = model::place_in(slab.shape, i);
        const auto middle = slab.at(place);
        if (!middle) {
            continue;
        }
        scene.boxes.push_back({.middle = {middle->x, middle->y, middle->z},
                               .size = {size.x, size.y, size.z},
                               .fill = palette.of(place.channel, shown.tensor->values[at(i)]),
                               .edge = edge});
    }
}

/// The place on a slab's map that is seen at a place of the screen, by the two steps along its rows
/// and columns.
std::optional<model::Place> place_under(const Slab& slab,
                                        const Turntable& table,
                                        Index plane,
                                        Point mouse) {
    const Point origin = table.project(slab.at(plane, 0, 0));
    const Point down = table.project(slab.at(plane, 1, 0)) - origin;
    const Point across = table.project(slab.at(plane, 0, 1)) - origin;
    const float area = across.x * down.y - across.y * down.x;
    if (std::abs(area) < 1e-3F) {
        return std::nullopt;
    }
    const Point from = mouse - origin;
    const auto column = static_cast<Index>(std::lround((from.x * down.y - from.y * down.x) / area));
    const auto row =
        static_cast<Index>(std::lround((across.x * from.y - across.y * from.x) / area));
    if (row < 0 || row >= slab.rows || column < 0 || column >= slab.columns) {
        return std::nullopt;
    }
    if (slab.shape.flat) {
        const Index number = row * slab.columns + column;
        return number < slab.shape.channels ? std::optional(model::Place{number, 0, 0})
                                            : std::nullopt;
    }
    return model::Place{plane, row, column};
}

}  // namespace

Space Slab::at(Index plane, float row, float column) const {
    const float front = step * static_cast<float>(planes - 1) / 2;
    return {left + (column + 0.5F) * cell,
            (static_cast<float>(rows - 1) / 2 - row) * cell,
            front - step * static_cast<float>(plane)};
}

std::optional<Space> Slab::at(const model::Place& place) const {
    if (shape.flat) {
        return at(0,
                  static_cast<float>(place.channel / columns),
                  static_cast<float>(place.channel % columns));
    }
    if (place.channel >= planes) {
        return std::nullopt;
    }
    return at(place.channel, static_cast<float>(place.row), static_cast<float>(place.column));
}

Space Slab::cell_size() const {
    return {kFilled * cell, kFilled * cell, 0.5F * cell};
}

const Slab* SpaceScene::slab_of(Index stage) const {
    const auto found = std::ranges::find(slabs, stage, &Slab::stage);
    return found == slabs.end() ? nullptr : &*found;
}

std::vector<SpaceBounds> SpaceScene::bounds() const {
    std::vector<SpaceBounds> all(slabs.size());
    std::ranges::transform(slabs, all.begin(), &Slab::bounds);
    return all;
}

SpaceScene space_scene(const Context& context) {
    SpaceScene scene;
    float left = 0.0F;
    for (Index stage = -1; stage < std::ssize(context.pictures.stages()); ++stage) {
        const Shown shown = stage < 0 ? shown_of_input(context) : shown_of_stage(context, stage);
        if (shown.tensor == nullptr || shown.ends.empty()) {
            continue;
        }
        const Slab slab = inspect::slab_of(stage, model::shape_of(*shown.tensor), left);
        const float width = slab.bounds.most.x - slab.bounds.least.x;
        left += width + std::max(kGap, 0.35F * width);
        add_boxes(context.theme(), slab, shown, scene);
        scene.slabs.push_back(slab);
    }
    return scene;
}

std::optional<SpaceCell> picked(const SpaceScene& scene, const Turntable& table, Point mouse) {
    std::optional<SpaceCell> nearest;
    float best = 0.0F;
    for (const Slab& slab : scene.slabs) {
        for (Index plane = 0; plane < slab.planes; ++plane) {
            const auto place = place_under(slab, table, plane, mouse);
            const auto middle = place ? slab.at(*place) : std::nullopt;
            const Space size = slab.cell_size();
            const auto depth =
                middle ? table.hit(mouse, *middle, {slab.cell, slab.cell, size.z}) : std::nullopt;
            if (depth && (!nearest || *depth > best)) {
                nearest = {slab.stage, *place};
                best = *depth;
            }
        }
    }
    return nearest;
}

}  // namespace convoscope::rooms::inspect
