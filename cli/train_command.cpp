// `convoscope train`: trains through a session, as the page does.

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/data_folder.h"
#include "cli/files.h"
#include "cli/session_driver.h"
#include "cli/train_options.h"
#include "cli/training_record.h"

namespace convoscope::cli {
namespace {

using nlohmann::json;

Result<std::vector<std::byte>> read_optional_file(const Arguments& arguments,
                                                  const std::string& option) {
    const std::optional<std::string> path = arguments.text(option);
    return path ? read_file(*path) : std::vector<std::byte>{};
}

/// Begins anew, or from a checkpoint.
Status prepare(Arguments& arguments,
               const json& command,
               const json& network,
               SessionDriver& driver,
               const TrainingRecord& record) {
    const bool resumed = arguments.has("--resume");
    const Result<std::vector<std::byte>> file =
        read_optional_file(arguments, resumed ? "--resume" : "--weights");
    if (!file) {
        return file.error();
    }
    if (!resumed) {
        return driver.send(command, *file);
    }
    const json load = {{"command", "load"}, {"threads", arguments.integer("--threads", 0, 0, 64)}};
    if (const Status loaded = driver.send(load, *file); !loaded) {
        return loaded;
    }
    if (record.configured()["network"] != network) {
        return Error{"the checkpoint of --resume is one of another network file"};
    }
    return driver.send(command);
}

Status train(SessionDriver& driver, Index steps) {
    const Status begun = driver.send(steps > 0 ? json{{"command", "step"}, {"count", steps}}
                                               : json{{"command", "start"}});
    return begun ? driver.run() : begun;
}

/// Asks the session for a file and writes it where an option says.
Status write_answer(const Arguments& arguments,
                    const std::string& option,
                    const json& command,
                    SessionDriver& driver,
                    const TrainingRecord& record) {
    const std::optional<std::string> path = arguments.text(option);
    if (!path) {
        return success();
    }
    const Status answered = driver.send(command);
    return answered ? write_file(*path, record.file()) : answered;
}

Status save(const Arguments& arguments, SessionDriver& driver, const TrainingRecord& record) {
    if (const std::optional<std::string> log = arguments.text("--log")) {
        if (const Status written = write_file(*log, std::as_bytes(std::span(record.log())));
            !written) {
            return written;
        }
    }
    const json weights = {{"command", "export"}, {"format", "safetensors"}};
    if (const Status written = write_answer(arguments, "--out", weights, driver, record);
        !written) {
        return written;
    }
    return write_answer(arguments, "--checkpoint-out", {{"command", "save"}}, driver, record);
}

}  // namespace

Status train_command(Arguments& arguments) {
    if (arguments.positional().size() != 1 || !arguments.has("--data")) {
        return Error{"train wants a network file and --data: convoscope train NET.json --data DIR"};
    }
    if (arguments.has("--patience") && !arguments.has("--validation")) {
        return Error{"option --patience wants images to judge by: expected --validation too"};
    }
    const std::string& path = arguments.positional().front();
    if (const auto network = read_network(path); !network) {
        return network.error();
    }
    const Result<std::string> text = read_text_file(path);
    if (!text) {
        return text.error();
    }
    const json network = json::parse(*text, nullptr, false);
    const Index steps = arguments.integer("--steps", 0, 1, Index{1} << 30);
    const Index steps_now = arguments.integer("--pause-after", steps, 1, Index{1} << 30);
    const Result<json> command = arguments.has("--resume") ? resume_command(arguments)
                                                           : configure_command(arguments, network);
    if (!command) {
        return command.error();
    }
    if (const Status read = arguments.status(); !read) {
        return read;
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
    if (const Status prepared = prepare(arguments, *command, network, driver, record); !prepared) {
        return prepared;
    }
    if (const Status fitted = preprocess(driver, arguments); !fitted) {
        return fitted;
    }
    if (const Status trained = train(driver, steps_now); !trained) {
        return trained;
    }
    record.finish_line();
    if (!record.diverged().empty()) {
        return Error{"training diverged: " + record.diverged()};
    }
    return save(arguments, driver, record);
}

}  // namespace convoscope::cli
