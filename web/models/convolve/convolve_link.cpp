#include "web/models/convolve/convolve_link.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "web/models/convolve/catalogue.h"
#include "web/models/convolve/learning_link.h"
#include "web/models/convolve/link_numbers.h"
#include "web/models/convolve/painted_link.h"
#include "web/models/link_text.h"

namespace convoscope::models::convolve {
namespace {

constexpr std::array<std::pair<std::string_view, Parameter>, 5> kSymbols{
    {{"i", Parameter::input},
     {"k", Parameter::kernel},
     {"s", Parameter::stride},
     {"d", Parameter::dilation},
     {"a", Parameter::output_padding}}};
constexpr std::array<std::pair<std::string_view, Parameter>, 3> kCounts{
    {{"channels", Parameter::input_channels},
     {"filters", Parameter::output_channels},
     {"groups", Parameter::groups}}};

std::string padding_text(const Setup& setup) {
    const std::array<Index, 4> sides{setup.height.padding_begin,
                                     setup.height.padding_end,
                                     setup.width.padding_begin,
                                     setup.width.padding_end};
    const bool alike = std::ranges::all_of(sides, [&](Index side) { return side == sides[0]; });
    std::string text = std::to_string(sides[0]);
    for (std::size_t i = 1; i < sides.size() && !alike; ++i) {
        text += "," + std::to_string(sides[i]);
    }
    return text;
}

/// Whole, from `least` to `most`.
bool is_within(double number, Index least, Index most) {
    return number == std::floor(number) && number >= static_cast<double>(least) &&
           number <= static_cast<double>(most);
}

/// Whether the parameter may have each of them.
bool are_within_range(Parameter parameter, const std::vector<double>& numbers) {
    const ParameterRange range = range_of(parameter);
    return std::ranges::all_of(
        numbers, [&](double number) { return is_within(number, range.least, range.most); });
}

bool set_on_both(Setup& setup, Parameter parameter, const std::vector<double>& numbers) {
    if (numbers.empty() || numbers.size() > 2 || !are_within_range(parameter, numbers)) {
        return false;
    }
    const auto height = static_cast<Index>(numbers.front());
    const auto width = static_cast<Index>(numbers.back());
    setup.linked = setup.linked && height == width;
    set_parameter(setup, parameter, Axes::height, height);
    set_parameter(setup, parameter, Axes::width, width);
    return true;
}

bool set_padding(Setup& setup, const std::vector<double>& numbers) {
    if (!are_within_range(Parameter::padding, numbers)) {
        return false;
    }
    if (numbers.size() == 1) {
        set_parameter(setup, Parameter::padding, Axes::both, static_cast<Index>(numbers[0]));
        return true;
    }
    if (numbers.size() != 4) {
        return false;
    }
    setup.linked = false;
    const auto side = [&](std::size_t i) { return static_cast<Index>(numbers[i]); };
    set_parameter(setup, Parameter::padding, Axes::height, side(0));
    set_parameter(setup, Parameter::padding_end, Axes::height, side(1));
    set_parameter(setup, Parameter::padding, Axes::width, side(2));
    set_parameter(setup, Parameter::padding_end, Axes::width, side(3));
    return true;
}

bool set_bias(Setup& setup, const std::vector<double>& numbers) {
    if (numbers.empty() || std::ssize(numbers) > setup.output_channels) {
        return false;
    }
    setup.bias = numbers;
    return true;
}

bool set_count(Setup& setup, Parameter parameter, const std::vector<double>& numbers) {
    if (numbers.size() != 1 || !are_within_range(parameter, numbers)) {
        return false;
    }
    set_parameter(setup, parameter, Axes::both, static_cast<Index>(numbers[0]));
    return true;
}

bool set_turn(Setup& setup, const std::string& value) {
    const bool known = value == "0" || value == "1";
    setup.turn_kernel = known ? value == "1" : setup.turn_kernel;
    return known;
}

bool set_picture(Setup& setup, const std::string& value) {
    const NamedGrid* picture = catalogue().picture(value);
    if (picture != nullptr) {
        choose_picture(setup, *picture);
    }
    return picture != nullptr;
}

/// Unlike choosing one, it keeps the kernel's size, which the link tells.
bool set_kernel(Setup& setup, const std::string& value) {
    const NamedGrid* kernel = catalogue().kernel(value);
    if (kernel != nullptr) {
        setup.kernel_name = kernel->name;
        setup.weights = {};
    }
    return kernel != nullptr;
}

bool apply_to_setup(Setup& setup, std::string_view name, const std::string& value) {
    for (const auto& [symbol, parameter] : kSymbols) {
        if (symbol == name) {
            return set_on_both(setup, parameter, read_list(value));
        }
    }
    for (const auto& [word, parameter] : kCounts) {
        if (word == name) {
            return set_count(setup, parameter, read_list(value));
        }
    }
    if (name == "operation") {
        return read_name(value, setup.operation);
    }
    if (name == "pad") {
        return read_name(value, setup.padding_mode);
    }
    if (name == "p") {
        return set_padding(setup, read_list(value));
    }
    if (name == "turn") {
        return set_turn(setup, value);
    }
    if (name == "bias") {
        return set_bias(setup, read_list(value));
    }
    if (name == "picture") {
        return set_picture(setup, value);
    }
    if (name == "kernel") {
        return set_kernel(setup, value);
    }
    return set_painted(setup, name, value);
}

bool set_step(Model& model, const std::string& value) {
    int step = 0;
    if (!read_whole(value, 0, std::numeric_limits<int>::max(), step) ||
        step >= std::max<Index>(1, model.steps())) {
        return false;
    }
    model.playback.jump_to(step, model.steps());
    model.follow_playback();
    return true;
}

bool select(Model& model, std::string_view name, const std::vector<double>& numbers) {
    const bool of_filters = name == "filter";
    const Index count = of_filters ? model.setup().output_planes() : model.setup().input_channels;
    if (numbers.size() != 1 || !is_within(numbers[0], 0, count - 1)) {
        return false;
    }
    const auto wanted = static_cast<Index>(numbers[0]);
    if (of_filters) {
        model.select_filter(wanted);
    } else {
        model.select_channel(wanted);
    }
    return true;
}

constexpr double kUsualError = 1.0;

/// Of the way forth nothing.
void add_way_back(std::vector<std::pair<std::string, std::string>>& pairs, const Model& model) {
    if (!model.backward()) {
        return;
    }
    pairs.emplace_back("direction", name_of(model.direction()));
    pairs.emplace_back("error", name_of(model.error_choice()));
    if (model.error_choice() == ErrorChoice::one) {
        const CellPlace place = model.error_place();
        pairs.emplace_back("at", std::to_string(place.row) + "," + std::to_string(place.column));
    }
    if (model.error_choice() == ErrorChoice::painted && model.possible()) {
        const NumberGrid usual{
            .values = std::vector<double>(at(model.error().plane_cells()), kUsualError)};
        add_painted(pairs, "e", model.error(), [&usual](Index) { return usual; });
    }
}

/// One of the names of a choice.
template <class Choice, class Set>
bool choose(const std::string& value, const Set& set) {
    Choice choice{};
    const bool known = read_name(value, choice);
    if (known) {
        set(choice);
    }
    return known;
}

bool set_way(Model& model, const std::vector<double>& numbers) {
    const bool readable = numbers.size() == 1 && numbers[0] >= 0.0 && numbers[0] <= 1.0 &&
                          !is_pooling(model.setup().operation);
    if (readable) {
        model.set_way_back(numbers[0]);
    }
    return readable;
}

bool place_error(Model& model, const std::vector<double>& numbers) {
    const NumberGrid& output = model.arithmetic().output;
    const auto fits = [](double place, Index count) {
        return is_within(place, 0, std::max<Index>(0, count - 1));
    };
    if (numbers.size() != 2 || !fits(numbers[0], output.rows) ||
        !fits(numbers[1], output.columns)) {
        return false;
    }
    model.place_error({static_cast<Index>(numbers[0]), static_cast<Index>(numbers[1])});
    return true;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> link_pairs(const Model& model) {
    const Setup setup = model.resting_setup();
    std::vector<std::pair<std::string, std::string>> pairs;
    pairs.emplace_back("operation", name_of(setup.operation));
    for (const auto& [word, parameter] : kCounts) {
        if (const Index count = value_of(setup, parameter, Axes::both); count != 1) {
            pairs.emplace_back(word, std::to_string(count));
        }
    }
    for (const auto& [symbol, parameter] : kSymbols) {
        const Index height = value_of(setup, parameter, Axes::height);
        const Index width = value_of(setup, parameter, Axes::width);
        std::string value = std::to_string(height);
        value += height == width ? "" : "," + std::to_string(width);
        pairs.emplace_back(symbol, std::move(value));
    }
    pairs.emplace_back("p", padding_text(setup));
    pairs.emplace_back("pad", name_of(setup.padding_mode));
    pairs.emplace_back("turn", setup.turn_kernel ? "1" : "0");
    pairs.emplace_back("bias", list_of(setup.bias));
    add_image_and_weights(pairs, setup);
    if (model.filter() > 0) {
        pairs.emplace_back("filter", std::to_string(model.filter()));
    }
    if (model.channel() > 0) {
        pairs.emplace_back("channel", std::to_string(model.channel()));
    }
    add_way_back(pairs, model);
    add_learning(pairs, model);
    add_outlook(pairs, model);
    if (model.lens() != Lens::window) {
        pairs.emplace_back("lens", name_of(model.lens()));
    }
    if (model.between()) {
        pairs.emplace_back("way", number_text(model.way_back()));
    }
    if (model.scene != Scene::cells) {
        pairs.emplace_back("scene", name_of(model.scene));
    }
    pairs.emplace_back("order", name_of(model.playback.order));
    if (!model.playback.playing) {  // while it plays, the state is not another one at every step
        pairs.emplace_back("step", std::to_string(model.playback.step));
    }
    return pairs;
}

void clear_unsaid(Model& model) {
    model.change([](Setup& setup) {
        for (const auto& [word, parameter] : kCounts) {
            set_parameter(setup, parameter, Axes::both, 1);
        }
    });
    model.select_filter(0);
    model.open_learning(false);
    model.look_from({});
    model.set_direction(Direction::forward);
    model.choose_error(ErrorChoice::one);
    model.set_lens(Lens::window);
    if (model.between()) {
        model.set_way_back(1.0);
    }
    model.scene = Scene::cells;
}

bool apply_pair(Model& model, std::string_view name, const std::string& value) {
    if (name == "order") {
        return choose<Order>(value, [&](Order choice) { model.set_order(choice); });
    }
    if (name == "scene") {
        return read_name(value, model.scene);
    }
    if (name == "step") {
        return set_step(model, value);
    }
    if (name == "filter" || name == "channel") {
        return select(model, name, read_list(value));
    }
    if (name == "direction") {
        return choose<Direction>(value, [&](Direction choice) { model.set_direction(choice); });
    }
    if (name == "error") {
        return choose<ErrorChoice>(value, [&](ErrorChoice choice) { model.choose_error(choice); });
    }
    if (name == "lens") {
        return choose<Lens>(value, [&](Lens choice) { model.set_lens(choice); });
    }
    if (name == "way") {
        return set_way(model, read_list(value));
    }
    if (name == "at") {
        return place_error(model, read_list(value));
    }
    if (const std::optional<Index> plane = plane_of(name, 'e')) {
        return model.paint_error_plane(*plane, read_list(value));
    }
    if (is_learning_pair(name)) {
        return apply_learning_pair(model, name, value);
    }
    bool taken = false;
    model.change([&](Setup& setup) { taken = apply_to_setup(setup, name, value); });
    return taken;
}

}  // namespace convoscope::models::convolve
