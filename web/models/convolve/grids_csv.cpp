#include "web/models/convolve/grids_csv.h"

#include <cstdio>

namespace convoscope::models::convolve {

std::string csv_of(const NumberGrid& grid) {
    std::string csv;
    for (Index plane = 0; plane < grid.planes; ++plane) {
        csv += plane > 0 ? "\r\n" : "";
        for (Index row = 0; row < grid.rows; ++row) {
            for (Index column = 0; column < grid.columns; ++column) {
                char text[32];
                const double value = grid.value(plane, row, column);
                std::snprintf(text, sizeof text, column > 0 ? ",%.17g" : "%.17g", value);
                csv += text;
            }
            csv += "\r\n";
        }
    }
    return csv;
}

NumberGrid input_grid(const Photo& photo) {
    const PhotoPixels& shown = photo.shown();
    return {.rows = shown.rows,
            .columns = shown.columns,
            .values = {shown.bytes.begin(), shown.bytes.end()},
            .planes = shown.channels};
}

NumberGrid output_grid(const Photo& photo) {
    NumberGrid grid{.rows = photo.rows().outputs,
                    .columns = photo.columns().outputs,
                    .values = {},
                    .planes = photo.shown().channels};
    for (Index plane = 0; grid.plane_cells() > 0 && plane < grid.planes; ++plane) {
        const std::span<const float> values = photo.output(plane);
        grid.values.insert(grid.values.end(), values.begin(), values.end());
    }
    return grid;
}

}  // namespace convoscope::models::convolve
