#include "web/rooms/train/network_cards.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "web/models/network_choice.h"
#include "web/models/own/own_choice.h"
#include "web/rooms/train/probability_bars.h"
#include "web/widgets/color_legend.h"
#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"
#include "web/widgets/select.h"
#include "web/widgets/tile.h"

namespace convoscope::rooms::train {

using namespace widgets;

namespace {

constexpr float kLayerRow = 22;
constexpr float kOutputAt = 0.5F;  // right edges of the columns, as shares of the width
constexpr float kParametersAt = 0.75F;
constexpr float kMapGap = 4;
constexpr float kLegend = 28;
constexpr float kMostTile = 48;
constexpr int kMapsARow = 8;

std::string shape_text(const std::vector<std::int64_t>& shape) {
    std::string text;
    for (const std::int64_t extent : shape) {
        text += (text.empty() ? "" : " × ") + std::to_string(extent);
    }
    return text;
}

void draw_layer(Context& context, const models::LayerSummary& layer, Rect row) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const float y = row.center_y();
    const auto count = [](std::int64_t value) {
        return value > 0 ? integer_text(value) : std::string("–");
    };
    canvas.text({row.x, y}, layer.name, FontStyle::kSmallM, theme.t1);
    canvas.text({row.x + row.w * kOutputAt, y},
                shape_text(layer.output_shape),
                FontStyle::kM11,
                theme.output,
                Align::kRight);
    canvas.text({row.x + row.w * kParametersAt, y},
                count(layer.parameters),
                FontStyle::kM11,
                layer.parameters > 0 ? theme.kernel : theme.t3,
                Align::kRight);
    canvas.text({row.right(), y},
                count(layer.multiply_accumulates),
                FontStyle::kM11,
                theme.t2,
                Align::kRight);
    const std::string id = "train.layer." + layer.name;
    explain(context,
            id.c_str(),
            layer.name + " (" + layer.type + ")",
            shape_text(layer.output_shape),
            row,
            integer_text(layer.parameters) + " parameters; " +
                integer_text(layer.multiply_accumulates) +
                " multiply-accumulates for one image forward.");
}

/// Tiles in rows of at most `most` a row, all of one stack; returns the height.
float draw_stack(
    Context& context, const MapStack& stack, const std::string& id_prefix, int most, Rect where) {
    const auto count = static_cast<int>(stack.tiles.size());
    const int columns = std::max(1, std::min(count, most));
    const float pitch =
        std::min(kMostTile + kMapGap, (where.w + kMapGap) / static_cast<float>(columns));
    const float size = std::floor(pitch - kMapGap);
    for (int i = 0; i < count; ++i) {
        const Rect place{where.x + static_cast<float>(i % columns) * pitch,
                         where.y + static_cast<float>(i / columns) * pitch,
                         size,
                         size};
        const std::string id = id_prefix + "." + std::to_string(i);
        const std::string label = stack.name + ", channel " + std::to_string(i);
        tile(context.ui,
             {.id = id.c_str(),
              .label = label,
              .image = context.pictures.map(stack.tiles[static_cast<std::size_t>(i)]),
              .rows = stack.rows,
              .columns = stack.columns,
              .explanation = {{label + ": " + std::to_string(stack.rows) + " × " +
                                   std::to_string(stack.columns) +
                                   " values, all tiles on one scale.",
                               FontStyle::kBody,
                               context.theme().t2}}},
             place);
    }
    const int rows = (count + columns - 1) / columns;
    return static_cast<float>(rows) * pitch;
}

void draw_network_head(Context& context, Rect row) {
    section_head(context.ui, row.x, row.center_y(), row.w, "Network");
    const models::RunSettings& settings = context.model().settings;
    std::vector<Option> options;
    std::vector<std::string_view> ids;
    int current = 0;
    for (const models::NetworkChoice& choice : models::network_choices()) {
        const bool offered = !choice.of_experiment || choice.id == settings.network;
        if (models::own::fits(choice, settings, context.state.own_kind()) && offered) {
            current = choice.id == settings.network ? static_cast<int>(ids.size()) : current;
            ids.push_back(choice.id);
            options.push_back({.id = choice.id.data(), .label = choice.name});
        }
    }
    const Rect box{row.right() - space::kSelect, row.y, space::kSelect, space::kSelectBox};
    if (const auto chosen =
            select(context.ui, "train.network.choice", "Network", options, current, box)) {
        context.commands.push(
            models::commands::choose_network(ids[static_cast<std::size_t>(*chosen)]));
    }
}

}  // namespace

float draw_network_summary(Context& context, Rect where) {
    const models::NetworkSummary& network = context.model().network;
    const Theme& theme = context.theme();
    draw_network_head(context, {where.x, where.y, where.w, space::kSelectBox});
    float y = where.y + space::kSelectBox + space::k16;
    if (network.layers.empty()) {
        ghost(context,
              {where.x, y, where.w, space::k48 * 2},
              "The layers appear when the engine has built the network.");
        return y + space::k48 * 2 - where.y;
    }
    Canvas canvas = context.ui.canvas();
    canvas.text({where.x, y}, "layer", FontStyle::kMicro, theme.t3);
    canvas.text(
        {where.x + where.w * kOutputAt, y}, "output", FontStyle::kMicro, theme.t3, Align::kRight);
    canvas.text({where.x + where.w * kParametersAt, y},
                "parameters",
                FontStyle::kMicro,
                theme.t3,
                Align::kRight);
    canvas.text({where.right(), y}, "mult.-adds", FontStyle::kMicro, theme.t3, Align::kRight);
    y += space::k12;
    for (const models::LayerSummary& layer : network.layers) {
        context.ui.canvas().horizontal(where.x, where.right(), y, theme.line1);
        draw_layer(context, layer, {where.x, y, where.w, kLayerRow});
        y += kLayerRow;
    }
    canvas.horizontal(where.x, where.right(), y, theme.line2);
    const models::LayerSummary total{.name = "total",
                                     .type = "all layers",
                                     .output_shape = {},
                                     .parameters = network.parameters,
                                     .multiply_accumulates = network.multiply_accumulates};
    draw_layer(context, total, {where.x, y, where.w, kLayerRow});
    return y + kLayerRow - where.y;
}

float draw_kernels(Context& context, Rect where) {
    const MapStack& kernels = context.pictures.kernels();
    const std::string name = context.model().first_convolution();
    section_head(
        context.ui,
        where.x,
        where.y + space::k8,
        where.w,
        name.empty() ? "Kernels" : name + " kernels",
        kernels.tiles.empty() ? "" : "live, step " + integer_text(context.model().snapshot_step));
    float y = where.y + space::k24 + space::k4;
    if (kernels.tiles.empty()) {
        ghost(context, {where.x, y, where.w, kMostTile}, "The first layer's weights appear here.");
        return y + kMostTile - where.y;
    }
    y += draw_stack(context, kernels, "train.kernel", kMapsARow, {where.x, y, where.w, 0}) +
         space::k4;
    color_legend(context.ui,
                 Scale::kDiverging,
                 static_cast<double>(kernels.greatest),
                 {where.x, y, where.w, kLegend});
    return y + kLegend - where.y;
}

float draw_feature_maps(Context& context, Rect where) {
    section_head(
        context.ui, where.x, where.y + space::k8, where.w, "Feature maps", "of the chosen picture");
    float y = where.y + space::k24 + space::k4;
    if (context.pictures.feature_maps().empty()) {
        ghost(context,
              {where.x, y, where.w, kMostTile},
              "What each kernel makes of a picture appears here.");
        return y + kMostTile - where.y;
    }
    for (const MapStack& stack : context.pictures.feature_maps()) {
        const std::string id = "train.map." + stack.name;
        y += draw_stack(context, stack, id, kMapsARow, {where.x, y, where.w, 0}) + space::k4;
        color_legend(context.ui,
                     stack.is_signed ? Scale::kDiverging : Scale::kSequential,
                     static_cast<double>(stack.greatest),
                     {where.x, y, where.w, kLegend});
        y += kLegend + space::k8;
    }
    return y - space::k8 - where.y;
}

void draw_prediction_card(Context& context, Rect where) {
    const models::TrainModel& model = context.model();
    const std::vector<float> probabilities = model.probabilities();
    if (probabilities.empty() || model.selected_picture >= model.pictures.count()) {
        const Rect body = titled_card(context, where, "Reading");
        ghost(context, body, "Choose a picture on the left to see what the network reads in it.");
        return;
    }
    const int label = model.pictures.labels[model.selected_picture];
    const int best = likeliest_class(probabilities);
    const Theme& theme = context.theme();
    const std::string verdict =
        "read as " + model.data.class_name(best) + (best == label ? ", right" : ", wrong");
    Rect body = titled_card(context, where, "True: " + model.data.class_name(label));
    context.ui.canvas().text(
        {where.right() - space::kCardPadding, where.y + space::kCardPadding + space::k4 + 2},
        verdict,
        FontStyle::kSmallM,
        best == label ? theme.ok : theme.err,
        Align::kRight);
    // Long names leave less room for the picture, so that the bars keep theirs.
    const float names = class_names_width(context, probabilities.size());
    const float side = std::min({body.h, body.w * 0.4F - names / 2, 2 * kMostTile});
    const Rect picture = body.take_left(side, space::k16);
    context.ui.canvas().image(context.pictures.picture(model.selected_picture),
                              {picture.x, picture.y, side, side},
                              radius::kTile);
    explain(context,
            "train.prediction",
            "Prediction",
            verdict,
            body,
            "Softmax of the last layer's outputs for this picture, at step " +
                integer_text(model.snapshot_step) + ".");
    draw_probability_bars(context, probabilities, label, body);
}

}  // namespace convoscope::rooms::train
