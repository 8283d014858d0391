#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace convoscope {

/// Letters to insert, delete, replace, or swap with their neighbour until one word is the other
/// (the optimal string alignment distance).
[[nodiscard]] int edit_distance(std::string_view a, std::string_view b);

/// The word that was probably meant: the closest one, if it takes few changes for its length;
/// capital letters and the difference between `-`, `_` and nothing are free.
[[nodiscard]] std::optional<std::string> closest_word(std::string_view given,
                                                      std::span<const std::string> words);

/// ` (did you mean "kernel_size"?)`, or nothing.
[[nodiscard]] std::string did_you_mean(std::string_view given, std::span<const std::string> words);

}  // namespace convoscope
