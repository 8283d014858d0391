#include "engine/core/random.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

#include <doctest/doctest.h>

using convoscope::Random;

TEST_CASE("random: the first numbers of seed 1 are the same on every platform") {
    Random random(1, "weights");
    const std::array<std::uint64_t, 3> bits{
        random.next_bits(), random.next_bits(), random.next_bits()};
    CHECK(bits == std::array<std::uint64_t, 3>{
                      0x566cb547f9db1015U, 0x1e3ae3c7120fd00aU, 0x2fd580b4a594b99aU});
    Random normal(1, "normal");
    CHECK(normal.normal() == -0x1.80de3e79f7cbbp+0);
    CHECK(normal.normal() == 0x1.c75fabeae4ea3p-1);
    CHECK(normal.normal() == 0x1.860f37b4d9d4ep-3);
}

TEST_CASE("random: a split stream depends on the key and the name, not on numbers drawn") {
    Random first(7, "data");
    Random second(7, "data");
    second.next_bits();
    CHECK(first.split("epoch").next_bits() == second.split("epoch").next_bits());
    CHECK(first.split(3).next_bits() == second.split(3).next_bits());
    CHECK(first.split(3).next_bits() != first.split(4).next_bits());
    CHECK(first.split("a").next_bits() != first.split("b").next_bits());
    CHECK(Random(7, "data").next_bits() != Random(8, "data").next_bits());
    CHECK(Random(7, "data").next_bits() != Random(7, "atad").next_bits());
}

TEST_CASE("random: uniform numbers fill [0, 1) evenly") {
    Random random(3);
    std::array<int, 10> histogram{};
    for (int i = 0; i < 100000; ++i) {
        const double value = random.uniform();
        REQUIRE(value >= 0.0);
        REQUIRE(value < 1.0);
        ++histogram[static_cast<std::size_t>(value * 10.0)];
    }
    for (const int count : histogram) {
        CHECK(std::abs(count - 10000) < 500);  // five standard deviations
    }
}

TEST_CASE("random: normal numbers have mean 0, variance 1 and the bell's tails") {
    Random random(4);
    constexpr int kCount = 100000;
    double sum = 0.0;
    double squares = 0.0;
    int beyond_two = 0;
    for (int i = 0; i < kCount; ++i) {
        const double value = random.normal();
        sum += value;
        squares += value * value;
        beyond_two += std::abs(value) > 2.0 ? 1 : 0;
    }
    CHECK(std::abs(sum / kCount) < 0.016);            // five standard deviations
    CHECK(std::abs(squares / kCount - 1.0) < 0.023);  // five standard deviations
    CHECK(std::abs(beyond_two / double{kCount} - 0.0455) < 0.0033);
}

TEST_CASE("random: a shuffle keeps every element and puts each anywhere equally often") {
    constexpr int kSize = 5;
    std::array<std::array<int, kSize>, kSize> places{};
    Random random(5);
    for (int round = 0; round < 20000; ++round) {
        std::vector<int> values(kSize);
        std::iota(values.begin(), values.end(), 0);
        random.shuffle<int>(values);
        for (std::size_t place = 0; place < kSize; ++place) {
            ++places[place][static_cast<std::size_t>(values[place])];
        }
        std::ranges::sort(values);
        REQUIRE(values == std::vector<int>{0, 1, 2, 3, 4});
    }
    for (const auto& row : places) {
        for (const int count : row) {
            CHECK(std::abs(count - 4000) < 285);  // five standard deviations
        }
    }
}

TEST_CASE("random: below() reaches every number under its bound and no other") {
    Random random(6);
    std::array<bool, 7> seen{};
    for (int i = 0; i < 500; ++i) {
        const auto value = random.below(7);
        REQUIRE(value < 7);
        seen[static_cast<std::size_t>(value)] = true;
    }
    CHECK(std::ranges::all_of(seen, [](bool reached) { return reached; }));
    CHECK(random.below(1) == 0);
}
