#pragma once

// Loops over whole vectors for functions of one and of two numbers.

#include <span>

#include "engine/core/check.h"
#include "engine/core/index.h"
#include "engine/kernels/simd.h"

namespace convoscope::kernels {

/// target[i] = function(source[i]); the target may be the source. Expects: whole lane blocks.
template <class Function>
void map(std::span<const float> source, std::span<float> target, const Function& function) {
    CONVOSCOPE_CHECK(source.size() == target.size());
    const Index count = std::ssize(source);
    CONVOSCOPE_CHECK(count % kLanes == 0);
    for (Index i = 0; i < count; i += simd::kVectorSize) {
        simd::store(target.data() + i, function(simd::load(source.data() + i)));
    }
}

/// target[i] = function(a[i], b[i]); the target may be either. Expects: whole lane blocks.
template <class Function>
void map(std::span<const float> a,
         std::span<const float> b,
         std::span<float> target,
         const Function& function) {
    CONVOSCOPE_CHECK(a.size() == target.size() && b.size() == target.size());
    const Index count = std::ssize(target);
    CONVOSCOPE_CHECK(count % kLanes == 0);
    for (Index i = 0; i < count; i += simd::kVectorSize) {
        simd::store(target.data() + i,
                    function(simd::load(a.data() + i), simd::load(b.data() + i)));
    }
}

}  // namespace convoscope::kernels
