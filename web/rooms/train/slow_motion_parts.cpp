#include "web/rooms/train/slow_motion_parts.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "web/models/room_commands.h"
#include "web/models/update_in_numbers.h"
#include "web/rooms/train/flow.h"
#include "web/rooms/train/probability_bars.h"
#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"
#include "web/widgets/tile.h"

namespace convoscope::rooms::train {

using namespace widgets;

namespace {

constexpr float kTile = 40;
constexpr float kTileGap = 8;
constexpr float kCaption = 16;
constexpr float kBarRow = 28;
constexpr float kName = 92;
constexpr float kFigure = 72;
constexpr float kChosen = 168;
constexpr float kNarrow = 520;

const models::TakenApart& step_of(const Context& context) {
    return *context.model().slow_motion.step;
}

/// Every picture of the batch, with a word below it.
template <class Caption>
float draw_grid(Context& context, Rect where, const Caption& caption) {
    const models::TakenApart& step = step_of(context);
    const auto columns = std::max<std::size_t>(
        1, static_cast<std::size_t>((where.w + kTileGap) / (kTile + kTileGap)));
    const std::size_t count = std::min(step.images.size(), context.pictures.batch_count());
    const Theme& theme = context.theme();
    for (std::size_t i = 0; i < count; ++i) {
        const Rect place{where.x + static_cast<float>(i % columns) * (kTile + kTileGap),
                         where.y + static_cast<float>(i / columns) * (kTile + kCaption + kTileGap),
                         kTile,
                         kTile};
        const std::string id = "slow.picture." + std::to_string(i);
        const std::string words = caption(step.images[i]);
        const TileResult result =
            tile(context.ui,
                 {.id = id.c_str(),
                  .label = "picture " + std::to_string(i + 1) + " of the batch, " + words,
                  .role = Role::kButton,
                  .image = context.pictures.batch_picture(i),
                  .pinned = i == context.model().slow_motion.picture,
                  .explanation = {{"Click to follow this picture.", FontStyle::kBody, theme.t2}}},
                 place);
        if (result.interaction.clicked) {
            context.commands.push(
                models::commands::with("slow_picture", "picture", static_cast<int>(i)));
        }
        context.ui.canvas().text({place.center_x(), place.bottom() + kCaption / 2},
                                 words,
                                 FontStyle::kM11,
                                 theme.t2,
                                 Align::kCenter);
    }
    const std::size_t rows = (count + columns - 1) / columns;
    return static_cast<float>(rows) * (kTile + kCaption + kTileGap);
}

struct Bar {
    std::string name;
    double value = 0.0;
};

/// Bars beside each other's names, as long as their values.
float draw_bars(Context& context, const std::vector<Bar>& bars, Color color, Rect where) {
    const Theme& theme = context.theme();
    double greatest = 0.0;
    for (const Bar& bar : bars) {
        greatest = std::max(greatest, bar.value);
    }
    Flow flow(context, where);
    for (const Bar& bar : bars) {
        Rect row = flow.take(kBarRow);
        const std::string figure = significant_text(bar.value, 3);
        register_passive(context.ui,
                         {.id = "slow.layer." + bar.name,
                          .label = bar.name,
                          .role = Role::kText,
                          .value = figure},
                         row);
        Canvas canvas = context.ui.canvas();
        const Rect name = row.take_left(kName);
        canvas.clipped_text(
            {name.x, name.center_y()}, name.w - space::k8, bar.name, FontStyle::kM12, theme.t2);
        const Rect number = row.take_right(kFigure);
        canvas.text(
            {number.right(), number.center_y()}, figure, FontStyle::kM12, theme.t1, Align::kRight);
        const float share = greatest > 0.0 ? static_cast<float>(bar.value / greatest) : 0.0F;
        const Rect track{row.x, row.center_y() - 4, row.w - space::k8, 8};
        canvas.fill(track, theme.bg2, radius::kTile);
        canvas.fill(
            {track.x, track.y, std::max(2.0F, track.w * share), track.h}, color, radius::kTile);
    }
    return flow.height();
}

std::string loss_text(const models::StepPicture& picture) {
    return decimal_text(picture.loss, 2);
}

/// −log p of the right class, in numbers.
std::string log_text(const models::StepPicture& picture) {
    const auto label = static_cast<std::size_t>(picture.label);
    const double p = label < picture.probabilities.size()
                         ? static_cast<double>(picture.probabilities[label])
                         : 0.0;
    return "−log " + significant_text(p, 3) + " = " + decimal_text(picture.loss, 4);
}

/// The picture that is followed: itself, its probabilities, and its loss.
void draw_chosen(Context& context, Rect where) {
    const models::SlowMotion& slow = context.model().slow_motion;
    const models::StepPicture& picture = step_of(context).images[slow.picture];
    const Theme& theme = context.theme();
    card(context.ui, where, theme.bg1);
    Rect body = where.inset(space::kCardPadding);
    const Rect foot = body.take_bottom(Flow::kLine);
    const std::string loss = log_text(picture);
    const Rect image = body.take_left(std::min(body.h, body.w * 0.35F), space::k16);
    context.ui.canvas().image(context.pictures.batch_picture(slow.picture),
                              {image.x, image.y, image.w, image.w},
                              radius::kTile);
    draw_probability_bars(
        context, picture.probabilities, picture.label, body.take_top(body.h - space::k4));
    context.ui.canvas().text({foot.x, foot.center_y()}, loss, FontStyle::kM13, theme.t1);
    register_passive(context.ui,
                     {.id = "slow.loss",
                      .label = "Loss of the chosen picture",
                      .role = Role::kText,
                      .value = loss},
                     foot);
}

void draw_line(Context& context, const models::UpdateLine& line, std::size_t number, Flow& flow) {
    const Theme& theme = context.theme();
    const auto color_of = [&](const std::string& symbol) {
        return symbol == "w" ? theme.kernel : symbol == "g" ? theme.grad : theme.t1;
    };
    const std::string result = significant_text(line.result, 5);
    const Rect rule = flow.take(Flow::kLine);
    register_passive(context.ui,
                     {.id = "slow.line." + std::to_string(number),
                      .label = line.symbol + " ← " + line.rule,
                      .role = Role::kText,
                      .value = line.numbers + " = " + result},
                     rule);
    context.ui.canvas().text({rule.x, rule.center_y()},
                             {{line.symbol, FontStyle::kM13i, color_of(line.symbol)},
                              {" ← " + line.rule, FontStyle::kM12, theme.t2}});
    const Rect numbers = flow.take(Flow::kLine, space::k12);
    Canvas canvas = context.ui.canvas();
    const std::string equals = " = ";
    const float room = numbers.w - space::k16 - canvas.width(equals + result, FontStyle::kM13);
    const float used = canvas.clipped_text({numbers.x + space::k16, numbers.center_y()},
                                           room,
                                           line.numbers,
                                           FontStyle::kM12,
                                           theme.t3);
    canvas.text(
        {numbers.x + space::k16 + used, numbers.center_y()},
        {{equals, FontStyle::kM12, theme.t3}, {result, FontStyle::kM13, color_of(line.symbol)}});
}

}  // namespace

float draw_batch(Context& context, Rect where) {
    return draw_grid(context, where, [&](const models::StepPicture& picture) {
        return context.model().data.class_name(picture.label);
    });
}

float draw_outputs(Context& context, Rect where) {
    std::vector<Bar> bars;
    for (const models::StepLayer& layer : step_of(context).layers) {
        bars.push_back({layer.name, layer.output_norm});
    }
    return draw_bars(context, bars, context.theme().output, where);
}

float draw_losses(Context& context, Rect where) {
    Flow flow(context, where);
    Rect row = flow.take(kChosen, space::k16);
    draw_chosen(context, row.w < kNarrow ? row : row.take_left(kNarrow - space::k48));
    flow.take(draw_grid(context, flow.area(), loss_text));
    return flow.height();
}

float draw_gradients(Context& context, Rect where) {
    std::vector<Bar> bars;
    const std::vector<models::StepLayer>& layers = step_of(context).layers;
    for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
        if (layer->gradient_norm) {
            bars.push_back({layer->name, *layer->gradient_norm});
        }
    }
    return draw_bars(context, bars, context.theme().grad, where);
}

float draw_update(Context& context, Rect where) {
    const models::TakenApart& step = step_of(context);
    const std::vector<models::UpdateLine> lines =
        models::update_in_numbers(step.optimizer, step.weight);
    Flow flow(context, where);
    const Theme& theme = context.theme();
    flow.paragraph("gradient g = " + significant_text(step.weight.gradient, 5) +
                       "    weight w = " + significant_text(step.weight.before, 5) +
                       "    learning rate η = " + significant_text(step.optimizer.learning_rate, 3),
                   FontStyle::kM13,
                   theme.t1,
                   space::k12);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        draw_line(context, lines[i], i, flow);
    }
    flow.paragraph("The engine computes it in 32-bit floats and has come to w = " +
                       significant_text(step.weight.after, 5) + ".",
                   FontStyle::kSmall,
                   theme.t3,
                   0);
    return flow.height();
}

}  // namespace convoscope::rooms::train
