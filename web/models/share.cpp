#include "web/models/share.h"

namespace convoscope::models {
namespace {

/// As the value of an attribute between double quotes.
std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == '&') {
            result += "&amp;";
        } else if (c == '"') {
            result += "&quot;";
        } else if (c == '<') {
            result += "&lt;";
        } else {
            result += c;
        }
    }
    return result;
}

}  // namespace

std::string embed_code(std::string_view address, std::string_view link) {
    const std::string source = std::string(address) + "?embed=1#" + std::string(link);
    return "<iframe src=\"" + escaped(source) +
           "\" title=\"Convoscope\" width=\"100%\" height=\"720\" style=\"border: 0\" "
           "allow=\"clipboard-write; fullscreen\" loading=\"lazy\"></iframe>";
}

}  // namespace convoscope::models
