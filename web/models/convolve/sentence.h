#pragma once

#include <string>
#include <vector>

namespace convoscope::models::convolve {

/// Which quantity a word or a symbol speaks of, and so its colour.
enum class Meaning { plain, strong, faint, input, kernel, padding, output, warning };

/// A piece of a sentence.
struct Phrase {
    std::string text;
    Meaning meaning = Meaning::plain;
};
using Sentence = std::vector<Phrase>;

[[nodiscard]] inline std::string plain_text(const Sentence& sentence) {
    std::string text;
    for (const Phrase& phrase : sentence) {
        text += phrase.text;
    }
    return text;
}

}  // namespace convoscope::models::convolve
