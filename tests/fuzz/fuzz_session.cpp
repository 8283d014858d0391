// A session is sent any messages and never stops answering. A line is a command; what follows a
// line
// "----" is the payload of all of them. Commands with large numbers are left out: they are right,
// and slow.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <nlohmann/json.hpp>

#include "engine/core/check.h"
#include "engine/json/strict_json.h"
#include "engine/session/session.h"

using namespace convoscope;

namespace {

constexpr double kLargestNumber = 64;
constexpr double kMostThreads = 3;
constexpr std::size_t kMostLayers = 12;
constexpr std::string_view kPayloadLine = "\n----\n";

bool is_quick(const nlohmann::json& value) {
    if (value.is_number()) {
        return std::abs(value.get<double>()) <= kLargestNumber;
    }
    if (value.is_structured()) {
        for (const auto& [key, item] : value.items()) {
            const bool threads = key == "threads" && item.is_number();
            if (!is_quick(item) || (threads && item.get<double>() > kMostThreads) ||
                (key == "layers" && item.size() > kMostLayers)) {
                return false;
            }
        }
    }
    return true;
}

void drain(Session& session) {
    while (const auto event = session.next_event()) {
        const auto json = parse_strict_json(event->json);
        CONVOSCOPE_CHECK(json.ok() && json->contains("event"));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::size_t split = text.find(kPayloadLine);
    const std::string_view commands = text.substr(0, split);
    const std::string_view tail =
        split == std::string_view::npos ? "" : text.substr(split + kPayloadLine.size());
    double now = 0.0;
    Session session(
        {.max_threads = 2, .clock_seconds = [&now] { return now += 0.001; }, .variant = "fuzz"});
    for (std::size_t begin = 0; begin < commands.size();) {
        const std::size_t end = std::min(commands.find('\n', begin), commands.size());
        const std::string_view line = commands.substr(begin, end - begin);
        begin = end + 1;
        const auto json = parse_strict_json(line);
        if (!json || is_quick(*json)) {
            session.command(line, std::as_bytes(std::span(tail)));
        }
        session.run_for(0.005);
        drain(session);
    }
    return 0;
}
