#include <algorithm>
#include <string>
#include <utility>

#include "engine/analysis/summary.h"
#include "engine/exchange/weights.h"
#include "engine/network/network_file.h"
#include "engine/session/session_core.h"

namespace convoscope {
namespace {

constexpr double kLargestRate = 1e6;

int threads_of(Index wanted, int available) {
    return wanted == 0 ? available : static_cast<int>(std::min<Index>(wanted, available));
}

/// `validation_count`, or `folds` and `fold`; none when neither is given.
std::optional<HoldOut> read_hold_out(CommandReader& reader) {
    constexpr Index kMostImages = Index{1} << 24;
    constexpr Index kMostFolds = 100;
    HoldOut hold_out;
    hold_out.count = reader.integer("validation_count", 0, 0, kMostImages);
    hold_out.folds = reader.integer("folds", 0, 2, kMostFolds);
    hold_out.fold = reader.integer("fold", 0, 0, std::max<Index>(hold_out.folds - 1, 0));
    if (reader.has("folds") && reader.has("validation_count")) {
        reader.refuse("validation_count", "none beside folds");
    }
    const bool given = reader.has("folds") || reader.has("validation_count");
    return given ? std::optional(hold_out) : std::nullopt;
}

/// `preprocess`; empty when it is not there.
std::string read_preprocessing(CommandReader& reader) {
    std::string text = reader.text("preprocess", "");
    if (!text.empty() && text != kManifestPreprocessing) {
        if (const auto spec = PreprocessingSpec::parse(text); !spec) {
            reader.refuse(spec.error());
        }
    }
    return text;
}

/// `augment` as a chain, or `fallback` when it is not there.
std::shared_ptr<const AugmentationChain> read_augmentation(
    CommandReader& reader, std::shared_ptr<const AugmentationChain> fallback) {
    if (!reader.has("augment")) {
        return fallback;
    }
    Result<AugmentationChain> chain = AugmentationChain::parse(reader.text("augment"));
    if (!chain) {
        reader.refuse(chain.error());
        return fallback;
    }
    return std::make_shared<const AugmentationChain>(std::move(*chain));
}

std::string augmentation_text(const TrainerSettings& settings) {
    return settings.augmentation ? settings.augmentation->text() : "";
}

}  // namespace

Session::Core::Handled Session::Core::configure(CommandReader& reader,
                                                std::span<const std::byte> payload) {
    Result<Configuration> configuration = read_configuration(reader, payload);
    if (!configuration) {
        return configuration.error();
    }
    adopt(std::move(*configuration));
    send_configured();
    send_state();
    return Answer::done;
}

Result<Session::Core::Configuration> Session::Core::read_configuration(
    CommandReader& reader, std::span<const std::byte> payload) const {
    const Json& file = reader.object("network");
    if (file.is_null()) {
        reader.refuse("network", "a network file");
    }
    TrainerSettings settings;
    settings.seed = reader.seed(1);
    settings.optimizer = reader.optimizer({});
    const TrainingOptions options = read_training_options(reader, {});
    settings.clipping = options.clipping;
    settings.loss = options.loss;
    settings.initializer = options.initializer;
    settings.batch_size = reader.integer("batch_size", 64, 1, 4096);
    settings.between_tasks = options_.between_tasks;
    settings.threads =
        threads_of(reader.integer("threads", 0, 0, 1024), std::max(1, options_.max_threads));
    settings.augmentation = read_augmentation(reader, nullptr);
    settings.label_noise = reader.number("label_noise", 0.0, 0.0, 1.0);
    const Index epochs = reader.integer("epochs", 0, 0, kMostSteps);
    const Index interval = reader.integer("validation_interval", 100, 0, kMostSteps);
    const std::optional<HoldOut> hold_out = read_hold_out(reader);
    const Index training_images = reader.integer("training_images", 0, 0, kMostSteps);
    const std::string preprocessing = read_preprocessing(reader);
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    Result<NetworkSpec> spec =
        parse_network_file(file.dump(-1, ' ', false, Json::error_handler_t::replace));
    if (!spec) {
        return spec.error();
    }
    Result<std::unique_ptr<Trainer>> trainer = Trainer::create(std::move(*spec), settings);
    if (!trainer) {
        return trainer.error();
    }
    if (!payload.empty()) {
        const auto tensors = read_safetensors(payload, "weights");
        if (!tensors) {
            return tensors.error();
        }
        if (const Status loaded = load_tensors(*tensors, "weights", (*trainer)->network());
            !loaded) {
            return loaded.error();
        }
    }
    Result<std::unique_ptr<Evaluator>> evaluator =
        Evaluator::create((*trainer)->network(), (*trainer)->pool());
    if (!evaluator) {
        return evaluator.error();
    }
    Json fields = reader.fields();
    for (const char* key : {"command", "id", "threads"}) {
        fields.erase(key);
    }
    fields.update(training_options_json(options));
    fields.update({{"seed", settings.seed},
                   {"optimizer", optimizer_json(settings.optimizer)},
                   {"batch_size", settings.batch_size},
                   {"epochs", epochs},
                   {"validation_interval", interval}});
    return Configuration{.fields = std::move(fields),
                         .network_file = file,
                         .trainer = std::move(*trainer),
                         .evaluator = std::move(*evaluator),
                         .hold_out = hold_out,
                         .training_images = training_images,
                         .preprocessing = preprocessing,
                         .options = options,
                         .epochs = epochs,
                         .validation_interval = interval};
}

void Session::Core::adopt(Configuration configuration) {
    end_goal();
    evaluations_.clear();
    readings_.clear();
    evaluating_ = false;
    evaluator_ = std::move(configuration.evaluator);
    view_.reset();
    gradient_probe_.reset();
    cancel_explanations();
    statistics_probe_.reset();
    trainer_ = std::move(configuration.trainer);
    configuration_ = std::move(configuration.fields);
    network_file_ = std::move(configuration.network_file);
    training_options_ = configuration.options;
    epochs_ = configuration.epochs;
    validation_interval_ = configuration.validation_interval;
    wish_ = {};
    statistics_wish_ = {};
    const bool other_count =
        hold_out_ != configuration.hold_out || training_images_ != configuration.training_images;
    hold_out_ = configuration.hold_out;
    training_images_ = configuration.training_images;
    wish_preprocessing(configuration.preprocessing);
    restart_sampler();
    if (dataset_ && (hold_out_ || other_count)) {
        send_data_event();
    }
}

void Session::Core::send_configured() {
    const TrainerSettings& settings = trainer_->settings();
    const NetworkSummary summary = *summarize(trainer_->network().spec());
    const Index steps =
        sampler_ ? (sampler_->epoch_count() + settings.batch_size - 1) / settings.batch_size : 0;
    Json event = {
        {"event", "configured"},
        {"network", network_file_},
        {"summary", Json::parse(summary_json(summary), nullptr, false)},
        {"optimizer", optimizer_json(settings.optimizer)},
        {"batch_size", settings.batch_size},
        {"augment", augmentation_text(settings)},
        {"seed", settings.seed},
        {"threads", settings.threads},
        {"epochs", epochs_},
        {"validation_interval", validation_interval_},
        {"training_images", training_images_},
        {"label_noise", settings.label_noise},
        {"preprocess", configuration_.value("preprocess", std::string(kManifestPreprocessing))},
        {"steps_per_epoch", steps},
        {"multiply_accumulates_per_image", trainer_->network().training_multiply_accumulates()},
        {"memory_bytes", trainer_->memory_bytes()}};
    event.update(training_options_json(training_options_));
    if (!command_id_.is_null()) {
        event["id"] = command_id_;
    }
    send(event);
}

void Session::Core::note_settings(const Json& fields) {
    for (auto field = fields.begin(); field != fields.end(); ++field) {
        configuration_[field.key()] = field.value();
    }
    // Those that `configure` says otherwise, or not at all.
    for (const char* key :
         {"command", "id", "threads", "learning_rate", "momentum", "weight_decay"}) {
        configuration_.erase(key);
    }
    configuration_["optimizer"] = optimizer_json(trainer_->settings().optimizer);
    configuration_.update(training_options_json(training_options_));
}

Session::Core::Handled Session::Core::set(CommandReader& reader) {
    if (!trainer_) {
        return Error{"there is no network; expected configure first"};
    }
    const TrainerSettings& now = trainer_->settings();
    OptimizerSettings optimizer = reader.optimizer(now.optimizer);
    optimizer.learning_rate =
        reader.number("learning_rate", optimizer.learning_rate, 0.0, kLargestRate);
    optimizer.momentum = reader.number("momentum", optimizer.momentum, 0.0, 1.0 - 1e-12);
    optimizer.weight_decay =
        reader.number("weight_decay", optimizer.weight_decay, 0.0, kLargestRate);
    const Index batch_size = reader.integer("batch_size", now.batch_size, 1, 4096);
    const Index epochs = reader.integer("epochs", epochs_, 0, kMostSteps);
    const Index interval =
        reader.integer("validation_interval", validation_interval_, 0, kMostSteps);
    const int threads = threads_of(reader.integer("threads", now.threads, 0, 1024),
                                   std::max(1, options_.max_threads));
    const std::shared_ptr<const AugmentationChain> augmentation =
        read_augmentation(reader, now.augmentation);
    const TrainingOptions options = read_training_options(reader, training_options_);
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    const ScheduleSpan span = schedule_span(options, epochs, batch_size);
    const bool fits = schedule_fits(options.schedule, span);
    if (!fits && goal_ != Goal::none) {
        return Error{"schedule " + std::string(schedule_name(options.schedule.type)) +
                     " goes by the length of the training; expected epochs, or total_steps"};
    }
    if (batch_size != now.batch_size) {
        if (const Status taken = trainer_->set_batch_size(batch_size); !taken) {
            return taken.error();
        }
    }
    if (threads != now.threads) {
        if (const Status taken = trainer_->set_threads(threads); !taken) {
            return taken.error();
        }
        Result<std::unique_ptr<Evaluator>> evaluator =
            Evaluator::create(trainer_->network(), trainer_->pool());
        if (!evaluator) {
            return evaluator.error();
        }
        evaluator_ = std::move(*evaluator);
        evaluating_ = false;  // begins anew
    }
    trainer_->set_optimizer(optimizer);
    if (augmentation != now.augmentation) {
        trainer_->set_augmentation(augmentation);
    }
    trainer_->set_clipping(options.clipping);
    trainer_->set_loss(options.loss);
    trainer_->set_initializer(options.initializer);
    if (fits) {
        trainer_->set_schedule(options.schedule, span);
    }
    training_options_ = options;
    epochs_ = epochs;
    validation_interval_ = interval;
    note_settings(reader.fields());
    Json event = {{"event", "settings"},
                  {"optimizer", optimizer_json(optimizer)},
                  {"batch_size", batch_size},
                  {"augment", augmentation_text(trainer_->settings())},
                  {"epochs", epochs_},
                  {"threads", trainer_->settings().threads},
                  {"validation_interval", validation_interval_}};
    event.update(training_options_json(options));
    send(event);
    return Answer::done;
}

}  // namespace convoscope
