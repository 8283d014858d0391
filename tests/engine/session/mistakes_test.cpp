// The images behind a cell of the confusion matrix.

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/support/laboratory.h"

using namespace convoscope;
using namespace convoscope::test;
using nlohmann::json;

namespace {

const Received& find(const std::vector<Received>& events, const std::string& name) {
    const auto found = std::ranges::find_if(
        events, [&](const Received& received) { return received.event["event"] == name; });
    REQUIRE(found != events.end());
    return *found;
}

/// A laboratory whose test set has been evaluated after a few steps.
json evaluate(Laboratory& lab) {
    lab.open();
    lab.configure();
    lab.send({{"command", "step"}, {"count", 3}});
    lab.run();
    lab.send({{"command", "evaluate"}, {"split", "test"}});
    return last(lab.run(), "evaluation");
}

json cell(Index truth, Index predicted, Index count = 100) {
    return {{"command", "mistakes"},
            {"split", "test"},
            {"true", truth},
            {"predicted", predicted},
            {"count", count}};
}

}  // namespace

TEST_CASE("mistakes: each cell of the confusion has as many images as it says") {
    Laboratory lab;
    const json confusion = evaluate(lab)["confusion"];
    Index all = 0;
    for (std::size_t truth = 0; truth < confusion.size(); ++truth) {
        for (std::size_t predicted = 0; predicted < confusion.size(); ++predicted) {
            const auto& received =
                find(lab.send(cell(static_cast<Index>(truth), static_cast<Index>(predicted))),
                     "mistakes");
            CHECK(received.event["count"] == confusion[truth][predicted]);
            CHECK(received.event["images"].size() == received.event["count"]);
            for (const json& image : received.event["images"]) {
                CHECK(image["label"] == truth);
                CHECK(image["predicted"] == predicted);
                all += 1;
            }
        }
    }
    CHECK(all == 30);
}

TEST_CASE("mistakes: the most confident come first, with their pixels") {
    Laboratory lab;
    evaluate(lab);
    const Received received = find(lab.send(cell(-1, -1, 5)), "mistakes");
    const json& images = received.event["images"];
    REQUIRE(images.size() == std::min<std::size_t>(5, received.event["count"]));
    REQUIRE_FALSE(images.empty());
    const auto confidence = [](const json& image) { return image["confidence"].get<double>(); };
    CHECK(std::ranges::is_sorted(images, std::ranges::greater(), confidence));
    for (const json& image : images) {
        CHECK(image["label"] != image["predicted"]);
        CHECK(image["truth"] <= image["confidence"]);
        CHECK(confidence(image) <= 1.0);
    }
    const std::vector<std::byte> pixels =
        find(
            lab.send({{"command", "images"}, {"split", "test"}, {"indices", {images[0]["index"]}}}),
            "images")
            .payload;
    REQUIRE(received.payload.size() == pixels.size() * images.size());
    CHECK(std::ranges::equal(pixels, std::span(received.payload).first(pixels.size())));
}

TEST_CASE("mistakes: before an evaluation there is nothing to open") {
    Laboratory lab;
    lab.open();
    lab.configure();
    CHECK(refused(lab.send(cell(0, 1)), "evaluated"));
    CHECK(refused(lab.send({{"command", "mistakes"}, {"split", "train"}}), "train"));
}
