#include "web/models/convolve/catalogue.h"

#include <algorithm>

#include "web/models/convolve/catalogue_text.h"
#include "web/models/json_reading.h"

namespace convoscope::models::convolve {

namespace {

NumberGrid grid_of(const Json& rows) {
    NumberGrid grid{.rows = std::ssize(rows), .columns = 0, .values = {}};
    append_numbers(rows, grid.values);
    grid.columns = grid.rows > 0 ? std::ssize(grid.values) / grid.rows : 0;
    return grid;
}

std::vector<NamedGrid> named_grids(const Json& list) {
    std::vector<NamedGrid> grids;
    for (const Json& entry : list) {
        grids.push_back({.name = text_of(entry, "name"),
                         .label = text_of(entry, "label"),
                         .purpose = text_of(entry, "purpose"),
                         .offered = member_of(entry, "offered") != false,
                         .grid = grid_of(member_of(entry, "values"))});
    }
    return grids;
}

NamedCase case_of(const Json& entry) {
    NamedCase named{.name = text_of(entry, "name"),
                    .label = text_of(entry, "label"),
                    .picture = text_of(entry, "picture"),
                    .kernel = text_of(entry, "weights"),
                    .has_bias = entry.contains("bias"),
                    .bias = number_of(entry, "bias")};
    read_name(text_of(entry, "operation"), named.operation);
    const auto index = [&entry](const char* name, Index otherwise) {
        return static_cast<Index>(integer_of(entry, name, otherwise));
    };
    named.axis = {.input = index("input", 1),
                  .kernel = index("kernel", 1),
                  .stride = index("stride", 1),
                  .padding_begin = index("padding", 0),
                  .padding_end = index("padding", 0),
                  .dilation = index("dilation", 1),
                  .output_padding = index("output_padding", 0)};
    return named;
}

Catalogue read_catalogue() {
    const Json json = Json::parse(catalogue_text(), nullptr, false);
    Catalogue result{.pictures = named_grids(member_of(json, "pictures")),
                     .kernels = named_grids(member_of(json, "kernels")),
                     .cases = {}};
    for (const Json& entry : member_of(json, "cases")) {
        result.cases.push_back(case_of(entry));
    }
    return result;
}

template <class Named>
const Named* find_named(const std::vector<Named>& list, std::string_view name) {
    const auto found = std::ranges::find(list, name, &Named::name);
    return found == list.end() ? nullptr : &*found;
}

}  // namespace

const NamedGrid* Catalogue::picture(std::string_view name) const {
    return find_named(pictures, name);
}
const NamedGrid* Catalogue::kernel(std::string_view name) const {
    return find_named(kernels, name);
}
const NamedCase* Catalogue::find_case(std::string_view name) const {
    return find_named(cases, name);
}

const Catalogue& catalogue() {
    static const Catalogue kRead = read_catalogue();
    return kRead;
}

NumberGrid resized_picture(const NumberGrid& picture, Index rows, Index columns) {
    const Index times = std::max<Index>(1,
                                        std::min(rows / std::max<Index>(1, picture.rows),
                                                 columns / std::max<Index>(1, picture.columns)));
    NumberGrid result{.rows = rows, .columns = columns, .values = {}};
    for (Index row = 0; row < rows; ++row) {
        for (Index column = 0; column < columns; ++column) {
            const bool inside = row / times < picture.rows && column / times < picture.columns;
            result.values.push_back(inside ? picture.value(row / times, column / times) : 0.0);
        }
    }
    return result;
}

NumberGrid resized_kernel(const NumberGrid& kernel, Index rows, Index columns) {
    // Of an even difference the first place is the one that more is cut off or added before.
    const auto first = [](Index from, Index to) {
        return from >= to ? (from - to + 1) / 2 : -((to - from) / 2);
    };
    const Index top = first(kernel.rows, rows);
    const Index left = first(kernel.columns, columns);
    NumberGrid result{.rows = rows, .columns = columns, .values = {}};
    for (Index row = top; row < top + rows; ++row) {
        for (Index column = left; column < left + columns; ++column) {
            const bool inside =
                row >= 0 && column >= 0 && row < kernel.rows && column < kernel.columns;
            result.values.push_back(inside ? kernel.value(row, column) : 0.0);
        }
    }
    return result;
}

void fit_grids(Setup& setup) {
    const Index rows = setup.height.input;
    const Index columns = setup.width.input;
    if (setup.image.rows != rows || setup.image.columns != columns) {
        const NamedGrid* named = catalogue().picture(setup.picture);
        setup.image = resized_picture(named != nullptr ? named->grid : setup.image, rows, columns);
    }
    if (setup.weights.rows != setup.height.kernel || setup.weights.columns != setup.width.kernel) {
        const NamedGrid* named = catalogue().kernel(setup.kernel_name);
        setup.weights = resized_kernel(named != nullptr ? named->grid : setup.weights,
                                       setup.height.kernel,
                                       setup.width.kernel);
    }
}

void choose_picture(Setup& setup, const NamedGrid& picture) {
    setup.picture = picture.name;
    setup.image = {};
    fit_grids(setup);
}

void choose_kernel(Setup& setup, const NamedGrid& kernel) {
    setup.kernel_name = kernel.name;
    setup.height.kernel = kernel.grid.rows;
    setup.width.kernel = kernel.grid.columns;
    setup.weights = kernel.grid;
}

void choose_case(Setup& setup, const NamedCase& named) {
    setup.operation = named.operation;
    setup.linked = true;
    setup.height = named.axis;
    setup.width = named.axis;
    setup.padding_mode = PaddingMode::zeros;
    setup.turn_kernel = false;
    if (!named.picture.empty()) {
        setup.picture = named.picture;
        setup.image = {};
    }
    if (!named.kernel.empty()) {
        setup.kernel_name = named.kernel;
        setup.weights = {};
    }
    if (named.has_bias) {
        setup.bias = named.bias;
    }
    fit_grids(setup);
}

Setup opening_setup() {
    Setup setup;
    setup.height = {
        .input = 7, .kernel = 3, .stride = 2, .padding_begin = 1, .padding_end = 1, .dilation = 1};
    setup.width = setup.height;
    setup.bias = 1.0;
    setup.picture = "pacman";
    setup.kernel_name = "sobel-x";
    fit_grids(setup);
    return setup;
}

}  // namespace convoscope::models::convolve
