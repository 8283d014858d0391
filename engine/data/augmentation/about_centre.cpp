#include "engine/data/augmentation/about_centre.h"

namespace convoscope {

void resample_about_centre(const AugmentationPass& pass, float cosine, float sine) {
    const ResampleField field = resample_field(pass);
    const Index width = pass.shape.width;
    const float centre_row = 0.5F * static_cast<float>(pass.shape.height - 1);
    const float centre_column = 0.5F * static_cast<float>(width - 1);
    for (Index row = 0; row < pass.shape.height; ++row) {
        const float down = static_cast<float>(row) - centre_row;
        float* rows = field.rows.data() + row * width;
        float* columns = field.columns.data() + row * width;
        for (Index column = 0; column < width; ++column) {
            const float right = static_cast<float>(column) - centre_column;
            rows[column] = centre_row + cosine * down - sine * right;
            columns[column] = centre_column + sine * down + cosine * right;
        }
    }
    resample(pass);
}

}  // namespace convoscope
