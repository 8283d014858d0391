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
    std::string purpose;  ///< layers: what it shows
    Operation operation = Operation::convolution;
    AxisSetup height = {};
    AxisSetup width = {};
    Index input_channels = 1;
    Index output_channels = 1;
    Index groups = 1;
    std::string picture = {};  ///< empty: what is there stays
    std::string kernel = {};
    std::vector<double> bias = {};  ///< empty: what is there stays
};

/// What `assets/convolve/catalogue.json` offers.
struct Catalogue {
    std::vector<NamedGrid> pictures;
    std::vector<NamedGrid> kernels;
    std::vector<NamedCase> cases;   ///< Dumoulin and Visin's
    std::vector<NamedCase> layers;  ///< of other teaching and of well-known networks

    [[nodiscard]] const NamedGrid* picture(std::string_view name) const;
    [[nodiscard]] const NamedGrid* kernel(std::string_view name) const;
    /// Among cases and layers.
    [[nodiscard]] const NamedCase* find_case(std::string_view name) const;
};

[[nodiscard]] const Catalogue& catalogue();

/// Picture and kernel get the sizes that belong to them.
void choose_picture(Setup& setup, const NamedGrid& picture);
void choose_kernel(Setup& setup, const NamedGrid& kernel);
/// The kernel for one plane of the weights, whose size stays.
void choose_weights(Setup& setup, Index plane, const NamedGrid& kernel);
void choose_case(Setup& setup, const NamedCase& named);

/// Pac-Man under Sobel's kernel with stride 2: every pixel is read, relationship 6.
[[nodiscard]] Setup opening_setup();

}  // namespace convoscope::models::convolve
