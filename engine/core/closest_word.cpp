#include "engine/core/closest_word.h"

#include <algorithm>
#include <vector>

namespace convoscope {
namespace {

constexpr std::size_t kLongestWord = 64;

/// Small letters and digits alone: "Max-Pool2D" and "max_pool2d" are one word.
std::string plain(std::string_view word) {
    std::string letters;
    for (const char c : word) {
        if (c >= 'A' && c <= 'Z') {
            letters.push_back(static_cast<char>(c - 'A' + 'a'));
        } else if (c != '_' && c != '-' && c != ' ') {
            letters.push_back(c);
        }
    }
    return letters;
}

}  // namespace

int edit_distance(std::string_view a, std::string_view b) {
    // Rows of the usual table: the one before last, the last, and the one being filled.
    std::vector<int> before(b.size() + 1);
    std::vector<int> last(b.size() + 1);
    std::vector<int> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) {
        last[j] = static_cast<int>(j);
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = static_cast<int>(i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const int replace = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({replace, last[j] + 1, row[j - 1] + 1});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = std::min(row[j], before[j - 2] + 1);
            }
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

std::optional<std::string> closest_word(std::string_view given,
                                        std::span<const std::string> words) {
    if (given.size() > kLongestWord) {
        return std::nullopt;
    }
    const std::string wanted = plain(given);
    std::optional<std::string> closest;
    int fewest = 0;
    for (const std::string& word : words) {
        const std::string candidate = plain(word);
        const int distance = edit_distance(wanted, candidate);
        const int allowed = static_cast<int>(std::max(wanted.size(), candidate.size()) + 1) / 3;
        if (distance <= allowed && (!closest || distance < fewest)) {
            closest = word;
            fewest = distance;
        }
    }
    return closest;
}

std::string did_you_mean(std::string_view given, std::span<const std::string> words) {
    const std::optional<std::string> word = closest_word(given, words);
    return word ? " (did you mean \"" + *word + "\"?)" : "";
}

}  // namespace convoscope
