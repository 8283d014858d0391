#include "engine/session/session.h"

#include <utility>

#include "engine/core/lanes.h"
#include "engine/json/strict_json.h"
#include "engine/session/session_core.h"

namespace convoscope {

Session::Session(SessionOptions options) : core_(std::make_unique<Core>(std::move(options))) {}
Session::~Session() = default;

void Session::command(std::string_view json, std::span<const std::byte> payload) {
    core_->command(json, payload);
}

bool Session::run_for(double budget_seconds) {
    return core_->run_for(budget_seconds);
}

std::optional<Event> Session::next_event() {
    return core_->next_event();
}

Session::Core::Core(SessionOptions options) : options_(std::move(options)) {
    send({{"event", "ready"},
          {"variant", options_.variant},
          {"threads", options_.max_threads},
          {"lanes", kLanes}});
}

void Session::Core::send(const Json& event, std::vector<std::byte> payload) {
    // A user's names may hold broken UTF-8: replaced, not thrown at.
    events_.push_back({.json = event.dump(-1, ' ', false, Json::error_handler_t::replace),
                       .payload = std::move(payload)});
}

void Session::Core::send_done(const Json& id) {
    if (!id.is_null()) {
        send({{"event", "done"}, {"id", id}});
    }
}

std::optional<Event> Session::Core::next_event() {
    if (events_.empty()) {
        return std::nullopt;
    }
    Event event = std::move(events_.front());
    events_.pop_front();
    return event;
}

void Session::Core::command(std::string_view text, std::span<const std::byte> payload) {
    const auto refuse = [this](const std::string& why) {
        send({{"event", "error"}, {"command", nullptr}, {"message", why}});
    };
    const Result<Json> parsed = parse_strict_json(text);
    if (!parsed) {
        refuse("The message is not valid JSON: " + parsed.error().message + ".");
        return;
    }
    const Json& message = *parsed;
    const auto name_field = message.is_object() ? message.find("command") : message.end();
    if (!message.is_object() || name_field == message.end() || !name_field->is_string()) {
        refuse("A message must be a JSON object with a \"command\".");
        return;
    }
    const auto name = name_field->get<std::string>();
    const auto id_field = message.find("id");
    const Json id = id_field == message.end() ? Json() : *id_field;
    command_id_ = id;
    CommandReader reader(message);
    const Handled handled = dispatch(name, reader, id, payload);
    if (!handled) {
        Json event = {{"event", "error"}, {"command", name}, {"message", handled.error().message}};
        if (!id.is_null()) {
            event["id"] = id;
        }
        send(event);
    } else if (*handled == Answer::done) {
        send_done(id);
    }
}

Session::Core::Handled Session::Core::dispatch(const std::string& name,
                                               CommandReader& reader,
                                               const Json& id,
                                               std::span<const std::byte> payload) {
    if (name == "open_data") {
        return open_data(reader);
    }
    if (name == "add_shard") {
        return add_shard(reader, payload);
    }
    if (name == "augmented") {
        return augmented(reader);
    }
    if (name == "preprocess") {
        return preprocess(reader);
    }
    if (name == "preprocessed") {
        return preprocessed(reader);
    }
    if (name == "make_data") {
        return make_data(reader);
    }
    if (name == "open_images") {
        return open_images(reader);
    }
    if (name == "add_images") {
        return add_images(reader, payload);
    }
    if (name == "configure") {
        return configure(reader, payload);
    }
    if (name == "start") {
        return start(reader);
    }
    if (name == "pause") {
        return pause(reader);
    }
    if (name == "step") {
        return step(reader, id);
    }
    if (name == "train_epoch") {
        return train_epoch(reader, id);
    }
    if (name == "reset") {
        return reset(reader);
    }
    if (name == "set") {
        return set(reader);
    }
    if (name == "evaluate") {
        return evaluate(reader, id);
    }
    if (name == "capture") {
        return capture(reader, payload);
    }
    if (name == "difference") {
        return difference(reader);
    }
    if (name == "explain") {
        return explain(reader, id, payload);
    }
    if (name == "cancel_explanation") {
        return cancel_explanation(reader);
    }
    if (name == "save") {
        return save(reader);
    }
    if (name == "load") {
        return load(reader, payload);
    }
    if (name == "keep") {
        return keep(reader);
    }
    if (name == "rewind" || name == "branch") {
        return go_back(reader, name == "branch");
    }
    if (name == "statistics") {
        return statistics(reader);
    }
    if (name == "mistakes") {
        return mistakes(reader);
    }
    if (name == "roofline") {
        return roofline(reader, id);
    }
    if (name == "compare_convolutions") {
        return compare_convolutions(reader, id);
    }
    if (name == "dissect") {
        return dissect(reader, id);
    }
    if (name == "images") {
        return images(reader);
    }
    if (name == "predict") {
        return predict(reader, payload);
    }
    if (name == "export") {
        return export_file(reader);
    }
    return Error{"unknown command \"" + name + "\""};
}

}  // namespace convoscope
