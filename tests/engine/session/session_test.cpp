// The session as the page drives it: commands in, events out, as docs/protocol.md says.

#include "engine/session/session.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/support/laboratory.h"

using namespace convoscope;
using namespace convoscope::test;
using nlohmann::json;

TEST_CASE("session: it says what it is") {
    Session session({.max_threads = 3, .clock_seconds = [] { return 0.0; }, .variant = "plain"});
    const json ready = json::parse(session.next_event()->json);
    CHECK(ready["event"] == "ready");
    CHECK(ready["threads"] == 3);
    CHECK(ready["variant"] == "plain");
    CHECK_FALSE(session.next_event().has_value());
    CHECK_FALSE(session.run_for(1.0));
}

TEST_CASE("session: messages that are not understood become errors") {
    Laboratory lab;
    for (const std::string text :
         {"", "{", "[]", "7", R"({"command": 5})", R"({"id": 1})", R"({"command": "dance"})"}) {
        INFO(text);
        CHECK(count_of(lab.send_text(text), "error") == 1);
    }
    const json error = last(lab.send({{"command", "start"}, {"id", "x"}}), "error");
    CHECK(error["id"] == "x");
    CHECK(error["command"] == "start");
    CHECK(refused(lab.send({{"command", "pause"}, {"speed", 3}}), "speed"));
}

TEST_CASE("session: a shard with the wrong digest is named and changes nothing") {
    Laboratory lab;
    json manifest = json::parse(tiny_manifest({24}, 6));
    manifest["splits"]["train"]["shards"][0]["sha256"] = std::string(64, '0');
    const auto opened = lab.send({{"command", "open_data"}, {"manifest", manifest}, {"id", 1}});
    CHECK(last(opened, "data")["train_count"] == 22);
    CHECK(last(opened, "data")["validation_count"] == 2);
    CHECK(last(opened, "done")["id"] == 1);
    CHECK(refused(lab.add("train", 0, tiny_shard(24, 1)), "train shard 0"));
    CHECK(refused(lab.add("train", 7, tiny_shard(24, 1)), "train shard 7"));
    CHECK(refused(lab.add("other", 0, tiny_shard(24, 1)), "split"));
    const json data = last(lab.add("test", 0, tiny_shard(6, 1)), "data");
    CHECK(data["train_loaded"] == 0);
    CHECK(data["test_loaded"] == 6);
    CHECK(data["bytes_loaded"] == 6 * 37);
    CHECK(data["bytes_total"] == 30 * 37);
}

TEST_CASE("session: what has come of a data set is counted class by class, and shown likewise") {
    Laboratory lab;
    lab.send({{"command", "open_data"}, {"manifest", json::parse(tiny_manifest({24, 10}, 6))}});
    const json data = last(lab.add("train", 0, tiny_shard(24, 1)), "data");  // labels in turn
    CHECK(data["class_counts"]["train"] == json({8, 8, 8}));
    CHECK(data["class_counts"]["test"] == json({0, 0, 0}));
    const json images =
        last(lab.send({{"command", "images"}, {"split", "train"}, {"each_class", 2}}), "images");
    CHECK(images["indices"] == json({0, 3, 1, 4, 2, 5}));
    CHECK(images["labels"] == json({0, 0, 1, 1, 2, 2}));
    CHECK(refused(lab.send({{"command", "images"}, {"split", "validation"}, {"each_class", 2}}),
                  "each_class"));
    CHECK(refused(Laboratory().send({{"command", "images"}, {"split", "test"}, {"each_class", 1}}),
                  "each_class"));
    CHECK(refused(lab.send({{"command", "images"}, {"split", "test"}, {"each_class", 65}}),
                  "each_class"));
}

TEST_CASE("session: configure refuses what is wrong and keeps what was") {
    Laboratory lab;
    lab.open();
    const json configured = last(lab.configure({{"id", 9}, {"seed", 4}}), "configured");
    CHECK(configured["id"] == 9);
    CHECK(configured["steps_per_epoch"] == 6);
    CHECK(configured["seed"] == 4);
    CHECK(configured["summary"]["params"].get<Index>() == 40 + 36 * 12 + 12 + 39);
    CHECK(refused(lab.configure({{"batch_size", 0}}), "batch_size"));
    CHECK(refused(lab.configure({{"optimizer", {{"type", "magic"}}}}), "type"));
    CHECK(refused(lab.configure({{"optimizer", {{"rate", 1}}}}), "rate"));
    CHECK(refused(lab.configure({{"network", {{"format", "convoscope/1"}}}}), "layers"));
    CHECK(refused(lab.configure({{"network", "text"}}), "network"));
    CHECK(refused(lab.send({{"command", "step"}, {"count", 0}}), "count"));
    CHECK(count_of(lab.send({{"command", "step"}}), "error") == 0);
    CHECK(all_losses(lab.run()).size() == 1);
}

TEST_CASE("session: a network that does not fit the data is refused when training begins") {
    Laboratory lab;
    lab.open();
    json network = json::parse(kTinyNetwork);
    network["layers"][6]["out_features"] = 4;
    lab.configure({{"network", network}});
    CHECK(refused(lab.send({{"command", "start"}}), "4 outputs"));
    network = json::parse(kTinyNetwork);
    network["input"] = {1, 8, 8};
    lab.configure({{"network", network}});
    CHECK(refused(lab.send({{"command", "step"}}), "1×8×8"));
}

TEST_CASE("session: step trains that many batches, then pauses and is done") {
    Laboratory lab;
    lab.open();
    lab.configure({{"validation_interval", 0}});
    const auto begun = lab.send({{"command", "step"}, {"count", 4}, {"id", "s"}});
    CHECK(last(begun, "status")["status"] == "running");
    CHECK(count_of(begun, "done") == 0);
    const auto events = lab.run();
    CHECK(all_losses(events).size() == 4);
    CHECK(last(events, "metrics")["step"] == 4);
    CHECK(last(events, "metrics")["images_per_second"].get<double>() > 0.0);
    CHECK(last(events, "done")["id"] == "s");
    CHECK(events.back().event["status"] == "paused");
}

TEST_CASE("session: every step's loss is in one metrics event, and an epoch is evaluated") {
    Laboratory lab;
    lab.open();
    lab.configure({{"epochs", 2}, {"validation_interval", 0}});
    lab.send({{"command", "start"}});
    const auto events = lab.run();
    CHECK(all_losses(events).size() == 12);
    CHECK(count_of(events, "epoch") == 2);
    CHECK(count_of(events, "evaluation") == 4);
    Index step = 0;
    for (const Received& received : events) {
        if (received.event["event"] == "metrics") {
            step += static_cast<Index>(received.event["losses"].size());
            CHECK(received.event["step"] == step);
        }
    }
    const json evaluation = last(events, "evaluation");
    CHECK(evaluation["split"] == "test");
    CHECK(evaluation["count"] == 30);
    CHECK(events.back().event["status"] == "paused");
    CHECK(refused(lab.send({{"command", "start"}}), "2 epochs are done"));
    lab.send({{"command", "set"}, {"epochs", 3}});
    CHECK(count_of(lab.send({{"command", "start"}}), "error") == 0);
}

TEST_CASE("session: train_epoch ends with the epoch; validation comes in between") {
    Laboratory lab;
    lab.open();
    lab.configure({{"validation_interval", 2}});
    lab.send({{"command", "train_epoch"}, {"id", 3}});
    const auto events = lab.run();
    CHECK(all_losses(events).size() == 6);
    CHECK(count_of(events, "evaluation") == 4);
    CHECK(last(events, "done")["id"] == 3);
    CHECK(events.back().event["status"] == "paused");
}

TEST_CASE("session: pause and run in slices give the losses of one go, at any thread count") {
    const auto losses_of = [](int threads, bool in_pieces) {
        Laboratory lab(4);
        lab.open();
        lab.configure({{"threads", threads}});
        std::vector<double> losses;
        for (const Index count : in_pieces ? std::vector<Index>{1, 4, 7} : std::vector<Index>{12}) {
            lab.send({{"command", "step"}, {"count", count}});
            const std::vector<double> part = all_losses(lab.run());
            losses.insert(losses.end(), part.begin(), part.end());
        }
        return losses;
    };
    const std::vector<double> expected = losses_of(1, false);
    CHECK(expected.size() == 12);
    CHECK(losses_of(1, true) == expected);
    CHECK(losses_of(2, false) == expected);
    CHECK(losses_of(4, true) == expected);
}

TEST_CASE("session: training waits for a shard that has not arrived") {
    Laboratory lab;
    lab.open({60, 60}, false);
    lab.configure({{"epochs", 1}});
    lab.send({{"command", "start"}});
    CHECK(last(lab.run(), "status")["status"] == "waiting_for_data");
    lab.add("train", 0, tiny_shard(60, 0));
    const auto first = lab.run();
    CHECK(all_losses(first).size() == 2);
    CHECK(last(first, "status")["status"] == "waiting_for_data");
    lab.add("train", 1, tiny_shard(60, 1));
    const auto rest = lab.run();
    CHECK(all_losses(rest).size() == 4);
    // No image of the test split has come: validation alone is evaluated.
    CHECK(count_of(rest, "evaluation") == 1);
    CHECK(rest.back().event["status"] == "paused");
}

TEST_CASE("session: reset begins again with the same numbers, or with another seed") {
    Laboratory lab;
    lab.open();
    lab.configure();
    const auto five_steps = [&] {
        lab.send({{"command", "step"}, {"count", 5}});
        return all_losses(lab.run());
    };
    const std::vector<double> first = five_steps();
    const auto status = lab.send({{"command", "reset"}});
    CHECK(last(status, "status")["step"] == 0);
    CHECK(five_steps() == first);
    lab.send({{"command", "reset"}, {"seed", 77}});
    CHECK(five_steps() != first);
}

TEST_CASE("session: set changes settings from the next step on") {
    Laboratory lab;
    lab.open();
    lab.configure();
    const json settings = last(lab.send({{"command", "set"},
                                         {"learning_rate", 0.5},
                                         {"batch_size", 7},
                                         {"threads", 1},
                                         {"optimizer", {{"type", "momentum"}}}}),
                               "settings");
    CHECK(settings["optimizer"]["type"] == "momentum");
    CHECK(settings["optimizer"]["learning_rate"] == 0.5);
    CHECK(settings["batch_size"] == 7);
    CHECK(settings["threads"] == 1);
    CHECK(refused(lab.send({{"command", "set"}, {"learning_rate", -1}}), "learning_rate"));
    CHECK(refused(lab.send({{"command", "set"}, {"batch_size", 5000}}), "batch_size"));
    lab.send({{"command", "step"}});
    CHECK(last(lab.run(), "metrics")["learning_rate"] == 0.5);
}

TEST_CASE("session: capture answers with a snapshot now, and while training") {
    Laboratory lab;
    lab.open();
    lab.configure();
    CHECK(refused(lab.send({{"command", "capture"}, {"parameters", {"nose.weight"}}}), "nose"));
    CHECK(refused(lab.send({{"command", "capture"}, {"activations", {"conv"}}}), "image"));
    const auto captured = lab.send({{"command", "capture"},
                                    {"parameters", {"conv.weight"}},
                                    {"activations", {"conv", "relu", "fc"}},
                                    {"image", {{"split", "test"}, {"index", 4}}},
                                    {"minimum_interval_seconds", 0}});
    REQUIRE(count_of(captured, "snapshot") == 1);
    const json tensors = last(captured, "snapshot")["tensors"];
    REQUIRE(tensors.size() == 6);
    CHECK(tensors[0]["name"] == "conv.weight");
    CHECK(tensors[0]["shape"] == json({4, 1, 3, 3}));
    CHECK(tensors[1]["name"] == "input");
    CHECK(tensors[2]["name"] == "label");
    CHECK(tensors[3]["name"] == "activation.conv");
    CHECK(tensors[3]["shape"] == json({4, 6, 6}));
    std::vector<float> floats(captured[0].payload.size() / sizeof(float));
    std::memcpy(floats.data(), captured[0].payload.data(), captured[0].payload.size());
    CHECK(floats[tensors[2]["offset"].get<std::size_t>()] == 1.0F);
    // The activation function's values are those of its input, cut at 0; both are there.
    for (std::size_t i = 0; i < 144; ++i) {
        const float before = floats[tensors[3]["offset"].get<std::size_t>() + i];
        CHECK(floats[tensors[4]["offset"].get<std::size_t>() + i] == std::max(before, 0.0F));
    }
    lab.send({{"command", "step"}, {"count", 3}});
    CHECK(count_of(lab.run(), "snapshot") == 3);
    lab.send({{"command", "capture"}});
    lab.send({{"command", "step"}, {"count", 3}});
    CHECK(count_of(lab.run(), "snapshot") == 0);
}

TEST_CASE("session: at rest the last snapshot is of the last step") {
    Laboratory lab;
    lab.open();
    lab.configure();
    lab.send({{"command", "capture"},
              {"parameters", {"conv.weight"}},
              {"minimum_interval_seconds", 3600}});
    lab.send({{"command", "step"}, {"count", 3}});
    const auto& events = lab.run();
    CHECK(count_of(events, "snapshot") == 1);
    CHECK(last(events, "snapshot")["step"] == 3);
}

TEST_CASE("session: capture takes an image of one's own") {
    Laboratory lab;
    lab.open();
    lab.configure();
    const std::vector<float> pixels(36, 0.5F);
    const auto bytes = std::as_bytes(std::span(pixels));
    const json wish = {{"command", "capture"}, {"activations", {"conv", "fc"}}};
    CHECK(refused(lab.send(wish, bytes.first(8)), "8 bytes; expected 144"));
    const auto captured = lab.send(wish, bytes);
    REQUIRE(count_of(captured, "snapshot") == 1);
    const json tensors = last(captured, "snapshot")["tensors"];
    REQUIRE(tensors.size() == 3);  // no label: nobody knows it
    CHECK(tensors[0]["name"] == "input");
    CHECK(tensors[2]["name"] == "activation.fc");
    std::vector<float> floats(captured[0].payload.size() / sizeof(float));
    std::memcpy(floats.data(), captured[0].payload.data(), captured[0].payload.size());
    const json logits = last(lab.send({{"command", "predict"}}, bytes), "prediction")["logits"];
    const auto first = tensors[2]["offset"].get<std::size_t>();
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(floats[first + i] == logits[i].get<float>());
    }
}

TEST_CASE("session: capture knows running statistics too") {
    Laboratory lab;
    lab.open();
    json network = json::parse(kTinyNetwork);
    const json norm = {{"name", "norm"}, {"type", "batch_norm2d"}};
    network["layers"].insert(network["layers"].begin() + 1, norm);
    lab.configure({{"network", network}});
    const auto captured = lab.send(
        {{"command", "capture"}, {"parameters", {"norm.running_mean", "norm.running_var"}}});
    const json tensors = last(captured, "snapshot")["tensors"];
    REQUIRE(tensors.size() == 2);
    CHECK(tensors[1]["shape"] == json({4}));
    std::vector<float> floats(8);
    REQUIRE(captured[0].payload.size() == 32);
    std::memcpy(floats.data(), captured[0].payload.data(), 32);
    CHECK(floats == std::vector<float>{0, 0, 0, 0, 1, 1, 1, 1});
}

TEST_CASE("session: images and predictions") {
    Laboratory lab;
    lab.open();
    lab.configure();
    const auto images = lab.send({{"command", "images"}, {"split", "train"}, {"indices", {1, 5}}});
    CHECK(last(images, "images")["labels"] == json({1, 2}));
    CHECK(last(images, "images")["shape"] == json({2, 1, 6, 6}));
    CHECK(images[0].payload.size() == 72);
    CHECK(
        refused(lab.send({{"command", "images"}, {"split", "train"}, {"indices", {500}}}), "500"));
    CHECK(refused(lab.send({{"command", "images"}, {"split", "train"}, {"indices", {-1}}}), "-1"));

    const std::vector<float> image(36, 0.5F);
    const json prediction =
        last(lab.send({{"command", "predict"}}, std::as_bytes(std::span(image))), "prediction");
    double sum = 0.0;
    for (const json& probability : prediction["probabilities"]) {
        sum += probability.get<double>();
    }
    // Three roundings to float.
    CHECK(sum == doctest::Approx(1.0).epsilon(1e-6));
    CHECK(prediction["logits"].size() == 3);
    CHECK(refused(lab.send({{"command", "predict"}}, {}), "0 bytes"));
}

TEST_CASE("session: a network is exported as a file, and only to formats that there are") {
    Laboratory lab;
    CHECK(refused(lab.send({{"command", "export"}, {"format", "onnx"}}), "configure"));
    lab.open();
    lab.configure();
    const auto events = lab.send({{"command", "export"}, {"format", "pytorch"}, {"id", 5}});
    CHECK(last(events, "exported")["format"] == "pytorch");
    CHECK(last(events, "exported")["id"] == 5);
    CHECK_FALSE(events[0].payload.empty());
    CHECK(refused(lab.send({{"command", "export"}, {"format", "kers"}}), "did you mean"));
}

TEST_CASE("session: a diverging run stops and says at which step") {
    Laboratory lab;
    lab.open();
    // Weight decay multiplies the weights by -1e12 a step: beyond float's range after four.
    lab.configure(
        {{"optimizer", {{"type", "sgd"}, {"learning_rate", 1e6}, {"weight_decay", 1e6}}}});
    lab.send({{"command", "start"}, {"id", 1}});
    const auto events = lab.run();
    const json status = last(events, "status");
    REQUIRE_FALSE(status.is_null());
    CHECK(status["status"] == "diverged");
    CHECK(status["reason"].get<std::string>().find("step") != std::string::npos);
    CHECK(count_of(lab.run(), "metrics") == 0);
    CHECK(last(lab.send({{"command", "reset"}}), "status")["status"] == "paused");
}
