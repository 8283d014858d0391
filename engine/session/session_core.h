#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/data/dataset.h"
#include "engine/data/hold_out.h"
#include "engine/explain/network_probe.h"
#include "engine/measurement/convolution_comparison.h"
#include "engine/session/checkpoint.h"
#include "engine/session/command_reader.h"
#include "engine/session/explain_tasks.h"
#include "engine/session/session.h"
#include "engine/session/training_options.h"
#include "engine/training/early_stopping.h"
#include "engine/training/evaluator.h"
#include "engine/training/history.h"
#include "engine/training/layer_statistics.h"
#include "engine/training/loss_curve.h"
#include "engine/training/sampler.h"
#include "engine/training/step_dissection.h"
#include "engine/training/trainer.h"

namespace convoscope {

/// What a session consists of. Its functions stand in a file a group of commands, and in
/// session_work.cpp for `run_for`.
class Session::Core {
  public:
    explicit Core(SessionOptions options);

    void command(std::string_view text, std::span<const std::byte> payload);
    bool run_for(double budget_seconds);
    std::optional<Event> next_event();

  private:
    using Json = nlohmann::json;
    static constexpr Index kMostMoments = 32;
    static constexpr Index kMostHistoryBytes = Index{64} << 20;
    static constexpr std::size_t kMostPastEvaluations = 1000;
    /// Whether an accepted command is done at once or when its work is.
    enum class Answer { done, later };
    using Handled = Result<Answer>;

    /// What training is on its way to.
    enum class Goal { none, endless, steps, epoch };

    struct PendingEvaluation {
        std::string split;  ///< "validation" or "test"
        Json id;            ///< null: nobody waits
        bool ends_epoch = false;
    };

    /// Of the last evaluation of a split.
    struct KeptReadings {
        Index step = 0;
        std::vector<std::uint32_t> images;
        std::vector<Reading> readings;
    };

    /// A weight to look at in the next step.
    struct DissectionWish {
        std::string parameter;
        Index place = -1;  ///< -1: where the gradient is the largest
    };

    /// Images of a true class that were read as another; -1: any.
    struct MistakesWish {
        Index truth = -1;
        Index predicted = -1;
        Index count = 12;
    };

    struct Wish {
        std::vector<std::string> parameters;
        std::vector<std::string> activations;
        std::optional<std::string> image_split;
        Index image = 0;
        std::vector<float> own_image;  ///< in place of one of the data set; empty: none
        double minimum_interval_seconds = 0.1;
        std::string gradient_of;    ///< "score", "loss"; empty: no gradients
        Index gradient_class = -1;  ///< -1: the one that is read

        [[nodiscard]] bool empty() const {
            return parameters.empty() && activations.empty() && !has_image();
        }
        [[nodiscard]] bool has_image() const { return image_split || !own_image.empty(); }
    };

    struct StatisticsWish {
        bool wanted = false;
        Index bins = 0;
        Index images = 64;
        double minimum_interval_seconds = 1.0;
    };

    /// All that `configure` makes, before it takes the place of what was.
    struct Configuration {
        Json fields;  ///< of `configure`, as they are in force
        Json network_file;
        std::unique_ptr<Trainer> trainer;
        std::unique_ptr<Evaluator> evaluator;
        std::optional<HoldOut> hold_out;
        Index training_images = 0;
        std::string preprocessing;  ///< empty: nothing is said
        TrainingOptions options;
        Index epochs = 0;
        Index validation_interval = 100;
    };

    /// Numbers since the last `metrics`.
    struct Gathered {
        std::vector<double> learning_rates;
        std::vector<double> losses;
        std::vector<double> accuracies;
        Index images = 0;
        double seconds = 0.0;
    };

    /// An explanation that is being worked on.
    struct Explanation {
        std::string kind;
        std::int64_t step = 0;  ///< of the network that is explained
        Json id;
        double told = 0.0;  ///< when its progress was last said
        std::unique_ptr<ExplainTask> task;
    };

    /// What the data set's preprocessing was fitted with, and to which training images.
    struct FittedPreprocessing {
        PreprocessingSpec spec;
        std::uint64_t seed = 0;
        HoldOut hold_out;
    };

    // data_commands.cpp
    Handled open_data(CommandReader& reader);
    Handled add_shard(CommandReader& reader, std::span<const std::byte> payload);
    Handled images(CommandReader& reader);
    Handled augmented(CommandReader& reader);
    void use_dataset(std::unique_ptr<Dataset> dataset);
    void send_data_event();
    /// The image's number in its split of the data set.
    Result<std::uint32_t> find_image(const std::string& split, Index index) const;

    // own_data_commands.cpp
    Handled make_data(CommandReader& reader);
    Handled open_images(CommandReader& reader);
    Handled add_images(CommandReader& reader, std::span<const std::byte> payload);

    // preprocessing_commands.cpp
    Handled preprocess(CommandReader& reader);
    Handled preprocessed(CommandReader& reader);
    Status fit_preprocessing(const PreprocessingSpec& spec);
    void refit_preprocessing();
    void wish_preprocessing(const std::string& text);
    void fit_wished_preprocessing();
    void use_manifest_preprocessing();
    [[nodiscard]] std::uint64_t data_seed() const;

    // configuration.cpp
    Handled configure(CommandReader& reader, std::span<const std::byte> payload);
    Handled set(CommandReader& reader);
    Result<Configuration> read_configuration(CommandReader& reader,
                                             std::span<const std::byte> payload) const;
    void adopt(Configuration configuration);
    /// Notes fields of `set` among those in force.
    void note_settings(const Json& fields);
    void send_configured();

    // checkpoint_commands.cpp
    Handled save(CommandReader& reader);
    Handled load(CommandReader& reader, std::span<const std::byte> payload);
    Handled keep(CommandReader& reader);
    Handled go_back(CommandReader& reader, bool branch);
    void keep_moment();
    void send_history();
    void send_restored();
    [[nodiscard]] CheckpointRecord checkpoint_record() const;

    // explain_command.cpp
    Handled explain(CommandReader& reader, const Json& id, std::span<const std::byte> payload);
    Handled cancel_explanation(CommandReader& reader);
    Status place_explanation(const std::string& layer, ExplainRequest& request) const;
    Status choose_images(Index most, ExplainRequest& request) const;
    Result<std::vector<float>> explained_image(const Wish& image, const std::string& kind);
    Result<Index> find_value(const std::string& layer) const;
    void cancel_explanations(const std::string& kind = {});
    void explain_slice();

    // gradient_view.cpp
    Handled difference(CommandReader& reader);
    Status prepare_gradients();
    void run_gradients();
    void add_gradients(TensorList& tensors);

    // dissection_command.cpp
    Handled dissect(CommandReader& reader, const Json& id);
    StepReport dissect_batch();
    void send_dissected(const DissectedStep& step, const NamedParameter& parameter);

    // measurement_commands.cpp
    Handled roofline(CommandReader& reader, const Json& id);
    void measure_roofline();
    Handled compare_convolutions(CommandReader& reader, const Json& id);
    void compare_slice();
    void send_convolutions();

    // mistakes_command.cpp
    Handled mistakes(CommandReader& reader);
    void note_readings(const std::string& split);
    void send_mistakes(const std::string& split,
                       const KeptReadings& kept,
                       const MistakesWish& wish);

    // statistics_commands.cpp
    Handled statistics(CommandReader& reader);
    void send_statistics();
    void send_statistics_if_due();

    // training_commands.cpp
    Handled start(CommandReader& reader);
    Handled pause(CommandReader& reader);
    Handled step(CommandReader& reader, const Json& id);
    Handled train_epoch(CommandReader& reader, const Json& id);
    Handled reset(CommandReader& reader);
    Handled evaluate(CommandReader& reader, const Json& id);
    Status check_ready_to_train() const;
    /// Returns error when the schedule wants an end and there is none.
    Status prepare_schedule();
    [[nodiscard]] ScheduleSpan schedule_span(const TrainingOptions& options,
                                             Index epochs,
                                             Index batch_size) const;
    void begin_goal(Goal goal, const Json& id);
    void end_goal();
    void restart_sampler();
    [[nodiscard]] HoldOut hold_out() const;

    // view_commands.cpp
    Handled capture(CommandReader& reader, std::span<const std::byte> payload);
    Handled predict(CommandReader& reader, std::span<const std::byte> payload);
    Handled export_file(CommandReader& reader);
    Result<Wish> read_image_wish(CommandReader& reader, std::span<const std::byte> payload) const;
    Status check_wish(const Wish& wish) const;
    bool fill_view(const Wish& wish);
    [[nodiscard]] float label_of(const Wish& wish) const;
    void fill_view(std::span<const float> image);
    void send_snapshot();
    void send_snapshot_if_due();
    Status prepare_view();

    // session_work.cpp
    bool has_work() const;
    bool train_one_batch();
    void finish_batch(const StepReport& report);
    void finish_epoch();
    void evaluate_slice();
    void queue_evaluation(const std::string& split, const Json& id, bool ends_epoch = false);
    void queue_evaluations_of_epoch();
    void note_evaluation(const PendingEvaluation& evaluation);
    void note_validation(const Evaluation& result);
    void stop_at_target(double accuracy);
    bool begin_evaluation();
    void send_evaluation(const PendingEvaluation& evaluation);
    void send_progress();
    void skip_evaluations();
    void send_metrics();
    void send_status(const std::string& status, const std::string& reason = {});
    void send_state();

    // session.cpp
    Handled dispatch(const std::string& name,
                     CommandReader& reader,
                     const Json& id,
                     std::span<const std::byte> payload);
    void send(const Json& event, std::vector<std::byte> payload = {});
    void send_done(const Json& id);
    [[nodiscard]] double now() const { return options_.clock_seconds(); }

    SessionOptions options_;
    std::deque<Event> events_;
    Json command_id_;  ///< of the command being answered

    std::unique_ptr<Dataset> dataset_;
    std::optional<FittedPreprocessing> preprocessing_;  ///< none: as the manifest says
    /// As `configure` wants it, while not all images are there that it is fitted to.
    std::optional<PreprocessingSpec> wished_preprocessing_;
    Index training_images_ = 0;        ///< at most these; 0: all
    bool grows_ = false;               ///< the data set is the user's own images
    std::optional<HoldOut> hold_out_;  ///< none: as the data set wishes
    Json configuration_;               ///< the fields of `configure` as they are in force
    Json network_file_;
    std::unique_ptr<Trainer> trainer_;
    std::unique_ptr<Sampler> sampler_;
    std::unique_ptr<Evaluator> evaluator_;
    std::unique_ptr<ExecutionPlan> view_plan_;
    std::unique_ptr<Workspace> view_;  ///< one image, all activations kept

    std::unique_ptr<NetworkProbe> gradient_probe_;  ///< of the network itself, for the way back
    Index gradient_class_ = 0;
    std::deque<Explanation> explanations_;

    Goal goal_ = Goal::none;
    Json goal_id_;
    Index steps_left_ = 0;
    Index epochs_ = 0;  ///< 0: without end
    TrainingOptions training_options_;
    EarlyStopping early_stopping_;
    std::string stop_reason_;  ///< why training ended by itself; empty: it did not
    Index validation_interval_ = 100;
    bool diverged_ = false;
    bool epoch_ended_ = false;  ///< in this `run_for`: no more training before the next
    std::string last_status_;

    std::optional<Json> roofline_id_;  ///< of the rate that is to be measured; none: nobody asks

    std::unique_ptr<ConvolutionComparison> comparison_;  ///< that is being made
    Json comparison_id_;

    std::deque<PendingEvaluation> evaluations_;
    bool evaluating_ = false;
    std::map<std::string, KeptReadings> readings_;
    Index slice_ = 4;  ///< micro-batches of the next slice of an evaluation
    double evaluation_began_ = 0.0;
    double progress_said_ = 0.0;

    std::vector<std::uint32_t> batch_;
    Gathered gathered_;
    double training_seconds_ = 0.0;
    Wish wish_;
    double last_snapshot_ = 0.0;
    std::int64_t snapshot_step_ = 0;
    std::optional<DissectionWish> dissection_wish_;  ///< for the next batch
    StatisticsWish statistics_wish_;
    std::unique_ptr<StatisticsProbe> statistics_probe_;
    double last_statistics_ = 0.0;

    History history_{kMostMoments, kMostHistoryBytes};
    Index moment_ = 0;  ///< of the epoch that is being evaluated
    LossCurve curve_;
    Json past_evaluations_ = Json::array();
};

}  // namespace convoscope
