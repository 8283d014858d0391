// `convoscope evaluate`: loss, accuracy and confusion matrix of the test split.

#include <cstdio>
#include <string>

#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/data_folder.h"
#include "cli/files.h"
#include "cli/session_driver.h"

namespace convoscope::cli {
namespace {

using nlohmann::json;

void print_evaluation(const json& event) {
    std::printf(
        "loss %.6f\naccuracy %.4f (%lld images)\nconfusion (rows: true, columns: "
        "predicted)\n",
        event["loss"].get<double>(),
        event["accuracy"].get<double>(),
        static_cast<long long>(event["count"].get<Index>()));
    for (const json& row : event["confusion"]) {
        for (const json& count : row) {
            std::printf("%6lld", static_cast<long long>(count.get<Index>()));
        }
        std::printf("\n");
    }
}

}  // namespace

Status evaluate_command(Arguments& arguments) {
    const std::optional<std::string> weights_path = arguments.text("--weights");
    if (arguments.positional().size() != 1 || !arguments.has("--data") || !weights_path) {
        return Error{"evaluate wants a network file, --weights and --data"};
    }
    const Index threads = arguments.integer("--threads", 0, 0, 64);
    // Of the training, for the figures that preprocessing takes from its images.
    const std::uint64_t seed = arguments.seed("--seed", 1);
    const Index validation = arguments.integer("--validation", 0, 0, Index{1} << 24);
    if (const Status read = arguments.status(); !read) {
        return read;
    }
    const std::string& path = arguments.positional().front();
    if (const auto network = read_network(path); !network) {
        return network.error();
    }
    const Result<std::string> text = read_text_file(path);
    if (!text) {
        return text.error();
    }
    const Result<std::vector<std::byte>> weights = read_file(*weights_path);
    if (!weights) {
        return weights.error();
    }
    const Result<FolderData> data = read_data(*arguments.text("--data"));
    if (!data) {
        return data.error();
    }
    json evaluation;
    SessionDriver driver([&](const json& event, std::span<const std::byte>) {
        if (event["event"] == "evaluation") {
            evaluation = event;
        }
    });
    const json configure = {{"command", "configure"},
                            {"network", json::parse(*text, nullptr, false)},
                            {"seed", seed},
                            {"validation_count", validation},
                            {"threads", threads}};
    Status status = driver.open(*data);
    if (status) {
        status = driver.send(configure, *weights);
    }
    if (status) {
        status = preprocess(driver, arguments);
    }
    if (status) {
        status = driver.send({{"command", "evaluate"}, {"split", "test"}});
    }
    if (status) {
        status = driver.run();
    }
    if (!status) {
        return status;
    }
    if (arguments.has("--json")) {
        const nlohmann::ordered_json out = {{"loss", evaluation["loss"]},
                                            {"accuracy", evaluation["accuracy"]},
                                            {"count", evaluation["count"]},
                                            {"confusion", evaluation["confusion"]}};
        std::printf("%s\n", out.dump().c_str());
    } else {
        print_evaluation(evaluation);
    }
    return success();
}

}  // namespace convoscope::cli
