// Training steps of networks on noise, in turns with multiply-add and nothing else on the same
// threads, so that a busy moment of the machine meets both and a step's share of that ceiling is
// true. Prints one JSON document: for each network and round images a second and both rates in
// GFLOP/s. usage: steps [--batch B] [--threads T] [--rounds R] [--milliseconds M] NETWORK... A
// NETWORK is the text of a network file, so that the program needs no files and a browser runs it
// too.

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "bench/multiply_add.h"
#include "cli/arguments.h"
#include "cli/step_rate.h"
#include "engine/core/lanes.h"
#include "engine/network/network_file.h"

namespace {

using namespace convoscope;

struct Wish {
    Index batch = 64;
    int threads = 1;
    Index rounds = 5;
    double seconds = 0.3;  ///< of a round of one network
};

/// Some hundredths of a second.
constexpr Index kMultiplyAddSteps = 15'000'000;
constexpr int kWarmUpRounds = 2;

Result<std::vector<cli::StepRate>> make_rates(const std::vector<std::string>& networks,
                                              const Wish& wish) {
    std::vector<cli::StepRate> rates;
    for (const std::string& network : networks) {
        Result<NetworkSpec> spec = parse_network_file(network);
        if (!spec) {
            return spec.error();
        }
        Result<cli::StepRate> rate =
            cli::StepRate::create(std::move(*spec), wish.batch, wish.threads);
        if (!rate) {
            return rate.error();
        }
        rates.push_back(std::move(*rate));
    }
    return rates;
}

Status measure(const std::vector<std::string>& networks, const Wish& wish) {
    Result<std::vector<cli::StepRate>> rates = make_rates(networks, wish);
    if (!rates) {
        return rates.error();
    }
    std::vector<nlohmann::ordered_json> results(rates->size());
    for (Index round = -kWarmUpRounds; round < wish.rounds; ++round) {
        for (std::size_t i = 0; i < rates->size(); ++i) {
            const double ceiling = bench::multiply_add_gigaflops(wish.threads, kMultiplyAddSteps);
            const double images_per_second = (*rates)[i].images_per_second(wish.seconds);
            if (round >= 0) {
                results[i]["rounds"].push_back(
                    {{"images_per_second", images_per_second},
                     {"gigaflops", (*rates)[i].gigaflops(images_per_second)},
                     {"multiply_add_gigaflops", ceiling}});
            }
        }
    }
    const nlohmann::ordered_json report = {{"lanes", kLanes},
                                           {"batch", wish.batch},
                                           {"threads", wish.threads},
                                           {"results", std::move(results)}};
    std::printf("%s\n", report.dump().c_str());
    return success();
}

Status run(const std::vector<std::string>& words) {
    Result<cli::Arguments> arguments =
        cli::Arguments::parse(words, {}, {"--batch", "--threads", "--rounds", "--milliseconds"});
    if (!arguments) {
        return arguments.error();
    }
    const Wish wish{.batch = arguments->integer("--batch", 64, 1, 4096),
                    .threads = static_cast<int>(arguments->integer("--threads", 1, 1, 64)),
                    .rounds = arguments->integer("--rounds", 5, 1, 1000),
                    .seconds = arguments->number("--milliseconds", 300, 1, 1e6) * 1e-3};
    if (const Status read = arguments->status(); !read) {
        return read;
    }
    return measure(arguments->positional(), wish);
}

}  // namespace

int main(int argument_count, char** arguments) {
    if (const Status done = run({arguments + 1, arguments + argument_count}); !done) {
        std::fprintf(stderr, "steps: %s\n", done.error().message.c_str());
        return 2;
    }
    return 0;
}
