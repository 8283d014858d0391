#include "web/rooms/inspect/why_maps.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "web/models/inspect/maps.h"
#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"
#include "web/widgets/scales.h"

namespace convoscope::rooms::inspect {

using namespace widgets;
using model::Explanation;
using model::Why;

namespace {

constexpr float kMostPicture = 200;
constexpr float kLine = 17;
constexpr float kTitle = 24;
constexpr int kLines = 5;
constexpr float kNarrow = 480;

std::string class_of(const Context& context, const Explanation& answer) {
    return context.train().data.class_name(answer.type);
}

std::string saliency_text(const Context& context, const Explanation& answer) {
    return "Bright: the pixels whose tiniest change moves the score of " +
           class_of(context, answer) +
           " most. It is sensitivity, not evidence, and says nothing of larger changes.";
}

std::string occlusion_text(const Context& context, const Explanation& answer) {
    return "A square covers each place in turn. Blue: the score of " + class_of(context, answer) +
           " falls, the place speaks for it; red: against it. It cannot tell what two places do "
           "together.";
}

std::string grad_cam_text(const Context& context, const Explanation& answer) {
    return "Where the maps of " + answer.layer + " speak for " + class_of(context, answer) +
           ", stretched from one number a cell: a region, not its outline.";
}

struct MapCard {
    Why why;
    const char* id;
    const char* title;
    std::string (*text)(const Context&, const Explanation&);
};

constexpr std::array kCards{
    MapCard{Why::saliency, "inspect.why.saliency", "Saliency", saliency_text},
    MapCard{Why::occlusion, "inspect.why.occlusion", "Occlusion", occlusion_text},
    MapCard{Why::grad_cam, "inspect.why.grad_cam", "Grad-CAM", grad_cam_text}};

void draw_picture(Context& context, const MapCard& card, Rect picture) {
    const Explanation& answer = context.room().explanations.of(card.why);
    Canvas canvas = context.ui.canvas();
    canvas.image(context.input_image(), picture, radius::kTile);
    const models::CapturedTensor* map = answer.find("map");
    if (map != nullptr) {
        draw_pixel_light(context, map->values, picture, static_cast<float>(context.room().opacity));
    } else if (answer.progress < 1.0) {
        awaited(context, card.why, {picture.x, picture.bottom() - 4, picture.w, 4});
    }
    canvas.outline(picture, context.theme().line2, radius::kTile);
    register_passive(context.ui,
                     {.id = card.id,
                      .label = std::string(card.title) + " over the picture",
                      .role = Role::kImage,
                      .value = answer.found() ? "of the score of " + class_of(context, answer)
                                              : "not there yet"},
                     picture);
}

float draw_card(Context& context, const MapCard& card, Rect where, bool beside) {
    const Explanation& answer = context.room().explanations.of(card.why);
    Canvas canvas = context.ui.canvas();
    canvas.text({where.x, where.y + space::k8}, card.title, FontStyle::kSmallS, context.theme().t1);
    const float side = beside ? where.w * 0.42F : std::min(where.w, kMostPicture);
    draw_picture(context, card, {where.x, where.y + kTitle, side, side});
    const std::string text =
        card.why == Why::grad_cam && !model::has_maps(context.room().network)
            ? "This network has no convolution, so there are no maps to look at."
        : answer.found() ? card.text(context, answer)
                         : "The engine is at work on it.";
    const Point at = beside ? Point{where.x + side + space::k16, where.y + kTitle + space::k8}
                            : Point{where.x, where.y + kTitle + side + space::k16};
    canvas.paragraph(at,
                     beside ? where.w - side - space::k16 : where.w,
                     text,
                     FontStyle::kSmall,
                     context.theme().t2,
                     kLine);
    return kTitle + side + (beside ? space::k20 : space::k16 + kLine * kLines);
}

}  // namespace

void draw_pixel_light(Context& context, std::span<const float> map, Rect picture, float strength) {
    const Shape& input = context.room().network.input;
    const auto greatest = static_cast<float>(greatest_magnitude(map));
    if (std::ssize(map) != input.height * input.width || !(greatest > 0.0F)) {
        return;
    }
    const bool is_signed = std::ranges::any_of(map, [](float number) { return number < 0.0F; });
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const float width = picture.w / static_cast<float>(input.width);
    const float height = picture.h / static_cast<float>(input.height);
    for (std::size_t i = 0; i < map.size(); ++i) {
        const auto row = static_cast<float>(static_cast<Index>(i) / input.width);
        const auto column = static_cast<float>(static_cast<Index>(i) % input.width);
        const float share = std::abs(map[i]) / greatest;
        if (!(share > 0.02F)) {
            continue;
        }
        const Color color = !is_signed      ? theme.kernel_fill
                            : map[i] > 0.0F ? theme.diverging[8]
                                            : theme.diverging[1];
        canvas.fill({picture.x + column * width, picture.y + row * height, width, height},
                    color.faded(strength * std::sqrt(share)));
    }
}

float draw_why_maps(Context& context, Rect where) {
    if (where.w < kNarrow) {
        const float top = where.y;
        for (const MapCard& card : kCards) {
            where.y += draw_card(context, card, where, true);
        }
        return where.y - top;
    }
    const float width = (where.w - 2 * space::k20) / 3;
    float height = 0;
    for (const MapCard& card : kCards) {
        height = std::max(height, draw_card(context, card, {where.x, where.y, width, 0}, false));
        where.x += width + space::k20;
    }
    return height;
}

}  // namespace convoscope::rooms::inspect
