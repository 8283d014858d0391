#include "web/models/convolve/catalogue.h"

#include <algorithm>

#include "web/models/convolve/catalogue_text.h"
#include "web/models/convolve/grid_fitting.h"
#include "web/models/json_reading.h"

namespace convoscope::models::convolve {

namespace {

Index whole_of(const Json& entry, const char* name, Index otherwise) {
    return static_cast<Index>(integer_of(entry, name, otherwise));
}

/// Rows of numbers, or `planes` times as many rows; no planes: nothing.
NumberGrid grid_of(const Json& rows, Index planes) {
    NumberGrid grid{.rows = planes == 0 ? 0 : std::ssize(rows) / planes,
                    .columns = 0,
                    .values = {},
                    .planes = planes};
    append_numbers(rows, grid.values);
    grid.columns = rows.empty() ? 0 : std::ssize(grid.values) / std::ssize(rows);
    return grid;
}

std::vector<NamedGrid> named_grids(const Json& list) {
    std::vector<NamedGrid> grids;
    for (const Json& entry : list) {
        grids.push_back(
            {.name = text_of(entry, "name"),
             .label = text_of(entry, "label"),
             .purpose = text_of(entry, "purpose"),
             .offered = member_of(entry, "offered") != false,
             .grid = grid_of(member_of(entry, "values"), whole_of(entry, "planes", 1))});
    }
    return grids;
}

AxisSetup axis_of(const Json& entry, const AxisSetup& otherwise) {
    AxisSetup axis = otherwise;
    const auto read = [&entry](const char* name, Index& value) {
        value = whole_of(entry, name, value);
    };
    read("input", axis.input);
    read("kernel", axis.kernel);
    read("stride", axis.stride);
    read("padding", axis.padding_begin);
    axis.padding_end = axis.padding_begin;
    read("padding_end", axis.padding_end);
    read("dilation", axis.dilation);
    read("output_padding", axis.output_padding);
    return axis;
}

NamedCase case_of(const Json& entry) {
    NamedCase named{.name = text_of(entry, "name"),
                    .label = text_of(entry, "label"),
                    .purpose = text_of(entry, "purpose"),
                    .picture = text_of(entry, "picture"),
                    .kernel = text_of(entry, "weights"),
                    .bias = numbers_of<double>(entry, "bias")};
    read_name(text_of(entry, "operation"), named.operation);
    const AxisSetup both = axis_of(entry, {.input = 1, .kernel = 1});
    named.height = axis_of(member_of(entry, "height"), both);
    named.width = axis_of(member_of(entry, "width"), both);
    named.input_channels = whole_of(entry, "channels", 1);
    named.output_channels = whole_of(entry, "filters", 1);
    named.groups = whole_of(entry, "groups", 1);
    return named;
}

std::vector<NamedCase> cases_of(const Json& list) {
    std::vector<NamedCase> cases;
    for (const Json& entry : list) {
        cases.push_back(case_of(entry));
    }
    return cases;
}

Catalogue read_catalogue() {
    const Json json = Json::parse(catalogue_text(), nullptr, false);
    return {.pictures = named_grids(member_of(json, "pictures")),
            .kernels = named_grids(member_of(json, "kernels")),
            .cases = cases_of(member_of(json, "cases")),
            .layers = cases_of(member_of(json, "layers"))};
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
    const NamedCase* named = find_named(cases, name);
    return named != nullptr ? named : find_named(layers, name);
}

const Catalogue& catalogue() {
    static const Catalogue kRead = read_catalogue();
    return kRead;
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
    setup.weights = {};
    fit_grids(setup);
}

void choose_weights(Setup& setup, Index plane, const NamedGrid& kernel) {
    const NumberGrid fitted =
        resized_kernel(kernel.grid, setup.weights.rows, setup.weights.columns);
    std::ranges::copy(fitted.values, setup.weights.plane(plane).begin());
    setup.kernel_name.clear();
}

void choose_case(Setup& setup, const NamedCase& named) {
    setup.operation = named.operation;
    setup.height = named.height;
    setup.width = named.width;
    setup.linked = setup.height == setup.width && has_symmetric_padding(setup.height);
    setup.input_channels = named.input_channels;
    setup.output_channels = named.output_channels;
    setup.groups = named.groups;
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
    if (setup.bias.size() != at(named.output_channels)) {
        setup.bias.assign(at(named.output_channels), 0.0);
    }
    if (!named.bias.empty()) {
        setup.bias = named.bias;
    }
    fit_grids(setup);
}

Setup opening_setup() {
    Setup setup;
    setup.height = {
        .input = 7, .kernel = 3, .stride = 2, .padding_begin = 1, .padding_end = 1, .dilation = 1};
    setup.width = setup.height;
    setup.bias = {1.0};
    setup.picture = "pacman";
    setup.kernel_name = "sobel-x";
    fit_grids(setup);
    return setup;
}

}  // namespace convoscope::models::convolve
