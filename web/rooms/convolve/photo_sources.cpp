#include "web/rooms/convolve/photo_sources.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "web/models/commands.h"
#include "web/models/convolve/photo_commands.h"
#include "web/models/network_choice.h"
#include "web/models/own/own_choice.h"
#include "web/rooms/convolve/picture_choice.h"
#include "web/widgets/panel.h"
#include "web/widgets/segmented.h"
#include "web/widgets/select.h"
#include "web/widgets/tile.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::PhotoSource;

namespace {

constexpr float kGap = 8;
constexpr float kLabel = 46;
constexpr float kChoice = 26;
constexpr float kBetween = 5;

struct SourceChoice {
    PhotoSource source;
    const char* id;
    const char* label;
    Icon icon;
    const char* why;
};
constexpr std::array<SourceChoice, 3> kChoices{
    {{PhotoSource::rings,
      "convolve.photo.rings",
      "rings",
      Icon::kNone,
      "Rings run in every direction, and finer and finer: what lights up is what the kernel "
      "answers to."},
     {PhotoSource::camera,
      "convolve.photo.camera",
      "camera",
      Icon::kEye,
      "Your camera, convolved live. Its picture never leaves this page."},
     {PhotoSource::own,
      "convolve.photo.own",
      "own file",
      Icon::kImage,
      "A picture of your own, PNG or JPEG: pick it here, drop it on the page or paste it."}}};

void press(Context& context, PhotoSource source) {
    const bool already = context.state.photo.source() == source;
    if (source == PhotoSource::own && (already || !context.state.photo.has_own())) {
        context.commands.push(models::commands::plain("open_file"));
        return;
    }
    context.commands.push(model::commands::choose_photo(source));
}

void draw_choice(Context& context, const SourceChoice& choice, ImageRef image, Rect tile) {
    const Theme& theme = context.theme();
    const bool on = context.state.photo.source() == choice.source;
    const auto draw = [&](Rect picture) {
        Canvas canvas = context.ui.canvas();
        canvas.box(picture, theme.bg3, theme.line1, radius::kTile);
        if (choice.icon == Icon::kNone) {
            canvas.image(image, picture, radius::kTile);
        } else {
            canvas.icon(choice.icon, picture.center(), 20, on ? theme.t1 : theme.t2);
        }
    };
    if (draw_picture_choice(
            context,
            {.id = choice.id, .label = choice.label, .why = choice.why, .chosen = on},
            tile,
            draw)) {
        press(context, choice.source);
    }
}

void draw_data_tile(Context& context, const PhotoPictures& pictures, std::size_t index, Rect rect) {
    const models::TrainModel& train = context.state.train;
    const std::string id = "convolve.photo.data." + std::to_string(index);
    const bool on = context.state.photo.source() == PhotoSource::data &&
                    context.state.photo.data_index() == static_cast<std::int64_t>(index);
    const std::string name = train.data.class_name(train.pictures.labels[index]);
    const TileResult result =
        tile(context.ui,
             {.id = id.c_str(),
              .label = train.data.name + ": " + name,
              .image = pictures.gallery().image(index),
              .outlined = on,
              .explanation = plain(context, "A picture of " + train.data.name + ": " + name + ".")},
             rect);
    if (result.interaction.clicked) {
        context.commands.push(
            model::commands::choose_photo(PhotoSource::data, static_cast<std::int64_t>(index)));
    }
}

/// A name and a choice of at most three beside it.
std::optional<int> draw_row(Context& context,
                            const char* id,
                            const char* name,
                            std::span<const Segment> segments,
                            int selected,
                            Rect row) {
    context.ui.canvas().text({row.x, row.center_y()}, name, FontStyle::kSmall, context.theme().t2);
    return segmented(
        context.ui, id, segments, selected, {row.x + kLabel, row.y, row.w - kLabel, row.h});
}

/// The reader's own pictures, as long as there are too few of them to be a set.
bool is_missing(const Context& context, const models::DataChoice& choice) {
    return choice.id == models::own::kOwnData && choice.id != context.state.train.settings.data &&
           !context.state.own.problem().empty();
}

/// The data set of the whole laboratory; another one begins another run in the Train room.
void draw_data_row(Context& context, Rect row) {
    std::vector<Option> options;
    int selected = 0;
    for (const models::DataChoice& choice : models::data_choices()) {
        if (is_missing(context, choice)) {  // the last of them, so that indices stay
            continue;
        }
        if (choice.id == context.state.train.settings.data) {
            selected = static_cast<int>(options.size());
        }
        options.push_back({.id = choice.id.data(), .label = choice.label});
    }
    context.ui.canvas().text(
        {row.x, row.center_y()}, "Images", FontStyle::kSmall, context.theme().t2);
    row.take_left(kLabel);
    if (const auto chosen =
            select(context.ui, "convolve.photo.set", "Images", options, selected, row)) {
        const models::DataChoice& data = models::data_choices()[static_cast<std::size_t>(*chosen)];
        context.commands.push(models::commands::choose_data(data.id));
    }
}

}  // namespace

float draw_photo_sources(Context& context, const PhotoPictures& pictures, Rect column) {
    const float top = column.y;
    const auto in_row = static_cast<std::size_t>(
        std::max(4.0F, std::floor((column.w + kGap) / (kChoiceTile + kGap))));
    const float pitch = (column.w - kChoiceTile) / static_cast<float>(in_row - 1);
    column.y += 3;
    for (std::size_t i = 0; i < kChoices.size(); ++i) {
        draw_choice(context,
                    kChoices[i],
                    pictures.rings(),
                    {column.x + std::floor(static_cast<float>(i) * pitch),
                     column.y,
                     kChoiceTile,
                     kChoiceTile});
    }
    // The data set's pictures go on beside them, as many as two rows take.
    constexpr float kRow = kLabelledTile + 4;
    const std::size_t count = std::min(pictures.gallery().count(), 2 * in_row - kChoices.size());
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t place = i + kChoices.size();
        draw_data_tile(context,
                       pictures,
                       i,
                       {column.x + std::floor(static_cast<float>(place % in_row) * pitch),
                        column.y + static_cast<float>(place / in_row) * kRow,
                        kChoiceTile,
                        kChoiceTile});
    }
    const bool second = count + kChoices.size() > in_row;
    column.y += second ? kRow + kChoiceTile + 3 : kLabelledTile;
    return column.y - top;
}

float draw_photo_choices(Context& context, Rect column) {
    const float top = column.y;
    const model::Photo& photo = context.state.photo;
    static constexpr std::array<int, 3> kSides{32, 64, 128};
    draw_data_row(context, column.take_top(kChoice, kBetween));
    const std::array<Segment, 3> sides{{{"32", "32"}, {"64", "64"}, {"128", "128"}}};
    const auto side = std::ranges::find(kSides, static_cast<int>(photo.side())) - kSides.begin();
    if (const auto chosen = draw_row(context,
                                     "convolve.photo.side",
                                     "Pixels",
                                     sides,
                                     static_cast<int>(side),
                                     column.take_top(kChoice, kBetween))) {
        context.commands.push(
            model::commands::with("photo_side", "side", kSides[static_cast<std::size_t>(*chosen)]));
    }
    const std::array<Segment, 2> colours{{{"grey", "Grey"}, {"colour", "Colour"}}};
    if (const auto chosen = draw_row(context,
                                     "convolve.photo.colour",
                                     "Input",
                                     colours,
                                     photo.in_colour() ? 1 : 0,
                                     column.take_top(kChoice, kBetween))) {
        context.commands.push(model::commands::with("photo_colour", "on", *chosen == 1));
    }
    const std::array<Segment, 3> looks{
        {{"automatic", "Auto"}, {"values", "± values"}, {"picture", "Picture"}}};
    if (const auto chosen = draw_row(context,
                                     "convolve.photo.look",
                                     "Output",
                                     looks,
                                     static_cast<int>(photo.look),
                                     column.take_top(kChoice))) {
        context.commands.push(model::commands::with(
            "photo_look", "look", model::name_of(static_cast<model::PhotoLook>(*chosen))));
    }
    return column.y - top;
}

}  // namespace convoscope::rooms::convolve
