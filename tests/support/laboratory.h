#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/session/session.h"
#include "tests/support/tiny_data.h"

namespace convoscope::test {

struct Received {
    nlohmann::json event;
    std::vector<std::byte> payload;
};

/// A session with a clock that moves a millisecond a look, so that tests do not depend on speed.
class Laboratory {
  public:
    explicit Laboratory(int threads = 2, double seconds_a_look = 0.001)
        : session_({.max_threads = threads,
                    .clock_seconds = [this, seconds_a_look] { return now_ += seconds_a_look; },
                    .variant = "test"}) {
        drain();
    }

    std::vector<Received>& send(const nlohmann::json& command,
                                std::span<const std::byte> payload = {}) {
        return send_text(command.dump(), payload);
    }
    std::vector<Received>& send_text(const std::string& text,
                                     std::span<const std::byte> payload = {}) {
        session_.command(text, payload);
        return drain();
    }
    /// Runs until nothing is left to do, or so many slices.
    std::vector<Received>& run(int slices = 100) {
        events_.clear();
        for (int slice = 0; slice < slices; ++slice) {
            const bool more = session_.run_for(0.02);
            while (auto event = session_.next_event()) {
                events_.push_back({nlohmann::json::parse(event->json), std::move(event->payload)});
            }
            if (!more) {
                break;
            }
        }
        return events_;
    }
    void open(const std::vector<Index>& train = {120}, bool load = true) {
        send({{"command", "open_data"},
              {"manifest", nlohmann::json::parse(tiny_manifest(train, 30))}});
        for (std::size_t shard = 0; load && shard < train.size(); ++shard) {
            add("train", shard, tiny_shard(train[shard], shard));
        }
        if (load) {
            add("test", 0, tiny_shard(30, 1000));
        }
    }
    std::vector<Received>& add(const std::string& split,
                               std::size_t index,
                               const std::vector<std::byte>& bytes) {
        return send({{"command", "add_shard"}, {"split", split}, {"index", index}}, bytes);
    }
    std::vector<Received>& configure(const nlohmann::json& more = nlohmann::json::object()) {
        nlohmann::json command = {{"command", "configure"},
                                  {"network", nlohmann::json::parse(kTinyNetwork)},
                                  {"batch_size", 20},
                                  {"optimizer", {{"type", "adam"}, {"learning_rate", 0.01}}}};
        command.update(more);
        return send(command);
    }

  private:
    std::vector<Received>& drain() {
        events_.clear();
        while (auto event = session_.next_event()) {
            events_.push_back({nlohmann::json::parse(event->json), std::move(event->payload)});
        }
        return events_;
    }

    double now_ = 0.0;
    Session session_;
    std::vector<Received> events_;
};

inline Index count_of(const std::vector<Received>& events, const std::string& name) {
    return std::ranges::count_if(events,
                                 [&](const Received& r) { return r.event["event"] == name; });
}

/// The last event of this name; null when there is none.
inline nlohmann::json last(const std::vector<Received>& events, const std::string& name) {
    nlohmann::json found;
    for (const Received& received : events) {
        if (received.event["event"] == name) {
            found = received.event;
        }
    }
    return found;
}

inline bool refused(const std::vector<Received>& events, const std::string& words) {
    const nlohmann::json error = last(events, "error");
    return events.size() == 1 && !error.is_null() &&
           error["message"].get<std::string>().find(words) != std::string::npos;
}

inline std::vector<double> all_losses(const std::vector<Received>& events) {
    std::vector<double> losses;
    for (const Received& received : events) {
        if (received.event["event"] == "metrics") {
            for (const nlohmann::json& loss : received.event["losses"]) {
                losses.push_back(loss.get<double>());
            }
        }
    }
    return losses;
}

}  // namespace convoscope::test
