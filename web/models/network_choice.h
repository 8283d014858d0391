#pragma once

#include <span>
#include <string>
#include <string_view>

namespace convoscope::models {

/// A data set that the site brings along, one that the engine makes by formula, or the reader's
/// own.
struct DataChoice {
    std::string_view id;  ///< in commands and links, and its folder under `data/`
    const char* name;     ///< as its manifest says it
    const char* label;    ///< in the list
    /// The data set whose networks take its pictures; empty: there are networks for itself.
    std::string_view like = {};
    int classes = 0;  ///< to be made; 0: it is not made by formula

    [[nodiscard]] bool is_made() const { return classes > 0; }
};

/// A network of `assets/presets/` or `assets/experiments/` that learns one of them.
struct NetworkChoice {
    std::string_view id;         ///< in commands and links: the file's name without its ending
    const char* name;            ///< as the file says it
    std::string_view data;       ///< the data set's id
    bool of_experiment = false;  ///< not offered in the list of networks
};

/// How pixels become a network's input (`preprocess` in docs/protocol.md).
struct PreprocessingChoice {
    std::string_view id;
    const char* label;
    const char* sentence;
};

[[nodiscard]] std::span<const PreprocessingChoice> preprocessing_choices();
/// Nothing when there is no such choice.
[[nodiscard]] const PreprocessingChoice* find_preprocessing(std::string_view id);

[[nodiscard]] std::span<const DataChoice> data_choices();
[[nodiscard]] std::span<const NetworkChoice> network_choices();

/// Nothing when there is no such choice.
[[nodiscard]] const DataChoice* find_data(std::string_view id);
[[nodiscard]] const NetworkChoice* find_network(std::string_view id);
[[nodiscard]] const NetworkChoice* find_network_named(std::string_view name);

/// The data set whose networks learn this one: itself, or the one that it is like.
[[nodiscard]] std::string_view likeness_of(std::string_view data);
/// The one that a data set is opened with.
[[nodiscard]] const NetworkChoice& first_network_of(std::string_view data);

/// The command that has the engine make a data set. Expects: `data.is_made()`.
[[nodiscard]] std::string make_data(const DataChoice& data);

inline constexpr double kMostDropout = 0.9;

/// A network file with a dropout layer of this rate before its last linear one; as it is at 0, and
/// when there is no linear layer. Expects: a network file.
[[nodiscard]] std::string network_with_dropout(std::string_view network_file, double rate);

/// A network file as it stands in `assets/`. Expects: the id of a choice.
[[nodiscard]] std::string_view network_file(std::string_view id);

}  // namespace convoscope::models
