#include <array>
#include <string>

#include <doctest/doctest.h>

#include "web/models/app_state.h"
#include "web/models/boot_options.h"
#include "web/models/commands.h"
#include "web/models/hidden_parts.h"
#include "web/models/history.h"
#include "web/models/link.h"
#include "web/models/preferences.h"
#include "web/models/share.h"

using namespace convoscope::models;

TEST_CASE("History: undo leads back, redo forward, and a new step ends what could be done again") {
    History history;
    history.observe("a", 0, false);
    CHECK_FALSE(history.can_undo());
    history.observe("b", 10, false);
    history.observe("c", 20, false);
    CHECK(history.undo() == "b");
    CHECK(history.undo() == "a");
    CHECK(history.undo() == std::nullopt);
    CHECK(history.redo() == "b");
    history.observe("b", 21, false);
    CHECK(history.can_redo());
    history.observe("d", 30, false);
    CHECK_FALSE(history.can_redo());
    CHECK(history.undo() == "b");
}

TEST_CASE("History: a drag, and changes that follow each other closely, are one step") {
    History history;
    history.observe("start", 0, false);
    for (int i = 0; i < 100; ++i) {
        history.observe("drag " + std::to_string(i), 10 + i, true);
    }
    history.observe("typed 1", 200, false);
    history.observe("typed 2", 200 + History::kTogetherSeconds / 2, false);
    CHECK(history.undo() == "drag 99");
    CHECK(history.undo() == "start");
}

TEST_CASE("History: it keeps a limited number of steps") {
    History history;
    for (int i = 0; i < 1000; ++i) {
        history.observe(std::to_string(i), 10.0 * i, false);
    }
    std::size_t steps = 0;
    while (history.undo()) {
        ++steps;
    }
    CHECK(steps == History::kMostSteps);
}

TEST_CASE("changes: what leads from one run's settings to another's") {
    RunSettings before;
    RunSettings after = before;
    CHECK(commands::changes(before, after).empty());
    after.optimizer.learning_rate = 0.5;
    after.batch_size = 32;
    const auto commands = commands::changes(before, after);
    REQUIRE(commands.size() == 1);
    CHECK(commands.front().find(R"("batch_size":32)") != std::string::npos);
    CHECK(commands.front().find("schedule") == std::string::npos);
    after.seed = 8;
    CHECK(commands::changes(before, after).back() == commands::reset(8));
}

TEST_CASE("Preferences: they survive being kept, and follow the system where they are not set") {
    Preferences preferences;
    CHECK(appearance_of(preferences, {.dark = false}).theme == Theme::light);
    CHECK(appearance_of(preferences, {.dark = true, .reduced_motion = true}).reduced_motion);
    CHECK(set_preference(preferences, "theme", "dark"));
    CHECK(set_preference(preferences, "contrast", "high"));
    CHECK(set_preference(preferences, "text_scale", "1.5"));
    CHECK(set_preference(preferences, "palette", "colour_blind_safe"));
    CHECK(appearance_of(preferences, {.dark = false}) == Appearance{.theme = Theme::dark,
                                                                    .reduced_motion = false,
                                                                    .high_contrast = true,
                                                                    .colour_blind_safe = true,
                                                                    .text_scale = 1.5F});
    Preferences again;
    read_preferences(again, text_of(preferences));
    CHECK(again == preferences);
}

TEST_CASE("Preferences: what cannot be is refused") {
    Preferences preferences;
    for (const auto& [name, value] :
         std::array<std::array<const char*, 2>, 5>{{{"theme", "pink"},
                                                    {"text_scale", "3"},
                                                    {"text_scale", "nan"},
                                                    {"", ""},
                                                    {"size", "1"}}}) {
        CHECK_FALSE(set_preference(preferences, name, value));
    }
    CHECK(preferences == Preferences{});
}

TEST_CASE("HiddenParts: names in a link, in one order, without anything that is no name") {
    HiddenParts hidden;
    CHECK(hidden.read("settings,bar,settings"));
    CHECK(hidden.text() == "bar,settings");
    CHECK(hidden.has("bar"));
    CHECK_FALSE(hidden.read("a b"));
    CHECK_FALSE(hidden.read("<script>"));
    CHECK(hidden.text() == "bar,settings");
    hidden.set("bar", false);
    CHECK(hidden.text() == "settings");
}

TEST_CASE(
    "apply_boot_options: a link goes before the last visit, and says what it could not take") {
    AppState linked;
    CHECK(apply_boot_options(linked,
                             R"({"hash":"room=train&seed=5&odd=1","last":"room=train&seed=9"})")
              .find("odd=1") != std::string::npos);
    CHECK(linked.train.settings.seed == 5);
    AppState returning;
    CHECK(apply_boot_options(returning, R"({"hash":"","last":"room=train&seed=9&odd=1"})").empty());
    CHECK(returning.train.settings.seed == 9);
    AppState embedded;
    CHECK(apply_boot_options(embedded, R"({"embed":true,"hide":"bar","preferences":"theme=light"})")
              .empty());
    CHECK(embedded.page.embedded);
    CHECK(embedded.view.hidden.has("bar"));
    CHECK(embedded.page.appearance().theme == Theme::light);
    AppState broken;
    CHECK(apply_boot_options(broken, "[1,").empty());
}

TEST_CASE("embed_code: an iframe whose address is safe inside an attribute") {
    const std::string code = embed_code("https://example.org/lab/", "v=1&room=train");
    CHECK(code.find(R"(src="https://example.org/lab/?embed=1#v=1&amp;room=train")") !=
          std::string::npos);
    CHECK(code.find("title=") != std::string::npos);
    CHECK(embed_code("a\"<", "").find("a&quot;&lt;") != std::string::npos);
}
