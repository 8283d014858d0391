#include "web/models/inspect/softmax.h"

#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include "engine/core/lanes.h"
#include "engine/losses/softmax_cross_entropy.h"
#include "tests/web/models/inspect/trained.h"

using namespace convoscope;
using namespace convoscope::models::inspect;
using namespace convoscope::test;

namespace {

const std::vector<float> kScores{-7.3F, 1.2F, 3.5F, 1.6F, 0.2F, -2.9F, -14.1F, 4.8F, -5.2F, 2.8F};

}  // namespace

TEST_CASE("softmax: a class's exponential over the sum of all, as without the greatest taken off") {
    long double whole = 0.0L;
    for (const float score : kScores) {
        whole += std::exp(static_cast<long double>(score));
    }
    double all = 0.0;
    for (Index type = 0; type < std::ssize(kScores); ++type) {
        const auto softmax = open_softmax(kScores, type);
        REQUIRE(softmax.has_value());
        const auto wanted =
            static_cast<double>(std::exp(static_cast<long double>(kScores[at(type)])) / whole);
        CHECK(softmax->probability == doctest::Approx(wanted).epsilon(1e-12));
        CHECK(softmax->exponentials[at(type)] / softmax->sum == softmax->probability);
        all += softmax->probability;
    }
    CHECK(all == doctest::Approx(1.0).epsilon(1e-12));
}

TEST_CASE("softmax: its probabilities are the engine's") {
    std::vector<float> lanes(kScores.size() * kLanes);
    for (std::size_t i = 0; i < kScores.size(); ++i) {
        lanes[i * kLanes] = kScores[i];
    }
    std::vector<float> probabilities(lanes.size());
    softmax(lanes, probabilities);
    for (std::size_t i = 0; i < kScores.size(); ++i) {
        CHECK(open_softmax(kScores, static_cast<Index>(i))->probability ==
              doctest::Approx(static_cast<double>(probabilities[i * kLanes])).epsilon(1e-5));
    }
}

TEST_CASE("softmax: scores beyond what an exponential can hold keep their quotients") {
    const auto softmax = open_softmax(std::vector<float>{2000.0F, 1999.0F, -3000.0F}, 1);
    REQUIRE(softmax.has_value());
    CHECK(softmax->greatest == 2000.0);
    CHECK(softmax->probability == doctest::Approx(std::exp(-1.0) / (1.0 + std::exp(-1.0))));
}

TEST_CASE("softmax: no class and no number open nothing") {
    CHECK_FALSE(open_softmax(kScores, -1).has_value());
    CHECK_FALSE(open_softmax(kScores, 10).has_value());
    const float lost = std::numeric_limits<float>::quiet_NaN();
    CHECK_FALSE(open_softmax(std::vector<float>{1.0F, lost}, 0).has_value());
}

TEST_CASE("softmax: it belongs to the neurons that are scores, and to no others") {
    const Trained trained = train(network_of(kNetworks.front()));
    const Values values(trained.model.network, trained.snapshot);
    for (Index stage = 0; stage < std::ssize(trained.model.stages); ++stage) {
        const auto neuron = open_neuron(values, trained.model.stages, stage, {.channel = 1});
        REQUIRE(neuron.has_value());
        const auto softmax = trained.model.softmax(*neuron, trained.snapshot);
        CHECK(softmax.has_value() == (stage + 1 == std::ssize(trained.model.stages)));
        if (softmax) {
            CHECK(softmax->scores[1] == neuron->value);
        }
    }
}
