#include "web/models/share.h"

#include "web/models/markup_text.h"

namespace convoscope::models {
std::string embed_code(std::string_view address, std::string_view link) {
    const std::string source = std::string(address) + "?embed=1#" + std::string(link);
    return "<iframe src=\"" + escaped_markup(source) +
           "\" title=\"Convoscope\" width=\"100%\" height=\"720\" style=\"border: 0\" "
           "allow=\"clipboard-write; fullscreen\" loading=\"lazy\"></iframe>";
}

}  // namespace convoscope::models
