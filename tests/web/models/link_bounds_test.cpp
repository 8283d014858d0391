// A link's values are taken as they stand there, or passed over and named.

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/repetitions.h"
#include "web/models/app_state.h"
#include "web/models/commands.h"
#include "web/models/link.h"
#include "web/models/link_text.h"

using namespace convoscope::models;

namespace {

std::string link_to(Room room) {
    AppState state;
    state.room = room;
    return link_of(state);
}

/// Every name with the last of its values, and whether there is another one of it.
struct Said {
    std::string value;
    int times = 0;
};
std::map<std::string, Said> pairs_of(std::string_view link) {
    std::map<std::string, Said> pairs;
    for_each_pair(link, [&](std::string_view name, const std::string& value, std::string_view) {
        Said& said = pairs[std::string(name)];
        said = {value, said.times + 1};
    });
    return pairs;
}

bool names(const LinkReading& reading, std::string name) {
    constexpr std::size_t kLongestQuote = 40;
    name = name.substr(0, kLongestQuote);
    std::ranges::replace_if(name, [](char c) { return c <= ' ' || c >= '\x7f'; }, '?');
    return std::ranges::any_of(reading.passed_over, [&](const std::string& pair) {
        return pair.substr(0, pair.find('=')) == name;
    });
}

/// As numbers, where they are some: "7,7" is 7, and 0.50 is 0.5.
bool same_value(const std::string& one, const std::string& other) {
    const auto numbers = [](const std::string& text) {
        std::vector<double> read;
        for (std::size_t at = 0; at <= text.size();) {
            const std::size_t end = std::min(text.find(',', at), text.size());
            double number = 0.0;
            if (!read_number(text.substr(at, end - at), -1e300, 1e300, number)) {
                return std::vector<double>{};
            }
            read.push_back(number);
            at = end + 1;
        }
        while (read.size() > 1 && read.back() == read.front()) {
            read.pop_back();
        }
        return read;
    };
    const std::vector<double> first = numbers(one);
    const std::vector<double> second = numbers(other);
    const auto near = [](double a, double b) { return a == doctest::Approx(b).epsilon(1e-5); };
    return one == other || (!first.empty() && first.size() == second.size() &&
                            std::ranges::equal(first, second, near));
}

/// What a link leaves out because it is always so: said again, it changes nothing.
bool is_usual(const std::string& link, const std::string& pair) {
    AppState state;
    return apply_link(state, link + "&" + pair).notice().empty() && link_of(state) == link;
}

}  // namespace

TEST_CASE("link: a value out of bounds is passed over and named, and changes nothing") {
    for (const char* pair :
         {"i=33",        "i=5,33",        "i=0",          "i=3.5",        "k=40",
          "k=0",         "s=0",           "s=9",          "d=0",          "p=99",
          "p=-1",        "p=1,1,1,11",    "a=8",          "channels=99",  "channels=0",
          "filters=97",  "groups=0",      "groups=9",     "step=99999",   "step=-1",
          "bias=1e300",  "bias=1000",     "bias=1,2",     "filter=1",     "channel=1",
          "way=9",       "way=-0.1",      "turn=2",       "seen=40,90,1", "seen=400,0,1",
          "seen=0,0,99", "rate=0.1",      "learn=nobody", "at=99,0",      "at=-1,0",
          "side=7",      "side=129",      "side=64x",     "colour=2",     "plane=3",
          "photo=data:", "photo=data:-1", "x=1,2,3",      "scene=moon"}) {
        AppState state;
        const std::string before = link_of(state);
        const LinkReading reading = apply_link(state, before + "&" + pair);
        INFO(pair);
        CHECK(reading.passed_over == std::vector<std::string>{pair});
        CHECK(link_of(state) == before);
    }
    for (const char* pair : {"yaw=361",
                             "pitch=90",
                             "zoom=7",
                             "zoom=0.1",
                             "image=100001",
                             "image=-1",
                             "weight=-2",
                             "scale=none",
                             "weights=mine"}) {
        AppState state;
        apply_link(state, "room=inspect");
        const std::string before = link_of(state);
        INFO(pair);
        CHECK(apply_link(state, before + "&" + pair).passed_over == std::vector<std::string>{pair});
        CHECK(link_of(state) == before);
    }
    for (const char* pair : {"learning_rate=1001",
                             "momentum=1.1",
                             "batch_size=0",
                             "batch_size=8193",
                             "epochs=-1",
                             "picture=30",
                             "smoothing=2",
                             "seed=2147483648",
                             "label_noise=-1",
                             "true=1001"}) {
        AppState state;
        apply_link(state, "room=train");
        const std::string before = link_of(state);
        INFO(pair);
        CHECK(apply_link(state, before + "&" + pair).passed_over == std::vector<std::string>{pair});
        CHECK(link_of(state) == before);
    }
}

TEST_CASE("link: the bounds themselves are taken without a word") {
    AppState state;
    CHECK(apply_link(state,
                     "room=convolve&channels=8&filters=96&groups=8&i=32&k=11&s=8&d=1&p=10&"
                     "bias=999,-999&turn=1&filter=95&channel=7&step=24&lens=volumes&seen=180,89,6")
              .notice()
              .empty());
    CHECK(apply_link(state, "room=convolve&scene=picture&side=8&colour=1").notice().empty());
    CHECK(apply_link(state, "room=convolve&scene=picture&side=128&plane=2").notice().empty());
}

TEST_CASE("link: the last step of the greatest output comes back") {
    AppState state;
    const std::string greatest = "v=1&room=convolve&operation=transposed&i=32&k=3&s=8&p=1&step=";
    CHECK(apply_link(state, greatest + "62000").notice().empty());
    CHECK(state.convolve.playback.step == 249 * 249 - 1);
    AppState again;
    CHECK(apply_link(again, link_of(state)).notice().empty());
    CHECK(again.convolve.playback.step == state.convolve.playback.step);
    CHECK_FALSE(apply_link(again, greatest + "62001").notice().empty());
    CHECK_FALSE(apply_link(again, greatest + "1e3x").notice().empty());
}

TEST_CASE("link: of one that is too long whole pairs are read, and the rest is named") {
    AppState state;
    state.room = Room::train;
    std::string link = "seed=5";
    while (link.size() < 20'000) {
        link += "&epochs=12";
    }
    const LinkReading reading = apply_link(state, link + "&seed=6");
    CHECK(reading.passed_over.size() == 1);
    CHECK(state.train.settings.seed == 5);
    CHECK(state.train.settings.epochs == 12);
    CHECK(apply_link(state, std::string(50'000, 'x')).passed_over.size() == 1);
}

TEST_CASE("link: ten thousand damaged links are each read as written, or say what was not") {
    std::mt19937 random(20);  // NOLINT: the same links in every run
    const auto below = [&](std::size_t count) { return random() % count; };
    const std::string drawn =
        "v=1&room=inspect&drawing=%2Bm10203040a0b0-f50605161&scale=map&layer=conv2&at=3.4.5";
    const std::array wholes{
        link_to(Room::train), link_to(Room::convolve), link_to(Room::inspect), drawn};
    int notices = 0;
    const int rounds = convoscope::test::repetitions(10'000);
    for (int i = 0; i < rounds; ++i) {
        std::string link = wholes[below(wholes.size())];
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
        const LinkReading reading = apply_link(state, link);
        notices += reading.notice().empty() ? 0 : 1;
        const std::string again = link_of(state);
        const auto written = pairs_of(again);
        std::string lost;
        for (const auto& [name, said] : pairs_of(link)) {
            const auto now = written.find(name);
            // Strokes are the same with a point that is said twice.
            const bool kept = now != written.end() && name != "drawing"
                                  ? same_value(now->second.value, said.value)
                                  : is_usual(again, name + "=" + said.value);
            const bool told = reading.of_later_version || names(reading, name);
            lost += kept || told || said.times > 1 ? "" : name + " ";
        }
        INFO(link);
        INFO(again);
        CHECK(lost == "");
        AppState other;
        const bool clean = apply_link(other, again).notice().empty() && link_of(other) == again;
        REQUIRE(clean);
    }
    CHECK(notices > rounds / 2);
}
