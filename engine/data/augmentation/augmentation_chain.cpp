#include "engine/data/augmentation/augmentation_chain.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace convoscope {
namespace {

constexpr std::size_t kMostParameters = 3;
constexpr std::size_t kMostLinks = 16;
using Parameters = std::array<double, kMostParameters>;

struct Parameter {
    const char* name = nullptr;  ///< null: there is none
    double fallback = 0.0;
    double lowest = 0.0;
    double highest = 0.0;
    bool whole = false;
};

struct Kind {
    const char* name = nullptr;
    std::array<Parameter, kMostParameters> parameters;
    AugmentationPointer (*make)(const Parameters&) = nullptr;
};

constexpr std::array kKinds = {
    Kind{"shift",
         {{{"pixels", 2, 0, 4096, true}}},
         [](const Parameters& p) { return make_shift(static_cast<Index>(p[0])); }},
    Kind{"crop",
         {{{"padding", 4, 0, 4096, true}}},
         [](const Parameters& p) { return make_crop(static_cast<Index>(p[0])); }},
    Kind{"flip",
         {{{"probability", 0.5, 0, 1, false}}},
         [](const Parameters& p) { return make_flip(p[0]); }},
    Kind{"rotate",
         {{{"degrees", 10, 0, 180, false}}},
         [](const Parameters& p) { return make_rotate(p[0]); }},
    Kind{"scale",
         {{{"amount", 0.1, 0, 0.9, false}}},
         [](const Parameters& p) { return make_scale(p[0]); }},
    Kind{"elastic",
         {{{"alpha", 34, 0, 10000, false}, {"sigma", 4, 0.1, 64, false}}},
         [](const Parameters& p) { return make_elastic(p[0], p[1]); }},
    Kind{"jitter",
         {{{"brightness", 0.2, 0, 1, false},
           {"contrast", 0.2, 0, 1, false},
           {"saturation", 0.2, 0, 1, false}}},
         [](const Parameters& p) { return make_jitter(p[0], p[1], p[2]); }},
    Kind{"cutout", {{{"size", 8, 0, 4096, true}}}, [](const Parameters& p) {
             return make_cutout(static_cast<Index>(p[0]));
         }}};

std::string kind_names() {
    std::string names;
    for (const Kind& kind : kKinds) {
        names += (names.empty() ? "" : ", ") + std::string(kind.name);
    }
    return names;
}

std::vector<std::string_view> split_text(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    while (begin <= text.size()) {
        const std::size_t end = std::min(text.find(separator, begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

std::string number_text(double number) {
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    return {text.data(), end};
}

bool is_within(const Parameter& parameter, double number) {
    const bool in_range = number >= parameter.lowest && number <= parameter.highest;
    return in_range && (!parameter.whole || number == std::floor(number));
}

Result<double> parse_parameter(const Kind& kind,
                               const Parameter& parameter,
                               std::string_view text) {
    const std::string copy(text);
    char* end = nullptr;
    const double number = std::strtod(copy.c_str(), &end);
    if (copy.empty() || end != copy.c_str() + copy.size() || !is_within(parameter, number)) {
        return Error{std::string("augment: ") + kind.name + "'s " + parameter.name + " is \"" +
                     copy + "\"; expected a " + (parameter.whole ? "whole " : "") + "number from " +
                     number_text(parameter.lowest) + " to " + number_text(parameter.highest)};
    }
    return number;
}

Result<AugmentationPointer> parse_link(std::string_view text) {
    const std::vector<std::string_view> parts = split_text(text, ':');
    const auto* kind = std::ranges::find(kKinds, parts.front(), [](const Kind& candidate) {
        return std::string_view(candidate.name);
    });
    if (kind == kKinds.end()) {
        return Error{"augment: \"" + std::string(parts.front()) + "\" is unknown; expected " +
                     kind_names()};
    }
    Parameters parameters{};
    std::size_t known = 0;
    for (; known < kMostParameters && kind->parameters[known].name != nullptr; ++known) {
        const Parameter& parameter = kind->parameters[known];
        parameters[known] = parameter.fallback;
        if (known + 1 < parts.size()) {
            const Result<double> number = parse_parameter(*kind, parameter, parts[known + 1]);
            if (!number) {
                return number.error();
            }
            parameters[known] = *number;
        }
    }
    if (parts.size() > known + 1) {
        return Error{"augment: \"" + std::string(text) + "\" has " +
                     std::to_string(parts.size() - 1) + " parameters; expected at most " +
                     std::to_string(known)};
    }
    return kind->make(parameters);
}

}  // namespace

Result<AugmentationChain> AugmentationChain::parse(std::string_view text) {
    AugmentationChain chain;
    chain.text_ = text;
    if (text.empty()) {
        return chain;
    }
    for (const std::string_view part : split_text(text, ',')) {
        Result<AugmentationPointer> link = parse_link(part);
        if (!link) {
            return link.error();
        }
        if (chain.links_.size() == kMostLinks) {
            return Error{"augment: more than " + std::to_string(kMostLinks) + " augmentations"};
        }
        chain.links_.push_back(std::move(*link));
    }
    return chain;
}

Index AugmentationChain::workspace_floats(const Shape& shape) const {
    Index scratch = 0;
    for (const AugmentationPointer& link : links_) {
        scratch = std::max(scratch, link->scratch_floats(shape));
    }
    return 2 * shape.element_count() + scratch;
}

std::span<const float> AugmentationChain::apply(const Image& image,
                                                std::span<float> workspace) const {
    const std::size_t count = image.pixels.size();
    std::span<float> input = workspace.first(count);
    std::span<float> output = workspace.subspan(count, count);
    const std::span<float> scratch = workspace.subspan(2 * count);
    for (std::size_t i = 0; i < count; ++i) {
        input[i] = static_cast<float>(image.pixels[i]) * (1.0F / 255.0F);
    }
    const Random stream = Random(image.seed, "augmentation")
                              .split(static_cast<std::uint64_t>(image.epoch))
                              .split(image.number);
    for (std::size_t link = 0; link < links_.size(); ++link) {
        // A stream each, so that one more augmentation leaves the others as they were.
        Random random = stream.split(link);
        links_[link]->apply({.shape = image.shape,
                             .input = input,
                             .output = output,
                             .scratch = scratch.first(static_cast<std::size_t>(
                                 links_[link]->scratch_floats(image.shape))),
                             .background = image.background,
                             .random = random});
        std::swap(input, output);
    }
    return input;
}

}  // namespace convoscope
