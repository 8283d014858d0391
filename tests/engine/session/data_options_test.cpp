// Options of `configure` that make lessons of a data set: few images, wrong labels, and how pixels
// become numbers.

#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/support/laboratory.h"

using namespace convoscope;
using namespace convoscope::test;
using nlohmann::json;

namespace {

std::vector<double> losses_of_ten_steps(const json& options) {
    Laboratory laboratory;
    laboratory.open();
    laboratory.configure(options);
    laboratory.send({{"command", "step"}, {"count", 10}});
    return all_losses(laboratory.run());
}

}  // namespace

TEST_CASE("session: with few training images an epoch is short, and the rest is told") {
    Laboratory laboratory;
    laboratory.open();
    const auto events = laboratory.configure({{"training_images", 40}, {"epochs", 2}});
    CHECK(last(events, "configured")["training_images"] == 40);
    CHECK(last(events, "configured")["steps_per_epoch"] == 2);
    CHECK(last(events, "data")["train_count"] == 40);
    CHECK(last(events, "data")["validation_count"] == 10);
    laboratory.send({{"command", "start"}});
    CHECK(last(laboratory.run(), "status")["step"] == 4);
    CHECK(last(laboratory.configure(), "data")["train_count"] == 110);
}

TEST_CASE("session: random labels change what is learnt, not what is validated") {
    const std::vector<double> right = losses_of_ten_steps(json::object());
    const std::vector<double> wrong = losses_of_ten_steps({{"label_noise", 1.0}});
    CHECK(losses_of_ten_steps({{"label_noise", 0.0}}) == right);
    CHECK(wrong != right);

    Laboratory laboratory;
    laboratory.open();
    const auto confusion = [&](double share) {
        laboratory.configure({{"label_noise", share}});
        laboratory.send({{"command", "evaluate"}, {"split", "validation"}});
        return last(laboratory.run(), "evaluation")["confusion"];
    };
    CHECK(confusion(1.0) == confusion(0.0));
    CHECK(refused(laboratory.configure({{"label_noise", 1.5}}), "label_noise"));
}

TEST_CASE("session: a preprocessing of configure is the command's, and a checkpoint keeps it") {
    const auto step = [](Laboratory& laboratory) {
        laboratory.send({{"command", "step"}, {"count", 5}});
        return all_losses(laboratory.run());
    };
    Laboratory by_command;
    by_command.open();
    by_command.configure();
    by_command.send({{"command", "preprocess"}, {"type", "mean_image"}});
    const std::vector<double> expected = step(by_command);

    Laboratory by_option;
    by_option.open();
    CHECK(last(by_option.configure({{"preprocess", "mean_image"}}), "configured")["preprocess"] ==
          "mean_image");
    CHECK(step(by_option) == expected);
    CHECK(losses_of_ten_steps(json::object()) !=
          losses_of_ten_steps({{"preprocess", "mean_image"}}));

    std::vector<std::byte> file;
    for (const Received& received : by_option.send({{"command", "save"}})) {
        if (received.event["event"] == "checkpoint") {
            file = received.payload;
        }
    }
    Laboratory resumed;
    resumed.open();
    CHECK(last(resumed.send({{"command", "load"}}, file), "configured")["preprocess"] ==
          "mean_image");
    CHECK(step(resumed) == step(by_option));
    CHECK(refused(resumed.configure({{"preprocess", "chalk"}}), "chalk"));
}

TEST_CASE("session: a preprocessing waits for the images that it is fitted to") {
    Laboratory laboratory;
    laboratory.open({60, 60}, false);
    laboratory.configure({{"preprocess", "mean_image"}});
    laboratory.add("train", 0, tiny_shard(60, 0));
    CHECK(refused(laboratory.send({{"command", "start"}}), "60 of 120 are loaded"));
    laboratory.add("train", 1, tiny_shard(60, 1));
    laboratory.send({{"command", "step"}});
    CHECK(last(laboratory.run(), "metrics")["step"] == 1);
}
