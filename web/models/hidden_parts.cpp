#include "web/models/hidden_parts.h"

#include <algorithm>

namespace convoscope::models {
namespace {

constexpr std::size_t kLongestName = 24;

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= kLongestName &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

bool HiddenParts::has(std::string_view part) const {
    return std::find(parts_.begin(), parts_.end(), part) != parts_.end();
}

void HiddenParts::set(std::string_view part, bool hidden) {
    const auto at = std::lower_bound(parts_.begin(), parts_.end(), part);
    const bool there = at != parts_.end() && *at == part;
    if (hidden && !there && parts_.size() < kMostParts) {
        parts_.emplace(at, part);
    } else if (!hidden && there) {
        parts_.erase(at);
    }
}

std::string HiddenParts::text() const {
    std::string text;
    for (const std::string& part : parts_) {
        text += (text.empty() ? "" : ",") + part;
    }
    return text;
}

bool HiddenParts::read(std::string_view text) {
    HiddenParts read;
    while (!text.empty()) {
        const std::string_view part = text.substr(0, text.find(','));
        text.remove_prefix(std::min(text.size(), part.size() + 1));
        if (!is_name(part) || read.parts_.size() == kMostParts) {
            return false;
        }
        read.set(part, true);
    }
    *this = read;
    return true;
}

}  // namespace convoscope::models
