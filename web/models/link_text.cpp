#include "web/models/link_text.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <optional>

namespace convoscope::models {
namespace {

constexpr std::string_view kHex = "0123456789ABCDEF";

bool may_stand(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-_.~,:;*/").find(c) != std::string_view::npos;
}

std::optional<unsigned> nibble(char c) {
    if (c >= '0' && c <= '9') {
        return static_cast<unsigned>(c - '0');
    }
    const char upper = static_cast<char>(c & ~0x20);
    if (upper >= 'A' && upper <= 'F') {
        return static_cast<unsigned>(upper - 'A') + 10U;
    }
    return std::nullopt;
}

std::string shortest(double value) {
    char text[32];
    for (int digits = 6; digits <= 17; digits += 11) {  // 17 digits give any double back
        std::snprintf(text, sizeof text, "%.*g", digits, value);
        if (std::strtod(text, nullptr) == value) {
            break;
        }
    }
    return text;
}

}  // namespace

void LinkWriter::add(std::string_view name, std::string_view value) {
    if (!text_.empty()) {
        text_ += '&';
    }
    text_.append(name);
    text_ += '=';
    for (const char c : value) {
        if (may_stand(c)) {
            text_ += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            text_ += '%';
            text_ += kHex[byte >> 4U];
            text_ += kHex[byte & 0xFU];
        }
    }
}

void LinkWriter::add(std::string_view name, double value) {
    add(name, std::string_view(shortest(value)));
}
void LinkWriter::add(std::string_view name, int value) {
    add(name, std::string_view(std::to_string(value)));
}
void LinkWriter::add(std::string_view name, bool value) {
    add(name, value ? "1" : "0");
}

std::string decoded(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && text.size() - i > 2) {
            const auto high = nibble(text[i + 1]);
            const auto low = nibble(text[i + 2]);
            if (high && low) {
                result += static_cast<char>(*high << 4U | *low);
                i += 2;
                continue;
            }
        }
        result += text[i];
    }
    return result;
}

bool read_number(const std::string& text, double least, double greatest, double& number) {
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    if (text.empty() || end != text.c_str() + text.size() || !std::isfinite(value) ||
        value < least || value > greatest) {
        return false;
    }
    number = value;
    return true;
}

bool read_whole(const std::string& text, int least, int greatest, int& number) {
    double value = 0.0;
    if (!read_number(text, least, greatest, value) || value != std::floor(value)) {
        return false;
    }
    number = static_cast<int>(value);
    return true;
}

bool read_switch(const std::string& text, bool& on) {
    if (text != "0" && text != "1") {
        return false;
    }
    on = text == "1";
    return true;
}

}  // namespace convoscope::models
