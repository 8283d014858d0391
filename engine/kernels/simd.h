#pragma once

// Vector registers: the only file that includes xsimd. It adds what xsimd 13 lacks on WebAssembly:
// the relaxed multiply-add (its `fma` is a multiplication and an addition there) and a load that
// fills all lanes with one number. Everything else uses xsimd's names through the aliases below.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#include <xsimd/xsimd.hpp>

#if defined(__wasm_simd128__)
#include <wasm_simd128.h>
#endif

#include "engine/core/index.h"
#include "engine/core/lanes.h"

namespace convoscope::simd {

using Vector = xsimd::batch<float>;
using IntVector = xsimd::batch<std::int32_t>;
using Mask = Vector::batch_bool_type;

inline constexpr Index kVectorSize = static_cast<Index>(Vector::size);
/// Vectors in one lane block: two of 128 or 256 bits, or one of 512.
inline constexpr Index kVectors = kLanes / kVectorSize;
static_assert(kVectors * kVectorSize == kLanes && kVectors >= 1);

inline Vector load(const float* source) {
    return Vector::load_unaligned(source);
}
inline void store(float* target, Vector value) {
    value.store_unaligned(target);
}
inline Vector zero() {
    return Vector(0.0F);
}
inline Vector splat(float value) {
    return Vector(value);
}

/// One number in all lanes, by a load alone (`v128.load32_splat`, `vbroadcastss`).
inline Vector load_splat(const float* source) {
#if defined(__wasm_simd128__)
    return Vector(wasm_v128_load32_splat(source));
#else
    return Vector(*source);
#endif
}

/// Whether `multiply_add` is one instruction.
#if defined(__wasm_relaxed_simd__) || defined(__FMA__) || defined(__aarch64__)
inline constexpr bool kFusedMultiplyAdd = true;
#else
inline constexpr bool kFusedMultiplyAdd = false;
#endif

/// a·b + c, rounded once where the processor can.
inline Vector multiply_add(Vector a, Vector b, Vector c) {
#if defined(__wasm_relaxed_simd__)
    return Vector(wasm_f32x4_relaxed_madd(a, b, c));
#else
    return xsimd::fma(a, b, c);
#endif
}

/// Loads before this stay before it, and those after it after it. A micro-kernel that fills the
/// registers is written in the order in which it should run: gathered at the top, its loads would
/// want more registers than there are. Elsewhere than on WebAssembly the compiler knows its
/// registers.
[[gnu::always_inline]] inline void keep_order() {
#if defined(__wasm_simd128__)
    asm volatile("" ::: "memory");  // NOLINT(hicpp-no-assembler): no instruction
#endif
}

inline Vector select(Mask condition, Vector if_true, Vector if_false) {
    return xsimd::select(condition, if_true, if_false);
}

/// The sum over all lanes of the register.
inline float sum(Vector value) {
    return xsimd::reduce_add(value);
}

#if !defined(__wasm_simd128__)
/// A register as the compiler's own type, whose elements it rearranges as the processor likes best.
using Register [[gnu::vector_size(sizeof(Vector))]] = float;

/// In every square of 2·distance rows and lanes, exchanges the two quarters off the diagonal.
template <int kDistance, int... kLane>
[[gnu::always_inline]] inline void exchange_quarters(Register (&rows)[kVectorSize],
                                                     std::integer_sequence<int, kLane...> lanes) {
    constexpr int kSide = static_cast<int>(kVectorSize);
    if constexpr (kDistance < kSide) {
#pragma GCC unroll 16
        for (int row = 0; row < kSide; ++row) {
            if ((row & kDistance) == 0) {
                const Register a = rows[row];
                const Register b = rows[row + kDistance];
                rows[row] = __builtin_shufflevector(
                    a, b, ((kLane & kDistance) != 0 ? kSide + kLane - kDistance : kLane)...);
                rows[row + kDistance] = __builtin_shufflevector(
                    a, b, ((kLane & kDistance) != 0 ? kSide + kLane : kLane + kDistance)...);
            }
        }
        exchange_quarters<2 * kDistance>(rows, lanes);
    }
}
#endif

/// `[kLanes][kLanes]` floats with rows and columns exchanged; no overlap.
inline void transpose_lane_block(const float* source, float* target) {
#if defined(__wasm_simd128__)
    for (Index row = 0; row < kLanes; row += 4) {
        for (Index column = 0; column < kLanes; column += 4) {
            const float* from = source + row * kLanes + column;
            const v128_t r0 = wasm_v128_load(from);
            const v128_t r1 = wasm_v128_load(from + kLanes);
            const v128_t r2 = wasm_v128_load(from + 2 * kLanes);
            const v128_t r3 = wasm_v128_load(from + 3 * kLanes);
            const v128_t low01 = wasm_i32x4_shuffle(r0, r1, 0, 4, 1, 5);
            const v128_t high01 = wasm_i32x4_shuffle(r0, r1, 2, 6, 3, 7);
            const v128_t low23 = wasm_i32x4_shuffle(r2, r3, 0, 4, 1, 5);
            const v128_t high23 = wasm_i32x4_shuffle(r2, r3, 2, 6, 3, 7);
            float* to = target + column * kLanes + row;
            wasm_v128_store(to, wasm_i32x4_shuffle(low01, low23, 0, 1, 4, 5));
            wasm_v128_store(to + kLanes, wasm_i32x4_shuffle(low01, low23, 2, 3, 6, 7));
            wasm_v128_store(to + 2 * kLanes, wasm_i32x4_shuffle(high01, high23, 0, 1, 4, 5));
            wasm_v128_store(to + 3 * kLanes, wasm_i32x4_shuffle(high01, high23, 2, 3, 6, 7));
        }
    }
#else
    using Lanes = std::make_integer_sequence<int, static_cast<int>(kVectorSize)>;
    for (Index row = 0; row < kLanes; row += kVectorSize) {
        for (Index column = 0; column < kLanes; column += kVectorSize) {
            Register rows[kVectorSize];
            for (Index i = 0; i < kVectorSize; ++i) {
                std::memcpy(&rows[i], source + (row + i) * kLanes + column, sizeof(Register));
            }
            exchange_quarters<1>(rows, Lanes{});
            for (Index i = 0; i < kVectorSize; ++i) {
                std::memcpy(target + (column + i) * kLanes + row, &rows[i], sizeof(Register));
            }
        }
    }
#endif
}

/// One lane block of small whole numbers (0 to 255) to `kLanes` bytes.
inline void store_bytes(std::byte* target, const IntVector (&values)[kVectors]) {
#if defined(__wasm_simd128__)
    const v128_t halves = wasm_i16x8_narrow_i32x4(values[0], values[1]);
    wasm_v128_store64_lane(target, wasm_u8x16_narrow_i16x8(halves, halves), 0);
#else
    std::int32_t numbers[kLanes];
    for (Index v = 0; v < kVectors; ++v) {
        values[v].store_unaligned(numbers + v * kVectorSize);
    }
    for (Index lane = 0; lane < kLanes; ++lane) {
        target[lane] = static_cast<std::byte>(numbers[lane]);
    }
#endif
}

/// `kLanes` bytes to one lane block of whole numbers.
inline void load_bytes(const std::byte* source, IntVector (&values)[kVectors]) {
#if defined(__wasm_simd128__)
    const v128_t halves = wasm_u16x8_load8x8(source);
    values[0] = IntVector(wasm_u32x4_extend_low_u16x8(halves));
    values[1] = IntVector(wasm_u32x4_extend_high_u16x8(halves));
#else
    std::int32_t numbers[kLanes];
    for (Index lane = 0; lane < kLanes; ++lane) {
        numbers[lane] = std::to_integer<std::int32_t>(source[lane]);
    }
    for (Index v = 0; v < kVectors; ++v) {
        values[v] = IntVector::load_unaligned(numbers + v * kVectorSize);
    }
#endif
}

/// One lane block of whole numbers to `4 · kLanes` bytes, and back.
inline void store_words(std::byte* target, const IntVector (&values)[kVectors]) {
    std::int32_t numbers[kLanes];
    for (Index v = 0; v < kVectors; ++v) {
        values[v].store_unaligned(numbers + v * kVectorSize);
    }
    std::memcpy(target, numbers, sizeof(numbers));
}
inline void load_words(const std::byte* source, IntVector (&values)[kVectors]) {
    std::int32_t numbers[kLanes];
    std::memcpy(numbers, source, sizeof(numbers));
    for (Index v = 0; v < kVectors; ++v) {
        values[v] = IntVector::load_unaligned(numbers + v * kVectorSize);
    }
}

/// The same condition for whole numbers of the same width.
inline auto int_mask(Mask condition) {
    return xsimd::batch_bool_cast<std::int32_t>(condition);
}
inline Mask float_mask(IntVector::batch_bool_type condition) {
    return xsimd::batch_bool_cast<float>(condition);
}

}  // namespace convoscope::simd
