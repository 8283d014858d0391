#include "web/rooms/train/health_card.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "web/rooms/train/health_history.h"
#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"

namespace convoscope::rooms::train {

using namespace widgets;

namespace {

constexpr float kRow = 52;
constexpr float kFirstLine = 17;   // of a row: the figures
constexpr float kSecondLine = 36;  // of a row: what stands under them
constexpr float kNameAt = 16;      // of a row, behind the chevron
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

void draw_sparkline(Context& context, const std::vector<models::LayerLook>& looks, Rect box) {
    double greatest = 1e-12;
    for (const models::LayerLook& look : looks) {
        greatest = std::max(greatest, look.gradient_norm.value_or(0.0));
    }
    std::vector<Point> points;
    const float pitch = box.w / static_cast<float>(models::NetworkHealth::kMostLooks - 1);
    float x = box.right() - pitch * static_cast<float>(looks.size() - 1);
    for (const models::LayerLook& look : looks) {
        if (look.gradient_norm) {
            points.push_back(
                {x, box.bottom() - box.h * static_cast<float>(*look.gradient_norm / greatest)});
        }
        x += pitch;
    }
    if (points.size() > 1) {
        context.ui.canvas().polyline(points, context.theme().grad, stroke::kHair);
    }
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

/// What stands under a layer's name: "24 of 120 silent", "saturated" or "10 units".
std::string counted(const models::LayerSummary* summary, const models::LayerHealth& layer) {
    if (layer.saturated_share) {
        return "saturated";
    }
    if (summary == nullptr || summary->output_shape.empty()) {
        return {};
    }
    const std::int64_t channels = summary->output_shape.front();
    if (layer.dead_share) {
        const auto silent = std::llround(*layer.dead_share * static_cast<double>(channels));
        return std::to_string(silent) + " of " + std::to_string(channels) + " silent";
    }
    return std::to_string(channels) + (summary->output_shape.size() > 1 ? " maps" : " units");
}

/// What is said when one points at a layer's row; a click opens its history, or closes it.
void let_open(Context& context, const models::LayerHealth& layer, Rect row) {
    const bool open = context.state.view.health_layer == layer.name;
    const std::string id = "train.health." + layer.name;
    const Interaction act = interact(
        context.ui,
        {.id = id,
         .label = layer.name + ": health",
         .value = std::string(open ? "open" : "folded") + ", silent " +
                  share_text(layer.dead_share) + ", gradient " + number_text(layer.gradient_norm) +
                  ", update ÷ weight " + number_text(layer.update_ratio)},
        row,
        {{open ? "A click closes the layer's history. " : "A click shows it over the run. ",
          FontStyle::kBody,
          context.theme().t1},
         {"Silent: channels of its ReLU that are 0 on every image looked at. Gradient: the length "
          "of the last step's. Update ÷ weight: by what share of their length a step changes the "
          "weights; the green stretch is usual.",
          FontStyle::kBody,
          context.theme().t2}});
    if (act.focused) {
        context.ui.canvas().focus_ring(row, radius::kControl);
    }
    if (act.clicked) {
        context.commands.push(models::commands::show_health(open ? "" : layer.name));
    }
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
    canvas.icon(
        context.state.view.health_layer == layer.name ? Icon::kChevronDown : Icon::kChevronRight,
        {row.x + space::k4, first},
        space::k12,
        theme.t3);
    const std::string share = share_text(quiet);
    const float name_x = row.x + kNameAt;
    const float name_width = dead_at - space::k8 - canvas.width(share, FontStyle::kM12) - name_x;
    canvas.clipped_text({name_x, first}, name_width, layer.name, FontStyle::kStrong, theme.t1);
    canvas.text({name_x, second},
                counted(summary_of(context.model(), layer.name), layer),
                FontStyle::kMicro,
                theme.t3);
    canvas.text({dead_at, first},
                share,
                FontStyle::kM12,
                quiet.value_or(0.0) > 0.0 ? theme.warn : theme.t2,
                Align::kRight);
    canvas.text({norm_at, first},
                number_text(layer.gradient_norm),
                FontStyle::kM12,
                theme.grad,
                Align::kRight);
    draw_sparkline(context,
                   layer.looks,
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
    let_open(context, layer, row);
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
        if (layer.name == context.state.view.health_layer) {
            draw_health_history(context, layer, {where.x, y, where.w, kHealthHistoryHeight});
            y += kHealthHistoryHeight;
        }
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
