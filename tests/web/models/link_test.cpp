#include "web/models/link.h"

#include <cstdint>
#include <random>
#include <string>

#include <doctest/doctest.h>

#include "web/models/app_state.h"
#include "web/models/link_text.h"

using namespace convoscope::models;

TEST_CASE("link: the Train room survives the way through its link") {
    AppState state;
    state.train.settings.optimizer.type = OptimizerType::adam;
    state.train.settings.optimizer.learning_rate = 0.0012345678901;
    state.train.settings.optimizer.beta2 = 0.98;
    state.train.settings.seed = 42;
    state.train.selected_picture = 7;
    state.view.log_loss = false;
    state.view.chart = "loss";
    state.view.true_class = 9;
    state.view.predicted_class = 4;
    AppState other;
    const LinkReading reading = apply_link(other, "#" + link_of(state));
    CHECK(reading.notice().empty());
    CHECK(other.train.settings == state.train.settings);
    CHECK(other.train.selected_picture == 7);
    CHECK_FALSE(other.view.log_loss);
    CHECK(other.view.chart == "loss");
    CHECK(other.view.true_class == 9);
    CHECK(other.view.predicted_class == 4);
    CHECK(link_of(other) == link_of(state));
}

TEST_CASE("link: the unknown and the unreadable are passed over, and said") {
    AppState state;
    const RunSettings before = state.train.settings;
    const LinkReading reading =
        apply_link(state, "batch_size=many&seed=-3&seed=1.5&colour=red&&=&learning_rate=nan&epochs");
    CHECK(state.train.settings == before);
    CHECK(reading.ignored == 7);
    CHECK(reading.notice().find("“batch_size=many”") != std::string::npos);
    CHECK(apply_link(state, "seed=5&later=1").ignored == 1);
    CHECK(state.train.settings.seed == 5);
}

TEST_CASE("link: one of a later version is opened as far as it is known, and that is said") {
    AppState state;
    CHECK(apply_link(state, "v=2&seed=5").notice().find("later version") != std::string::npos);
    CHECK(state.train.settings.seed == 5);
}

TEST_CASE("link: a room that is not built is passed over") {
    AppState state;
    CHECK(apply_link(state, "v=1&room=cellar&seed=5").ignored == 1);
    CHECK(state.room == Room::train);
}

TEST_CASE("link: text goes through percent signs unchanged") {
    LinkWriter link;
    link.add("note", "50 % of äöü & more = less");
    CHECK(link.text().find(' ') == std::string::npos);
    CHECK(link.text().find('&') == std::string::npos);
    CHECK(decoded(link.text().substr(link.text().find('=') + 1)) == "50 % of äöü & more = less");
    CHECK(decoded("100%") == "100%");
    CHECK(decoded("%4") == "%4");
    CHECK(decoded("%zz%41") == "%zzA");
}

TEST_CASE("link: ten thousand damaged links leave a state that can be linked again") {
    std::mt19937 random(20);  // NOLINT: the same links in every run
    const auto below = [&](std::size_t count) { return random() % count; };
    const std::string whole = link_of(AppState{});
    for (int i = 0; i < 10'000; ++i) {
        std::string link = whole;
        for (std::size_t changes = 1 + below(8); changes > 0; --changes) {
            const std::size_t at = below(link.size() + 1);
            switch (below(4)) {
                case 0:
                    link.insert(at, 1, static_cast<char>(below(256)));
                    break;
                case 1:
                    link.erase(at, below(20));
                    break;
                case 2:
                    link.insert(at, std::to_string(random()));
                    break;
                default:
                    link.insert(at, link.substr(below(link.size() + 1), below(40)));
            }
        }
        AppState state;
        apply_link(state, link);
        const std::string again = link_of(state);
        AppState other;
        const bool clean = apply_link(other, again).ignored == 0 && link_of(other) == again;
        INFO(link);
        REQUIRE(clean);
    }
}
