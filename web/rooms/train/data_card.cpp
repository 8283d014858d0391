#include "web/rooms/train/data_card.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "web/models/network_choice.h"
#include "web/models/own/own_choice.h"
#include "web/models/room_commands.h"
#include "web/rooms/loading_button.h"
#include "web/widgets/button.h"
#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"
#include "web/widgets/progress_bar.h"
#include "web/widgets/select.h"
#include "web/widgets/tile.h"

namespace convoscope::rooms::train {

using namespace widgets;

namespace {

constexpr std::size_t kColumns = 10;
constexpr float kGap = 2;
constexpr float kBar = 8;
constexpr float kBalance = 16;
constexpr float kRoomForWords = 240;
constexpr float kLock = 12;
constexpr std::size_t kExpected = 30;  ///< pictures

/// Where pictures of one class stand beside each other.
std::vector<std::size_t> by_class(const std::vector<int>& labels) {
    std::vector<std::size_t> order(labels.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&labels](std::size_t i) { return labels[i]; });
    return order;
}

/// Where the pictures stand, in reading order: a class a column where there are as many, else class
/// after class. Nothing: a place stays empty.
std::vector<std::optional<std::size_t>> places_of(const models::TrainModel& model) {
    const std::vector<int>& labels = model.pictures.labels;
    const std::vector<std::size_t> order = by_class(labels);
    std::vector<std::optional<std::size_t>> places(
        std::max(kExpected, (labels.size() + kColumns - 1) / kColumns * kColumns));
    std::array<std::size_t, kColumns> in_column{};
    for (std::size_t i = 0; i < order.size(); ++i) {
        const auto column = static_cast<std::size_t>(labels[order[i]]);
        const bool in_columns = model.data.classes.size() == kColumns && column < kColumns;
        const std::size_t place = in_columns ? in_column[column]++ * kColumns + column : i;
        if (place < places.size()) {
            places[place] = order[i];
        }
    }
    return places;
}

void draw_picture(Context& context, std::size_t index, Rect place) {
    const std::string id = "train.data.picture." + std::to_string(index);
    const std::string label = "training picture, " + context.model().data.class_name(
                                                         context.model().pictures.labels[index]);
    const TileResult result =
        tile(context.ui,
             {.id = id.c_str(),
              .label = label,
              .image = context.pictures.picture(index),
              .pinned = index == context.model().selected_picture,
              .explanation = {{"A " + label + ". Click: send it through the network.",
                               FontStyle::kBody,
                               context.theme().t2}}},
             place);
    if (result.interaction.clicked) {
        context.commands.push(models::commands::select_picture(index));
    }
}

float draw_pictures(Context& context, Rect where) {
    const float pitch = (where.w + kGap) / kColumns;
    const std::vector<std::optional<std::size_t>> places = places_of(context.model());
    for (std::size_t i = 0; i < places.size(); ++i) {
        const Rect place{where.x + static_cast<float>(i % kColumns) * pitch,
                         where.y + static_cast<float>(i / kColumns) * pitch,
                         pitch - kGap,
                         pitch - kGap};
        if (places[i] && *places[i] < context.pictures.picture_count()) {
            draw_picture(context, *places[i], place);
        } else {
            context.ui.canvas().fill(place, context.theme().bg2, radius::kTile);
        }
    }
    return static_cast<float>(places.size() / kColumns) * pitch;
}

/// How many images each class has, as bars beside each other: below its pictures where they stand
/// in columns.
void draw_balance(Context& context, Rect where) {
    const models::DataSetState& data = context.model().data;
    const Theme& theme = context.theme();
    const std::vector<std::int64_t>& counts = data.train_class_counts;
    if (counts.empty() || data.test_class_counts.size() != counts.size()) {
        return;
    }
    const std::int64_t greatest = std::max<std::int64_t>(1, std::ranges::max(counts));
    const float pitch = (where.w + kGap) / static_cast<float>(counts.size());
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const Rect place{where.x + static_cast<float>(i) * pitch, where.y, pitch - kGap, where.h};
        const float width = std::round(place.w / 2);
        const float height =
            std::round(place.h * static_cast<float>(counts[i]) / static_cast<float>(greatest));
        Canvas canvas = context.ui.canvas();
        canvas.fill({place.x, place.bottom() - stroke::kHair, pitch, stroke::kHair}, theme.line2);
        canvas.fill({place.center_x() - width / 2, place.bottom() - height, width, height},
                    tint(theme.train, 0.55F, theme.bg1));
        const double share = static_cast<double>(counts[i]) /
                             static_cast<double>(std::max<std::int64_t>(1, data.train_loaded));
        const std::string id = "train.data.class." + std::to_string(i);
        const std::string label = "Class " + data.class_name(static_cast<int>(i));
        const std::string value = integer_text(counts[i]) + " to learn from, " +
                                  integer_text(data.test_class_counts[i]) + " to test";
        explain(context,
                id.c_str(),
                label,
                value,
                place,
                percent_text(share, 1) +
                    " of the images to learn from, held-out ones among them. Where classes are of "
                    "unequal size, the large ones weigh more in the loss.");
    }
}

void draw_splits(Context& context, Rect bar, float text_y) {
    const models::DataSetState& data = context.model().data;
    const Theme& theme = context.theme();
    const auto total = static_cast<float>(
        std::max<std::int64_t>(1, data.train_count + data.validation_count + data.test_count));
    const std::array parts{Part{static_cast<float>(data.train_count) / total, theme.train},
                           Part{static_cast<float>(data.validation_count) / total, theme.held},
                           Part{static_cast<float>(data.test_count) / total, theme.bg4, true}};
    stacked_bar(context.ui, parts, bar, radius::kTile);
    Canvas canvas = context.ui.canvas();
    const std::string train = integer_text(data.train_count) + " train";
    const std::string held =
        integer_text(data.validation_count) + (bar.w < kRoomForWords ? " val." : " validation");
    const std::string test = integer_text(data.test_count) + " test";
    canvas.text({bar.x, text_y}, train, FontStyle::kMicro, theme.t2);
    canvas.text({bar.center_x(), text_y}, held, FontStyle::kMicro, theme.held, Align::kCenter);
    canvas.text({bar.right(), text_y}, test, FontStyle::kMicro, theme.t3, Align::kRight);
    if (context.model().test.empty()) {
        const float words = canvas.width(test, FontStyle::kMicro);
        canvas.icon(Icon::kLock, {bar.right() - words - kLock, text_y}, kLock, theme.t3);
    }
    explain(
        context,
        "train.data.splits",
        "Splits",
        train + ", " + held + ", " + test,
        {bar.x, bar.y, bar.w, text_y + space::k8 - bar.y},
        "Weights learn from the training images only; validation is held out of them by the seed; "
        "the test set stays locked until you ask for it.");
}

void draw_loading(Context& context, Rect bar, float text_y) {
    const models::DataSetState& data = context.model().data;
    const float width = loading_button_width(context.ui);
    const Rect row = bar.take_right(width, space::k12);
    const double share = data.bytes_total > 0.0 ? data.bytes_loaded / data.bytes_total : 0.0;
    const std::string text = loading_text(context, bar.w);
    progress_bar(
        context.ui, "train.data.progress", "Loading the data set", static_cast<float>(share), bar);
    context.ui.canvas().text({bar.x, text_y}, text, FontStyle::kMicro, context.theme().t2);
    const float middle = (bar.y + text_y + space::k4) / 2;
    draw_loading_button(context.ui,
                        data,
                        context.commands,
                        "train.data.loading",
                        {row.x, middle - space::kButton / 2, width, space::kButton});
}

void draw_head(Context& context, Rect row) {
    section_head(context.ui, row.x, row.center_y(), row.w, "Data");
    std::vector<Option> options;
    int current = 0;
    for (const models::DataChoice& choice : models::data_choices()) {
        if (choice.id == context.model().settings.data) {
            current = static_cast<int>(options.size());
        }
        options.push_back({.id = choice.id.data(), .label = choice.label});
    }
    const Rect box{row.right() - space::kSelect, row.y, space::kSelect, space::kSelectBox};
    if (const auto chosen =
            select(context.ui, "train.data.choice", "Data set", options, current, box)) {
        const models::DataChoice& data = models::data_choices()[static_cast<std::size_t>(*chosen)];
        context.commands.push(models::commands::choose_data(data.id));
    }
}

/// The way to the reader's own pictures. Returns its height.
float draw_own_way(Context& context, Rect where) {
    const ButtonSpec spec{
        .id = "train.data.edit",
        .label = context.model().data.complete() ? "Change the pictures" : "Make some pictures",
        .icon = Icon::kPencil};
    if (button(context.ui, spec, {where.x, where.y, where.w, space::kButton})) {
        context.commands.push(models::commands::with("own_open", "open", true));
    }
    return space::kButton;
}

}  // namespace

std::string loading_text(const Context& context, float room) {
    using Loading = models::DataSetState::Loading;
    const models::DataSetState& data = context.model().data;
    if (data.bytes_total <= 0.0) {
        return data.loading == Loading::running     ? "Waiting for the data set"
               : data.loading == Loading::cancelled ? "Loading was cancelled"
                                                    : "Loading has failed";
    }
    const std::string size = bytes_text(data.bytes_loaded) + " of " + bytes_text(data.bytes_total);
    std::string state;
    if (data.loading == Loading::running) {
        const bool told = data.seconds_to_go >= 1.0;
        state = told ? to_go_text(data.seconds_to_go) : "";
    } else {
        state = data.loading == Loading::cancelled ? "cancelled" : "broken off";
    }
    const std::string both = state.empty() ? size : size + ", " + state;
    const bool fits = context.ui.canvas().width(both, FontStyle::kMicro) <= room;
    return fits || state.empty() ? both : state;
}

float draw_data_card(Context& context, Rect where) {
    const models::DataSetState& data = context.model().data;
    draw_head(context, {where.x, where.y, where.w, space::kSelectBox});
    float y = where.y + space::kSelectBox + space::k12;
    y += draw_pictures(context, {where.x, y, where.w, 0}) + space::k8;
    draw_balance(context, {where.x, y, where.w, kBalance});
    y += kBalance + space::k12;
    const Rect bar{where.x, y, where.w, kBar};
    y += kBar + space::k12;
    const bool own = context.model().settings.data == models::own::kOwnData;
    if (data.complete()) {
        draw_splits(context, bar, y);
    } else if (!own) {
        draw_loading(context, bar, y);
    }
    y += space::k8;
    if (own) {
        y += space::k12;
        y += draw_own_way(context, {where.x, y, where.w, 0});
    }
    return y - where.y;
}

}  // namespace convoscope::rooms::train
