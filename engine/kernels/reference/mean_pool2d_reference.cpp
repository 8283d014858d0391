#include "engine/kernels/reference/mean_pool2d_reference.h"

#include <cstddef>

namespace convoscope::kernels::reference {

void mean_pool2d_forward(const MeanPool2d& pool,
                         std::span<const double> input,
                         std::span<double> output) {
    std::size_t target = 0;
    for (Index channel = 0; channel < pool.input.channels; ++channel) {
        for (const MeanSpan& rows : pool.rows) {
            for (const MeanSpan& columns : pool.columns) {
                double sum = 0.0;
                for (Index y = rows.begin; y < rows.end; ++y) {
                    for (Index x = columns.begin; x < columns.end; ++x) {
                        const Index row = channel * pool.input.height + y;
                        sum += input[static_cast<std::size_t>(row * pool.input.width + x)];
                    }
                }
                output[target++] = sum / static_cast<double>(rows.divisor * columns.divisor);
            }
        }
    }
}

}  // namespace convoscope::kernels::reference
