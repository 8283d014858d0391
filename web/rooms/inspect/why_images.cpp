#include "web/rooms/inspect/why_images.h"

#include <algorithm>
#include <optional>
#include <string>

#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"
#include "web/widgets/tile.h"

namespace convoscope::rooms::inspect {

using namespace widgets;
using model::Explanation;
using model::Why;

namespace {

constexpr float kThumb = 60;
constexpr float kCaption = 38;
constexpr float kLine = 17;
constexpr float kWanted = 132;
constexpr float kNarrow = 480;

/// The part of the input that a place of the map sees, as a box of the picture.
std::optional<Rect> seen_by(const Context& context, Index row, Index column) {
    if (!context.neuron) {
        return std::nullopt;
    }
    model::Neuron neuron = *context.neuron;
    neuron.place.row = row;
    neuron.place.column = column;
    const auto box = context.room().field(neuron);
    if (!box) {
        return std::nullopt;
    }
    const auto inside = context.room().on_input(*box);
    return Rect{static_cast<float>(inside.left),
                static_cast<float>(inside.top),
                static_cast<float>(inside.right - inside.left),
                static_cast<float>(inside.bottom - inside.top)};
}

/// Found images in a line, as many as have room, each with its class and its figure.
float draw_found(Context& context, Why why, Rect where, bool boxes) {
    const Explanation& answer = context.room().explanations.of(why);
    Canvas canvas = context.ui.canvas();
    const Theme& theme = context.theme();
    if (!answer.found()) {
        awaited(context, why, {where.x, where.y + kThumb / 2, where.w, 4});
        return kThumb + kCaption;
    }
    const auto room = static_cast<std::size_t>((where.w + space::k8) / (kThumb + space::k8));
    const std::size_t count = std::min(answer.images.size(), room);
    for (std::size_t i = 0; i < count; ++i) {
        const model::FoundImage& image = answer.images[i];
        const Rect place{
            where.x + static_cast<float>(i) * (kThumb + space::k8), where.y, kThumb, kThumb};
        const std::string id =
            std::string("inspect.why.") + model::name_of(why) + "." + std::to_string(i);
        const std::string name = context.train().data.class_name(image.label);
        const std::string figure = significant_text(image.figure, 3);
        tile(
            context.ui,
            {.id = id.c_str(),
             .label = "Training image " + std::to_string(image.index) + ": " + name + ", " + figure,
             .image = context.pictures.found(why, i),
             .rows = answer.pictures.height,
             .columns = answer.pictures.width,
             .field = boxes ? seen_by(context, image.row, image.column) : std::nullopt},
            place);
        canvas.clipped_text(
            {place.x, place.bottom() + 11}, kThumb, name, FontStyle::kSmall, theme.t1);
        canvas.text({place.x, place.bottom() + 26}, figure, FontStyle::kM11, theme.t3);
    }
    return kThumb + kCaption;
}

float draw_sentence(Context& context, Rect where, const std::string& text) {
    const int lines = context.ui.canvas().paragraph({where.x, where.y + space::k8},
                                                    where.w,
                                                    text,
                                                    FontStyle::kSmall,
                                                    context.theme().t2,
                                                    kLine);
    return static_cast<float>(lines) * kLine + space::k8;
}

/// What a search of the training images found, under its title and over a sentence on what it
/// means.
struct Search {
    Why why;
    std::string title;
    const char* figure;    ///< what is written under each
    const char* sentence;  ///< goes on from "Of 2,000"
    bool boxes = false;    ///< around the part that was seen
};

float draw_search(Context& context, Rect where, const Search& search) {
    const Explanation& answer = context.room().explanations.of(search.why);
    section_head(context.ui, where.x, where.y + space::k8, where.w, search.title, search.figure);
    float y = where.y + space::k24;
    y += draw_found(context, search.why, {where.x, y, where.w, 0}, search.boxes);
    y += draw_sentence(
        context, {where.x, y, where.w, 0}, "Of " + integer_text(answer.searched) + search.sentence);
    return y - where.y;
}

float draw_exciting(Context& context, Rect where, const std::string& filter) {
    return draw_search(
        context,
        where,
        {.why = Why::exciting_images,
         .title = "What excites " + filter,
         .figure = "its number",
         .sentence = " training images those in which this map's number is greatest, and the part "
                     "that it sees. What else is in them need not matter to it.",
         .boxes = true});
}

float draw_wanted(Context& context, Rect where) {
    const Explanation& answer = context.room().explanations.of(Why::gradient_ascent);
    section_head(context.ui, where.x, where.y + space::k8, where.w, "What it wants");
    float y = where.y + space::k24;
    const Rect picture{where.x, y, std::min(kWanted, where.w), std::min(kWanted, where.w)};
    Canvas canvas = context.ui.canvas();
    if (answer.found()) {
        canvas.image(context.pictures.found(Why::gradient_ascent, 0), picture, radius::kTile);
    } else {
        awaited(context, Why::gradient_ascent, {picture.x, picture.center_y(), picture.w, 4});
    }
    canvas.outline(picture, context.theme().line2, radius::kTile);
    register_passive(context.ui,
                     {.id = "inspect.why.wanted",
                      .label = "The picture that the filter wants",
                      .role = Role::kImage,
                      .value = significant_text(answer.after, 3)},
                     picture);
    y = picture.bottom() + space::k8;
    const std::string grown =
        significant_text(answer.before, 2) + " to " + significant_text(answer.after, 2);
    y += draw_sentence(context,
                       {where.x, y, where.w, 0},
                       answer.found() ? "Noise that followed the gradient uphill, with decay and "
                                        "blur: its number grew from " +
                                            grown + ". One of many such pictures."
                                      : "The engine is at work on it.");
    return y - where.y;
}

}  // namespace

float draw_nearest_images(Context& context, Rect where) {
    return draw_search(context,
                       where,
                       {.why = Why::nearest_images,
                        .title = "Nearest training images",
                        .figure = "distance in the last hidden layer",
                        .sentence = " training images those that the last hidden layer finds most "
                                    "alike: alike to the network, which need not be alike to the "
                                    "eye."});
}

float draw_filter_wishes(Context& context, Rect where) {
    if (!context.neuron) {
        return 0;
    }
    const Index stage = context.neuron->stage;
    const bool flat = context.pictures.stages()[at(stage)].shape.flat;
    const std::string filter = (flat ? "number " : "map ") +
                               std::to_string(context.neuron->place.channel) + " of " +
                               context.stage_name(context.neuron->stage);
    if (where.w < kNarrow) {
        const float first = draw_exciting(context, where, filter) + space::k16;
        return first + draw_wanted(context, {where.x, where.y + first, where.w, 0});
    }
    const float right = kWanted + space::k32;
    const float left = where.w - right - space::k24;
    return std::max(draw_exciting(context, {where.x, where.y, left, 0}, filter),
                    draw_wanted(context, {where.right() - right, where.y, right, 0}));
}

}  // namespace convoscope::rooms::inspect
