#include "web/rooms/inspect/offered_images.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "web/models/inspect/inspect_commands.h"
#include "web/rooms/loading_button.h"
#include "web/widgets/button.h"
#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"
#include "web/widgets/segmented.h"
#include "web/widgets/select.h"
#include "web/widgets/tile.h"

namespace convoscope::rooms::inspect {

using namespace widgets;
using model::Offer;

namespace {

constexpr float kThumb = 32;
constexpr float kAwaited = 60;
constexpr std::size_t kMostRows = 2;
constexpr std::array<const char*, 20> kClassIds{"0",  "1",  "2",  "3",  "4",  "5",  "6",
                                                "7",  "8",  "9",  "10", "11", "12", "13",
                                                "14", "15", "16", "17", "18", "19"};

/// One test image that can be taken.
struct Offered {
    std::string id;
    std::string label;
    ImageRef image;
    std::int64_t index = 0;
};

std::vector<Offered> offered(const Context& context) {
    const model::Model& room = context.room();
    const models::TrainModel& train = context.train();
    const bool misread = room.offer == Offer::mistakes;
    const models::Pictures& pictures = misread ? train.mistakes.pictures : train.test_pictures;
    const bool asked = train.mistakes.split == "test" && train.mistakes.true_class < 0;
    std::vector<Offered> images;
    for (std::size_t i = 0; i < pictures.count() && (!misread || asked); ++i) {
        if (room.offer == Offer::of_class && pictures.labels[i] != room.offered_class) {
            continue;
        }
        const std::string name = train.data.class_name(pictures.labels[i]);
        const std::string number = std::to_string(pictures.indices[i]);
        const std::string read =
            misread && i < train.mistakes.images.size()
                ? ", read as " + train.data.class_name(train.mistakes.images[i].predicted)
                : "";
        images.push_back(
            {.id = "inspect.picture." + number,
             .label = "Test image " + number + ": " + name + read,
             .image = misread ? context.pictures.mistake(i) : context.pictures.picture(i),
             .index = pictures.indices[i]});
    }
    return images;
}

/// In place of test images, while there are none.
float draw_awaited(Context& context, Rect where) {
    const models::DataSetState& data = context.train().data;
    if (data.loading == models::DataSetState::Loading::running) {
        ghost(context, where, "Test images appear as they are loaded.");
        return where.h;
    }
    const float width = loading_button_width(context.ui);
    Rect row = where.take_top(space::kButton, where.h - space::kButton);
    draw_loading_button(
        context.ui, data, context.commands, "inspect.loading", row.take_right(width, space::k12));
    context.ui.canvas().text({row.x, row.center_y()},
                             "They have not been loaded.",
                             FontStyle::kSmall,
                             context.theme().t2);
    return kAwaited;
}

/// Mistakes are known once all test images have been read.
float draw_unread(Context& context, Rect where) {
    const bool working = context.train().working() || context.train().evaluating.has_value();
    if (context.train().readings.test >= 0 || working) {
        ghost(context,
              {where.x, where.y, where.w, kAwaited},
              working ? "They appear when the test images have been read."
                      : "No test image is misread.");
        return kAwaited;
    }
    if (button(context.ui,
               {.id = "inspect.read", .label = "Read all test images"},
               {where.x, where.y, where.w, space::kButton})) {
        context.commands.push(models::commands::evaluate("test"));
    }
    return space::kButton;
}

void take_offer(Context& context, Offer offer, int type) {
    context.commands.push(model::commands::offer(offer, type));
}

void draw_choice(Context& context, Rect row) {
    const model::Model& room = context.room();
    const std::array<Segment, 3> offers{
        {{"first", "First"}, {"class", "Class"}, {"mistakes", "Misread"}}};
    const bool by_class = room.offer == Offer::of_class;
    const Rect right = by_class ? row.take_right(76, space::k8) : Rect{};
    if (const auto chosen =
            segmented(context.ui, "inspect.offer", offers, static_cast<int>(room.offer), row)) {
        take_offer(context, static_cast<Offer>(*chosen), room.offered_class);
    }
    if (!by_class) {
        return;
    }
    const std::vector<std::string>& classes = context.train().data.classes;
    std::vector<Option> options;
    for (std::size_t i = 0; i < std::min(classes.size(), kClassIds.size()); ++i) {
        options.push_back({.id = kClassIds[i], .label = classes[i]});
    }
    if (options.empty()) {
        return;
    }
    if (const auto chosen = select(
            context.ui,
            "inspect.offer.of",
            "Class of the test images",
            options,
            std::min(room.offered_class, static_cast<int>(options.size()) - 1),
            {right.x, right.center_y() - space::kSelectBox / 2, right.w, space::kSelectBox})) {
        take_offer(context, Offer::of_class, *chosen);
    }
}

float draw_tiles(Context& context, const std::vector<Offered>& images, Rect where) {
    constexpr float kPitch = kThumb + space::k8;
    const auto columns =
        std::max(std::size_t{1}, static_cast<std::size_t>((where.w + space::k8) / kPitch));
    const std::size_t count = std::min(images.size(), kMostRows * columns);
    for (std::size_t i = 0; i < count; ++i) {
        const Offered& image = images[i];
        const bool chosen = context.room().source == model::Source::picture &&
                            context.room().split == "test" && context.room().picture == image.index;
        const TileResult result =
            tile(context.ui,
                 {.id = image.id.c_str(),
                  .label = image.label,
                  .role = Role::kRadio,
                  .image = image.image,
                  .pinned = false,
                  .outlined = chosen,
                  .explanation = {{image.label + ".", FontStyle::kBody, context.theme().t2}}},
                 {where.x + static_cast<float>(i % columns) * kPitch,
                  where.y + static_cast<float>(i / columns) * kPitch,
                  kThumb,
                  kThumb});
        if (result.interaction.clicked) {
            context.commands.push(model::commands::picture(image.index));
        }
    }
    return static_cast<float>((count + columns - 1) / columns) * kPitch;
}

/// Why there is no picture of the camera, or that there will be one.
const char* camera_text(models::convolve::CameraState state) {
    using models::convolve::CameraState;
    switch (state) {
        case CameraState::refused:
            return "The camera was refused: allow it beside the address, then press Camera again.";
        case CameraState::stopped:
            return "The camera stopped while the page was hidden: press Camera again.";
        case CameraState::live:
            return "Live, and never leaves this page.";
        default:
            return "The camera is being asked for.";
    }
}

}  // namespace

float draw_own_sources(Context& context, Rect where) {
    const model::Model& room = context.room();
    if (!room.has_network() || !model::refusal_of_photos(room.network.input).empty()) {
        return 0;
    }
    const float top = where.y;
    const bool live = room.source == model::Source::camera;
    Rect row{where.x, where.y, where.w, space::kButton};
    const float half = (where.w - space::k8) / 2;
    const Color quiet = context.theme().t2;
    if (button(context.ui,
               {.id = "inspect.own",
                .label = "Own file",
                .icon = Icon::kImage,
                .active = room.source == model::Source::own,
                .explanation = {{"A picture of your own, PNG or JPEG: pick it here, drop it on "
                                 "the page or paste it.",
                                 FontStyle::kBody,
                                 quiet}}},
               row.take_left(half, space::k8))) {
        context.commands.push(models::commands::plain("open_file"));
    }
    if (button(context.ui,
               {.id = "inspect.camera",
                .label = "Camera",
                .icon = Icon::kEye,
                .active = live,
                .explanation = {{"Your camera, read live. Its picture never leaves this page.",
                                 FontStyle::kBody,
                                 quiet}}},
               row)) {
        const bool on = live && context.state.photo.camera == models::convolve::CameraState::live;
        context.commands.push(model::commands::with("inspect_camera", "on", !on));
    }
    where.y += space::kButton + space::k4;
    if (live) {
        const int lines = context.ui.canvas().paragraph({where.x, where.y + space::k8},
                                                        where.w,
                                                        camera_text(context.state.photo.camera),
                                                        FontStyle::kSmall,
                                                        quiet,
                                                        17);
        where.y += 17.0F * static_cast<float>(lines) + space::k4;
    }
    return where.y - top;
}

float draw_offered(Context& context, Rect where) {
    const float top = where.y;
    section_head(context.ui, where.x, where.y + space::k8, where.w, "Or take one", "test set");
    where.y += space::k24;
    if (context.train().test_pictures.count() == 0) {
        return draw_awaited(context, {where.x, where.y, where.w, kAwaited}) + space::k24;
    }
    draw_choice(context, {where.x, where.y, where.w, space::kButton});
    where.y += space::kButton + space::k8;
    const std::vector<Offered> images = offered(context);
    if (images.empty() && context.room().offer == Offer::mistakes) {
        where.y += draw_unread(context, where);
    } else {
        where.y += draw_tiles(context, images, where);
    }
    return where.y - top;
}

}  // namespace convoscope::rooms::inspect
