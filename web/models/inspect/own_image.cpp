#include "web/models/inspect/own_image.h"

#include <algorithm>
#include <cmath>

#include "web/models/convolve/photo.h"
#include "web/models/inspect/pad.h"

namespace convoscope::models::inspect {
namespace {

constexpr Index kDigit = 28;
constexpr Index kLeastSide = 8;

std::vector<float> shares_of(const std::vector<std::uint8_t>& bytes) {
    std::vector<float> shares;
    shares.reserve(bytes.size());
    for (const std::uint8_t byte : bytes) {
        shares.push_back(static_cast<float>(byte) / 255.0F);
    }
    return shares;
}

}  // namespace

std::string refusal_of_photos(const Shape& input) {
    const auto fits = [](Index side) {
        return side >= kLeastSide && side <= convolve::Photo::kLargestSide;
    };
    if ((input.channels == 1 || input.channels == 3) && fits(input.height) && fits(input.width)) {
        return {};
    }
    return "this network reads no photographs: its input is " + input.text();
}

std::vector<float> ink_of_photo(const std::vector<std::uint8_t>& greys, Index side) {
    std::vector<float> values = shares_of(greys);
    std::vector<float> border;
    for (Index i = 0; i < side; ++i) {
        for (const Index place : {i, (side - 1) * side + i, i * side, i * side + side - 1}) {
            border.push_back(values[at(place)]);
        }
    }
    const auto middle = border.begin() + std::ssize(border) / 2;
    std::ranges::nth_element(border, middle);
    const float ground = *middle;
    float most = 0.0F;
    for (float& value : values) {  // as far from the ground as it is, to whichever side is more
        most = std::abs(value - ground) > std::abs(most) ? value - ground : most;
    }
    constexpr float kLeastContrast = 0.08F;
    constexpr float kFaint = 0.35F;  // shadows and noise: no ink
    const float scale = std::abs(most) < kLeastContrast ? 0.0F : 1.0F / most;
    for (float& value : values) {
        const float share = std::clamp((value - ground) * scale, 0.0F, 1.0F);
        value = share < kFaint ? 0.0F : (share - kFaint) / (1.0F - kFaint);
    }
    return values;
}

void take_photo(OwnImage& own, const convolve::PhotoPixels& photo, const Shape& input) {
    ++own.revision;
    const bool grey = input.channels == 1;
    const convolve::PhotoPixels seen = grey ? grey_of(photo) : photo;
    if (grey && input.height == kDigit && input.width == kDigit) {
        const convolve::PhotoPixels cells = reduced(seen, kPadCells, kPadCells);
        own.values = as_digit(ink_of_photo(cells.bytes, kPadCells));
    } else {
        own.values = shares_of(reduced(seen, input.height, input.width).bytes);
    }
    own.picture = {.split = {},
                   .indices = {0},
                   .labels = {0},
                   .channels = static_cast<int>(input.channels),
                   .height = static_cast<int>(input.height),
                   .width = static_cast<int>(input.width),
                   .pixels = {}};
    for (const float value : own.values) {
        own.picture.pixels.push_back(static_cast<std::uint8_t>(std::lround(255.0F * value)));
    }
}

}  // namespace convoscope::models::inspect
