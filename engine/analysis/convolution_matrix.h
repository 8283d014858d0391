#pragma once

#include <span>
#include <vector>

#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/kernels/conv2d_geometry.h"

namespace convoscope {

/// A matrix that is mostly zeros. Its numbers are weights that occur again and again, so an entry
/// says which weight, and the values come with the product.
struct SharedWeightMatrix {
    struct Entry {
        Index row = 0;
        Index column = 0;
        Index weight = 0;

        bool operator==(const Entry&) const = default;
    };

    Index rows = 0;
    Index columns = 0;
    std::vector<Entry> entries;  ///< by row, then by column

    /// Expects: `vector` of `columns` numbers, every weight of `entries` in `weights`.
    [[nodiscard]] std::vector<double> multiply(std::span<const double> weights,
                                               std::span<const double> vector) const;
};

/// Cells of a matrix that is made for looking at.
inline constexpr double kMostMatrixEntries = 1 << 22;

/// The convolution as the matrix C with output = C · input, both NCHW in a column. A row is an
/// output, a column a pixel, `weight` a position in PyTorch's `[oc][ic/groups][kh][kw]`.
/// Source: Dumoulin and Visin, section 4.1. Returns error when there are more than
/// `kMostMatrixEntries` entries.
[[nodiscard]] Result<SharedWeightMatrix> convolution_matrix(
    const kernels::Conv2dGeometry& geometry);

/// Cᵀ: the input's gradient from the output's, and the transposed convolution.
[[nodiscard]] SharedWeightMatrix transposed(const SharedWeightMatrix& matrix);

/// im2col of one group: column p holds the pixels that output position p reads, so that the
/// convolution is a product of the weights `[oc][ic·kh·kw]` with it.
/// Source: CS231n, "Implementation as Matrix Multiplication".
struct ColumnMatrix {
    static constexpr Index kPadding = -1;

    Index rows = 0;              ///< input channels of the group · kh · kw
    Index columns = 0;           ///< oh · ow
    std::vector<Index> sources;  ///< by row, then column: position in the NCHW input, or kPadding

    /// The numbers. Expects: `image` is the whole input.
    [[nodiscard]] std::vector<double> gather(std::span<const double> image) const;
};

/// Expects: `group` is below `geometry.groups`. Returns error when there are more than
/// `kMostMatrixEntries` cells.
[[nodiscard]] Result<ColumnMatrix> im2col(const kernels::Conv2dGeometry& geometry, Index group);

}  // namespace convoscope
