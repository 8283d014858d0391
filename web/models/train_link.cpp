#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "engine/data/augmentation/augmentation_chain.h"
#include "web/models/network_choice.h"
#include "web/models/own/own_choice.h"
#include "web/models/room_link.h"

namespace convoscope::models {
namespace {

constexpr int kMostPictures = 30;
constexpr std::array<std::string_view, 2> kCharts{"accuracy", "loss"};

/// What is not as usual of schedule, augmentation and the rest, so that links stay short.
void write_course(const RunSettings& settings, LinkWriter& link) {
    const RunSettings usual;
    if (settings.optimizer.alpha != usual.optimizer.alpha) {
        link.add("alpha", settings.optimizer.alpha);
    }
    if (settings.schedule.type != usual.schedule.type) {
        link.add("schedule", schedule_name(settings.schedule.type));
    }
    if (settings.clip_norm != usual.clip_norm) {
        link.add("clip_norm", settings.clip_norm);
    }
    if (settings.label_smoothing != usual.label_smoothing) {
        link.add("label_smoothing", settings.label_smoothing);
    }
    if (settings.dropout != usual.dropout) {
        link.add("dropout", settings.dropout);
    }
    if (settings.initializer.type != usual.initializer.type) {
        link.add("initializer", initializer_name(settings.initializer.type));
    }
    if (settings.target_accuracy != usual.target_accuracy) {
        link.add("target_accuracy", settings.target_accuracy);
    }
    if (!settings.augment.empty()) {
        link.add("augment", std::string_view(settings.augment));
    }
    if (settings.preprocess != usual.preprocess) {
        link.add("preprocess", std::string_view(settings.preprocess));
    }
    if (settings.training_images != usual.training_images) {
        link.add("training_images", settings.training_images);
    }
    if (settings.label_noise != usual.label_noise) {
        link.add("label_noise", settings.label_noise);
    }
}

void write(const AppState& state, LinkWriter& link) {
    const RunSettings& settings = state.train.settings;
    const OptimizerSettings& optimizer = settings.optimizer;
    link.add("data", settings.data);
    link.add("network", settings.network);
    link.add("optimizer", optimizer_name(optimizer.type));
    link.add("learning_rate", optimizer.learning_rate);
    link.add("momentum", optimizer.momentum);
    link.add("beta1", optimizer.beta1);
    link.add("beta2", optimizer.beta2);
    link.add("epsilon", optimizer.epsilon);
    link.add("weight_decay", optimizer.weight_decay);
    write_course(settings, link);
    link.add("batch_size", settings.batch_size);
    link.add("seed", settings.seed);
    link.add("epochs", settings.epochs);
    link.add("validation_interval", settings.validation_interval);
    if (settings.test_each_epoch != RunSettings().test_each_epoch) {
        link.add("test_each_epoch", settings.test_each_epoch);
    }
    link.add("picture", static_cast<int>(state.train.selected_picture));
    link.add("log_loss", state.view.log_loss);
    link.add("chart", state.view.chart);
    if (state.view.curves.axis != CurveView{}.axis) {
        link.add("over", name_of(state.view.curves.axis));
    }
    if (state.view.curves.smoothing != CurveView{}.smoothing) {
        link.add("smoothing", state.view.curves.smoothing);
    }
    if (state.view.last_step > 0) {
        link.add("first_step", state.view.first_step);
        link.add("last_step", state.view.last_step);
    }
    if (state.view.true_class >= 0 && state.view.predicted_class >= 0) {
        link.add("true", state.view.true_class);
        link.add("predicted", state.view.predicted_class);
    }
}

bool read_optimizer(OptimizerSettings& optimizer, std::string_view name, const std::string& value) {
    if (name == "optimizer") {
        const std::optional<OptimizerType> type = find_optimizer(value);
        optimizer.type = type.value_or(optimizer.type);
        return type.has_value();
    }
    if (name == "learning_rate") {
        return read_number(value, 0.0, 1e3, optimizer.learning_rate);
    }
    if (name == "momentum") {
        return read_number(value, 0.0, 1.0, optimizer.momentum);
    }
    if (name == "beta1" || name == "beta2") {
        return read_number(value, 0.0, 1.0, name == "beta1" ? optimizer.beta1 : optimizer.beta2);
    }
    if (name == "epsilon" || name == "alpha") {
        return read_number(value, 0.0, 1.0, name == "alpha" ? optimizer.alpha : optimizer.epsilon);
    }
    return name == "weight_decay" && read_number(value, 0.0, 1e3, optimizer.weight_decay);
}

/// A network brings its data set along where the present one does not fit it; the reader's own
/// stays.
bool read_choice(RunSettings& settings, std::string_view name, const std::string& value) {
    if (name == "data") {
        const DataChoice* data = find_data(value);
        if (data != nullptr && value != settings.data) {
            settings.data = value;
            settings.network = first_network_of(value).id;
        }
        return data != nullptr;
    }
    const NetworkChoice* network = name == "network" ? find_network(value) : nullptr;
    if (network != nullptr) {
        const bool stays =
            settings.data == own::kOwnData || likeness_of(settings.data) == network->data;
        settings.data = stays ? settings.data : std::string(network->data);
        settings.network = network->id;
    }
    return network != nullptr;
}

bool read_course(RunSettings& settings, std::string_view name, const std::string& value) {
    if (name == "schedule") {
        const std::optional<ScheduleType> type = find_schedule(value);
        settings.schedule.type = type.value_or(settings.schedule.type);
        return type.has_value();
    }
    if (name == "initializer") {
        const std::optional<InitializerType> type = find_initializer(value);
        settings.initializer.type = type.value_or(settings.initializer.type);
        return type.has_value();
    }
    if (name == "augment") {
        const bool known = AugmentationChain::parse(value).ok();
        settings.augment = known ? value : settings.augment;
        return known;
    }
    if (name == "preprocess") {
        const bool known = find_preprocessing(value) != nullptr;
        settings.preprocess = known ? value : settings.preprocess;
        return known;
    }
    if (name == "label_noise") {
        return read_number(value, 0.0, 1.0, settings.label_noise);
    }
    if (name == "clip_norm") {
        return read_number(value, 0.0, 1e6, settings.clip_norm);
    }
    if (name == "label_smoothing") {
        return read_number(value, 0.0, 1.0, settings.label_smoothing);
    }
    if (name == "dropout") {
        return read_number(value, 0.0, kMostDropout, settings.dropout);
    }
    return name == "target_accuracy" && read_number(value, 0.0, 1.0, settings.target_accuracy);
}

bool read_run(RunSettings& settings, std::string_view name, const std::string& value) {
    if (name == "batch_size") {
        return read_whole(value, 1, 8192, settings.batch_size);
    }
    if (name == "training_images") {
        return read_whole(value, 0, std::numeric_limits<int>::max(), settings.training_images);
    }
    if (name == "seed") {
        return read_whole(value, 0, std::numeric_limits<int>::max(), settings.seed);
    }
    if (name == "epochs") {
        return read_whole(value, 0, 1'000'000, settings.epochs);
    }
    if (name == "test_each_epoch") {
        return read_switch(value, settings.test_each_epoch);
    }
    return name == "validation_interval" &&
           read_whole(value, 0, 1'000'000, settings.validation_interval);
}

bool read_view(AppState& state, std::string_view name, const std::string& value) {
    constexpr int kMostClasses = 1000;
    ViewChoices& view = state.view;
    if (name == "picture") {
        int picture = 0;
        if (!read_whole(value, 0, kMostPictures - 1, picture)) {
            return false;
        }
        state.train.selected_picture = static_cast<std::size_t>(picture);
        return true;
    }
    if (name == "log_loss") {
        return read_switch(value, view.log_loss);
    }
    if (name == "chart") {
        const bool known = value == kCharts[0] || value == kCharts[1];
        view.chart = known ? value : view.chart;
        return known;
    }
    if (name == "over") {
        return read_name(value, view.curves.axis);
    }
    if (name == "smoothing") {
        return read_number(value, 0.0, CurveView::kMostSmoothing, view.curves.smoothing);
    }
    if (name == "first_step" || name == "last_step") {
        int& step = name == "first_step" ? view.first_step : view.last_step;
        return read_whole(value, 0, std::numeric_limits<int>::max(), step);
    }
    if (name == "true") {
        return read_whole(value, 0, kMostClasses, view.true_class);
    }
    return name == "predicted" && read_whole(value, 0, kMostClasses, view.predicted_class);
}

bool read(AppState& state, std::string_view name, const std::string& value) {
    return read_choice(state.train.settings, name, value) ||
           read_optimizer(state.train.settings.optimizer, name, value) ||
           read_course(state.train.settings, name, value) ||
           read_run(state.train.settings, name, value) || read_view(state, name, value);
}

void clear(AppState& state) {
    RunSettings& settings = state.train.settings;
    const RunSettings usual;
    settings.optimizer.alpha = usual.optimizer.alpha;
    settings.schedule = usual.schedule;
    settings.clip_norm = usual.clip_norm;
    settings.label_smoothing = usual.label_smoothing;
    settings.dropout = usual.dropout;
    settings.initializer = usual.initializer;
    settings.target_accuracy = usual.target_accuracy;
    settings.augment = usual.augment;
    settings.preprocess = usual.preprocess;
    settings.training_images = usual.training_images;
    settings.label_noise = usual.label_noise;
    settings.test_each_epoch = usual.test_each_epoch;
    state.view.true_class = -1;
    state.view.predicted_class = -1;
    state.view.first_step = 0;
    state.view.last_step = 0;
    state.view.curves = {};
}

}  // namespace

const RoomLink kTrainLink{Room::train, write, read, clear};

}  // namespace convoscope::models
