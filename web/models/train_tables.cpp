#include "web/models/train_tables.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace convoscope::models {
namespace {

/// How a curve's values are written.
using Writing = std::string (*)(double value);

std::string percent(double share) {
    return table_number(100.0 * share) + " %";
}

/// Consecutive steps that share a row.
struct Stretch {
    std::size_t first = 0;
    std::size_t count = 0;
    double sum = 0.0;
    double smoothed = 0.0;  ///< the line at its end
    double least = 0.0;
    double greatest = 0.0;
};

std::vector<Stretch> stretches_of(std::span<const Bucket> buckets, double smoothing) {
    const std::vector<float> line = smoothed_means(buckets, static_cast<float>(smoothing));
    const std::size_t together = (buckets.size() + kMostCurveRows - 1) / kMostCurveRows;
    std::vector<Stretch> stretches;
    for (std::size_t i = 0; i < buckets.size(); ++i) {
        if (i % together == 0) {
            stretches.push_back({.first = buckets[i].first_step,
                                 .least = static_cast<double>(buckets[i].least),
                                 .greatest = static_cast<double>(buckets[i].greatest)});
        }
        Stretch& stretch = stretches.back();
        stretch.count += buckets[i].count;
        stretch.smoothed = static_cast<double>(line[i]);
        stretch.least = std::min(stretch.least, static_cast<double>(buckets[i].least));
        stretch.greatest = std::max(stretch.greatest, static_cast<double>(buckets[i].greatest));
        stretch.sum += static_cast<double>(buckets[i].mean) * static_cast<double>(buckets[i].count);
    }
    return stretches;
}

/// The last evaluation after a step of the stretch; steps are counted from 1.
std::optional<double> held_out(const std::vector<Evaluation>& evaluations,
                               double Evaluation::* value,
                               const Stretch& stretch) {
    std::optional<double> last;
    for (const Evaluation& evaluation : evaluations) {
        const auto step = static_cast<std::size_t>(std::max<std::int64_t>(evaluation.step, 0));
        if (step > stretch.first && step <= stretch.first + stretch.count) {
            last = evaluation.*value;
        }
    }
    return last;
}

/// Where a stretch lies on the axis: "33 to 64", "0.019 to 0.037", "1.2 to 2.4 s".
std::string place_of(const Stretch& stretch, const RunClock& clock, RunAxis axis) {
    if (axis == RunAxis::step) {
        return std::to_string(stretch.first + 1) + " to " +
               std::to_string(stretch.first + stretch.count);
    }
    const double from = clock.place(axis, static_cast<double>(stretch.first));
    const double to = clock.place(axis, static_cast<double>(stretch.first + stretch.count));
    return std::isfinite(from) && std::isfinite(to) ? table_number(from) + " to " + table_number(to)
                                                    : "not known";
}

const char* corner_of(RunAxis axis) {
    if (axis == RunAxis::step) {
        return "steps";
    }
    return axis == RunAxis::epoch ? "epochs" : "seconds";
}

/// What a curve is of, besides its run.
struct Measure {
    const char* id;
    const char* title;
    const MetricSeries& series;
    double Evaluation::* value;
    Writing written;
};

Table curve(const TrainModel& model, const CurveView& view, const Measure& measure) {
    const auto& [id, title, series, value, written] = measure;
    Table table{
        .id = id,
        .caption = std::string(title) + " in " + std::to_string(series.values().size()) + " steps",
        .corner = corner_of(view.axis),
        .columns = {"training, mean", "validation", "training, smoothed", "least", "greatest"},
        .rows = {}};
    for (const Stretch& stretch : stretches_of(series.buckets(), view.smoothing)) {
        if (stretch.count == 0) {
            continue;
        }
        const auto held = held_out(model.validation, value, stretch);
        table.rows.push_back({place_of(stretch, model.clock, view.axis),
                              {written(stretch.sum / static_cast<double>(stretch.count)),
                               held ? written(*held) : std::string(),
                               written(stretch.smoothed),
                               written(stretch.least),
                               written(stretch.greatest)}});
    }
    return table;
}

std::string share_text(const ClassShare& part) {
    const std::optional<double> share = part.share();
    return share ? percent(*share) : "–";
}

Table confusion_table(const TrainModel& model, const TrainModel::Confusion& confusion) {
    const Evaluation& evaluation = *confusion.evaluation;
    const int classes = evaluation.classes();
    Table table{.id = "train.confusion",
                .caption = "Confusion matrix of " + std::to_string(evaluation.count) + " " +
                           confusion.split + " images after step " +
                           std::to_string(evaluation.step) + ", accuracy " +
                           percent(evaluation.accuracy) + " ± " +
                           percent(evaluation.half_interval()) +
                           ": a row for each true class, a column for each class read",
                .corner = "true class",
                .columns = {},
                .rows = {}};
    for (int label = 0; label < classes; ++label) {
        table.columns.push_back("read as " + model.data.class_name(label));
    }
    table.columns.emplace_back("recall");
    Table::Row precision{"precision", {}};
    std::size_t place = 0;
    for (int label = 0; label < classes; ++label) {
        Table::Row row{model.data.class_name(label), {}};
        for (int column = 0; column < classes; ++column) {
            row.cells.push_back(std::to_string(evaluation.confusion[place++]));
        }
        row.cells.push_back(share_text(recall_of(evaluation, label)));
        table.rows.push_back(std::move(row));
        precision.cells.push_back(share_text(precision_of(evaluation, label)));
    }
    precision.cells.emplace_back();
    table.rows.push_back(std::move(precision));
    return table;
}

std::string or_nothing(const std::optional<double>& value, Writing written) {
    return value ? written(*value) : std::string();
}

Table health_table(const NetworkHealth& health) {
    Table table{.id = "train.health",
                .caption = "Network health after step " + std::to_string(health.step()) + ", on " +
                           std::to_string(health.images()) + " validation images",
                .corner = "layer",
                .columns = {"silent", "saturated", "output", "gradient", "update ÷ weight"},
                .rows = {}};
    for (const LayerHealth& layer : health.layers()) {
        table.rows.push_back({layer.name,
                              {or_nothing(layer.dead_share, percent),
                               or_nothing(layer.saturated_share, percent),
                               table_number(layer.looks.back().output_norm),
                               or_nothing(layer.gradient_norm, table_number),
                               or_nothing(layer.update_ratio, table_number)}});
    }
    return table;
}

}  // namespace

std::vector<Table> train_tables(const TrainModel& model, const CurveView& view) {
    std::vector<Table> tables;
    if (!model.loss.empty()) {
        tables.push_back(curve(model,
                               view,
                               {.id = "train.loss",
                                .title = "Loss, cross-entropy",
                                .series = model.loss,
                                .value = &Evaluation::loss,
                                .written = table_number}));
        tables.push_back(curve(model,
                               view,
                               {.id = "train.accuracy",
                                .title = "Accuracy",
                                .series = model.accuracy,
                                .value = &Evaluation::accuracy,
                                .written = percent}));
    }
    if (const TrainModel::Confusion confusion = model.newest_confusion();
        confusion.evaluation != nullptr) {
        tables.push_back(confusion_table(model, confusion));
    }
    if (!model.health.layers().empty()) {
        tables.push_back(health_table(model.health));
    }
    return tables;
}

}  // namespace convoscope::models
