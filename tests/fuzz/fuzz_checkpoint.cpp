// A checkpoint with any changes is refused, or training goes on from it. The input is a list of
// edits of a good checkpoint, three bytes each: where (two bytes) and what stands there. A fuzzer
// would not find a whole checkpoint by itself.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/check.h"
#include "engine/json/strict_json.h"
#include "engine/session/session.h"

using namespace convoscope;

namespace {

/// A session with a data set of six images of 1×2×2 in two classes.
class Laboratory {
  public:
    Laboratory()
        : session_({.max_threads = 2,
                    .clock_seconds = [this] { return now_ += 0.001; },
                    .variant = "fuzz"}) {
        send(R"({"command": "open_data", "manifest": {
            "format": "convoscope-data/1", "name": "t", "input": [1, 2, 2], "classes": ["a", "b"],
            "splits": {"train": {"shards": [{"count": 6}]}, "test": {"shards": [{"count": 6}]}}}})");
        std::vector<std::byte> shard;
        for (int i = 0; i < 6 * 5; ++i) {
            shard.push_back(static_cast<std::byte>(i < 6 ? i % 2 : i * 37 % 256));
        }
        send(R"({"command": "add_shard", "split": "train", "index": 0})", shard);
        send(R"({"command": "add_shard", "split": "test", "index": 0})", shard);
    }

    void send(const std::string& command, std::span<const std::byte> payload = {}) {
        session_.command(command, payload);
        session_.run_for(0.05);
        while (auto event = session_.next_event()) {
            const auto json = parse_strict_json(event->json);
            CONVOSCOPE_CHECK(json.ok() && json->contains("event"));
            if ((*json)["event"] == "checkpoint") {
                checkpoint_ = std::move(event->payload);
            }
        }
    }

    [[nodiscard]] const std::vector<std::byte>& checkpoint() const { return checkpoint_; }

  private:
    double now_ = 0.0;
    Session session_;
    std::vector<std::byte> checkpoint_;
};

std::vector<std::byte> good_checkpoint() {
    Laboratory laboratory;
    laboratory.send(R"({"command": "configure", "batch_size": 2, "threads": 1, "epochs": 9,
        "optimizer": {"type": "adam", "learning_rate": 0.01},
        "network": {"format": "convoscope/1", "input": [1, 2, 2], "layers": [
            {"type": "conv2d", "out_channels": 2, "kernel_size": 1}, {"type": "batch_norm2d"},
            {"type": "flatten"}, {"type": "linear", "out_features": 2}]}})");
    laboratory.send(R"({"command": "step", "count": 4})");
    laboratory.send(R"({"command": "save"})");
    CONVOSCOPE_CHECK(!laboratory.checkpoint().empty());
    return laboratory.checkpoint();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::vector<std::byte> kGood = good_checkpoint();
    std::vector<std::byte> bytes = kGood;
    for (std::size_t i = 0; i + 2 < size; i += 3) {
        const std::size_t place = (data[i] * std::size_t{256} + data[i + 1]) % bytes.size();
        bytes[place] = static_cast<std::byte>(data[i + 2]);
    }
    if (size % 3 == 1) {
        bytes.resize(bytes.size() * data[size - 1] / 256);
    }
    Laboratory laboratory;
    laboratory.send(R"({"command": "load", "threads": 1})", bytes);
    laboratory.send(R"({"command": "step", "count": 1})");
    laboratory.send(R"({"command": "save"})");
    return 0;
}
