#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace convoscope::models {

/// Parts of the page that a link leaves out, so that a teacher shows only what a lesson is about:
/// `hide=navigation,settings`. Each room asks for its own parts by name.
class HiddenParts {
  public:
    static constexpr std::size_t kMostParts = 24;

    [[nodiscard]] bool has(std::string_view part) const;
    void set(std::string_view part, bool hidden);
    [[nodiscard]] bool empty() const { return parts_.empty(); }

    /// Names with commas between them, in the order of the alphabet.
    [[nodiscard]] std::string text() const;
    /// False, and no change, when a name holds anything but letters, or there are too many.
    bool read(std::string_view text);

    bool operator==(const HiddenParts&) const = default;

  private:
    std::vector<std::string> parts_;
};

}  // namespace convoscope::models
