#include <algorithm>
#include <array>
#include <cstdio>
#include <numeric>
#include <utility>

#include "engine/session/session_core.h"
#include "engine/training/classification_figures.h"

namespace convoscope {
namespace {

// A slice of an evaluation: long enough to keep all threads at work, short enough that a command
// is answered within a frame or two.
constexpr double kShortSliceSeconds = 0.004;
constexpr double kLongSliceSeconds = 0.012;
constexpr Index kLargestSlice = 4096;

// How far an evaluation is, once it has taken so long, and so often.
constexpr double kLongEvaluationSeconds = 0.5;
constexpr double kProgressSeconds = 0.25;

/// "99.04 %"
std::string percent_text(double share) {
    std::array<char, 32> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.2f %%", 100.0 * share);
    return {text.data(), static_cast<std::size_t>(length)};
}

}  // namespace

bool Session::Core::has_work() const {
    return roofline_id_ || comparison_ || !explanations_.empty() || !evaluations_.empty() ||
           goal_ != Goal::none;
}

bool Session::Core::run_for(double budget_seconds) {
    const double end = now() + budget_seconds;
    epoch_ended_ = false;
    bool waiting = false;
    while (has_work()) {
        if (!explanations_.empty()) {  // beside the training, slice by slice
            explain_slice();
        }
        if (roofline_id_) {
            measure_roofline();
        } else if (comparison_) {
            compare_slice();
        } else if (!evaluations_.empty()) {
            evaluate_slice();
        } else if (goal_ != Goal::none && (epoch_ended_ || !train_one_batch())) {
            waiting = !epoch_ended_ && explanations_.empty();
            break;
        }
        if (now() >= end) {
            break;
        }
    }
    send_metrics();
    // Waiting for a shard is not work: its arrival comes as a command.
    return has_work() && !waiting;
}

bool Session::Core::train_one_batch() {
    if (!sampler_->next(trainer_->settings().batch_size, batch_)) {
        send_status("waiting_for_data");
        return false;
    }
    if (batch_.empty()) {
        end_goal();
        send_status("paused", "The training split has no images besides those held out.");
        return false;
    }
    send_status("running");
    const double begin = now();
    const StepReport report = dissection_wish_
                                  ? dissect_batch()
                                  : trainer_->step(*dataset_, batch_, sampler_->batch_epoch());
    gathered_.seconds += now() - begin;
    finish_batch(report);
    return true;
}

void Session::Core::finish_batch(const StepReport& report) {
    if (report.diverged) {
        diverged_ = true;
        end_goal();
        send_status("diverged",
                    "The numbers of step " + std::to_string(report.step) + " went out of bounds: " +
                        report.problem + "; the weights are those before it.");
        return;
    }
    if (!report.problem.empty()) {
        end_goal();
        send_status("paused", report.problem);
        return;
    }
    const double accuracy =
        static_cast<double>(report.correct) / static_cast<double>(report.images);
    gathered_.learning_rates.push_back(report.learning_rate);
    gathered_.losses.push_back(report.loss);
    gathered_.accuracies.push_back(accuracy);
    gathered_.images += report.images;
    curve_.add(report.loss, accuracy);
    send_snapshot_if_due();
    send_statistics_if_due();
    const bool epoch_ended = sampler_->at_epoch_start();
    if (validation_interval_ > 0 && report.step % validation_interval_ == 0 && !epoch_ended) {
        queue_evaluation("validation", Json());
    }
    if (goal_ == Goal::steps && --steps_left_ == 0) {
        end_goal();
    }
    if (epoch_ended) {
        finish_epoch();
    }
    if (goal_ == Goal::none) {
        send_state();
    }
}

void Session::Core::finish_epoch() {
    send_metrics();
    epoch_ended_ = true;
    send({{"event", "epoch"}, {"epoch", sampler_->epoch()}, {"step", trainer_->steps()}});
    keep_moment();
    moment_ = history_.entries().empty() ? 0 : history_.entries().back().id;
    queue_evaluations_of_epoch();
    if (goal_ == Goal::epoch || (epochs_ > 0 && sampler_->epoch() >= epochs_)) {
        end_goal();
    }
}

void Session::Core::queue_evaluation(const std::string& split, const Json& id, bool ends_epoch) {
    evaluations_.push_back({.split = split, .id = id, .ends_epoch = ends_epoch});
}

void Session::Core::queue_evaluations_of_epoch() {
    queue_evaluation("validation", Json(), true);
    if (training_options_.test_each_epoch) {
        queue_evaluation("test", Json(), true);
    }
}

bool Session::Core::begin_evaluation() {
    std::vector<std::uint32_t> images;
    const bool test = evaluations_.front().split == "test";
    if (test) {
        for (Index image = 0; image < dataset_->count(Split::test); ++image) {
            if (dataset_->is_image_loaded(Split::test, image)) {
                images.push_back(static_cast<std::uint32_t>(image));
            }
        }
    } else {
        images = sampler_->validation_images();
    }
    if (images.empty()) {
        return false;
    }
    evaluator_->begin(*dataset_,
                      test ? Split::test : Split::train,
                      std::move(images),
                      training_options_.loss.type);
    return true;
}

void Session::Core::evaluate_slice() {
    bool finished = false;
    if (!evaluating_) {
        evaluating_ = begin_evaluation();
        evaluation_began_ = now();
        progress_said_ = evaluation_began_ + kLongEvaluationSeconds - kProgressSeconds;
        finished = !evaluating_;  // no image of this split has come yet: there is nothing to say
        if (goal_ == Goal::none && evaluating_) {
            send_status("evaluating");
        }
    }
    if (evaluating_) {
        const double begin = now();
        finished = evaluator_->run_slice(slice_);
        const double seconds = now() - begin;
        if (seconds < kShortSliceSeconds) {
            slice_ = std::min(slice_ * 2, kLargestSlice);
        } else if (seconds > kLongSliceSeconds) {
            slice_ = std::max<Index>(slice_ / 2, 1);
        }
    }
    if (!finished) {
        send_progress();
        return;
    }
    const PendingEvaluation evaluation = std::move(evaluations_.front());
    evaluations_.pop_front();
    if (std::exchange(evaluating_, false)) {
        note_readings(evaluation.split);
        send_evaluation(evaluation);
        note_evaluation(evaluation);
    }
    send_done(evaluation.id);
    send_state();
}

void Session::Core::send_progress() {
    const double seconds = now();
    const auto done = static_cast<double>(evaluator_->images_done());
    if (seconds - progress_said_ < kProgressSeconds || done == 0.0) {
        return;
    }
    progress_said_ = seconds;
    const Index count = evaluator_->result().count;
    const double left = static_cast<double>(count) - done;
    send({{"event", "evaluating"},
          {"split", evaluations_.front().split},
          {"done", evaluator_->images_done()},
          {"count", count},
          {"seconds_to_go", (seconds - evaluation_began_) * left / done}});
}

void Session::Core::skip_evaluations() {
    evaluating_ = false;
    for (const PendingEvaluation& evaluation : std::exchange(evaluations_, {})) {
        send_done(evaluation.id);
    }
}

void Session::Core::send_evaluation(const PendingEvaluation& evaluation) {
    const Evaluation& result = evaluator_->result();
    Json confusion = Json::array();
    for (Index row = 0; row < result.classes; ++row) {
        const auto begin = result.confusion.begin() + row * result.classes;
        confusion.push_back(std::vector<Index>(begin, begin + result.classes));
    }
    Json classes = Json::array();
    for (const ClassFigures& figures : class_figures(result.confusion, result.classes)) {
        classes.push_back({{"count", figures.count},
                           {"predicted", figures.predicted},
                           {"precision", figures.precision},
                           {"recall", figures.recall},
                           {"f1", figures.f1}});
    }
    const Interval interval = wilson_interval(result.correct, result.count);
    send({{"event", "evaluation"},
          {"split", evaluation.split},
          {"step", trainer_->steps()},
          {"epoch", sampler_->epoch()},
          {"loss", result.loss},
          {"accuracy", result.accuracy()},
          {"accuracy_interval", {interval.low, interval.high}},
          {"classes", std::move(classes)},
          {"count", result.count},
          {"confusion", std::move(confusion)}});
}

void Session::Core::note_evaluation(const PendingEvaluation& evaluation) {
    const Evaluation& result = evaluator_->result();
    if (past_evaluations_.size() == kMostPastEvaluations) {
        past_evaluations_.erase(0);
    }
    past_evaluations_.push_back({{"split", evaluation.split},
                                 {"step", trainer_->steps()},
                                 {"epoch", sampler_->epoch()},
                                 {"loss", result.loss},
                                 {"accuracy", result.accuracy()}});
    if (evaluation.split == "validation") {
        stop_at_target(result.accuracy());
        if (evaluation.ends_epoch) {
            note_validation(result);
        }
    }
}

void Session::Core::stop_at_target(double accuracy) {
    const EarlyStoppingSettings& settings = training_options_.early_stopping;
    if (goal_ == Goal::endless && EarlyStopping::reaches_target(settings, accuracy)) {
        end_goal();
        stop_reason_ = "The validation accuracy has reached " + percent_text(accuracy) +
                       "; the goal was " + percent_text(settings.target_accuracy) + ".";
    }
}

/// Early stopping, and the moment's figures.
void Session::Core::note_validation(const Evaluation& result) {
    const EarlyStoppingSettings& settings = training_options_.early_stopping;
    const bool stop =
        early_stopping_.observe(settings, result.loss, result.accuracy(), sampler_->epoch());
    history_.set_validation(moment_, result.loss, result.accuracy(), early_stopping_.state());
    send_history();
    if (stop && goal_ != Goal::none) {
        const bool by_loss = settings.metric == StoppingMetric::loss;
        end_goal();
        stop_reason_ = std::string("The validation ") + (by_loss ? "loss" : "accuracy") +
                       " has not improved for " + std::to_string(settings.patience) +
                       " epochs; it was best after epoch " +
                       std::to_string(early_stopping_.state().best_epoch) + ".";
    }
}

void Session::Core::send_metrics() {
    if (gathered_.losses.empty()) {
        return;
    }
    const auto steps = static_cast<double>(gathered_.losses.size());
    const auto mean = [&](const std::vector<double>& numbers) {
        return std::accumulate(numbers.begin(), numbers.end(), 0.0) / steps;
    };
    training_seconds_ += gathered_.seconds;
    const double rate =
        gathered_.seconds > 0.0 ? static_cast<double>(gathered_.images) / gathered_.seconds : 0.0;
    const auto multiplications =
        static_cast<double>(trainer_->network().training_multiply_accumulates());
    send({{"event", "metrics"},
          {"step", trainer_->steps()},
          {"epoch", sampler_->epoch()},
          {"loss", mean(gathered_.losses)},
          {"train_accuracy", mean(gathered_.accuracies)},
          {"losses", gathered_.losses},
          {"accuracies", gathered_.accuracies},
          {"learning_rate", gathered_.learning_rates.back()},
          {"learning_rates", gathered_.learning_rates},
          {"images_per_second", rate},
          {"gigaflops", rate * 2.0 * multiplications * 1e-9},
          {"seconds", training_seconds_}});
    gathered_ = {};
}

void Session::Core::send_status(const std::string& status, const std::string& reason) {
    if (status == last_status_ && reason.empty()) {
        return;
    }
    last_status_ = status;
    send({{"event", "status"},
          {"status", status},
          {"step", trainer_ ? trainer_->steps() : 0},
          {"reason", reason}});
}

void Session::Core::send_state() {
    if (goal_ != Goal::none) {
        send_status("running");
    } else if (!evaluations_.empty()) {
        send_status("evaluating");
    } else if (!diverged_) {
        last_status_.clear();  // a pause is said even when nothing ran: the step may be another
        send_status("paused", stop_reason_);
    }
}

}  // namespace convoscope
