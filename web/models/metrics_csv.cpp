#include "web/models/metrics_csv.h"

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <vector>

namespace convoscope::models {
namespace {

constexpr const char* kLineEnd = "\r\n";

std::string number(double value) {
    if (!std::isfinite(value)) {
        return "nan";
    }
    char text[32];
    std::snprintf(text, sizeof text, "%.9g", value);
    return text;
}

/// A field in quotes where it has to be.
std::string field(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) {
        return text;
    }
    std::string quoted = "\"";
    for (const char c : text) {
        quoted += c == '"' ? "\"\"" : std::string(1, c);
    }
    return quoted + "\"";
}

/// A field from 0 to 1, empty where there is nothing to have a share of.
std::string share(const ClassShare& part) {
    const std::optional<double> share = part.share();
    return share ? "," + number(*share) : ",";
}

/// Two figures of the evaluation at `step`, or two empty fields.
std::string held_out(const std::vector<Evaluation>& evaluations, std::int64_t step) {
    for (const Evaluation& evaluation : evaluations) {
        if (evaluation.step == step) {
            return "," + number(evaluation.loss) + "," + number(evaluation.accuracy);
        }
    }
    return ",,";
}

}  // namespace

std::string metrics_csv(const TrainModel& model) {
    std::string csv =
        "step,epoch,seconds,loss,accuracy,validation_loss,validation_accuracy,test_loss,"
        "test_accuracy";
    csv += kLineEnd;
    const std::vector<float>& losses = model.loss.values();
    const std::vector<float>& accuracies = model.accuracy.values();
    const auto place = [&model](RunAxis axis, std::int64_t step) {
        const double at = model.clock.place(axis, static_cast<double>(step));
        return std::isfinite(at) ? number(at) : std::string();
    };
    for (std::size_t i = 0; i < losses.size(); ++i) {
        const auto step = static_cast<std::int64_t>(i) + 1;
        csv += std::to_string(step) + "," + place(RunAxis::epoch, step) + "," +
               place(RunAxis::time, step) + "," + number(static_cast<double>(losses[i])) + ",";
        if (i < accuracies.size()) {
            csv += number(static_cast<double>(accuracies[i]));
        }
        csv += held_out(model.validation, step) + held_out(model.test, step) + kLineEnd;
    }
    return csv;
}

std::string confusion_csv(const TrainModel& model) {
    const TrainModel::Confusion shown = model.newest_confusion();
    if (shown.evaluation == nullptr) {
        return {};
    }
    const Evaluation& evaluation = *shown.evaluation;
    const auto classes = static_cast<std::size_t>(evaluation.classes());
    const auto name = [&](std::size_t label) {
        return field(model.data.class_name(static_cast<int>(label)));
    };
    std::string csv = "true class";
    for (std::size_t column = 0; column < classes; ++column) {
        csv += "," + name(column);
    }
    csv += std::string(",recall") + kLineEnd;
    for (std::size_t row = 0; row < classes; ++row) {
        csv += name(row);
        for (std::size_t column = 0; column < classes; ++column) {
            csv += "," + std::to_string(evaluation.confusion[row * classes + column]);
        }
        csv += share(recall_of(evaluation, static_cast<int>(row))) + kLineEnd;
    }
    csv += "precision";
    for (std::size_t column = 0; column < classes; ++column) {
        csv += share(precision_of(evaluation, static_cast<int>(column)));
    }
    csv += std::string(",") + kLineEnd;
    return csv;
}

}  // namespace convoscope::models
