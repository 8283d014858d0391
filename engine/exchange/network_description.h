#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/core/shape.h"
#include "engine/network/network.h"

namespace convoscope {

/// One layer as other programs' formats want it: the attributes of the network file, in the file's
/// own words, with the shapes around it.
struct LayerDescription {
    std::string name;
    std::string type;
    std::string label;          ///< `layer 3 ("conv2")`
    std::vector<Index> inputs;  ///< values: 0 is the network's input, i + 1 the output of layer i
    Shape input;                ///< of the first input
    Shape output;
    nlohmann::json attributes;  ///< the layer's object in the file

    // Values of attributes that the file may leave out. Expects: the file was read without error.
    [[nodiscard]] Index integer(const char* key, Index fallback) const;
    [[nodiscard]] double number(const char* key, double fallback) const;
    [[nodiscard]] bool flag(const char* key, bool fallback) const;
    [[nodiscard]] std::string text(const char* key, const std::string& fallback) const;
    /// `[height, width]`, also where the file gives one number for both.
    [[nodiscard]] std::pair<Index, Index> spatial(const char* key,
                                                  std::pair<Index, Index> fallback) const;
    [[nodiscard]] bool has(const char* key) const { return attributes.contains(key); }
};

struct NetworkDescription {
    std::string name;
    Shape input;
    std::vector<LayerDescription> layers;

    /// True when every layer reads the one before it, and that alone.
    [[nodiscard]] bool is_chain() const;
    /// How many times layers read a value.
    [[nodiscard]] Index readers(Index value) const;
};

/// Expects: the network was built from a file (`NetworkSpec::source`).
[[nodiscard]] NetworkDescription describe_network(const Network& network);

/// Zeros around an image.
struct Margins {
    Index top = 0;
    Index bottom = 0;
    Index left = 0;
    Index right = 0;

    [[nodiscard]] bool any() const { return top + bottom + left + right > 0; }
    bool operator==(const Margins&) const = default;
};

/// The padding of a `conv2d` or pooling layer as numbers, also where the file says "same".
[[nodiscard]] Margins padding_of(const LayerDescription& layer);

/// The padding of a pooling layer with what `ceil_mode` invents at the end: with it, and rounded
/// down, the layer has the same outputs.
[[nodiscard]] Margins ceil_padding_of(const LayerDescription& layer);

}  // namespace convoscope
