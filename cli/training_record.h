#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/core/index.h"

namespace convoscope::cli {

/// Listens to a session that trains: log lines, a progress bar on a terminal, and the files that it
/// answers with.
class TrainingRecord {
  public:
    /// 0 steps: as many as the epochs have.
    explicit TrainingRecord(Index steps_in_all);

    void listen(const nlohmann::json& event, std::span<const std::byte> payload);
    void finish_line() const;

    [[nodiscard]] const std::string& log() const { return log_; }
    /// Why training stopped before its end; empty: it did not.
    [[nodiscard]] const std::string& diverged() const { return diverged_; }
    /// The last event `configured`.
    [[nodiscard]] const nlohmann::json& configured() const { return configured_; }
    /// The payload of the last `checkpoint` or `exported`.
    [[nodiscard]] const std::vector<std::byte>& file() const { return file_; }

  private:
    void add_steps(const nlohmann::json& event);
    void add_evaluation(const nlohmann::json& event);
    void print_bar(const nlohmann::json& event) const;

    Index steps_in_all_;
    bool terminal_;
    Index epochs_done_ = 0;
    std::string log_;
    std::string diverged_;
    nlohmann::json configured_;
    std::vector<std::byte> file_;
};

}  // namespace convoscope::cli
