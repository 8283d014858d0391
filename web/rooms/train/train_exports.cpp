// What can be taken along from the Train room.

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "web/models/chart_svg.h"
#include "web/models/metrics_csv.h"
#include "web/rooms/train/train_view.h"

namespace convoscope::rooms::train {
namespace {

std::string axis_name(models::RunAxis axis) {
    return axis == models::RunAxis::time ? "seconds of training" : models::name_of(axis);
}

/// As the page shows it, of the whole run.
std::string curve_svg(const models::AppState& state, bool loss) {
    const models::TrainModel& train = state.train;
    const models::CurveView& view = state.view.curves;
    double models::Evaluation::* const value =
        loss ? &models::Evaluation::loss : &models::Evaluation::accuracy;
    const auto curve = models::curve_points(loss ? train.loss : train.accuracy, train.clock, view);
    std::vector<models::SvgPoint> held;
    for (const models::Evaluation& evaluation : train.validation) {
        const double x = train.clock.place(view.axis, static_cast<double>(evaluation.step));
        if (std::isfinite(x)) {
            held.push_back({x, evaluation.*value});
        }
    }
    return models::chart_svg({.title = loss ? "Loss, cross-entropy" : "Accuracy",
                              .train = curve,
                              .held = held,
                              .x_name = axis_name(view.axis),
                              .x_max = models::axis_end(train, view.axis),
                              .y_min = loss ? 0.01 : 0.0,
                              .y_max = loss ? 3.0 : 1.0,
                              .log_y = loss,
                              .percent = !loss});
}

/// The engine writes the file.
ExportItem of_engine(const char* id,
                     const char* label,
                     const char* file_name,
                     std::string command,
                     const models::TrainModel& train) {
    return {.id = id,
            .label = label,
            .file_name = file_name,
            .type = "application/octet-stream",
            .disabled = !train.configured,
            .command = std::move(command)};
}

}  // namespace

std::vector<ExportItem> TrainView::exports(const models::AppState& state) const {
    const models::TrainModel& train = state.train;
    const bool empty = train.loss.empty();
    return {
        {"loss_svg",
         "Loss",
         "loss.svg",
         "image/svg+xml",
         [&] { return curve_svg(state, true); },
         empty},
        {"accuracy_svg",
         "Accuracy",
         "accuracy.svg",
         "image/svg+xml",
         [&] { return curve_svg(state, false); },
         empty},
        {"loss_png",
         "Loss",
         "loss.png",
         "image/svg+xml",  // the page's scripts paint it
         [&] { return curve_svg(state, true); },
         empty},
        {"accuracy_png",
         "Accuracy",
         "accuracy.png",
         "image/svg+xml",
         [&] { return curve_svg(state, false); },
         empty},
        {"metrics_csv",
         "Figures of every step",
         "metrics.csv",
         "text/csv",
         [&] { return models::metrics_csv(train); },
         empty},
        {"confusion_csv",
         "Confusion",
         "confusion.csv",
         "text/csv",
         [&] { return models::confusion_csv(train); },
         train.validation.empty()},
        of_engine("checkpoint",
                  "Checkpoint to go on from",
                  "checkpoint.safetensors",
                  models::commands::save(),
                  train),
        of_engine("safetensors",
                  "Weights for PyTorch",
                  "weights.safetensors",
                  models::commands::export_as("safetensors"),
                  train),
        of_engine(
            "onnx", "Network, ONNX", "network.onnx", models::commands::export_as("onnx"), train),
        of_engine("pytorch",
                  "Network, PyTorch code",
                  "network.py",
                  models::commands::export_as("pytorch"),
                  train),
        of_engine("keras",
                  "Network, Keras code",
                  "network_keras.py",
                  models::commands::export_as("keras"),
                  train)};
}

}  // namespace convoscope::rooms::train
