#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "engine/core/index.h"

namespace convoscope {

/// Represents one stream of random numbers. The same seed and name give the same numbers on every
/// platform: there is no std::distribution and no libm in it.
/// Streams of different names are independent, so that one more layer, or one more shuffle, leaves
/// all other numbers as they were: `Random(seed, "weights").split("conv1")`.
/// Source: xoshiro256++ 1.0 (Blackman and Vigna), seeded by splitmix64.
class Random {
  public:
    explicit Random(std::uint64_t seed, std::string_view stream = {});

    /// A new stream that depends on this stream's key and the name, not on numbers drawn so far.
    [[nodiscard]] Random split(std::string_view name) const;
    [[nodiscard]] Random split(std::uint64_t number) const;

    std::uint64_t next_bits();
    /// In [0, 1), 53 bits.
    double uniform();
    /// In [low, high).
    double uniform(double low, double high) { return low + (high - low) * uniform(); }
    /// In [0, bound), without bias. Expects: bound > 0.
    std::uint64_t below(std::uint64_t bound);
    /// Mean 0, variance 1. Source: Marsaglia's polar method.
    double normal();

    /// Every order equally likely (Fisher-Yates).
    template <class Value>
    void shuffle(std::span<Value> values) {
        for (std::size_t left = values.size(); left > 1; --left) {
            const auto other = static_cast<std::size_t>(below(left));
            std::swap(values[left - 1], values[other]);
        }
    }

  private:
    struct Key {
        std::uint64_t value;
    };
    explicit Random(Key key);

    std::uint64_t key_ = 0;
    std::array<std::uint64_t, 4> state_{};
    double spare_normal_ = 0.0;
    bool has_spare_normal_ = false;
};

}  // namespace convoscope
