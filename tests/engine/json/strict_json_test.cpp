#include "engine/json/strict_json.h"

#include <string>

#include <doctest/doctest.h>

using namespace convoscope;
using nlohmann::json;

namespace {

std::string refusal(const std::string& text) {
    const auto parsed = parse_strict_json(text);
    return parsed.ok() ? "" : parsed.error().message;
}

bool says(const std::string& text, const std::string& words) {
    INFO(text);
    INFO(refusal(text));
    return refusal(text).find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("strict JSON: a value is read as the ordinary parser reads it") {
    for (const std::string text : {R"({"a": [1, -2, 2.5, true, null, "x"], "b": {"c": {}}})",
                                   "[]",
                                   "7",
                                   R"("Ä")",
                                   R"([{"a": 1}, {"a": 2}])",
                                   " [[1, [2]], [3]] \n"}) {
        const auto parsed = parse_strict_json(text);
        REQUIRE_MESSAGE(parsed.ok(), text);
        CHECK(*parsed == json::parse(text));
    }
}

TEST_CASE("strict JSON: a mistake is told with line and column") {
    CHECK(says("{\"a\": 1,\n \"b\" 2}", "line 2, column"));
    CHECK(says("", "line 1, column 1"));
    CHECK(says("[1] [2]", "line 1"));
    CHECK(says("[NaN]", "line 1"));
    CHECK(says("[1,]", "line 1"));
    CHECK(says("{\"a\": 1} // no comment", "line 1"));
}

TEST_CASE("strict JSON: what is legal elsewhere and a trap here is refused") {
    CHECK(says(R"({"a": 1, "b": {"a": 2, "a": 3}})", "\"a\" is there twice"));
    CHECK(says("[1e999]", "1e999"));
    CHECK(says("[-1e999]", "-1e999"));
    CHECK(says("[\"\xff\"]", "UTF-8"));
    CHECK(says("[\"\xc3(\"]", "UTF-8"));
    CHECK(says(std::string(65, '[') + std::string(65, ']'), "64 levels"));
    CHECK(says(std::string(1000000, '['), "64 levels"));
    CHECK(refusal(std::string(64, '[') + std::string(64, ']')).empty());
}

TEST_CASE("strict JSON: a value in a message is cut between characters") {
    CHECK(quoted_json(json("x")) == "\"x\"");
    const std::string cut = quoted_json(json("a" + std::string(40, 'b') + "ÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜ"));
    CHECK(cut.size() < 70);
    CHECK(cut.ends_with("…"));
    CHECK(json::parse("\"" + cut.substr(1) + "\"", nullptr, false).is_string());
}
