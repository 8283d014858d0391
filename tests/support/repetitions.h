#pragma once

namespace convoscope::test {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif
#else
inline constexpr bool kSanitized = false;
#endif

/// How often a test of many random inputs repeats itself: a tenth as often under a sanitizer, which
/// makes a program many times as slow.
constexpr int repetitions(int usual) {
    return kSanitized ? usual / 10 : usual;
}

}  // namespace convoscope::test
