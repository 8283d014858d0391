#include "web/rooms/train/health_card.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"

namespace convoscope::rooms::train {

using namespace widgets;

namespace {

constexpr float kRow = 52;
constexpr float kFirstLine = 17;   // of a row: the figures
constexpr float kSecondLine = 36;  // of a row: what stands under them
constexpr float kDeadAt = 0.36F;   // right edges of the columns, as shares of the width
constexpr float kNormAt = 0.63F;
constexpr float kSparkline = 0.21F;  // widths, as shares
constexpr float kGauge = 0.3F;
constexpr float kSparkHeight = 12;
constexpr float kGaugeHeight = 6;
constexpr float kMarker = 4.5F;

std::string share_text(const std::optional<double>& share) {
    return share ? percent_text(*share, 1) : std::string("–");
}
std::string number_text(const std::optional<double>& number) {
    return number ? significant_text(*number) : std::string("–");
}

void draw_sparkline(Context& context, const std::vector<float>& values, Rect box) {
    if (values.size() < 2) {
        return;
    }
    const float greatest = std::max(1e-12F, *std::ranges::max_element(values));
    std::vector<Point> points;
    const float pitch = box.w / static_cast<float>(models::NetworkHealth::kMostNorms - 1);
    const float start = box.right() - pitch * static_cast<float>(values.size() - 1);
    for (std::size_t i = 0; i < values.size(); ++i) {
        points.push_back(
            {start + pitch * static_cast<float>(i), box.bottom() - box.h * values[i] / greatest});
    }
    context.ui.canvas().polyline(points, context.theme().grad, stroke::kHair);
}

/// On a scale of decades, the usual stretch in green.
void draw_gauge(Context& context, const std::optional<double>& ratio, Rect bar) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const auto place = [&](double value) {
        const double decades = std::log10(models::kUpdateScaleGreatest / models::kUpdateScaleLeast);
        const double at = std::log10(value / models::kUpdateScaleLeast) / decades;
        return bar.x + bar.w * static_cast<float>(std::clamp(at, 0.0, 1.0));
    };
    canvas.fill(bar, theme.bg4, bar.h / 2);
    const float from = place(models::kUsualUpdateLeast);
    canvas.fill({from, bar.y, place(models::kUsualUpdateGreatest) - from, bar.h},
                tint(theme.ok, 0.5F, theme.bg1),
                bar.h / 2);
    if (ratio && *ratio > 0.0) {
        const Point at{place(*ratio), bar.center_y()};
        canvas.disc(at, kMarker + 1, theme.bg1);
        canvas.disc(at, kMarker, theme.t1);
    }
}

const models::LayerSummary* summary_of(const models::TrainModel& model, const std::string& name) {
    const auto found = std::ranges::find(model.network.layers, name, &models::LayerSummary::name);
    return found == model.network.layers.end() ? nullptr : &*found;
}

/// 0 when the layer is not known.
std::int64_t channels_of(const models::TrainModel& model, const std::string& name) {
    const models::LayerSummary* layer = summary_of(model, name);
    return layer == nullptr || layer->output_shape.empty() ? 0 : layer->output_shape.front();
}

void draw_layer_health(Context& context, const models::LayerHealth& layer, Rect row) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const bool saturates = layer.saturated_share.has_value();
    const std::optional<double>& quiet = saturates ? layer.saturated_share : layer.dead_share;
    const float first = row.y + kFirstLine;
    const float second = row.y + kSecondLine;
    const float dead_at = row.x + row.w * kDeadAt;
    const float norm_at = row.x + row.w * kNormAt;
    canvas.text({row.x, first}, layer.name, FontStyle::kStrong, theme.t1);
    if (const models::LayerSummary* summary = summary_of(context.model(), layer.name);
        summary != nullptr && !summary->output_shape.empty()) {
        canvas.text({row.x, second},
                    std::to_string(summary->output_shape.front()) +
                        (summary->output_shape.size() > 1 ? " maps" : " units"),
                    FontStyle::kM11,
                    theme.t3);
    }
    canvas.text({dead_at, first},
                share_text(quiet),
                FontStyle::kM12,
                quiet.value_or(0.0) > 0.0 ? theme.warn : theme.t2,
                Align::kRight);
    if (const auto channels = channels_of(context.model(), layer.name); quiet && channels > 0) {
        const auto count = std::llround(*quiet * static_cast<double>(channels));
        canvas.text(
            {dead_at, second},
            saturates ? "saturated" : std::to_string(count) + " of " + std::to_string(channels),
            FontStyle::kMicro,
            theme.t3,
            Align::kRight);
    }
    canvas.text({norm_at, first},
                number_text(layer.gradient_norm),
                FontStyle::kM12,
                theme.grad,
                Align::kRight);
    draw_sparkline(context,
                   layer.gradient_norms,
                   {norm_at - row.w * kSparkline,
                    second - kSparkHeight / 2,
                    row.w * kSparkline,
                    kSparkHeight});
    canvas.text({row.right(), first},
                number_text(layer.update_ratio),
                FontStyle::kM12,
                theme.t1,
                Align::kRight);
    const float gauge = row.w * kGauge;
    draw_gauge(context,
               layer.update_ratio,
               {row.right() - gauge, second - kGaugeHeight / 2, gauge, kGaugeHeight});
    const std::string id = "train.health." + layer.name;
    explain(
        context,
        id.c_str(),
        layer.name + ": health",
        "silent " + share_text(layer.dead_share) + ", gradient " +
            number_text(layer.gradient_norm) + ", update ÷ weight " +
            number_text(layer.update_ratio),
        row,
        "Silent: channels of its ReLU that are 0 on every image looked at. Gradient: the length "
        "of the last step's. Update ÷ weight: by what share of their length a step changes the "
        "weights; the green stretch is usual.");
}

void draw_verdict(Context& context, Rect head) {
    const models::HealthVerdict verdict = context.model().health.verdict();
    if (verdict.kind == models::HealthVerdict::Kind::unknown) {
        return;
    }
    const bool good = verdict.kind == models::HealthVerdict::Kind::good;
    const Theme& theme = context.theme();
    const Color color = good ? theme.ok : theme.warn;
    Canvas canvas = context.ui.canvas();
    const float width = canvas.width(verdict.words, FontStyle::kSmallM);
    canvas.text(
        {head.right(), head.center_y()}, verdict.words, FontStyle::kSmallM, color, Align::kRight);
    canvas.icon(good ? Icon::kOk : Icon::kWarn,
                {head.right() - width - space::k12, head.center_y()},
                14,
                color);
    explain(context,
            "train.health",
            "Network health",
            verdict.words,
            {head.right() - width - space::k24, head.y, width + space::k24, head.h},
            verdict.sentence);
}

}  // namespace

float draw_health_card(Context& context, Rect where) {
    const models::NetworkHealth& health = context.model().health;
    const Theme& theme = context.theme();
    const Rect head{where.x, where.y, where.w, space::k16};
    section_head(context.ui, head.x, head.center_y(), head.w, "Network health");
    draw_verdict(context, head);
    float y = where.y + space::k32;
    if (health.layers().empty()) {
        ghost(context,
              {where.x, y, where.w, space::k48},
              "How each layer learns appears with the first images.");
        return y + space::k48 - where.y;
    }
    Canvas canvas = context.ui.canvas();
    const auto column = [&](float right, const char* words) {
        canvas.text({right, y}, words, FontStyle::kMicro, theme.t3, Align::kRight);
    };
    canvas.text({where.x, y}, "layer", FontStyle::kMicro, theme.t3);
    column(where.x + where.w * kDeadAt, "silent");
    column(where.x + where.w * kNormAt, "gradient");
    column(where.right(), "update ÷ weight");
    y += space::k12;
    for (const models::LayerHealth& layer : health.layers()) {
        canvas.horizontal(where.x, where.right(), y, theme.line1);
        draw_layer_health(context, layer, {where.x, y, where.w, kRow});
        y += kRow;
    }
    const float gauge = where.right() - where.w * kGauge;
    canvas.text({where.x, y + space::k4},
                "of " + integer_text(health.images()) + " validation images",
                FontStyle::kMicro,
                theme.t3);
    canvas.text({gauge, y + space::k4}, "10⁻⁵", FontStyle::kMicro, theme.t3);
    canvas.text({where.right(), y + space::k4}, "10⁻¹", FontStyle::kMicro, theme.t3, Align::kRight);
    return y + space::k12 - where.y;
}

}  // namespace convoscope::rooms::train
