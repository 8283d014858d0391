#include <algorithm>
#include <utility>

#include "engine/core/check.h"
#include "engine/session/session_core.h"

namespace convoscope {

CheckpointRecord Session::Core::checkpoint_record() const {
    const auto due = [](const PendingEvaluation& evaluation) { return evaluation.ends_epoch; };
    return {.configure = configuration_,
            .data = data_identity(*dataset_),
            .step = trainer_->steps(),
            .optimizer_steps = trainer_->last_update().state().steps,
            .sampler = sampler_->position(),
            .evaluation_due = std::ranges::any_of(evaluations_, due),
            .early_stopping = early_stopping_.state(),
            .curve = curve_.state(),
            .evaluations = past_evaluations_};
}

Session::Core::Handled Session::Core::save(CommandReader& reader) {
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    if (const Status ready = check_ready_to_train(); !ready) {
        return ready.error();
    }
    send_metrics();
    std::vector<std::byte> bytes =
        write_checkpoint(checkpoint_record(), trainer_->network(), trainer_->state());
    Json event = {{"event", "checkpoint"},
                  {"step", trainer_->steps()},
                  {"epoch", sampler_->epoch()},
                  {"bytes", bytes.size()}};
    if (!command_id_.is_null()) {
        event["id"] = command_id_;
    }
    send(event, std::move(bytes));
    return Answer::done;
}

Session::Core::Handled Session::Core::load(CommandReader& reader,
                                           std::span<const std::byte> payload) {
    const Index threads = reader.integer("threads", 0, 0, 1024);
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    if (!dataset_) {
        return Error{"no data set is open; expected open_data first"};
    }
    Result<CheckpointFile> file = read_checkpoint(payload);
    if (!file) {
        return file.error();
    }
    const CheckpointRecord& record = file->record;
    if (record.data != data_identity(*dataset_)) {
        return Error{
            "checkpoint: it was trained on other data than " + dataset_->manifest().name +
            ", which is open; expected " +
            record.data.dump(-1, ' ', false, Json::error_handler_t::replace).substr(0, 200)};
    }
    Json fields = record.configure;
    fields["threads"] = threads;
    CommandReader fields_reader(fields);
    Result<Configuration> configuration = read_configuration(fields_reader, {});
    if (!configuration) {
        return Error{"checkpoint: " + configuration.error().message};
    }
    Trainer& trainer = *configuration->trainer;
    const Result<TrainingState> state =
        load_checkpoint(*file, trainer.settings().optimizer.type, trainer.network());
    if (!state) {
        return state.error();
    }
    if (const Status restored = trainer.restore(*state); !restored) {
        return restored.error();
    }
    Sampler sampler(*dataset_,
                    trainer.settings().seed,
                    configuration->hold_out.value_or(default_hold_out(dataset_->manifest())));
    if (const Status resumed = sampler.resume(record.sampler); !resumed) {
        return Error{"checkpoint: " + resumed.error().message};
    }
    LossCurve curve;
    if (!curve.restore(record.curve)) {
        return Error{"checkpoint: its loss curve contradicts itself"};
    }
    adopt(std::move(*configuration));
    const Status resumed = sampler_->resume(record.sampler);
    CONVOSCOPE_CHECK(resumed.ok());
    early_stopping_.restore(record.early_stopping);
    curve_ = std::move(curve);
    past_evaluations_ = record.evaluations;
    send_configured();
    send_restored();
    if (record.evaluation_due && !wished_preprocessing_) {
        queue_evaluations_of_epoch();
    }
    send_state();
    return Answer::done;
}

void Session::Core::send_restored() {
    send({{"event", "restored"},
          {"step", trainer_->steps()},
          {"epoch", sampler_->epoch()},
          {"curve",
           {{"stretch", curve_.state().stretch},
            {"losses", curve_.state().losses},
            {"accuracies", curve_.state().accuracies}}},
          {"evaluations", past_evaluations_}});
}

void Session::Core::keep_moment() {
    history_.add({.epoch = sampler_->epoch(),
                  .training = trainer_->state(),
                  .sampler = sampler_->position(),
                  .early_stopping = early_stopping_.state()});
    send_history();
}

Session::Core::Handled Session::Core::keep(CommandReader& reader) {
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    if (const Status ready = check_ready_to_train(); !ready) {
        return ready.error();
    }
    keep_moment();
    return Answer::done;
}

Session::Core::Handled Session::Core::go_back(CommandReader& reader, bool branch) {
    const Index id = reader.integer("moment", -1, 1, Index{1} << 30);
    if (!reader.has("moment")) {
        reader.refuse("moment", "the id of a moment of the history");
    }
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    const HistoryEntry* moment = history_.find(id);
    if (moment == nullptr) {
        return Error{"moment is " + std::to_string(id) + ", which the history does not hold"};
    }
    end_goal();
    evaluations_.clear();
    readings_.clear();
    evaluating_ = false;
    diverged_ = false;
    stop_reason_.clear();
    const Status restored = trainer_->restore(moment->training);
    const Status resumed = sampler_->resume(moment->sampler);
    CONVOSCOPE_CHECK(restored.ok() && resumed.ok());
    configuration_["optimizer"] = optimizer_json(trainer_->settings().optimizer);
    early_stopping_.restore(moment->early_stopping);
    if (branch) {
        history_.branch_from(id);
    } else {
        history_.rewind_to(id);
    }
    send_history();
    send_state();
    if (!wish_.empty()) {
        send_snapshot();
    }
    return Answer::done;
}

void Session::Core::send_history() {
    Json entries = Json::array();
    for (const HistoryEntry& entry : history_.entries()) {
        const auto figure = [](const std::optional<double>& number) {
            return number ? Json(*number) : Json();
        };
        entries.push_back({{"id", entry.id},
                           {"branch", entry.branch},
                           {"step", entry.training.steps},
                           {"epoch", entry.epoch},
                           {"validation_loss", figure(entry.validation_loss)},
                           {"validation_accuracy", figure(entry.validation_accuracy)}});
    }
    send({{"event", "history"},
          {"branch", history_.branch()},
          {"bytes", history_.bytes()},
          {"moments", std::move(entries)}});
}

}  // namespace convoscope
