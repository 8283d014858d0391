#include "web/models/convolve/convolve_commands.h"

#include <algorithm>
#include <array>
#include <utility>

#include "web/models/command_table.h"
#include "web/models/convolve/catalogue.h"
#include "web/models/convolve/cell_value.h"
#include "web/models/convolve/command_reading.h"
#include "web/models/convolve/grid_fitting.h"
#include "web/models/convolve/learning_commands.h"
#include "web/models/convolve/playback_commands.h"

namespace convoscope::models::convolve {
namespace {

double value_of_command(const Json& command) {
    return cell_value(number_of(command, "value"));
}

/// Both, unless the command names one.
Axes axes_of(const Json& command) {
    Axes axes = Axes::both;
    read_name(text_of(command, "axes"), axes);
    return axes;
}

CellPlace place_of(const Json& command) {
    return {whole_of(command, "row"), whole_of(command, "column")};
}

Target target_of(const Json& command) {
    Target target{.kind = Target::Kind::none, .place = place_of(command)};
    read_name(text_of(command, "kind"), target.kind);
    return target;
}

using Act = std::string (*)(Model& model, const Json& command);

std::string set_one(Model& model, const Json& command) {
    Parameter parameter{};
    if (!read_name(text_of(command, "parameter"), parameter)) {
        return "there is no such parameter";
    }
    model.change([&](Setup& setup) {
        const Setup before = setup;
        set_parameter(setup, parameter, axes_of(command), whole_of(command, "value"));
        if (!has_axis(parameter)) {
            carry_weights(before, setup);
        }
    });
    return {};
}

std::string set_bias(Model& model, const Json& command) {
    if (is_pooling(model.setup().operation)) {
        return "pooling has no bias";
    }
    model.change([&](Setup& setup) { setup.bias[at(model.filter())] = value_of_command(command); });
    return {};
}

std::string select(Model& model, const Json& command) {
    if (command.contains("filter")) {
        model.select_filter(whole_of(command, "filter"));
    }
    if (command.contains("channel")) {
        model.select_channel(whole_of(command, "channel"));
    }
    return {};
}

std::string link_axes(Model& model, const Json& command) {
    model.change([&](Setup& setup) {
        setup.linked = is_on(command);
        if (setup.linked) {
            setup.width.padding_end = setup.width.padding_begin;
            setup.height = setup.width;
        }
    });
    return {};
}

std::string set_operation(Model& model, const Json& command) {
    Operation operation{};
    if (!read_name(text_of(command, "operation"), operation)) {
        return "there is no such operation";
    }
    model.stop_sliding();
    model.change([&](Setup& setup) { setup.operation = operation; });
    return {};
}

std::string set_padding_mode(Model& model, const Json& command) {
    PaddingMode mode{};
    if (!read_name(text_of(command, "mode"), mode)) {
        return "the mode is zeros, reflect, replicate or circular";
    }
    model.change([&](Setup& setup) { setup.padding_mode = mode; });
    return {};
}

std::string turn_kernel(Model& model, const Json& command) {
    model.change([&](Setup& setup) { setup.turn_kernel = is_on(command); });
    return {};
}

std::string repair(Model& model, const Json& command) {
    const Index which = whole_of(command, "repair");
    if (which < 0 || which >= std::ssize(model.repairs())) {
        return "there is no such repair";
    }
    const Setup repaired = model.repairs()[at(which)].setup;
    model.change([&](Setup& setup) { setup = repaired; });
    return {};
}

std::string open_case(Model& model, const Json& command) {
    const NamedCase* named = catalogue().find_case(text_of(command, "name"));
    if (named == nullptr) {
        return "there is no such case";
    }
    model.stop_sliding();
    model.change([&](Setup& setup) { choose_case(setup, *named); });
    model.playback.jump_to(0, model.steps());
    model.follow_playback();
    return {};
}

std::string open_picture(Model& model, const Json& command) {
    const NamedGrid* named = catalogue().picture(text_of(command, "name"));
    if (named == nullptr) {
        return "there is no such picture";
    }
    model.change([&](Setup& setup) { choose_picture(setup, *named); });
    return {};
}

std::string open_kernel(Model& model, const Json& command) {
    const NamedGrid* named = catalogue().kernel(text_of(command, "name"));
    if (named == nullptr) {
        return "there is no such kernel";
    }
    if (model.learns()) {  // the kernel to be found
        model.choose_hidden(named->name);
        return {};
    }
    const Index plane = model.weight_plane();
    model.change([&](Setup& setup) {
        if (plane == 0) {
            choose_kernel(setup, *named);
        } else {
            choose_weights(setup, plane, *named);
        }
    });
    return {};
}

std::string set_pixels(Model& model, const Json& command) {
    std::vector<double> values = numbers_of<double>(command, "values");
    const NumberGrid& image = model.setup().image;
    if (std::ssize(values) != image.rows * image.columns) {
        return "the input has " + std::to_string(image.rows * image.columns) + " cells, not " +
               std::to_string(values.size());
    }
    std::ranges::transform(values, values.begin(), cell_value);
    model.change([&](Setup& setup) {
        for (Index channel = 0; channel < setup.image.planes; ++channel) {  // grey
            std::ranges::copy(values, setup.image.plane(channel).begin());
        }
        setup.picture.clear();
    });
    return {};
}

bool within(CellPlace place, const NumberGrid& grid) {
    return place.row >= 0 && place.column >= 0 && place.row < grid.rows &&
           place.column < grid.columns;
}

std::string paint_cell(Model& model, const Json& command) {
    const CellPlace place = place_of(command);
    if (text_of(command, "grid") == "error") {
        if (!model.backward() || !within(place, model.arithmetic().output)) {
            return "there is no such error";
        }
        model.paint_error(model.filter(), place, value_of_command(command));
        return {};
    }
    if (text_of(command, "grid") == "target") {
        if (!model.learns() || !within(place, model.learning().target)) {
            return "there is no such target";
        }
        model.paint_target(place, value_of_command(command));
        return {};
    }
    const bool kernel = text_of(command, "grid") == "kernel";
    const NumberGrid& grid = kernel ? model.setup().weights : model.setup().image;
    if (!within(place, grid)) {
        return "there is no such cell";
    }
    const Index plane = kernel ? model.weight_plane() : model.channel();
    model.change([&](Setup& setup) {
        NumberGrid& painted = kernel ? setup.weights : setup.image;
        painted.values[at(painted.place(plane, place.row, place.column))] =
            value_of_command(command);
        (kernel ? setup.kernel_name : setup.picture).clear();
    });
    return {};
}

std::string set_direction(Model& model, const Json& command) {
    Direction direction{};
    if (!read_name(text_of(command, "direction"), direction)) {
        return "the direction is forward or backward";
    }
    model.set_direction(direction);
    return {};
}

std::string set_error(Model& model, const Json& command) {
    if (!command.contains("choice")) {
        model.place_error(place_of(command));
        return {};
    }
    ErrorChoice choice{};
    if (!read_name(text_of(command, "choice"), choice)) {
        return "the error is ones, one or painted";
    }
    model.choose_error(choice);
    return {};
}

std::string set_lens(Model& model, const Json& command) {
    Lens lens{};
    if (!read_name(text_of(command, "lens"), lens)) {
        return "the lens is window, matrix, im2col or volumes";
    }
    model.set_lens(lens);
    return {};
}

std::string set_way(Model& model, const Json& command) {
    if (is_pooling(model.setup().operation)) {
        return "pooling has no way back";
    }
    model.set_way_back(value_of_command(command));
    return {};
}

std::string set_tool(Model& model, const Json& command) {
    return read_name(text_of(command, "tool"), model.tool) ? std::string()
                                                           : "the tool is inspect or paint";
}

std::string set_brush(Model& model, const Json& command) {
    model.brush = value_of_command(command);
    return {};
}

std::string set_scene(Model& model, const Json& command) {
    return read_name(text_of(command, "scene"), model.scene) ? std::string()
                                                             : "the scene is cells or picture";
}

std::string set_view(Model& model, const Json& command) {
    return read_name(text_of(command, "view"), model.view) ? std::string()
                                                           : "the view is numbers, heat or both";
}

std::string set_aside(Model& model, const Json& command) {
    return read_name(text_of(command, "aside"), model.aside)
               ? std::string()
               : "the aside is formula, conventions or code";
}

std::string tell_axis(Model& model, const Json& command) {
    model.tells_height = text_of(command, "axis") == "height";
    model.change([](Setup&) {});
    return {};
}

std::string compare_numbers(Model& model, const Json& command) {
    const std::optional<AxisSetup> axis = axis_of_command(command);
    if (!axis) {
        return "input and kernel, and if given stride, padding and dilation, are whole numbers";
    }
    model.compared = compare_conventions(*axis);
    return {};
}

std::string open_parameter(Model& model, const Json& command) {
    model.open_parameter = text_of(command, "parameter");
    return {};
}

std::string point_at(Model& model, const Json& command) {
    model.point_at(target_of(command));
    return {};
}

std::string pin_target(Model& model, const Json& command) {
    model.pin(target_of(command));
    return {};
}

constexpr std::array<std::pair<std::string_view, Act>, 27> kActs{
    {{"convolve_set", set_one},
     {"convolve_select", select},
     {"convolve_bias", set_bias},
     {"convolve_link_axes", link_axes},
     {"convolve_operation", set_operation},
     {"convolve_padding_mode", set_padding_mode},
     {"convolve_turn", turn_kernel},
     {"convolve_repair", repair},
     {"convolve_case", open_case},
     {"convolve_picture", open_picture},
     {"convolve_kernel", open_kernel},
     {"convolve_pixels", set_pixels},
     {"convolve_paint", paint_cell},
     {"convolve_direction", set_direction},
     {"convolve_error", set_error},
     {"convolve_lens", set_lens},
     {"convolve_way", set_way},
     {"convolve_tool", set_tool},
     {"convolve_brush", set_brush},
     {"convolve_scene", set_scene},
     {"convolve_view", set_view},
     {"convolve_aside", set_aside},
     {"convolve_tell", tell_axis},
     {"convolve_compare", compare_numbers},
     {"convolve_open", open_parameter},
     {"convolve_point", point_at},
     {"convolve_pin", pin_target}}};

}  // namespace

Answer carry_out(Model& model, const Json& command) {
    for (const Answer& answer :
         {carry_out_by(kActs, model, command), carry_out_playback(model, command)}) {
        if (answer.known) {
            return answer;
        }
    }
    return carry_out_lens(model, command);
}

namespace commands {

std::string set(Parameter parameter, Axes axes, Index value) {
    return Json{{"command", "convolve_set"},
                {"parameter", name_of(parameter)},
                {"axes", name_of(axes)},
                {"value", value}}
        .dump();
}

std::string point(const Target& target) {
    return Json{{"command", "convolve_point"},
                {"kind", name_of(target.kind)},
                {"row", target.place.row},
                {"column", target.place.column}}
        .dump();
}

std::string place_error(CellPlace output) {
    return Json{{"command", "convolve_error"}, {"row", output.row}, {"column", output.column}}
        .dump();
}

std::string look_from(const Outlook& outlook) {
    return Json{{"command", "convolve_look"},
                {"yaw", outlook.yaw},
                {"pitch", outlook.pitch},
                {"zoom", outlook.zoom}}
        .dump();
}

std::string pin(const Target& target) {
    return Json{{"command", "convolve_pin"},
                {"kind", name_of(target.kind)},
                {"row", target.place.row},
                {"column", target.place.column}}
        .dump();
}

std::string paint(Painted grid, CellPlace place, double value) {
    static constexpr std::array<const char*, 4> kNames{"input", "kernel", "error", "target"};
    return Json{{"command", "convolve_paint"},
                {"grid", kNames[static_cast<std::size_t>(grid)]},
                {"row", place.row},
                {"column", place.column},
                {"value", value}}
        .dump();
}

}  // namespace commands
}  // namespace convoscope::models::convolve
