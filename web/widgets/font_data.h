#pragma once

#include <cstddef>

namespace convoscope::widgets {

/// A TrueType file inside the program; tools/fonts/build_fonts.py makes the arrays.
struct FontFile {
    const unsigned char* bytes;
    std::size_t size;
};

extern const FontFile kInterRegular;
extern const FontFile kInterMedium;
extern const FontFile kInterSemiBold;
extern const FontFile kMonoMedium;
extern const FontFile kMonoSemiBold;
extern const FontFile kMonoMediumItalic;

}  // namespace convoscope::widgets
