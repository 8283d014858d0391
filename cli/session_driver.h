#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "cli/arguments.h"
#include "cli/data_folder.h"
#include "engine/core/result.h"
#include "engine/session/session.h"

namespace convoscope::cli {

[[nodiscard]] int processor_count();
[[nodiscard]] double clock_seconds();

/// Represents a session as the program uses it: sends commands, hands events to a listener, and
/// turns an `error` event into an error.
class SessionDriver {
  public:
    using Listener =
        std::function<void(const nlohmann::json& event, std::span<const std::byte> payload)>;

    explicit SessionDriver(Listener listener);

    [[nodiscard]] Status send(const nlohmann::json& command,
                              std::span<const std::byte> payload = {});
    /// Works until nothing is left to do.
    [[nodiscard]] Status run();
    [[nodiscard]] Status open(const FolderData& data);

  private:
    [[nodiscard]] Status drain();

    Session session_;
    Listener listener_;
};

/// What `--preprocess` asks for; nothing without it. Expects: a configured session.
[[nodiscard]] Status preprocess(SessionDriver& driver, const Arguments& arguments);

}  // namespace convoscope::cli
