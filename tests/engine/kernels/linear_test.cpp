#include <span>
#include <vector>

#include <doctest/doctest.h>

#include "engine/core/random.h"
#include "engine/core/window.h"
#include "engine/kernels/linear_backward_weights.h"
#include "tests/support/lane_tensor.h"

using namespace convoscope;
using namespace convoscope::kernels;
using namespace convoscope::tests;

namespace {

struct Batch {
    std::vector<std::vector<float>> memory;
    std::vector<std::span<const float>> spans;

    Batch(Random& random, Index features, Index micro_batches) {
        for (Index i = 0; i < micro_batches; ++i) {
            memory.push_back(random_floats(random, features * kLanes));
        }
        spans.assign(memory.begin(), memory.end());
    }
};

}  // namespace

TEST_CASE("linear_backward_weights: equals plain loops for every tail length and split of rows") {
    Random random(12, "linear");
    constexpr Index kMicroBatches = 3;
    for (const Index in : {1, 2, 7, 8, 9, 15, 16, 17, 31, 40}) {
        for (const Index out : {1, 5, 6, 7, 13, 20}) {
            CAPTURE(in);
            CAPTURE(out);
            const Batch inputs(random, in, kMicroBatches);
            const Batch d_outputs(random, out, kMicroBatches);
            std::vector<double> expected(at(in * out), 0.0);
            std::vector<double> expected_bias(at(out), 0.0);
            for (std::size_t n = 0; n < at(kMicroBatches * kLanes); ++n) {
                const auto& x = inputs.memory[n / at(kLanes)];
                const auto& y = d_outputs.memory[n / at(kLanes)];
                const std::size_t lane = n % at(kLanes);
                for (std::size_t o = 0; o < at(out); ++o) {
                    const auto factor = static_cast<double>(y[o * at(kLanes) + lane]);
                    expected_bias[o] += factor;
                    for (std::size_t i = 0; i < at(in); ++i) {
                        expected[o * at(in) + i] +=
                            factor * static_cast<double>(x[i * at(kLanes) + lane]);
                    }
                }
            }
            std::vector<float> whole;
            for (const Index split : {Index{0}, Index{1}, out / 2, out}) {
                auto d_weights = poisoned(in * out);
                auto d_bias = poisoned(out);
                auto scratch = poisoned(linear_backward_weights_scratch(out, kMicroBatches));
                for (const IndexRange& rows : {IndexRange{0, split}, IndexRange{split, out}}) {
                    const LinearGradientRows part{.in_features = in,
                                                  .out_features = out,
                                                  .begin = rows.begin,
                                                  .end = rows.end};
                    linear_backward_weights(
                        part, inputs.spans, d_outputs.spans, scratch, d_weights);
                    linear_backward_bias(part, d_outputs.spans, d_bias);
                }
                // 48 products at most, each rounded to 2^-24.
                CHECK(largest_difference(as_doubles(d_weights), expected) < 1e-5);
                CHECK(largest_difference(as_doubles(d_bias), expected_bias) < 1e-5);
                if (whole.empty()) {
                    whole = d_weights;
                }
                CHECK(d_weights == whole);  // to the last bit
            }
        }
    }
}
