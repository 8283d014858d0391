#include "web/rooms/inspect/why_projection.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <imgui.h>

#include "web/models/inspect/inspect_commands.h"
#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"
#include "web/widgets/segmented.h"

namespace convoscope::rooms::inspect {

using namespace widgets;
using model::Explanation;
using model::Why;

namespace {

constexpr float kPlane = 280;
constexpr float kMargin = 16;
constexpr float kPicture = 72;
constexpr float kReach = 12;  ///< of the pointer
constexpr float kLine = 17;
constexpr std::size_t kLetters = 3;
constexpr std::size_t kNamed = 300;  ///< of thousands the first have names, the others are dots
constexpr float kDot = 3;

/// The points' places on the screen.
std::vector<Point> places_in(const models::CapturedTensor& tensor, Rect plane) {
    std::vector<Point> places;
    float low[2] = {0, 0};
    float high[2] = {0, 0};
    for (std::size_t i = 0; i < tensor.values.size(); ++i) {
        low[i % 2] = std::min(low[i % 2], tensor.values[i]);
        high[i % 2] = std::max(high[i % 2], tensor.values[i]);
    }
    const Rect inside = plane.inset(kMargin);
    const auto share = [&](std::size_t i) {
        const float range = high[i % 2] - low[i % 2];
        return range > 0.0F ? (tensor.values[i] - low[i % 2]) / range : 0.5F;
    };
    for (std::size_t i = 0; i + 1 < tensor.values.size(); i += 2) {
        places.push_back(
            {inside.x + share(i) * inside.w, inside.bottom() - share(i + 1) * inside.h});
    }
    return places;
}

/// The point under the pointer; -1: none.
Index nearest_point(const std::vector<Point>& places, std::size_t labelled) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    Index nearest = -1;
    float least = kReach * kReach;
    for (std::size_t i = 0; i < std::min(places.size(), labelled); ++i) {
        const float across = places[i].x - mouse.x;
        const float down = places[i].y - mouse.y;
        if (across * across + down * down < least) {
            least = across * across + down * down;
            nearest = static_cast<Index>(i);
        }
    }
    return nearest;
}

void draw_hovered(Context& context, const Explanation& answer, Index point, Rect plane) {
    const auto i = static_cast<std::size_t>(point);
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const Rect picture{
        plane.right() - kPicture - space::k8, plane.y + space::k8, kPicture, kPicture};
    canvas.image(context.pictures.found(Why::projection, i), picture, radius::kTile);
    canvas.outline(picture, theme.line3, radius::kTile);
    const auto& data = context.train().data;
    const bool right = answer.labels[i] == answer.predicted[i];
    canvas.text({picture.right(), picture.bottom() + space::k12},
                data.class_name(answer.labels[i]) +
                    (right ? "" : ", read as " + data.class_name(answer.predicted[i])),
                FontStyle::kSmall,
                right ? theme.t1 : theme.err,
                Align::kRight);
}

void draw_points(Context& context, const Explanation& answer, Rect plane, bool hovered) {
    const models::CapturedTensor* tensor = answer.find("places");
    if (tensor == nullptr || answer.predicted.size() != answer.labels.size()) {
        return;
    }
    const std::vector<Point> places = places_in(*tensor, plane);
    const Index point = hovered ? nearest_point(places, answer.labels.size()) : Index{-1};
    const int chosen = point >= 0 ? answer.labels[static_cast<std::size_t>(point)] : -1;
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const std::size_t count = std::min(places.size(), answer.labels.size());
    const auto colour = [&](std::size_t i) {
        return answer.labels[i] != answer.predicted[i] ? theme.err
               : answer.labels[i] == chosen            ? theme.output
               : chosen >= 0                           ? theme.t3
                                                       : theme.t2;
    };
    for (std::size_t i = kNamed; i < count; ++i) {
        canvas.fill({places[i].x - kDot / 2, places[i].y - kDot / 2, kDot, kDot}, colour(i));
    }
    for (std::size_t i = 0; i < std::min(count, kNamed); ++i) {
        const std::string name = context.train().data.class_name(answer.labels[i]);
        canvas.text(
            places[i], name.substr(0, kLetters), FontStyle::kM11, colour(i), Align::kCenter);
    }
    if (answer.own && places.size() > answer.labels.size()) {
        const Point own = places.back();
        canvas.disc(own, 5, theme.output_fill);
        canvas.ring(own, 9, theme.output, stroke::kSelect);
    }
    if (point >= 0) {
        draw_hovered(context, answer, point, plane);
    }
}

std::string sentence_of(const Context& context, const Explanation& answer) {
    const std::string start =
        "Each name or dot is one of " + integer_text(std::ssize(answer.labels)) +
        " test images at its place, red where it is misread; the ring is the picture above. ";
    if (context.room().projection == model::Projection::tsne) {
        return start +
               "t-SNE keeps neighbours together; distances between groups and their sizes mean "
               "nothing.";
    }
    double held = 0.0;
    for (const double share : answer.shares) {
        held += share;
    }
    return start + "These two axes hold " + percent_text(held, 0) +
           " of the variance: what is close here may be far apart in the rest.";
}

}  // namespace

float draw_projection(Context& context, Rect where) {
    const Explanation& answer = context.room().explanations.of(Why::projection);
    const std::array<Segment, 2> ways{{{"pca", "PCA"}, {"tsne", "t-SNE"}}};
    section_head(context.ui,
                 where.x,
                 where.y + space::k12,
                 where.w - 150,
                 "The last hidden layer in a plane");
    if (const auto chosen = segmented(context.ui,
                                      "inspect.projection",
                                      ways,
                                      static_cast<int>(context.room().projection),
                                      {where.right() - 140, where.y, 140, space::kButton})) {
        context.commands.push(model::commands::with(
            "inspect_projection",
            "projection",
            std::string_view(model::name_of(static_cast<model::Projection>(*chosen)))));
    }
    const Rect plane{where.x, where.y + space::kButton + space::k8, where.w, kPlane};
    Canvas canvas = context.ui.canvas();
    canvas.box(plane, context.theme().bg1, context.theme().line1, radius::kCard);
    const Interaction act = interact(
        context.ui,
        {.id = "inspect.why.projection",
         .label = "Test images in the space of the last hidden layer",
         .role = Role::kImage,
         .value = std::to_string(answer.labels.size()) + " images"},
        plane,
        {{"Point at a name or a dot to see its picture.", FontStyle::kBody, context.theme().t2}});
    if (answer.found()) {
        draw_points(context, answer, plane, act.hovered);
    } else {
        awaited(context,
                Why::projection,
                {plane.x + space::k32, plane.center_y(), plane.w - 2 * space::k32, 4});
    }
    if (act.focused) {
        canvas.focus_ring(plane, radius::kCard);
    }
    const int lines = canvas.paragraph({where.x, plane.bottom() + space::k16},
                                       where.w,
                                       sentence_of(context, answer),
                                       FontStyle::kSmall,
                                       context.theme().t2,
                                       kLine);
    return plane.bottom() + space::k16 + static_cast<float>(lines) * kLine - where.y;
}

}  // namespace convoscope::rooms::inspect
