#include <algorithm>
#include <utility>

#include "engine/session/session_core.h"

namespace convoscope {

HoldOut Session::Core::hold_out() const {
    return hold_out_.value_or(default_hold_out(dataset_->manifest()));
}

void Session::Core::restart_sampler() {
    if (trainer_ && dataset_) {
        sampler_ = std::make_unique<Sampler>(
            *dataset_, trainer_->settings().seed, hold_out(), training_images_);
        refit_preprocessing();
        fit_wished_preprocessing();
    }
    gathered_ = {};
    training_seconds_ = 0.0;
    diverged_ = false;
    stop_reason_.clear();
    early_stopping_ = {};
    curve_.clear();
    past_evaluations_ = Json::array();
    moment_ = 0;
    if (!history_.entries().empty()) {
        history_.clear();
        send_history();
    }
}

ScheduleSpan Session::Core::schedule_span(const TrainingOptions& options,
                                          Index epochs,
                                          Index batch_size) const {
    const Index images = sampler_ ? std::max<Index>(1, sampler_->epoch_count()) : 1;
    const Index steps_per_epoch = (images + batch_size - 1) / batch_size;
    // Beyond the most steps there is no end in sight, nor room in 32 bits.
    const Index whole = std::min(epochs, kMostSteps / steps_per_epoch) * steps_per_epoch;
    return {.total_steps = options.total_steps > 0 ? options.total_steps : whole,
            .steps_per_epoch = steps_per_epoch};
}

Status Session::Core::prepare_schedule() {
    const ScheduleSpan span =
        schedule_span(training_options_, epochs_, trainer_->settings().batch_size);
    const ScheduleSettings& schedule = training_options_.schedule;
    if (!schedule_fits(schedule, span)) {
        return Error{"schedule " + std::string(schedule_name(schedule.type)) +
                     " goes by the length of the training, which has no end; expected epochs, or "
                     "total_steps"};
    }
    trainer_->set_schedule(schedule, span);
    return success();
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
    if (wished_preprocessing_) {
        return Error{"the preprocessing takes its figures from all training images; " +
                     std::to_string(dataset_->loaded_count(Split::train)) + " of " +
                     std::to_string(dataset_->count(Split::train)) + " are loaded"};
    }
    return success();
}

void Session::Core::begin_goal(Goal goal, const Json& id) {
    end_goal();
    goal_ = goal;
    goal_id_ = id;
    diverged_ = false;
    stop_reason_.clear();
    if (history_.entries().empty()) {
        keep_moment();
    }
    send_state();
}

void Session::Core::end_goal() {
    dissection_wish_.reset();
    if (goal_ != Goal::none) {
        send_metrics();
        goal_ = Goal::none;
        if (!wish_.empty() && snapshot_step_ != trainer_->steps()) {
            send_snapshot();  // at rest the views show the weights that there are
        }
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
    if (const Status prepared = prepare_schedule(); !prepared) {
        return prepared.error();
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
    if (goal_ == Goal::none) {
        skip_evaluations();
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
    if (const Status prepared = prepare_schedule(); !prepared) {
        return prepared.error();
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
    if (const Status prepared = prepare_schedule(); !prepared) {
        return prepared.error();
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
    configuration_["seed"] = seed;
    restart_sampler();
    send_state();
    if (!wish_.empty()) {
        send_snapshot();
    }
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
