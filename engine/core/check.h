#pragma once

namespace convoscope {

/// Prints expression and place, then aborts: a broken promise inside the program, never bad input.
[[noreturn]] void check_failed(const char* expression, const char* file, int line);

}  // namespace convoscope

/// Asserts a condition that only a mistake of ours can break. On in every build: the conditions
/// stand outside the inner loops.
#define CONVOSCOPE_CHECK(condition)                                     \
    do {                                                                \
        if (!(condition)) {                                             \
            ::convoscope::check_failed(#condition, __FILE__, __LINE__); \
        }                                                               \
    } while (false)
