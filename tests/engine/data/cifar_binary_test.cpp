#include "engine/data/cifar_binary.h"

#include <vector>

#include <doctest/doctest.h>

using namespace convoscope;

namespace {

constexpr std::size_t kPixels = 3072;

std::vector<std::byte> batch_of(const std::vector<int>& labels) {
    std::vector<std::byte> bytes;
    for (const int label : labels) {
        bytes.push_back(static_cast<std::byte>(label));
        bytes.insert(bytes.end(), kPixels, static_cast<std::byte>(100 + label));
    }
    return bytes;
}

}  // namespace

TEST_CASE("CIFAR-10 batch: labels come first, images after them") {
    const auto shard = read_cifar_batch(batch_of({7, 2}), "batch");
    REQUIRE(shard.ok());
    REQUIRE(shard->size() == 2 * (1 + kPixels));
    CHECK((*shard)[0] == std::byte{7});
    CHECK((*shard)[1] == std::byte{2});
    CHECK((*shard)[2] == std::byte{107});
    CHECK((*shard)[1 + kPixels] == std::byte{107});
    CHECK((*shard)[2 + kPixels] == std::byte{102});
}

TEST_CASE("CIFAR-10 batch: a wrong size and a wrong label are named") {
    std::vector<std::byte> cut_off = batch_of({7, 2});
    cut_off.pop_back();
    CHECK(read_cifar_batch(cut_off, "batch").error().message ==
          "batch: 6145 bytes; expected a multiple of 3073");
    CHECK(read_cifar_batch(batch_of({7, 10}), "batch").error().message ==
          "batch: label 10 of image 1; expected 0 to 9");
    CHECK_FALSE(read_cifar_batch({}, "batch").ok());
}
