#pragma once

#include <span>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/support/laboratory.h"
#include "web/models/app_state.h"
#include "web/models/commands.h"
#include "web/models/engine_events.h"
#include "web/models/racing.h"

namespace convoscope::models::test_support {

/// The page's model with an engine behind it, as web/app joins them.
class Page {
  public:
    /// With the tiny data set and network.
    explicit Page(const nlohmann::json& configuration) {
        lab_.open({120}, false);
        take(lab_.add("train", 0, test::tiny_shard(120, 0)));
        take(lab_.add("test", 0, test::tiny_shard(30, 1000)));
        take(lab_.configure(configuration));
    }
    /// With nothing yet.
    Page() = default;

    void tell_engine(const nlohmann::json& command, std::span<const std::byte> payload = {}) {
        take(lab_.send(command, payload));
    }

    std::string dispatch(const std::string& command) {
        const Dispatched result = models::dispatch(state_, command);
        for (const std::string& before : result.before) {
            send(before);
        }
        if (result.for_engine) {
            send(command);
        }
        work();
        return result.error;
    }

    [[nodiscard]] const TrainModel& train() const { return state_.train; }
    [[nodiscard]] const ViewChoices& view() const { return state_.view; }

  private:
    void send(const std::string& command) { take(lab_.send(nlohmann::json::parse(command))); }
    void take(const std::vector<test::Received>& events) {
        for (const auto& [event, payload] : events) {
            REQUIRE(apply_event(state_.train, event.dump(), payload));
            for (const std::string& command : go_on_with_race(state_.train)) {
                waiting_.push_back(command);
            }
        }
    }
    void work() {
        take(lab_.run());
        while (!waiting_.empty()) {
            const std::string next = waiting_.front();
            waiting_.erase(waiting_.begin());
            send(next);
            if (waiting_.empty()) {
                take(lab_.run());
            }
        }
    }

    test::Laboratory lab_;
    AppState state_;
    std::vector<std::string> waiting_;
};

}  // namespace convoscope::models::test_support
