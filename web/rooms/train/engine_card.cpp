#include "web/rooms/train/engine_card.h"

#include <cmath>
#include <string>

#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"

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
    const float foot = y + space::k48 + space::k12;
    canvas.text({where.x, foot},
                {{"One batch ", FontStyle::kSmall, theme.t3},
                 {measured ? decimal_text(batch_ms, 2) + " ms" : "–", FontStyle::kM12, theme.t1}});
    canvas.text({where.right(), foot},
                {{"Memory ", FontStyle::kSmall, theme.t3},
                 {model.memory_bytes > 0.0 ? bytes_text(model.memory_bytes) : "–",
                  FontStyle::kM12,
                  theme.t1}},
                Align::kRight);
    return foot + space::k8 - where.y;
}

}  // namespace convoscope::rooms::train
