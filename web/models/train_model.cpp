#include "web/models/train_model.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "web/models/name_table.h"

namespace convoscope::models {
namespace {

constexpr std::size_t kMostKeptRuns = 12;
constexpr std::int64_t kMostSteps = std::int64_t{1} << 30;  // the engine's
constexpr NameTable<3> kLoadings{"running", "cancelled", "failed"};

}  // namespace

const char* name_of(DataSetState::Loading loading) {
    return name_in(kLoadings, loading);
}
bool read_name(const std::string& name, DataSetState::Loading& loading) {
    return read_name_in(kLoadings, name, loading);
}

std::string DataSetState::class_name(int label) const {
    const auto place = static_cast<std::size_t>(label);
    return label >= 0 && place < classes.size() ? classes[place] : std::to_string(label);
}

void TrainModel::keep_run() {
    if (loss.empty()) {
        return;
    }
    KeptRun kept{.name = run,
                 .settings = trained_with,
                 .loss = loss,
                 .accuracy = accuracy,
                 .validation = validation,
                 .clock = clock,
                 .shown = true};
    for (Evaluation& evaluation : kept.validation) {
        evaluation.confusion.clear();
    }
    if (kept_runs.size() >= kMostKeptRuns) {
        kept_runs.erase(kept_runs.begin());
    }
    kept_runs.push_back(std::move(kept));
    run = {.number = run.number + 1, .given = {}};
}

void TrainModel::branch_off(std::int64_t at_step) {
    keep_run();
    cut_curves(at_step);
}

void TrainModel::cut_curves(std::int64_t at_step) {
    const auto count = static_cast<std::size_t>(std::max<std::int64_t>(0, at_step));
    for (MetricSeries* series : {&loss, &accuracy, &learning_rates}) {
        series->cut(count);
    }
    clock.cut(std::max<std::int64_t>(0, at_step));
    for (std::vector<Evaluation>* list : {&validation, &test}) {
        std::erase_if(*list, [&](const Evaluation& e) { return e.step > at_step; });
    }
}

const Evaluation* TrainModel::present(const std::vector<Evaluation>& evaluations) const {
    const auto found = std::find_if(evaluations.rbegin(),
                                    evaluations.rend(),
                                    [&](const Evaluation& e) { return e.step <= step; });
    return found == evaluations.rend() ? nullptr : &*found;
}

void TrainModel::forget_run() {
    keep_run();
    history.begin();
    evaluating.reset();
    scrub_target = 0;
    last_change.reset();
    race = {};
    slow_motion.forget();
    step = 0;
    epoch = 0;
    loss.clear();
    accuracy.clear();
    learning_rates.clear();
    clock = {};
    validation.clear();
    test.clear();
    readings = {};
    begun_with = settings.initializer;
    engine.seconds = 0.0;
    engine.images_per_second = 0.0;
    engine.gigaflops = 0.0;
    status_reason.clear();
    health.clear();
    mistakes = {};
    ++mistakes_revision;
}

void TrainModel::forget_data() {
    forget_run();
    data = {};
    awaits_other_data = true;
    configured = false;
    pictures = {};
    ++pictures_revision;
    test_pictures = {};
    ++test_pictures_revision;
    selected_picture = 0;
    preprocessed = {};
    ++preprocessed_revision;
    snapshot.clear();
    ++snapshot_revision;
}

void TrainModel::lose_engine() {
    race = {};
    evaluating.reset();
    readings = {};
    slow_motion.forget();
    configured = false;
    data.train_loaded = 0;
    data.test_loaded = 0;
    data.bytes_loaded = 0.0;
}

void TrainModel::count_steps_per_epoch() {
    if (data.train_count > 0 && settings.batch_size > 0) {
        steps_per_epoch = (data.train_count + settings.batch_size - 1) / settings.batch_size;
    }
}

bool TrainModel::schedule_fits(ScheduleType type) const {
    return type == ScheduleType::constant || settings.epochs > 0;
}

double TrainModel::learning_rate_at(std::int64_t at_step) const {
    const auto whole = [](std::int64_t steps) {
        return static_cast<Index>(std::min(steps, kMostSteps));
    };
    const ScheduleSpan span{.total_steps = whole(total_steps()),
                            .steps_per_epoch = whole(std::max<std::int64_t>(1, steps_per_epoch))};
    const double base = settings.optimizer.learning_rate;
    return convoscope::schedule_fits(settings.schedule, span)
               ? scheduled_rate(settings.schedule, span, base, whole(at_step))
               : base;
}

std::int64_t TrainModel::total_steps() const {
    return steps_per_epoch * settings.epochs;
}

double TrainModel::seconds_to_go() const {
    const std::int64_t left = total_steps() - step;
    if (engine.images_per_second <= 0.0 || total_steps() == 0 || left < 0) {
        return -1.0;
    }
    return static_cast<double>(left * settings.batch_size) / engine.images_per_second;
}

TrainModel::Confusion TrainModel::newest_confusion() const {
    Confusion newest;
    const auto consider = [&](const std::vector<Evaluation>& list, const char* split) {
        const Evaluation* last = present(list);
        if (last != nullptr && !last->confusion.empty() &&
            (newest.evaluation == nullptr || last->step > newest.evaluation->step)) {
            newest = {last, split};
        }
    };
    if (shown_split != "test") {
        consider(validation, "validation");
    }
    if (newest.evaluation == nullptr || shown_split.empty()) {
        consider(test, "test");
    }
    if (newest.evaluation == nullptr) {
        consider(validation, "validation");
    }
    return newest;
}

bool TrainModel::can_open(const Confusion& confusion) const {
    const bool of_test = std::string_view(confusion.split) == "test";
    return confusion.evaluation != nullptr && !race.on() &&
           confusion.evaluation->step == (of_test ? readings.test : readings.validation);
}

const CapturedTensor* TrainModel::captured(const std::string& name) const {
    const auto found = std::find_if(
        snapshot.begin(), snapshot.end(), [&](const CapturedTensor& t) { return t.name == name; });
    return found == snapshot.end() ? nullptr : &*found;
}

std::string TrainModel::first_convolution() const {
    for (const LayerSummary& layer : network.layers) {
        if (layer.type.starts_with("conv")) {
            return layer.name;
        }
    }
    return {};
}

std::vector<std::string> TrainModel::shown_convolutions() const {
    constexpr std::size_t kMost = 3;
    std::vector<std::string> names;
    for (const LayerSummary& layer : network.layers) {
        if (layer.type.starts_with("conv") && names.size() < kMost) {
            names.push_back(layer.name);
        }
    }
    return names;
}

std::string TrainModel::last_layer() const {
    for (auto layer = network.layers.rbegin(); layer != network.layers.rend(); ++layer) {
        if (layer->parameters > 0) {
            return layer->name;
        }
    }
    return {};
}

std::vector<float> TrainModel::probabilities() const {
    const CapturedTensor* logits = captured("activation." + last_layer());
    if (logits == nullptr || logits->values.empty()) {
        return {};
    }
    const float greatest = *std::max_element(logits->values.begin(), logits->values.end());
    std::vector<float> probabilities;
    float sum = 0.0F;
    for (const float logit : logits->values) {
        probabilities.push_back(std::exp(logit - greatest));
        sum += probabilities.back();
    }
    for (float& probability : probabilities) {
        probability /= sum;
    }
    return probabilities;
}

}  // namespace convoscope::models
