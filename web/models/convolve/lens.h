#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "web/models/convolve/gradient.h"

namespace convoscope::models::convolve {

/// As what the operation is shown: a window that slides, one sparse matrix, the windows written out
/// side by side, or volumes of cells in space.
enum class Lens { window, matrix, im2col, volumes };
[[nodiscard]] constexpr bool is_matrix(Lens lens) {
    return lens == Lens::matrix || lens == Lens::im2col;
}
[[nodiscard]] std::string_view name_of(Lens lens);
bool read_name(std::string_view name, Lens& lens);

/// A number of the matrix that is not zero by construction, and the product that it stands for.
struct MatrixEntry {
    Index row = 0;
    Index column = 0;
    double value = 0.0;
    CellPlace output;
    CellPlace weight;
    std::optional<CellPlace> pixel;  ///< none: padding, or a stretched zero
    Index part = 0;                  ///< the channel that is read, or backwards the filter
};

/// The operation as a product of a matrix and a vector, for the filter in front, or backwards for
/// the channel: C · input = output and Cᵀ · error = dL/dx; written out as windows (im2col)
/// windows · weights = output and windowsᵀ · error = dL/dw. Outputs, pixels and weights are in
/// reading order, plane after plane.
struct LensMatrix {
    Index rows = 0;
    Index columns = 0;
    Index count = 0;                   ///< of all its entries, written or not
    std::vector<MatrixEntry> entries;  ///< row by row
    std::vector<double> across;        ///< what the columns are multiplied by; of a maximum nothing
    std::vector<double> down;          ///< a row's result by the engine, without the bias
    bool too_large = false;            ///< more entries than kMostEntries: none is written

    static constexpr Index kMostEntries = 1 << 16;
};

/// What of the room's state a matrix shows.
struct LensView {
    const Setup& setup;
    const Arithmetic& arithmetic;
    Index filter = 0;
    Index channel = 0;
    /// Backwards: the error and what comes of it.
    const NumberGrid* error = nullptr;
    const Gradients* gradients = nullptr;
};

/// The matrix itself. The same weight twice at one place, as mirrored padding brings it, is one
/// entry with the sum. Of max pooling an entry is 1 at the window's greatest value.
[[nodiscard]] LensMatrix sparse_matrix(const LensView& view);

/// The windows written out, one a row; backwards one a column. What pooling takes the greatest or
/// the mean of; backwards pooling has no weights, and the result is empty.
[[nodiscard]] LensMatrix window_matrix(const LensView& view);

}  // namespace convoscope::models::convolve
