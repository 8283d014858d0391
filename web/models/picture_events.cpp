#include "web/models/picture_events.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

#include "web/models/json_reading.h"

namespace convoscope::models {
namespace {

std::vector<std::uint8_t> bytes_of(std::span<const std::byte> payload) {
    std::vector<std::uint8_t> bytes(payload.size());
    std::transform(payload.begin(), payload.end(), bytes.begin(), [](std::byte byte) {
        return std::to_integer<std::uint8_t>(byte);
    });
    return bytes;
}

}  // namespace

void take_images(TrainModel& model, const Json& event, std::span<const std::byte> payload) {
    const auto shape = numbers_of<int>(event, "shape");
    Pictures pictures;
    pictures.split = text_of(event, "split");
    pictures.indices = numbers_of<std::int64_t>(event, "indices");
    pictures.labels = numbers_of<int>(event, "labels");
    if (shape.size() < 3) {
        return;
    }
    pictures.channels = shape[shape.size() - 3];
    pictures.height = shape[shape.size() - 2];
    pictures.width = shape[shape.size() - 1];
    pictures.pixels = bytes_of(payload);
    if (pictures.labels.size() == pictures.count() &&
        pictures.pixels.size() == pictures.count() * pictures.picture_size()) {
        const bool of_test = pictures.split == "test";
        (of_test ? model.test_pictures : model.pictures) = std::move(pictures);
        ++(of_test ? model.test_pictures_revision : model.pictures_revision);
    }
}

void take_mistakes(TrainModel& model, const Json& event, std::span<const std::byte> payload) {
    const auto shape = numbers_of<int>(event, "shape");
    Mistakes mistakes{.split = text_of(event, "split"),
                      .true_class = small_of(event, "true", -1),
                      .predicted_class = small_of(event, "predicted", -1),
                      .step = integer_of(event, "step"),
                      .count = integer_of(event, "count"),
                      .images = {},
                      .pictures = {}};
    Pictures& pictures = mistakes.pictures;
    for (const Json& image : member_of(event, "images")) {
        if (image.is_object()) {
            mistakes.images.push_back({.index = integer_of(image, "index"),
                                       .label = small_of(image, "label"),
                                       .predicted = small_of(image, "predicted"),
                                       .confidence = number_of(image, "confidence"),
                                       .truth = number_of(image, "truth")});
            pictures.indices.push_back(mistakes.images.back().index);
            pictures.labels.push_back(mistakes.images.back().label);
        }
    }
    if (shape.size() != 3) {
        return;
    }
    pictures.channels = shape[0];
    pictures.height = shape[1];
    pictures.width = shape[2];
    pictures.pixels = bytes_of(payload);
    if (pictures.pixels.size() == pictures.count() * pictures.picture_size()) {
        model.mistakes = std::move(mistakes);
        ++model.mistakes_revision;
    }
}

/// From 0 to 1 to bytes, as pictures are drawn.
void take_augmented(TrainModel& model, const Json& event, std::span<const std::byte> payload) {
    const auto shape = numbers_of<int>(event, "shape");
    if (shape.size() != 4 || shape[0] < 1) {
        return;
    }
    Pictures pictures{
        .split = "train",
        .indices = std::vector<std::int64_t>(static_cast<std::size_t>(shape[0]),
                                             integer_of(event, "index")),
        .labels = std::vector<int>(static_cast<std::size_t>(shape[0]), small_of(event, "label")),
        .channels = shape[1],
        .height = shape[2],
        .width = shape[3],
        .pixels = {}};
    std::vector<float> values(payload.size() / sizeof(float));
    if (values.empty() || values.size() != pictures.count() * pictures.picture_size()) {
        return;
    }
    std::memcpy(values.data(), payload.data(), values.size() * sizeof(float));
    for (const float value : values) {
        const float byte = std::clamp(value, 0.0F, 1.0F) * 255.0F + 0.5F;
        pictures.pixels.push_back(static_cast<std::uint8_t>(byte));
    }
    model.augmented = std::move(pictures);
    ++model.augmented_revision;
}

void take_preprocessed(TrainModel& model, const Json& event, std::span<const std::byte> payload) {
    const auto shape = numbers_of<std::int64_t>(event, "shape");
    std::vector<float> values(payload.size() / sizeof(float));
    if (shape.size() != 4 || values.empty() || values.size() % 2 != 0) {
        return;
    }
    std::memcpy(values.data(), payload.data(), values.size() * sizeof(float));
    const auto half = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    model.preprocessed = {.pixels = {half, values.end()},
                          .input = {.name = "input",
                                    .shape = {shape.begin() + 1, shape.end()},
                                    .values = {values.begin(), half}}};
    ++model.preprocessed_revision;
}

}  // namespace convoscope::models
