#include "cli/training_record.h"

#include <algorithm>
#include <cstdio>

#include <sys/stat.h>
#include <unistd.h>

namespace convoscope::cli {
namespace {

using nlohmann::json;

/// Under Node `isatty` says yes to every stream, so the kind of file decides.
bool is_terminal(int descriptor) {
    struct stat status{};
    return fstat(descriptor, &status) == 0 && S_ISCHR(status.st_mode) && isatty(descriptor) != 0;
}

}  // namespace

TrainingRecord::TrainingRecord(Index steps_in_all)
    : steps_in_all_(steps_in_all), terminal_(is_terminal(STDERR_FILENO)) {}

void TrainingRecord::finish_line() const {
    if (terminal_) {
        std::fprintf(stderr, "\n");
    }
}

void TrainingRecord::listen(const json& event, std::span<const std::byte> payload) {
    const json& name = event["event"];
    if (name == "configured") {
        configured_ = event;
        if (steps_in_all_ == 0) {
            steps_in_all_ = event["steps_per_epoch"].get<Index>() * event["epochs"].get<Index>();
        }
    } else if (name == "restored" || name == "epoch") {
        epochs_done_ = event["epoch"].get<Index>();
    } else if (name == "metrics") {
        add_steps(event);
    } else if (name == "evaluation" && event["split"] == "test") {
        add_evaluation(event);
    } else if (name == "status" && event["status"] == "diverged") {
        diverged_ = event["reason"].get<std::string>();
    } else if (name == "status" && event["status"] == "paused" &&
               !event["reason"].get_ref<const std::string&>().empty()) {
        finish_line();
        std::printf("%s\n", event["reason"].get<std::string>().c_str());
    } else if (name == "checkpoint" || name == "exported") {
        file_.assign(payload.begin(), payload.end());
    }
}

/// All steps of one `metrics` belong to one epoch: `epoch` comes between two.
void TrainingRecord::add_steps(const json& event) {
    const json& losses = event["losses"];
    const Index first = event["step"].get<Index>() - static_cast<Index>(losses.size()) + 1;
    for (std::size_t i = 0; i < losses.size(); ++i) {
        const nlohmann::ordered_json line = {{"step", first + static_cast<Index>(i)},
                                             {"epoch", epochs_done_ + 1},
                                             {"loss", losses[i]},
                                             {"lr", event["learning_rates"][i]},
                                             {"train_accuracy", event["accuracies"][i]},
                                             {"images_per_second", event["images_per_second"]}};
        log_ += line.dump() + "\n";
    }
    if (terminal_) {
        print_bar(event);
    }
}

void TrainingRecord::print_bar(const json& event) const {
    constexpr Index kWidth = 30;
    const auto step = event["step"].get<Index>();
    const Index filled = steps_in_all_ > 0 ? std::min(kWidth, kWidth * step / steps_in_all_) : 0;
    const std::string bar = std::string(static_cast<std::size_t>(filled), '#') +
                            std::string(static_cast<std::size_t>(kWidth - filled), '.');
    std::fprintf(stderr,
                 "\r[%s] step %lld  loss %.4f  accuracy %.2f %%  %.0f images/s ",
                 bar.c_str(),
                 static_cast<long long>(step),
                 event["loss"].get<double>(),
                 100.0 * event["train_accuracy"].get<double>(),
                 event["images_per_second"].get<double>());
}

void TrainingRecord::add_evaluation(const json& event) {
    const nlohmann::ordered_json line = {{"epoch", event["epoch"]},
                                         {"test_loss", event["loss"]},
                                         {"test_accuracy", event["accuracy"]}};
    log_ += line.dump() + "\n";
    finish_line();
    std::printf("epoch %lld: test loss %.4f, test accuracy %.2f %%\n",
                static_cast<long long>(event["epoch"].get<Index>()),
                event["loss"].get<double>(),
                100.0 * event["accuracy"].get<double>());
    std::fflush(stdout);
}

}  // namespace convoscope::cli
