#include "cli/session_driver.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

namespace convoscope::cli {

int processor_count() {
#if defined(__EMSCRIPTEN__) && !defined(__EMSCRIPTEN_PTHREADS__)
    return 1;
#else
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
#endif
}

double clock_seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

SessionDriver::SessionDriver(Listener listener)
    : session_({.max_threads = processor_count(),
                .clock_seconds = clock_seconds,
                .variant = "command line"}),
      listener_(std::move(listener)) {}

Status SessionDriver::drain() {
    Status status = success();
    while (const std::optional<Event> event = session_.next_event()) {
        const nlohmann::json json = nlohmann::json::parse(event->json, nullptr, false);
        if (json["event"] == "error" && status) {
            status = Error{json["message"].get<std::string>()};
        }
        if (listener_) {
            listener_(json, event->payload);
        }
    }
    return status;
}

Status SessionDriver::send(const nlohmann::json& command, std::span<const std::byte> payload) {
    session_.command(command.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
                     payload);
    return drain();
}

Status SessionDriver::run() {
    constexpr double kSliceSeconds = 0.1;
    bool more = true;
    while (more) {
        more = session_.run_for(kSliceSeconds);
        if (const Status drained = drain(); !drained) {
            return drained;
        }
    }
    return success();
}

Status SessionDriver::open(const FolderData& data) {
    if (const Status opened = send(data.open); !opened) {
        return opened;
    }
    for (const DataShard& shard : data.shards) {
        const Result<std::vector<std::byte>> bytes = shard.read();
        if (!bytes) {
            return bytes.error();
        }
        const nlohmann::json command = {
            {"command", "add_shard"}, {"split", shard.split}, {"index", shard.index}};
        if (const Status added = send(command, *bytes); !added) {
            return added;
        }
    }
    return success();
}

Status preprocess(SessionDriver& driver, const Arguments& arguments) {
    const std::optional<std::string> type = arguments.text("--preprocess");
    return type ? driver.send({{"command", "preprocess"}, {"type", *type}}) : success();
}

}  // namespace convoscope::cli
