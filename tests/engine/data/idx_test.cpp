#include "engine/data/idx.h"

#include <initializer_list>
#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace convoscope;

namespace {

std::vector<std::byte> bytes_of(std::initializer_list<int> numbers) {
    std::vector<std::byte> bytes;
    for (const int number : numbers) {
        bytes.push_back(static_cast<std::byte>(number));
    }
    return bytes;
}

/// Two images of 1×3 pixels.
std::vector<std::byte> images_file() {
    return bytes_of({0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 10, 11, 12, 20, 21, 22});
}

bool says(const std::string& message, const std::string& words) {
    return message.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("IDX: images and labels are read") {
    const auto images = read_idx_images(images_file(), "images");
    REQUIRE(images.ok());
    CHECK(images->count == 2);
    CHECK(images->rows == 1);
    CHECK(images->columns == 3);
    CHECK(images->pixels.size() == 6);
    const auto bytes = bytes_of({0, 0, 8, 1, 0, 0, 0, 2, 9, 0});
    const auto labels = read_idx_labels(bytes, 10, "labels");
    REQUIRE(labels.ok());
    CHECK(labels->size() == 2);
}

TEST_CASE("IDX: a truncated file is named with its figures") {
    std::vector<std::byte> bytes = images_file();
    bytes.pop_back();
    const auto images = read_idx_images(bytes, "train-images");
    REQUIRE_FALSE(images.ok());
    CHECK(says(images.error().message, "train-images"));
    CHECK(says(images.error().message, "5 bytes"));
    CHECK(says(images.error().message, "expected 2 × 1 × 3"));
}

TEST_CASE("IDX: every shorter file and a longer one are refused") {
    const std::vector<std::byte> whole = images_file();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CHECK_FALSE(read_idx_images(std::span(whole).first(size), "short").ok());
    }
    std::vector<std::byte> longer = whole;
    longer.push_back(std::byte{0});
    CHECK_FALSE(read_idx_images(longer, "long").ok());
}

TEST_CASE("IDX: a wrong magic number, as of labels taken for images, is named") {
    const auto bytes = bytes_of({0, 0, 8, 1, 0, 0, 0, 2, 9, 0, 0, 0, 0, 0, 0, 0});
    const auto images = read_idx_images(bytes, "labels");
    REQUIRE_FALSE(images.ok());
    CHECK(says(images.error().message, "magic number 2049; expected 2051"));
}

TEST_CASE("IDX: extents that overflow their product are refused") {
    const auto bytes = bytes_of({0, 0, 8, 3, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 1});
    CHECK_FALSE(read_idx_images(bytes, "huge").ok());
}

TEST_CASE("IDX: a label out of range is named with its image") {
    const auto bytes = bytes_of({0, 0, 8, 1, 0, 0, 0, 2, 9, 10});
    const auto labels = read_idx_labels(bytes, 10, "labels");
    REQUIRE_FALSE(labels.ok());
    CHECK(says(labels.error().message, "label 10 of image 1"));
}

TEST_CASE("IDX: extents whose product fits no integer are refused with the product") {
    const auto bytes =
        bytes_of({0, 0, 8, 3, 0, 255, 255, 255, 0, 255, 255, 255, 0, 255, 255, 255, 1});
    const auto images = read_idx_images(bytes, "huge");
    REQUIRE_FALSE(images.ok());
    CHECK(says(images.error().message, "expected 16777215 × 16777215 × 16777215"));
}
