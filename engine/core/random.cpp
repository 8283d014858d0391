#include "engine/core/random.h"

#include <bit>
#include <cmath>
#include <numbers>

#include "engine/core/check.h"

namespace convoscope {
namespace {

/// One step of splitmix64: turns neighbouring keys into unrelated numbers.
std::uint64_t mix(std::uint64_t value) {
    value += 0x9e3779b97f4a7c15U;
    value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9U;
    value = (value ^ (value >> 27U)) * 0x94d049bb133111ebU;
    return value ^ (value >> 31U);
}

/// FNV-1a.
std::uint64_t hash(std::string_view name) {
    std::uint64_t value = 0xcbf29ce484222325U;
    for (const char letter : name) {
        value = (value ^ static_cast<unsigned char>(letter)) * 0x100000001b3U;
    }
    return value;
}

/// Natural logarithm out of exact operations only, because each libm rounds in its own way.
/// log(m·2^e) = e·log 2 + 2·atanh((m-1)/(m+1)), whose series has odd terms s^n / n.
/// Expects: a normal number above 0.
double portable_log(double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    auto exponent = static_cast<int>((bits >> 52U) & 0x7ffU) - 1023;
    double mantissa = std::bit_cast<double>((bits & 0xfffffffffffffU) | 0x3ff0000000000000U);
    if (mantissa > std::numbers::sqrt2) {
        mantissa *= 0.5;
        ++exponent;
    }
    const double s = (mantissa - 1.0) / (mantissa + 1.0);
    const double square = s * s;
    double sum = 0.0;
    for (int n = 21; n >= 1; n -= 2) {  // |s| < 0.172: the next term is below 1e-17
        sum = sum * square;
        sum = sum + 1.0 / n;
    }
    const double fraction = 2.0 * s * sum;
    const double whole = exponent * std::numbers::ln2;
    return whole + fraction;
}

}  // namespace

Random::Random(std::uint64_t seed, std::string_view stream)
    : Random(Key{mix(seed) ^ hash(stream)}) {}

Random::Random(Key key) : key_(key.value) {
    std::uint64_t counter = key_;
    for (std::uint64_t& word : state_) {
        word = mix(counter);
        counter += 0x9e3779b97f4a7c15U;
    }
}

Random Random::split(std::string_view name) const {
    return Random(Key{mix(key_) ^ hash(name)});
}

Random Random::split(std::uint64_t number) const {
    return Random(Key{mix(key_) ^ mix(~number)});
}

std::uint64_t Random::next_bits() {
    const std::uint64_t result = std::rotl(state_[0] + state_[3], 23) + state_[0];
    const std::uint64_t shifted = state_[1] << 17U;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
}

double Random::uniform() {
    return static_cast<double>(next_bits() >> 11U) * 0x1.0p-53;
}

std::uint64_t Random::below(std::uint64_t bound) {
    CONVOSCOPE_CHECK(bound > 0);
    // Numbers of the last, incomplete multiple of `bound` would favour the small results.
    const std::uint64_t rejected = (0U - bound) % bound;
    std::uint64_t bits = next_bits();
    while (bits < rejected) {
        bits = next_bits();
    }
    return bits % bound;
}

double Random::normal() {
    if (has_spare_normal_) {
        has_spare_normal_ = false;
        return spare_normal_;
    }
    double x = 0.0;
    double y = 0.0;
    double square = 0.0;
    do {
        x = 2.0 * uniform() - 1.0;
        y = 2.0 * uniform() - 1.0;
        const double x_square = x * x;
        const double y_square = y * y;
        square = x_square + y_square;
    } while (square >= 1.0 || square == 0.0);
    const double factor = std::sqrt(-2.0 * portable_log(square) / square);
    spare_normal_ = y * factor;
    has_spare_normal_ = true;
    return x * factor;
}

}  // namespace convoscope
