#include <algorithm>
#include <utility>

#include "engine/analysis/summary.h"
#include "engine/exchange/weights.h"
#include "engine/network/network_file.h"
#include "engine/session/session_core.h"

namespace convoscope {
namespace {

constexpr Index kMostSteps = Index{1} << 30;
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
    const Json& file = reader.object("network");
    if (file.is_null()) {
        reader.refuse("network", "a network file");
    }
    TrainerSettings settings;
    settings.seed = reader.seed(1);
    settings.optimizer = reader.optimizer({});
    settings.batch_size = reader.integer("batch_size", 64, 1, 4096);
    settings.between_tasks = options_.between_tasks;
    settings.threads =
        threads_of(reader.integer("threads", 0, 0, 1024), std::max(1, options_.max_threads));
    settings.augmentation = read_augmentation(reader, nullptr);
    const Index epochs = reader.integer("epochs", 0, 0, kMostSteps);
    const Index interval = reader.integer("validation_interval", 100, 0, kMostSteps);
    const std::optional<HoldOut> hold_out = read_hold_out(reader);
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
    end_goal();
    evaluations_.clear();
    evaluating_ = false;
    evaluator_ = std::move(*evaluator);
    view_.reset();
    trainer_ = std::move(*trainer);
    network_file_ = file;
    epochs_ = epochs;
    validation_interval_ = interval;
    wish_ = {};
    hold_out_ = hold_out;
    restart_sampler();
    if (dataset_ && hold_out) {
        send_data_event();
    }
    send_configured();
    send_state();
    return Answer::done;
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
        {"steps_per_epoch", steps},
        {"multiply_accumulates_per_image", trainer_->network().training_multiply_accumulates()},
        {"memory_bytes", trainer_->memory_bytes()}};
    if (!command_id_.is_null()) {
        event["id"] = command_id_;
    }
    send(event);
}

HoldOut Session::Core::hold_out() const {
    return hold_out_.value_or(default_hold_out(dataset_->manifest()));
}

void Session::Core::restart_sampler() {
    if (trainer_ && dataset_) {
        sampler_ = std::make_unique<Sampler>(*dataset_, trainer_->settings().seed, hold_out());
    }
    gathered_ = {};
    training_seconds_ = 0.0;
    diverged_ = false;
}

Status Session::Core::check_ready_to_train() const {
    if (!trainer_) {
        return Error{"there is no network; expected configure first"};
    }
    if (!dataset_) {
        return Error{"no data set is open; expected open_data first"};
    }
    const Network& network = trainer_->network();
    if (network.shape(0) != dataset_->input()) {
        return Error{"the network's input is " + network.shape(0).text() + "; expected " +
                     dataset_->input().text() + ", as " + dataset_->manifest().name + " has"};
    }
    if (network.output_shape().channels != dataset_->class_count()) {
        return Error{"the network has " + std::to_string(network.output_shape().channels) +
                     " outputs; expected " + std::to_string(dataset_->class_count()) +
                     ", one for each class of " + dataset_->manifest().name};
    }
    return success();
}

void Session::Core::begin_goal(Goal goal, const Json& id) {
    end_goal();
    goal_ = goal;
    goal_id_ = id;
    diverged_ = false;
    send_state();
}

void Session::Core::end_goal() {
    if (goal_ != Goal::none) {
        send_metrics();
        goal_ = Goal::none;
        send_done(std::exchange(goal_id_, Json()));
    }
}

Session::Core::Handled Session::Core::start(CommandReader& reader) {
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    if (const Status ready = check_ready_to_train(); !ready) {
        return ready.error();
    }
    if (epochs_ > 0 && sampler_->epoch() >= epochs_) {
        return Error{"all " + std::to_string(epochs_) +
                     " epochs are done; expected more epochs, or reset"};
    }
    begin_goal(Goal::endless, Json());
    return Answer::done;
}

Session::Core::Handled Session::Core::pause(CommandReader& reader) {
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    end_goal();
    send_state();
    return Answer::done;
}

Session::Core::Handled Session::Core::step(CommandReader& reader, const Json& id) {
    const Index count = reader.integer("count", 1, 1, kMostSteps);
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    if (const Status ready = check_ready_to_train(); !ready) {
        return ready.error();
    }
    begin_goal(Goal::steps, id);
    steps_left_ = count;
    return Answer::later;
}

Session::Core::Handled Session::Core::train_epoch(CommandReader& reader, const Json& id) {
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    if (const Status ready = check_ready_to_train(); !ready) {
        return ready.error();
    }
    begin_goal(Goal::epoch, id);
    return Answer::later;
}

Session::Core::Handled Session::Core::reset(CommandReader& reader) {
    const std::uint64_t seed = reader.seed(trainer_ ? trainer_->settings().seed : 1);
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    if (!trainer_) {
        return Error{"there is no network; expected configure first"};
    }
    end_goal();
    evaluations_.clear();
    evaluating_ = false;
    trainer_->reset(seed);
    restart_sampler();
    send_state();
    if (!wish_.empty()) {
        send_snapshot();
    }
    return Answer::done;
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
    if (const Status read = reader.finish(); !read) {
        return read.error();
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
    epochs_ = epochs;
    validation_interval_ = interval;
    send({{"event", "settings"},
          {"optimizer", optimizer_json(optimizer)},
          {"batch_size", batch_size},
          {"augment", augmentation_text(trainer_->settings())},
          {"epochs", epochs_},
          {"threads", trainer_->settings().threads},
          {"validation_interval", validation_interval_}});
    return Answer::done;
}

Session::Core::Handled Session::Core::evaluate(CommandReader& reader, const Json& id) {
    const std::string split = reader.text("split");
    if (split != "validation" && split != "test") {
        reader.refuse("split", "\"validation\" or \"test\"");
    }
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    if (const Status ready = check_ready_to_train(); !ready) {
        return ready.error();
    }
    const bool there = split == "test" ? dataset_->loaded_count(Split::test) > 0
                                       : !sampler_->validation_images().empty();
    if (!there) {
        return Error{"no image of " + split + " has been loaded yet"};
    }
    queue_evaluation(split, id);
    send_state();
    return Answer::later;
}

}  // namespace convoscope
