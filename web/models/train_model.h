#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "web/models/captured_tensor.h"
#include "web/models/convolution_exhibit.h"
#include "web/models/evaluation.h"
#include "web/models/experiment_run.h"
#include "web/models/kept_run.h"
#include "web/models/metric_series.h"
#include "web/models/mistakes.h"
#include "web/models/network_health.h"
#include "web/models/pictures.h"
#include "web/models/preprocessed.h"
#include "web/models/race.h"
#include "web/models/run_clock.h"
#include "web/models/run_history.h"
#include "web/models/run_settings.h"
#include "web/models/slow_motion.h"

namespace convoscope::models {

/// What has arrived of the data set; counts of a split are 0 until known.
struct DataSetState {
    /// What becomes of the part that has not come yet (web/shell/data-loader.js).
    enum class Loading { running, cancelled, failed };

    std::string name;
    std::vector<std::string> classes;
    std::int64_t train_count = 0;
    std::int64_t validation_count = 0;
    std::int64_t test_count = 0;
    std::int64_t train_loaded = 0;
    std::int64_t test_loaded = 0;
    std::vector<std::int64_t>
        train_class_counts;  ///< loaded, of each class; held-out ones among them
    std::vector<std::int64_t> test_class_counts;
    double bytes_loaded = 0.0;
    double bytes_total = 0.0;
    Loading loading = Loading::running;
    double seconds_to_go = -1.0;  ///< at the present pace; negative when unknown

    [[nodiscard]] bool complete() const { return bytes_total > 0.0 && bytes_loaded >= bytes_total; }
    /// As the data set calls it, or its number.
    [[nodiscard]] std::string class_name(int label) const;
};

[[nodiscard]] const char* name_of(DataSetState::Loading loading);
/// False, and no change, when the name is unknown.
bool read_name(const std::string& name, DataSetState::Loading& loading);

struct LayerSummary {
    std::string name;
    std::string type;
    std::vector<std::int64_t> output_shape;  ///< channels, height, width; or features
    std::int64_t parameters = 0;
    std::int64_t multiply_accumulates = 0;
};

struct NetworkSummary {
    std::string name;
    std::vector<LayerSummary> layers;
    std::int64_t parameters = 0;
    std::int64_t multiply_accumulates = 0;  ///< of one image forward
};

struct EngineState {
    bool ready = false;
    std::string variant;
    int threads = 0;
    int lanes = 0;
    double images_per_second = 0.0;
    double gigaflops = 0.0;
    double seconds = 0.0;  ///< of training in this run
    /// The rate of multiply-adds alone, in GFLOP/s; 0 until it has been measured.
    double roofline_gigaflops = 0.0;
    double roofline_gigaflops_one_thread = 0.0;
    int roofline_threads = 0;

    /// Of the machine's multiply-add rate, by training; 0 until both are known.
    [[nodiscard]] double roofline_share() const {
        return roofline_gigaflops > 0.0 ? gigaflops / roofline_gigaflops : 0.0;
    }
};

/// Everything the Train room shows: the engine's events, put where views find them.
///
/// Views read it and change nothing; commands go out by a `CommandQueue` and come back as events.
/// The revisions count changes, so that a view uploads a texture only when its tensor changed.
struct TrainModel {
    RunSettings settings;
    RunStatus status = RunStatus::paused;
    bool configured = false;
    bool ready_weights = false;      ///< the run began with trained ones that come with the page
    bool awaits_other_data = false;  ///< see forget_data
    std::string status_reason;
    std::string opened_weights;  ///< the reader's file that the run began with; empty: none

    std::int64_t step = 0;
    std::int64_t epoch = 0;  ///< whole epochs done
    std::int64_t steps_per_epoch = 0;
    double training_macs_per_image = 0.0;
    double memory_bytes = 0.0;
    MetricSeries loss;
    MetricSeries accuracy;           ///< 0 to 1
    MetricSeries learning_rates;     ///< as they were
    RunClock clock;                  ///< of the steps of the curves
    double built_dropout = 0.0;      ///< of the network that is configured; 0: none
    InitializerSettings begun_with;  ///< how the weights of this run began
    std::vector<Evaluation> validation;
    std::vector<Evaluation> test;
    KeptReadings readings;
    std::string shown_split;  ///< whose confusion the reader chose to see; empty: the newest
    std::optional<EvaluationProgress> evaluating;  ///< none: it takes but a moment

    RunName run;
    RunSettings trained_with;        ///< those of the last steps
    std::vector<KeptRun> kept_runs;  ///< the oldest first
    /// The kept run that was deleted last, and its place among them.
    struct DeletedRun {
        std::size_t place = 0;
        KeptRun run;
    };
    std::optional<DeletedRun> deleted_run;
    RunHistory history;
    std::int64_t scrub_target = 0;  ///< the moment that the engine was last told to go to; 0: none
    /// Of the settings, while the run went on.
    struct Change {
        std::int64_t step = 0;
        double seconds = 0.0;  ///< of training
        RunSettings before;
    };
    std::optional<Change> last_change;
    Race race;
    ExperimentRun experiment;
    SlowMotion slow_motion;

    DataSetState data;
    NetworkSummary network;
    std::string network_file;  ///< of the network that is configured
    NetworkHealth health;
    EngineState engine;
    ConvolutionExhibit exhibit;

    Pictures pictures;
    std::uint32_t pictures_revision = 0;
    std::size_t selected_picture = 0;
    Pictures test_pictures;
    std::uint32_t test_pictures_revision = 0;
    Mistakes mistakes;
    std::uint32_t mistakes_revision = 0;
    Pictures augmented;  ///< the selected picture, then what it is in the next epochs
    std::uint32_t augmented_revision = 0;
    Preprocessed preprocessed;  ///< the selected picture
    std::uint32_t preprocessed_revision = 0;
    std::vector<CapturedTensor> snapshot;
    std::int64_t snapshot_step = 0;
    std::uint32_t snapshot_revision = 0;
    int snapshot_class = -1;  ///< that its gradients are about; -1: it has none

    std::string last_error;

    /// Steps of the curves: more than `step` while the run is scrubbed back.
    [[nodiscard]] std::int64_t last_step() const {
        return static_cast<std::int64_t>(loss.values().size());
    }
    [[nodiscard]] bool is_back() const { return step < last_step(); }
    /// The present run is kept under its name, and a new one has its curves up to this step.
    void branch_off(std::int64_t at_step);
    /// Forgets what the curves have after this step.
    void cut_curves(std::int64_t at_step);
    /// The last evaluation at or before the present step; null when there is none.
    [[nodiscard]] const Evaluation* present(const std::vector<Evaluation>& evaluations) const;

    /// Keeps the run among the others, if it has made a step, and begins the next one: as `reset`
    /// does in the engine.
    void forget_run();
    /// Forgets the data set; what the engine still says of it is passed over until that of the
    /// settings is opened.
    void forget_data();
    /// The engine is gone, and with it network and images; another one is told both anew.
    void lose_engine();

    /// Batch size or data have changed: the engine goes by the same rule.
    void count_steps_per_epoch();
    /// The base learning rate and its schedule at a step counted from 0, by the engine's own
    /// function; the base rate where the schedule wants an end and there is none.
    [[nodiscard]] double learning_rate_at(std::int64_t at_step) const;
    /// The schedule goes by the length of the run, which it has to have.
    [[nodiscard]] bool schedule_fits(ScheduleType type) const;

    /// Steps of the whole run; 0 when it has no end or the data set is not complete.
    [[nodiscard]] std::int64_t total_steps() const;
    /// Until the last epoch is done at the present pace; negative when unknown.
    [[nodiscard]] double seconds_to_go() const;
    [[nodiscard]] bool working() const {
        return status != RunStatus::paused && status != RunStatus::diverged;
    }
    /// The picture can be trained on: there is data and the network is built.
    [[nodiscard]] bool can_train() const { return configured && data.train_loaded > 0; }

    /// The newest evaluation that says what was mistaken for what, of the split that the reader
    /// chose; nothing before the first.
    struct Confusion {
        const Evaluation* evaluation = nullptr;
        const char* split = "validation";
    };
    [[nodiscard]] Confusion newest_confusion() const;
    /// The engine still knows the images behind its cells, and no race is about to let them go.
    [[nodiscard]] bool can_open(const Confusion& confusion) const;

    /// Puts the run among the kept ones, if it has made a step.
    void keep_run();

    [[nodiscard]] const CapturedTensor* captured(const std::string& name) const;
    /// The first convolution's name; empty when there is none.
    [[nodiscard]] std::string first_convolution() const;
    /// The convolutions whose maps are shown while training: the first few, as deep networks have
    /// thousands of maps.
    [[nodiscard]] std::vector<std::string> shown_convolutions() const;
    /// The layer whose output are the logits; empty before `configured`.
    [[nodiscard]] std::string last_layer() const;
    /// What the network believes of the selected picture: softmax of the captured logits.
    [[nodiscard]] std::vector<float> probabilities() const;
};

}  // namespace convoscope::models
