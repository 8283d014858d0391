#include "web/models/convolve/explanation.h"

#include <algorithm>
#include <array>
#include <string>

#include "web/models/convolve/place_text.h"

namespace convoscope::models::convolve {
namespace {

std::string text(Index number) {
    return std::to_string(number);
}

std::string in_words(Index number) {
    constexpr std::array<const char*, 13> kWords{"none",
                                                 "one",
                                                 "two",
                                                 "three",
                                                 "four",
                                                 "five",
                                                 "six",
                                                 "seven",
                                                 "eight",
                                                 "nine",
                                                 "ten",
                                                 "eleven",
                                                 "twelve"};
    return number < std::ssize(kWords) ? kWords[at(number)] : text(number);
}

std::string times(Index count) {
    if (count == 1) {
        return "once";
    }
    return count == 2 ? "twice" : text(count) + " times";
}

/// "rows 1 to 3", "row 1", or nothing when the window lies on padding alone.
std::string pixels_read(const WindowAxis& axis, Index output, const std::string& name) {
    Index first = -1;
    Index last = -1;
    for (Index tap = 0; tap < axis.taps; ++tap) {
        const Position& position = axis.positions[at(axis.place(output, tap))];
        if (position.kind == PositionKind::pixel) {
            first = first < 0 ? position.source : first;
            last = position.source;
        }
    }
    if (first < 0) {
        return "no " + name;
    }
    const bool one = first == last;
    std::string words = name + (one ? " " : "s ") + text(first);
    words += one ? "" : " to " + text(last);
    return one || axis.dilation == 1 ? words : words + " in steps of " + text(axis.dilation);
}

/// How many of a window's values are no pixels, to end the sentence.
std::string rest_of_window(Index all, Index padding, Index stretched) {
    if (padding == 0 && stretched == 0) {
        return all == 1 ? ". It is no padding."
                        : ". None of its " + in_words(all) + " values is padding.";
    }
    const char* what = "padding or stretched-in zeros.";
    if (stretched == 0) {
        what = "padding.";
    } else if (padding == 0) {
        what = "stretched-in zeros.";
    }
    return "; " + text(padding + stretched) + " of its " + in_words(all) + " values " +
           (padding + stretched == 1 ? "is " : "are ") + what;
}

/// " of filter 1", where there are several.
std::string of_plane(const Setup& setup, Index plane) {
    if (setup.output_planes() == 1) {
        return {};
    }
    return (is_pooling(setup.operation) ? " of channel " : " of filter ") + text(plane);
}

/// "input", "channel 2", or "channels 0 to 2": what a filter reads.
std::string channels_read(const Setup& setup, Index plane) {
    const Index first = setup.first_channel_of(plane);
    const Index last = first + setup.slices() - 1;
    if (setup.input_channels == 1) {
        return "input";
    }
    return first == last ? "input's channel " + text(first)
                         : "input's channels " + text(first) + " to " + text(last);
}

Sentence explain_output(const Setup& setup,
                        const Arithmetic& arithmetic,
                        CellPlace place,
                        Index plane) {
    const std::vector<Term> terms = terms_of(setup, arithmetic, place, plane);
    const auto padding = std::ranges::count(terms, PositionKind::padding, &Term::kind);
    const auto stretched = std::ranges::count(terms, PositionKind::stretched, &Term::kind);
    const std::string rest = rest_of_window(std::ssize(terms), padding, stretched);
    return {{"Output " + place_text(place) + of_plane(setup, plane), Meaning::output},
            {" reads " + pixels_read(arithmetic.rows, place.row, "row") + " and " +
             pixels_read(arithmetic.columns, place.column, "column") + " of the "},
            {channels_read(setup, plane), Meaning::input},
            {rest}};
}

Sentence explain_weight(const Setup& setup,
                        const Arithmetic& arithmetic,
                        CellPlace place,
                        Index plane) {
    const Trace trace = trace_of(setup, arithmetic, {Target::Kind::weight, place});
    Sentence sentence{
        {"Weight " + place_text(place) + of_plane(setup, plane), Meaning::kernel},
        {" is used " + times(trace.count()) + ", once in every "},
        {setup.output_planes() == 1 ? "output" : "output of its filter", Meaning::output}};
    if (trace.on_padding > 0) {
        sentence.push_back({"; " + text(trace.on_padding) + " of those uses meet" +
                            (trace.on_padding == 1 ? "s " : " ")});
        sentence.push_back(
            {setup.operation == Operation::transposed ? "zeros" : "padding", Meaning::padding});
    }
    sentence.push_back({"."});
    return sentence;
}

Sentence explain_grid(const Setup& setup, const Arithmetic& arithmetic, CellPlace place) {
    const Position& row = arithmetic.rows.positions[at(place.row)];
    const Position& column = arithmetic.columns.positions[at(place.column)];
    const Trace trace = trace_of(setup, arithmetic, {Target::Kind::grid, place});
    Sentence sentence;
    if (row.kind == PositionKind::pixel && column.kind == PositionKind::pixel) {
        sentence.push_back({"Input " + place_text({row.source, column.source}), Meaning::input});
    } else if (row.kind == PositionKind::padding || column.kind == PositionKind::padding) {
        sentence.push_back({"This padding", Meaning::padding});
        if (row.source >= 0 && column.source >= 0) {
            sentence.push_back({" repeats "});
            sentence.push_back(
                {"input " + place_text({row.source, column.source}), Meaning::input});
            sentence.push_back({", which"});
        }
    } else {
        sentence.push_back({"This zero, stretched in between the pixels,", Meaning::padding});
    }
    if (trace.count() == 0) {
        sentence.push_back({" is never read: no window ends there."});
        return sentence;
    }
    sentence.push_back(
        {" feeds " + text(trace.count()) + " of the " + text(arithmetic.output_cells()) + " "});
    sentence.push_back({"outputs", Meaning::output});
    const Index filters = is_pooling(setup.operation) ? 1 : setup.output_channels / setup.groups;
    if (filters > 1) {
        sentence.push_back({" of each of " + in_words(filters) + " filters"});
    }
    if (is_pooling(setup.operation)) {
        sentence.push_back({"."});
    } else {
        sentence.push_back(
            {trace.count() == 1 ? ", through one weight." : ", each through another weight."});
    }
    return sentence;
}

}  // namespace

Sentence explain(const Setup& setup,
                 const Arithmetic& arithmetic,
                 const Target& target,
                 Index plane) {
    switch (target.kind) {
        case Target::Kind::none:
            return {};
        case Target::Kind::grid:
            return explain_grid(setup, arithmetic, target.place);
        case Target::Kind::weight:
            return explain_weight(setup, arithmetic, target.place, plane);
        case Target::Kind::output:
            return explain_output(setup, arithmetic, target.place, plane);
    }
    return {};
}

Sentence explain_remainder(const Setup& setup, const AxisSetup& axis, const WindowAxis& windows) {
    if (setup.operation == Operation::transposed) {
        const Index around = axis.window().extent() - axis.padding_begin - 1;
        return {{std::string(axis.dilation > 1 ? "p' = d(k − 1) − p = " : "p' = k − p − 1 = ") +
                     text(around),
                 Meaning::strong},
                {around < 0 ? "  cuts the stretched input off at each end."
                            : "  zeros surround the stretched input; the stride is 1."}};
    }
    const Index room = axis.input + axis.padding_begin + axis.padding_end - axis.window().extent();
    if (axis.stride == 1) {
        return {{text(room), Meaning::strong},
                {room == 1 ? "  step is left, and it is one output more."
                           : "  steps are left, and each is one output more."}};
    }
    const Index rest = windows.lost();
    if (rest == 0) {
        return {{text(room) + " / " + text(axis.stride) + " = " + text(room / axis.stride),
                 Meaning::strong},
                {"  leaves no rest: the last window ends at the border."}};
    }
    const bool only_padding = rest <= axis.padding_end;
    const std::string which = rest == 1 ? "position" : in_words(rest) + " positions";
    return {{text(room) + " mod " + text(axis.stride) + " = " + text(rest), Meaning::warning},
            {"  is left over: no window reads the last " + which +
             (only_padding ? " of the padding." : " of the input.")}};
}

Coverage coverage_of(const Arithmetic& arithmetic) {
    const auto count = [](const WindowAxis& axis, bool pixels) {
        Index unread = 0;
        for (Index i = 0; i < axis.count(); ++i) {
            const bool is_pixel = axis.positions[at(i)].kind == PositionKind::pixel;
            unread += is_pixel == pixels && !axis.is_read(i) ? 1 : 0;
        }
        return unread;
    };
    const auto words = [](Index rows, Index columns, const std::string& kind) {
        if (rows == columns) {
            return rows == 1 ? "1 " + kind + "row and column never read"
                             : text(rows) + " " + kind + "rows and columns never read";
        }
        std::string list = rows > 0 ? text(rows) + " " + kind + (rows == 1 ? "row" : "rows") : "";
        if (columns > 0) {
            list += (list.empty() ? "" : ", ") + text(columns) + " " + kind +
                    (columns == 1 ? "column" : "columns");
        }
        return list + " never read";
    };
    const Index rows = count(arithmetic.rows, true);
    const Index columns = count(arithmetic.columns, true);
    if (rows + columns > 0) {
        return {words(rows, columns, ""), false};
    }
    const Index padded_rows = count(arithmetic.rows, false);
    const Index padded_columns = count(arithmetic.columns, false);
    if (padded_rows + padded_columns > 0) {
        return {words(padded_rows, padded_columns, "padded "), false};
    }
    return {"every pixel is read", true};
}

}  // namespace convoscope::models::convolve
