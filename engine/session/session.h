#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace convoscope {

struct SessionOptions {
    int max_threads = 1;                    ///< what `"threads": 0` means
    std::function<double()> clock_seconds;  ///< steady; the engine has no clock of its own
    std::string variant;                    ///< name of the build, for `ready`
    /// Called by every thread before each piece of work, if set; may wait, for other programs'
    /// sake.
    void (*between_tasks)() = nullptr;
};

/// A message to the outside: JSON, and the binary payload that some events have.
struct Event {
    std::string json;
    std::vector<std::byte> payload;
};

/// The one door to the engine, for the page's worker, the command line and the tests: commands go
/// in, events come out, as `docs/protocol.md` describes them.
///
/// Represents one laboratory: a data set, a network and its training.
/// Ensures: a refused command changes nothing; the same commands give the same numbers.
class Session {
  public:
    explicit Session(SessionOptions options);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    /// Checks a message and answers with events. Long work waits for `run_for`.
    /// A payload of `configure` is a safetensors file: the weights to begin with.
    void command(std::string_view json, std::span<const std::byte> payload = {});
    /// Works for about this long, in slices of one batch, while there is work. True: more is
    /// waiting.
    bool run_for(double budget_seconds);
    [[nodiscard]] std::optional<Event> next_event();

  private:
    class Core;
    std::unique_ptr<Core> core_;
};

}  // namespace convoscope
