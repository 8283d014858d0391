#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace convoscope::models {

/// Collects `name=value&…`, with whatever an address must not hold as %XX.
class LinkWriter {
  public:
    void add(std::string_view name, std::string_view value);
    void add(std::string_view name, const char* value) { add(name, std::string_view(value)); }
    void add(std::string_view name, double value);  ///< shortest text that reads back the same
    void add(std::string_view name, int value);
    void add(std::string_view name, bool value);  ///< 1 or 0

    [[nodiscard]] const std::string& text() const { return text_; }

  private:
    std::string text_;
};

/// `%XX` become bytes; a percent sign that begins none stays.
[[nodiscard]] std::string decoded(std::string_view text);

/// Calls `take(name, decoded value, pair)` for each pair of `name=value&…`; a pair without `=` has
/// an empty value.
template <class Take>
void for_each_pair(std::string_view text, Take take) {
    while (!text.empty()) {
        const std::string_view pair = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(text.size(), pair.size() + 1));
        if (pair.empty()) {
            continue;
        }
        const auto equals = pair.find('=');
        const bool whole = equals != std::string_view::npos;
        take(pair.substr(0, equals), whole ? decoded(pair.substr(equals + 1)) : "", pair);
    }
}

// Readers of one value: false, and no change, when it is no number or out of bounds.

bool read_number(const std::string& text, double least, double greatest, double& number);
bool read_whole(const std::string& text, int least, int greatest, int& number);
bool read_switch(const std::string& text, bool& on);

}  // namespace convoscope::models
