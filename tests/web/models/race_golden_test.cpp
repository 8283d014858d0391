// The page's race, through the engine, against the same race in PyTorch
// (tests/golden/cases_race.py).

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "engine/exchange/safetensors.h"
#include "tests/web/models/racing_page.h"

using namespace convoscope;
using namespace convoscope::models;
using nlohmann::json;
using test_support::Page;

namespace {

constexpr int kSteps = 20;
constexpr Index kImages = 9;
constexpr std::size_t kPixels = 48;

std::string read_text(const std::string& name) {
    std::ifstream file("tests/golden/race/" + name, std::ios::binary);
    REQUIRE_MESSAGE(file.good(), "cannot read ", name);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<Tensor> read_tensors(const std::string& name) {
    const std::string bytes = read_text(name);
    return std::move(read_safetensors(std::as_bytes(std::span(bytes)), name).value());
}

/// PyTorch's nine pictures, and a black one.
struct Batch {
    std::vector<std::int64_t> labels;
    std::vector<std::byte> pixels;
};

Batch read_batch() {
    const std::vector<Tensor> tensors = read_tensors("input.safetensors");
    Batch batch{.labels = find_tensor(tensors, "labels")->integers, .pixels = {}};
    for (const float pixel : find_tensor(tensors, "pixels")->floats) {
        batch.pixels.push_back(static_cast<std::byte>(pixel));
    }
    batch.labels.push_back(batch.labels.front());
    batch.pixels.insert(batch.pixels.end(), kPixels, std::byte{0});
    return batch;
}

/// Gives the page these pictures, PyTorch's weights, and a seed that holds the black picture out,
/// to validate on: so the nine others are each batch.
void prepare(Page& page, const Batch& batch) {
    const std::string weights = read_text("weights.safetensors");
    page.tell_engine(
        {{"command", "open_images"}, {"input", {1, 8, 6}}, {"classes", {"0", "1", "2"}}});
    page.tell_engine({{"command", "add_images"}, {"labels", batch.labels}}, batch.pixels);
    bool black = false;
    for (int seed = 1; seed < 200 && !black; ++seed) {
        page.tell_engine({{"command", "configure"},
                          {"network", json::parse(read_text("network.json"))},
                          {"seed", seed},
                          {"batch_size", kImages},
                          {"validation_count", 1},
                          {"validation_interval", 0}},
                         std::as_bytes(std::span(weights)));
        page.tell_engine({{"command", "images"}, {"split", "validation"}, {"indices", {0}}});
        black = std::ranges::all_of(page.train().pictures.pixels,
                                    [](std::uint8_t pixel) { return pixel == 0; });
    }
    REQUIRE(black);
}

}  // namespace

TEST_CASE("race: its lanes are the trajectories of PyTorch's SGD, momentum and Adam") {
    Page page;
    prepare(page, read_batch());
    CHECK(page.dispatch(commands::race(kSteps)).empty());
    const TrainModel& train = page.train();
    REQUIRE(train.kept_runs.size() == 2);
    const std::vector<Tensor> expected = read_tensors("expected.safetensors");
    const auto check = [&](const MetricSeries& lane, const std::string& name) {
        INFO(name);
        const std::vector<float>& losses = find_tensor(expected, name)->floats;
        REQUIRE(lane.values().size() == losses.size());
        for (std::size_t step = 0; step < losses.size(); ++step) {
            INFO("step ", step);
            CHECK(lane.values()[step] ==
                  doctest::Approx(static_cast<double>(losses[step])).epsilon(1e-5));
        }
    };
    check(train.kept_runs[0].loss, "sgd");
    check(train.kept_runs[1].loss, "momentum");
    check(train.loss, "adam");
}
