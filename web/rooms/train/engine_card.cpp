#include "web/rooms/train/engine_card.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "web/widgets/button.h"
#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"
#include "web/widgets/progress_bar.h"

namespace convoscope::rooms::train {

using namespace widgets;

namespace {

void draw_figure(Context& context,
                 const char* id,
                 const std::string& value,
                 const std::string& unit,
                 const std::string& why,
                 Rect box) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    canvas.text({box.x, box.y + space::k12}, value, FontStyle::kM24, theme.t1);
    canvas.text({box.x, box.y + space::k32 + 2}, unit, FontStyle::kSmall, theme.t3);
    explain(context, id, unit, value, box, why);
}

constexpr float kMeterBar = 8;

/// How much of what the threads can do at most is done: a bar with a part a thread, and in words.
void draw_roofline(Context& context, Rect where) {
    const models::EngineState& engine = context.model().engine;
    const Theme& theme = context.theme();
    const bool known = engine.roofline_share() > 0.0;
    progress_bar(context.ui,
                 "train.engine.share",
                 "Share of the multiply-add rate",
                 static_cast<float>(engine.roofline_share()),
                 where.take_top(kMeterBar, space::k12),
                 std::max(1, engine.roofline_threads));
    const std::string share = percent_text(engine.roofline_share(), 0);
    const std::string peak = decimal_text(engine.roofline_gigaflops, 1) + " GFLOP/s";
    Runs words{{"the machine's peak is being measured", FontStyle::kSmall, theme.t3}};
    if (engine.roofline_gigaflops > 0.0) {
        words = {{known ? share : std::string("–"), FontStyle::kM12, theme.t1},
                 {" of the " + peak + " this browser can reach", FontStyle::kSmall, theme.t3}};
    }
    context.ui.canvas().text({where.x, where.y}, words);
    explain(context,
            "train.engine.roofline",
            "Share of this machine's peak",
            known ? share + " of " + peak : std::string("–"),
            {where.x, where.y - space::k20, where.w, space::k32},
            "The peak is what " + std::to_string(engine.roofline_threads) +
                (engine.roofline_threads == 1 ? " thread does" : " threads do") +
                " with multiply-adds on registers alone, measured in this tab. Training is counted "
                "as direct convolutions: Winograd's filtering, with a quarter of the "
                "multiplications, may pass 100 %.");
}

}  // namespace

std::string engine_text(const models::TrainModel& model) {
    const models::EngineState& engine = model.engine;
    if (!engine.ready) {
        return "starting";
    }
    return std::to_string(engine.threads) + (engine.threads == 1 ? " thread · " : " threads · ") +
           "SIMD";
}

float draw_engine_card(Context& context, Rect where) {
    const models::TrainModel& model = context.model();
    const models::EngineState& engine = model.engine;
    const Theme& theme = context.theme();
    section_head(context.ui,
                 where.x,
                 where.y + space::k8,
                 where.w,
                 "Engine",
                 engine.variant.empty() ? "WebAssembly" : engine.variant);
    const float y = where.y + space::k24 + space::k4;
    const bool measured = engine.images_per_second > 0.0;
    const float half = where.w / 2;
    draw_figure(
        context,
        "train.engine.images_per_second",
        measured ? integer_text(std::llround(engine.images_per_second)) : "–",
        "images per second",
        "Training images that went forward and backward in one second of the engine's time.",
        {where.x, y, half, space::k48});
    draw_figure(context,
                "train.engine.gigaflops",
                measured ? decimal_text(engine.gigaflops, 1) : "–",
                "GFLOP/s",
                integer_text(static_cast<std::int64_t>(model.training_macs_per_image)) +
                    " multiply-accumulates an image, two operations each, times images per second.",
                {where.x + half, y, half, space::k48});
    const double batch_ms =
        measured ? 1000.0 * model.settings.batch_size / engine.images_per_second : 0.0;
    Canvas canvas = context.ui.canvas();
    draw_roofline(context, {where.x, y + space::k48, where.w, space::k32});
    const float foot = y + space::k48 + space::k32 + space::k16;
    canvas.text({where.x, foot},
                {{"One batch ", FontStyle::kSmall, theme.t3},
                 {measured ? decimal_text(batch_ms, 2) + " ms" : "–", FontStyle::kM12, theme.t1}});
    canvas.text({where.right(), foot},
                {{"Memory ", FontStyle::kSmall, theme.t3},
                 {model.memory_bytes > 0.0 ? bytes_text(model.memory_bytes) : "–",
                  FontStyle::kM12,
                  theme.t1}},
                Align::kRight);
    const Rect row{where.x, foot + space::k16, where.w, space::kButton};
    if (button(context.ui,
               {.id = "train.engine.exhibit",
                .label = "The same convolution, many ways",
                .active = context.state.view.exhibit_open},
               row)) {
        context.commands.push(models::commands::show_exhibit(!context.state.view.exhibit_open));
    }
    return row.bottom() - where.y;
}

}  // namespace convoscope::rooms::train
