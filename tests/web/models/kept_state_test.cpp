// What the browser has kept from an earlier visit, damaged: each is read or refused without harm.

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/repetitions.h"
#include "web/models/app_state.h"
#include "web/models/boot_options.h"
#include "web/models/commands.h"
#include "web/models/kept_runs_json.h"
#include "web/models/link.h"
#include "web/models/own/own_commands.h"
#include "web/models/preferences.h"

using namespace convoscope::models;

namespace {

/// Texts with up to three changes of their signs, the same in every run.
class Damage {
  public:
    explicit Damage(unsigned seed) : random_(seed) {}

    std::size_t below(std::size_t count) { return random_() % count; }

    std::string of(std::string text) {
        static constexpr std::array<const char*, 8> kNasty{
            "null", "1e308", "-1", "[]", "{}", "\"\"", "9223372036854775807", "0.5"};
        for (std::size_t changes = 1 + below(3); changes > 0; --changes) {
            const std::size_t at = below(text.size() + 1);
            switch (below(5)) {
                case 0:
                    text.insert(at, 1, static_cast<char>(below(256)));
                    break;
                case 1:
                    text.erase(at, below(20));
                    break;
                case 2:
                    text.insert(at, text.substr(below(text.size() + 1), below(40)));
                    break;
                default: {  // another value, so that the whole often stays readable
                    const std::size_t colon = text.find(':', at);
                    const std::size_t end = text.find_first_of(",}", colon);
                    if (end != std::string::npos) {
                        text.replace(colon + 1, end - colon - 1, kNasty[below(kNasty.size())]);
                    }
                }
            }
        }
        return text;
    }

  private:
    std::mt19937 random_;  // NOLINT: the same damage in every run
};

constexpr int kRounds = convoscope::test::repetitions(2500);

bool can_be_linked(const AppState& state) {
    const std::string link = link_of(state);
    AppState other;
    return apply_link(other, link).notice().empty() && link_of(other) == link;
}

}  // namespace

TEST_CASE("kept: 2,500 damaged lists of runs are read or refused, and can be kept again") {
    const std::string whole =
        R"({"command":"restore_runs","runs":{"name":{"number":3,"given":"own"},"losses":[2,1,0.5],)"
        R"("accuracies":[0.1,0.5,0.9],"learning_rates":[0.1,0.1,0.1],"validation":[[2,0,1.5,0.4]],)"
        R"("test":[[3,1,1.2,0.6]],"clock":[[0,0,0],[3,1,2.5]],"kept":[{"name":{"number":1},)"
        R"("losses":[2,1.5],"accuracies":[0.1,0.2],"validation":[[2,0,1.5,0.4]],"clock":[[0,0,0],)"
        R"([2,0.5,2]],"shown":true,"settings":{"batch_size":32,"seed":5,"optimizer":{"type":"adam",)"
        R"("learning_rate":0.01}}}]}})";
    Damage damage(1);
    int kept = 0;
    for (int i = 0; i < kRounds; ++i) {
        const std::string json = damage.of(whole);
        INFO(json);
        AppState state;
        const bool read = dispatch(state, json).error.empty();
        kept += read && !state.train.kept_runs.empty() ? 1 : 0;
        const std::string again = runs_text(state.train);
        AppState other;
        REQUIRE(
            dispatch(other, R"({"command":"restore_runs","runs":)" + again + "}").error.empty());
        REQUIRE(other.train.kept_runs.size() == state.train.kept_runs.size());
        REQUIRE(can_be_linked(state));
    }
    CHECK(kept > kRounds / 20);
}

TEST_CASE("kept: 2,500 damaged preferences leave ones that a reader could have chosen") {
    Preferences chosen;
    chosen.theme = ThemeChoice::light;
    chosen.contrast = ContrastChoice::high;
    chosen.text_scale = 1.5;
    Damage damage(2);
    for (int i = 0; i < kRounds; ++i) {
        const std::string text = damage.of(text_of(chosen));
        INFO(text);
        Preferences read;
        read_preferences(read, text);
        REQUIRE(read.text_scale >= Preferences::kLeastTextScale);
        REQUIRE(read.text_scale <= Preferences::kGreatestTextScale);
        Preferences again;
        read_preferences(again, text_of(read));
        REQUIRE(again == read);
    }
}

TEST_CASE("kept: with 2,500 damaged notes of the last visit the page begins") {
    const std::string whole =
        R"({"dark":true,"reduced_motion":false,"preferences":"theme=light&text_scale=1.5",)"
        R"("theme":"dark","hide":"bar,settings","hash":"","last":"v=1&room=inspect&data=mnist&)"
        R"(network=lenet5&image=4&scale=map","embed":false,"address":"https://example.org/"})";
    Damage damage(3);
    int inspected = 0;
    for (int i = 0; i < kRounds; ++i) {
        const std::string json = damage.of(whole);
        INFO(json);
        AppState state;
        apply_boot_options(state, json);
        inspected += state.room == Room::inspect ? 1 : 0;
        REQUIRE(can_be_linked(state));
        REQUIRE(std::isfinite(state.page.appearance().text_scale));
    }
    CHECK(inspected > kRounds / 10);
}

TEST_CASE("kept: 2,500 damaged collections of own pictures are read whole or refused") {
    const std::string whole =
        R"({"event":"own_kept","kind":"grey","classes":[{"name":"a","count":2},{"name":"b","count":1}]})";
    Damage damage(4);
    for (int i = 0; i < kRounds; ++i) {
        const std::string json = damage.of(whole);
        const std::vector<std::byte> pixels(damage.below(4) * 784 + damage.below(2));
        INFO(json);
        AppState state;
        const std::string before = own::kept_json(state.own);
        const auto problem = own::take_event(state.own, json, pixels);
        const std::size_t held = state.own.all_pixels().size();
        const bool read = problem.has_value() && problem->empty();
        if (read) {
            REQUIRE((held == 0 || held == pixels.size()));
        } else {
            REQUIRE(own::kept_json(state.own) == before);
        }
    }
}
