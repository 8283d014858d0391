#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/models/convolve/setup.h"

namespace convoscope::models::convolve {

/// A picture or a kernel to choose.
struct NamedGrid {
    std::string name;
    std::string label;
    std::string purpose;  ///< kernels: what it does to a picture
    bool offered = true;  ///< as a choice of its own; the guide's numbers come with its cases
    NumberGrid grid;
};

/// A setup to choose: the parameters of both axes, and for the guide's numeric figures also their
/// numbers.
struct NamedCase {
    std::string name;
    std::string label;
    Operation operation = Operation::convolution;
    AxisSetup axis = {};
    std::string picture = {};  ///< empty: what is there stays
    std::string kernel = {};
    bool has_bias = false;
    double bias = 0.0;
};

/// What `assets/convolve/catalogue.json` offers.
struct Catalogue {
    std::vector<NamedGrid> pictures;
    std::vector<NamedGrid> kernels;
    std::vector<NamedCase> cases;

    [[nodiscard]] const NamedGrid* picture(std::string_view name) const;
    [[nodiscard]] const NamedGrid* kernel(std::string_view name) const;
    [[nodiscard]] const NamedCase* find_case(std::string_view name) const;
};

[[nodiscard]] const Catalogue& catalogue();

/// A picture on a canvas of another size: as many times as large as fits, from the upper left
/// corner, and cut off or filled up with zeros.
[[nodiscard]] NumberGrid resized_picture(const NumberGrid& picture, Index rows, Index columns);

/// A kernel of another size: its middle, and zeros around it.
[[nodiscard]] NumberGrid resized_kernel(const NumberGrid& kernel, Index rows, Index columns);

/// Gives picture and kernel the sizes that the axes ask for: anew from the catalogue where they
/// have a name.
void fit_grids(Setup& setup);

void choose_picture(Setup& setup, const NamedGrid& picture);
void choose_kernel(Setup& setup, const NamedGrid& kernel);
void choose_case(Setup& setup, const NamedCase& named);

/// Pac-Man under Sobel's kernel with stride 2: every pixel is read, relationship 6.
[[nodiscard]] Setup opening_setup();

}  // namespace convoscope::models::convolve
