#include "engine/optimizers/schedule.h"

#include <cmath>
#include <fstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace convoscope;

namespace {

ScheduleSettings settings_of(const nlohmann::json& json) {
    ScheduleSettings settings;
    const auto type = find_schedule(json["type"].get<std::string>());
    REQUIRE(type.has_value());
    settings.type = *type;
    settings.step_size = json.value("step_size", settings.step_size);
    settings.gamma = json.value("gamma", settings.gamma);
    settings.eta_min = json.value("eta_min", settings.eta_min);
    settings.pct_start = json.value("pct_start", settings.pct_start);
    settings.div_factor = json.value("div_factor", settings.div_factor);
    settings.final_div_factor = json.value("final_div_factor", settings.final_div_factor);
    return settings;
}

}  // namespace

TEST_CASE("schedule: every step's rate is that of PyTorch's scheduler") {
    std::ifstream file("tests/golden/training/schedules.json");
    const nlohmann::json golden = nlohmann::json::parse(file, nullptr, false);
    REQUIRE(golden.size() == 8);
    for (const auto& entry : golden) {
        INFO(entry["schedule"].dump());
        const ScheduleSettings settings = settings_of(entry["schedule"]);
        const auto rates = entry["rates"].get<std::vector<double>>();
        const ScheduleSpan span{.total_steps = std::ssize(rates),
                                .steps_per_epoch = entry["steps_per_epoch"].get<Index>()};
        for (Index step = 0; step < span.total_steps; ++step) {
            const double rate =
                scheduled_rate(settings, span, entry["base_rate"].get<double>(), step);
            // PyTorch's cosine goes from step to step and gathers roundings.
            CHECK(std::abs(rate - rates[static_cast<std::size_t>(step)]) < 1e-9);
        }
    }
}

TEST_CASE("schedule: another base rate scales the curve from any step on") {
    const ScheduleSettings settings{.type = ScheduleType::one_cycle};
    const ScheduleSpan span{.total_steps = 40, .steps_per_epoch = 10};
    for (Index step = 0; step < 40; ++step) {
        CHECK(scheduled_rate(settings, span, 0.6, step) ==
              doctest::Approx(2.0 * scheduled_rate(settings, span, 0.3, step)));
    }
}

TEST_CASE("schedule: beyond the end the rate stays that of the end") {
    const ScheduleSpan span{.total_steps = 20, .steps_per_epoch = 10};
    const ScheduleSettings cosine{.type = ScheduleType::cosine, .eta_min = 0.01};
    CHECK(scheduled_rate(cosine, span, 0.1, 500) == doctest::Approx(0.01));
    const ScheduleSettings cycle{.type = ScheduleType::one_cycle};
    CHECK(scheduled_rate(cycle, span, 0.1, 500) == doctest::Approx(0.1 / 25.0 / 1e4));
}

TEST_CASE("schedule: a step schedule without a size falls twice, at each third") {
    const ScheduleSettings settings{.type = ScheduleType::step};
    const ScheduleSpan span{.total_steps = 60, .steps_per_epoch = 10};
    CHECK(scheduled_rate(settings, span, 1.0, 19) == doctest::Approx(1.0));
    CHECK(scheduled_rate(settings, span, 1.0, 20) == doctest::Approx(0.1));
    CHECK(scheduled_rate(settings, span, 1.0, 59) == doctest::Approx(0.01));
}

TEST_CASE("schedule: what needs an end does not fit a training without one") {
    const ScheduleSpan endless{.total_steps = 0, .steps_per_epoch = 10};
    CHECK(schedule_fits({.type = ScheduleType::constant}, endless));
    CHECK(schedule_fits({.type = ScheduleType::step, .step_size = 3}, endless));
    CHECK_FALSE(schedule_fits({.type = ScheduleType::step}, endless));
    CHECK_FALSE(schedule_fits({.type = ScheduleType::cosine}, endless));
    CHECK_FALSE(schedule_fits({.type = ScheduleType::one_cycle}, endless));
}
