// A training that is saved and loaded is one that never stopped.

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/support/laboratory.h"

using namespace convoscope;
using namespace convoscope::test;
using nlohmann::json;

namespace {

const json kAdamOneCycle = {
    {"optimizer", {{"type", "adam"}, {"learning_rate", 0.01}, {"weight_decay", 0.01}}},
    {"schedule", {{"type", "one_cycle"}}},
    {"epochs", 4},
    {"seed", 5},
    {"clip_norm", 0.5},
    {"label_smoothing", 0.1},
    {"validation_interval", 0}};

/// Bits of all parameters, as a snapshot holds them.
std::vector<std::byte> parameters_of(Laboratory& lab) {
    const auto captured = lab.send(
        {{"command", "capture"},
         {"parameters",
          {"conv.weight", "conv.bias", "hidden.weight", "hidden.bias", "fc.weight", "fc.bias"}}});
    REQUIRE(count_of(captured, "snapshot") == 1);
    return captured.front().payload;
}

std::vector<double> train(Laboratory& lab, Index steps) {
    lab.send({{"command", "step"}, {"count", steps}});
    return all_losses(lab.run());
}

std::vector<std::byte> save(Laboratory& lab) {
    const auto saved = lab.send({{"command", "save"}});
    const json event = last(saved, "checkpoint");
    REQUIRE_FALSE(event.is_null());
    CHECK(event["bytes"] == saved.back().payload.size());
    return saved.back().payload;
}

struct Course {
    std::vector<double> losses;
    std::vector<std::byte> parameters;
};

/// 20 steps, six an epoch; saved, and loaded by another session, after `saved_after` of them.
Course course_of(const json& configuration, Index saved_after, int threads = 2) {
    Laboratory first(threads);
    first.open();
    first.configure(configuration);
    Course course;
    course.losses = train(first, saved_after > 0 ? saved_after : 20);
    if (saved_after == 0) {
        course.parameters = parameters_of(first);
        return course;
    }
    const std::vector<std::byte> file = save(first);
    Laboratory second(threads);
    second.open();
    const auto loaded = second.send({{"command", "load"}}, file);
    CHECK(last(loaded, "restored")["step"] == saved_after);
    const std::vector<double> rest = train(second, 20 - saved_after);
    course.losses.insert(course.losses.end(), rest.begin(), rest.end());
    course.parameters = parameters_of(second);
    return course;
}

}  // namespace

TEST_CASE("checkpoint: 10 steps, saved, loaded and 10 more are 20 steps, bit for bit") {
    const Course whole = course_of(kAdamOneCycle, 0);
    REQUIRE(whole.losses.size() == 20);
    // In the middle of an epoch, at its end, within the first and within a later one.
    for (const Index saved_after : {1, 6, 10, 12, 19}) {
        INFO(saved_after);
        const Course pieces = course_of(kAdamOneCycle, saved_after);
        CHECK(pieces.losses == whole.losses);
        CHECK(pieces.parameters == whole.parameters);
    }
}

TEST_CASE("checkpoint: every optimiser's state survives, at any number of threads") {
    for (const char* type :
         {"sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw"}) {
        INFO(type);
        json configuration = kAdamOneCycle;
        configuration["optimizer"] = {
            {"type", type}, {"learning_rate", 0.01}, {"momentum", 0.8}, {"weight_decay", 0.01}};
        const Course whole = course_of(configuration, 0, 1);
        const Course pieces = course_of(configuration, 10, 4);
        CHECK(pieces.losses == whole.losses);
        CHECK(pieces.parameters == whole.parameters);
    }
}

TEST_CASE("checkpoint: running statistics, dropout and augmentation go on as well") {
    json network = json::parse(kTinyNetwork);
    network["layers"][1] = {{"name", "relu"}, {"type", "batch_norm2d"}};
    network["layers"][5] = {{"name", "relu2"}, {"type", "dropout"}, {"p", 0.3}};
    json configuration = kAdamOneCycle;
    configuration["network"] = network;
    configuration["augment"] = "shift:1";
    const Course whole = course_of(configuration, 0);
    const Course pieces = course_of(configuration, 10);
    CHECK(pieces.losses == whole.losses);
    CHECK(pieces.parameters == whole.parameters);
}

TEST_CASE("checkpoint: settings changed by set are in it") {
    Laboratory first;
    first.open();
    first.configure(kAdamOneCycle);
    train(first, 3);
    first.send({{"command", "set"},
                {"optimizer", {{"type", "rmsprop"}}},
                {"learning_rate", 0.002},
                {"batch_size", 13},
                {"schedule", {{"type", "cosine"}}},
                {"clip_norm", 0}});
    train(first, 4);
    const std::vector<std::byte> file = save(first);
    Laboratory second;
    second.open();
    const json configured = last(second.send({{"command", "load"}}, file), "configured");
    CHECK(configured["optimizer"]["type"] == "rmsprop");
    CHECK(configured["optimizer"]["learning_rate"] == 0.002);
    CHECK(configured["batch_size"] == 13);
    CHECK(configured["schedule"]["type"] == "cosine");
    CHECK(configured["clip_norm"] == 0.0);
    CHECK(train(second, 5) == train(first, 5));
}

TEST_CASE("checkpoint: the past is in it: the loss curve and the evaluations") {
    Laboratory first;
    first.open();
    first.configure(kAdamOneCycle);
    std::vector<double> losses = train(first, 6);
    const std::vector<std::byte> file = save(first);
    Laboratory second;
    second.open();
    const json restored = last(second.send({{"command", "load"}}, file), "restored");
    CHECK(restored["curve"]["losses"].get<std::vector<double>>() == losses);
    REQUIRE(restored["evaluations"].size() == 2);
    CHECK(restored["evaluations"][0]["split"] == "validation");
    CHECK(restored["epoch"] == 1);
}

TEST_CASE("checkpoint: a broken file is refused wherever it breaks, and nothing changes") {
    Laboratory lab;
    lab.open();
    lab.configure(kAdamOneCycle);
    train(lab, 4);
    const std::vector<std::byte> file = save(lab);
    const std::vector<std::byte> before = parameters_of(lab);
    for (const std::size_t length :
         {std::size_t{0}, std::size_t{7}, std::size_t{100}, file.size() / 2, file.size() - 1}) {
        const auto cut = std::span(file).first(length);
        CHECK(count_of(lab.send({{"command", "load"}}, cut), "error") == 1);
    }
    const std::string text(reinterpret_cast<const char*>(file.data()), file.size());
    const auto changed = [&](const std::string& from, const std::string& to) {
        std::string other = text;
        const std::size_t place = other.find(from);
        REQUIRE(place != std::string::npos);
        REQUIRE(from.size() == to.size());
        other.replace(place, from.size(), to);
        return lab.send({{"command", "load"}}, std::as_bytes(std::span(other)));
    };
    CHECK(refused(changed("convoscope-checkpoint/1", "convoscope-checkpoint/9"), "format"));
    CHECK(refused(changed("optimizer.first.conv.weight", "optimizer.first.nose.weight"), "conv"));
    CHECK(refused(changed(R"(\"stretch\":1)", R"(\"stretch\":0)"), "stretch"));
    CHECK(refused(changed(R"(\"image\":80)", R"(\"image\":-8)"), "image"));
    CHECK(refused(changed(R"(\"type\":\"conv2d\")", R"(\"type\":\"conv3d\")"), "conv3d"));
    CHECK(parameters_of(lab) == before);
    CHECK(train(lab, 1).size() == 1);
}

TEST_CASE("checkpoint: one of other data, or none at all, is refused") {
    Laboratory first;
    first.open();
    first.configure(kAdamOneCycle);
    const std::vector<std::byte> file = save(first);
    Laboratory other;
    CHECK(refused(other.send({{"command", "load"}}, file), "open_data"));
    other.open({60, 60});
    CHECK(count_of(other.send({{"command", "load"}}, file), "restored") == 1);
    other.open({60});
    CHECK(refused(other.send({{"command", "load"}}, file), "other data"));
    CHECK(refused(other.send({{"command", "save"}, {"name", "x"}}), "name"));
}

TEST_CASE("history: going back to a moment repeats the training from there, bit for bit") {
    Laboratory lab;
    lab.open();
    lab.configure(kAdamOneCycle);
    train(lab, 4);
    const auto kept = lab.send({{"command", "keep"}});
    const json moments = last(kept, "history")["moments"];
    REQUIRE(moments.size() == 2);
    CHECK(moments[0]["step"] == 0);
    CHECK(moments[1]["step"] == 4);
    const std::vector<double> losses = train(lab, 7);
    const std::vector<std::byte> parameters = parameters_of(lab);
    const auto back = lab.send({{"command", "rewind"}, {"moment", moments[1]["id"]}});
    CHECK(last(back, "status")["step"] == 4);
    // The moment at the end of the epoch came after it.
    CHECK(last(back, "history")["moments"].size() == 2);
    CHECK(train(lab, 7) == losses);
    CHECK(parameters_of(lab) == parameters);
    CHECK(refused(lab.send({{"command", "rewind"}, {"moment", 99}}), "99"));
    CHECK(refused(lab.send({{"command", "rewind"}}), "moment"));
}

TEST_CASE("history: a branch goes its own way and the moments of the other stay") {
    Laboratory lab;
    lab.open();
    lab.configure(kAdamOneCycle);
    const std::vector<double> losses = train(lab, 6);
    const auto branched = lab.send({{"command", "branch"}, {"moment", 1}});
    const json history = last(branched, "history");
    CHECK(history["branch"] == 1);
    CHECK(history["moments"].size() == 2);
    lab.send({{"command", "set"}, {"learning_rate", 0.1}});
    CHECK(train(lab, 6) != losses);
    const json moments = last(lab.send({{"command", "keep"}}), "history")["moments"];
    REQUIRE(moments.size() == 3);
    CHECK(moments[2]["branch"] == 1);
    CHECK(moments[1]["validation_loss"].is_number());
}

TEST_CASE("history: after a step that went wrong one can go back and train on") {
    Laboratory lab;
    lab.open();
    lab.configure({{"optimizer", {{"type", "sgd"}, {"learning_rate", 0.05}}}});
    train(lab, 2);
    const json moments = last(lab.send({{"command", "keep"}}), "history")["moments"];
    const std::vector<std::byte> before = parameters_of(lab);
    lab.send({{"command", "set"}, {"learning_rate", 1e6}, {"weight_decay", 1e6}});
    lab.send({{"command", "start"}});
    CHECK(last(lab.run(), "status")["status"] == "diverged");
    lab.send({{"command", "rewind"}, {"moment", moments.back()["id"]}});
    CHECK(parameters_of(lab) == before);
    lab.send({{"command", "set"}, {"learning_rate", 0.05}, {"weight_decay", 0}});
    CHECK(train(lab, 3).size() == 3);
}
