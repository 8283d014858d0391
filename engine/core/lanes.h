#pragma once

#include "engine/core/index.h"

namespace convoscope {

/// Images in one micro-batch: they lie in the lanes of the vector registers, so that any number of
/// channels fills the registers without waste. Two 128-bit registers on WebAssembly (8 lanes),
/// one AVX-512 or two AVX2 registers natively (16).
#if defined(__AVX__)
inline constexpr Index kLanes = 16;
#else
inline constexpr Index kLanes = 8;
#endif

}  // namespace convoscope
