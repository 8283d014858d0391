#pragma once

#include <memory>
#include <string>
#include <utility>

#include <doctest/doctest.h>

#include "engine/network/network.h"
#include "engine/network/network_file.h"

namespace convoscope::tests {

/// Network files in a line: `input` is `[1, 4, 4]`, `layers` what stands between the brackets.
inline Result<std::unique_ptr<Network>> try_network(const std::string& input,
                                                    const std::string& layers) {
    auto spec = parse_network_file(R"({"format": "convoscope/1", "input": )" + input +
                                   R"(, "layers": [)" + layers + "]}");
    REQUIRE_MESSAGE(spec.ok(), spec.error().message);
    return Network::build(std::move(*spec));
}

/// The same, of a network that can be built, its parameters drawn from `seed`.
inline std::unique_ptr<Network> tiny_network(const std::string& input,
                                             const std::string& layers,
                                             std::uint64_t seed = 3) {
    auto network = try_network(input, layers);
    REQUIRE_MESSAGE(network.ok(), network.error().message);
    (*network)->initialize(seed);
    return std::move(*network);
}

}  // namespace convoscope::tests
