#pragma once

#include "web/rooms/convolve/convolve_context.h"

namespace convoscope::rooms::convolve {

/// Where matrix and vectors lie. Of a long strip they reach over what is shown.
struct MatrixLayout {
    widgets::Rect matrix;
    widgets::Rect across = {};  ///< empty: nothing is multiplied
    widgets::Rect down = {};
    float cell = 0;
    widgets::Rect shown;  ///< of the matrix
};

/// All of the matrix in the area; of a strip that would be too thin to read a part, in which the
/// row and the column are that are followed. Expects: a matrix that is not empty.
[[nodiscard]] MatrixLayout lay_out_matrix(const model::LensMatrix& matrix,
                                          widgets::Rect area,
                                          Index row,
                                          Index column);

/// Of a strip: which part of it is shown, as a bar beside it.
void draw_matrix_extent(Context& context,
                        const MatrixLayout& layout,
                        const model::LensMatrix& matrix);

}  // namespace convoscope::rooms::convolve
