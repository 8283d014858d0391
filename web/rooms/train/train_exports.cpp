// What can be taken along from the Train room.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "web/models/chart_svg.h"
#include "web/models/metrics_csv.h"
#include "web/rooms/train/train_view.h"

namespace convoscope::rooms::train {
namespace {

std::vector<models::SvgPoint> points_of(const models::TrainModel& train,
                                        double models::Evaluation::* value) {
    std::vector<models::SvgPoint> points;
    for (const models::Evaluation& evaluation : train.validation) {
        points.push_back({static_cast<double>(evaluation.step), evaluation.*value});
    }
    return points;
}

double last_step(const models::TrainModel& train) {
    return static_cast<double>(std::max<std::int64_t>({train.step, train.total_steps(), 1}));
}

std::string loss_svg(const models::TrainModel& train) {
    const auto held = points_of(train, &models::Evaluation::loss);
    return models::chart_svg({.title = "Loss, cross-entropy",
                              .train = train.loss.buckets(),
                              .held = held,
                              .x_max = last_step(train),
                              .y_min = 0.01,
                              .y_max = 3.0,
                              .log_y = true});
}

std::string accuracy_svg(const models::TrainModel& train) {
    const auto held = points_of(train, &models::Evaluation::accuracy);
    return models::chart_svg({.title = "Accuracy",
                              .train = train.accuracy.buckets(),
                              .held = held,
                              .x_max = last_step(train),
                              .percent = true});
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
        {"loss_svg", "Loss", "loss.svg", "image/svg+xml", [&] { return loss_svg(train); }, empty},
        {"accuracy_svg",
         "Accuracy",
         "accuracy.svg",
         "image/svg+xml",
         [&] { return accuracy_svg(train); },
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
