// `convoscope train`: trains through a session, as the page does.

#include <array>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/data_folder.h"
#include "cli/files.h"
#include "cli/session_driver.h"
#include "engine/exchange/safetensors.h"

namespace convoscope::cli {
namespace {

using nlohmann::json;

/// Under Node `isatty` says yes to every stream, so the kind of file decides.
bool is_terminal(int descriptor) {
    struct stat status{};
    return fstat(descriptor, &status) == 0 && S_ISCHR(status.st_mode) && isatty(descriptor) != 0;
}

/// Listens to a session: log lines, a progress bar on a terminal, and the weights at the end.
class TrainingRecord {
  public:
    explicit TrainingRecord(Index steps_in_all) : steps_in_all_(steps_in_all) {}

    void listen(const json& event, std::span<const std::byte> payload) {
        const json& name = event["event"];
        if (name == "configured") {
            if (steps_in_all_ == 0) {
                steps_in_all_ =
                    event["steps_per_epoch"].get<Index>() * event["epochs"].get<Index>();
            }
        } else if (name == "metrics") {
            add_steps(event);
        } else if (name == "evaluation" && event["split"] == "test") {
            add_evaluation(event);
        } else if (name == "status" && event["status"] == "diverged") {
            diverged_ = event["reason"].get<std::string>();
        } else if (name == "snapshot") {
            keep_weights(event, payload);
        }
    }

    void finish_line() const {
        if (terminal_) {
            std::fprintf(stderr, "\n");
        }
    }

    [[nodiscard]] const std::string& log() const { return log_; }
    [[nodiscard]] const std::string& diverged() const { return diverged_; }
    [[nodiscard]] const std::vector<Tensor>& weights() const { return weights_; }

  private:
    void add_steps(const json& event) {
        const json& losses = event["losses"];
        const Index first = event["step"].get<Index>() - static_cast<Index>(losses.size()) + 1;
        for (std::size_t i = 0; i < losses.size(); ++i) {
            const nlohmann::ordered_json line = {{"step", first + static_cast<Index>(i)},
                                                 {"epoch", event["epoch"]},
                                                 {"loss", losses[i]},
                                                 {"lr", event["learning_rate"]},
                                                 {"train_accuracy", event["accuracies"][i]},
                                                 {"images_per_second", event["images_per_second"]}};
            log_ += line.dump() + "\n";
        }
        if (terminal_) {
            print_bar(event);
        }
    }

    void print_bar(const json& event) const {
        constexpr Index kWidth = 30;
        const auto step = event["step"].get<Index>();
        const Index filled =
            steps_in_all_ > 0 ? std::min(kWidth, kWidth * step / steps_in_all_) : 0;
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

    void add_evaluation(const json& event) {
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

    void keep_weights(const json& event, std::span<const std::byte> payload) {
        weights_.clear();
        for (const json& tensor : event["tensors"]) {
            std::vector<float> values(tensor["count"].get<std::size_t>());
            std::memcpy(values.data(),
                        payload.data() + tensor["offset"].get<std::size_t>() * sizeof(float),
                        values.size() * sizeof(float));
            weights_.push_back(float_tensor(tensor["name"].get<std::string>(),
                                            tensor["shape"].get<std::vector<Index>>(),
                                            std::move(values)));
        }
    }

    Index steps_in_all_;
    bool terminal_ = is_terminal(STDERR_FILENO);
    std::string log_;
    std::string diverged_;
    std::vector<Tensor> weights_;
};

/// Options that the format knows and this engine does not yet.
Status refuse_later_options(const Arguments& arguments) {
    const std::string schedule = arguments.text("--schedule").value_or("constant");
    if (schedule != "constant") {
        return Error{"option --schedule is \"" + schedule + "\"; only constant is available yet"};
    }
    const std::string optimizer = arguments.text("--optimizer").value_or("momentum");
    for (const char* later : {"nesterov", "adagrad", "rmsprop", "adamw"}) {
        if (optimizer == later) {
            return Error{"option --optimizer is \"" + optimizer +
                         "\", which is not available yet; expected sgd, momentum or adam"};
        }
    }
    if (optimizer != "sgd" && optimizer != "momentum" && optimizer != "adam") {
        return Error{"option --optimizer is \"" + optimizer + "\"; expected sgd, momentum or adam"};
    }
    return success();
}

json configure_command(Arguments& arguments, const json& network) {
    const std::string optimizer = arguments.text("--optimizer").value_or("momentum");
    const double usual_plain_rate = optimizer == "sgd" ? 0.1 : 0.02;
    const double usual_rate = optimizer == "adam" ? 0.001 : usual_plain_rate;
    return {{"command", "configure"},
            {"network", network},
            {"seed", arguments.seed("--seed", 1)},
            {"batch_size", arguments.integer("--batch", 64, 1, 4096)},
            {"threads", arguments.integer("--threads", 0, 0, 64)},
            {"augment", arguments.text("--augment").value_or("")},
            {"epochs", arguments.has("--steps") ? 0 : arguments.integer("--epochs", 1, 1, 100000)},
            {"validation_interval", 0},
            {"validation_count", arguments.integer("--validation", 0, 0, Index{1} << 24)},
            {"optimizer",
             {{"type", optimizer},
              {"learning_rate", arguments.number("--lr", usual_rate, 0.0, 1e6)},
              {"momentum", arguments.number("--momentum", 0.9, 0.0, 0.999999)},
              {"weight_decay", arguments.number("--weight-decay", 0.0, 0.0, 1e6)}}}};
}

Status train(SessionDriver& driver, Index steps) {
    const Status begun = driver.send(steps > 0 ? json{{"command", "step"}, {"count", steps}}
                                               : json{{"command", "start"}});
    return begun ? driver.run() : begun;
}

Status save(const Arguments& arguments,
            const Network& network,
            SessionDriver& driver,
            const TrainingRecord& record) {
    if (const std::optional<std::string> log = arguments.text("--log")) {
        if (const Status written = write_file(*log, std::as_bytes(std::span(record.log())));
            !written) {
            return written;
        }
    }
    const std::optional<std::string> out = arguments.text("--out");
    if (!out) {
        return success();
    }
    json names = json::array();
    for (const NamedParameter& parameter : network.named_parameters()) {
        names.push_back(parameter.name);
    }
    if (const Status captured = driver.send({{"command", "capture"}, {"parameters", names}});
        !captured) {
        return captured;
    }
    return write_file(*out, write_safetensors(record.weights()));
}

}  // namespace

Status train_command(Arguments& arguments) {
    if (arguments.positional().size() != 1 || !arguments.has("--data")) {
        return Error{"train wants a network file and --data: convoscope train NET.json --data DIR"};
    }
    if (const Status refused = refuse_later_options(arguments); !refused) {
        return refused;
    }
    const std::string& path = arguments.positional().front();
    const Result<std::unique_ptr<Network>> network = read_network(path);
    if (!network) {
        return network.error();
    }
    const Result<std::string> text = read_text_file(path);
    if (!text) {
        return text.error();
    }
    const Index steps = arguments.integer("--steps", 0, 1, Index{1} << 30);
    const json configure = configure_command(arguments, json::parse(*text, nullptr, false));
    if (const Status read = arguments.status(); !read) {
        return read;
    }
    std::vector<std::byte> weights;
    if (const std::optional<std::string> file = arguments.text("--weights")) {
        Result<std::vector<std::byte>> bytes = read_file(*file);
        if (!bytes) {
            return bytes.error();
        }
        weights = std::move(*bytes);
    }
    const Result<FolderData> data = read_data(*arguments.text("--data"));
    if (!data) {
        return data.error();
    }
    TrainingRecord record(steps);
    SessionDriver driver([&](const json& event, std::span<const std::byte> payload) {
        record.listen(event, payload);
    });
    if (const Status opened = driver.open(*data); !opened) {
        return opened;
    }
    if (const Status configured = driver.send(configure, weights); !configured) {
        return configured;
    }
    if (const Status trained = train(driver, steps); !trained) {
        return trained;
    }
    record.finish_line();
    if (!record.diverged().empty()) {
        return Error{"training diverged: " + record.diverged()};
    }
    return save(arguments, **network, driver, record);
}

}  // namespace convoscope::cli
