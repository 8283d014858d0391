#include "web/models/convolve/trace.h"

#include "web/models/name_table.h"

namespace convoscope::models::convolve {
namespace {

constexpr NameTable<4> kKinds{"none", "grid", "weight", "output"};

/// One product along one axis.
struct Reading {
    Index output;
    Index tap;
    Index place;
};

template <class Wanted>
std::vector<Reading> readings(const WindowAxis& axis, const Wanted& wanted) {
    std::vector<Reading> found;
    for (Index output = 0; output < axis.outputs; ++output) {
        for (Index tap = 0; tap < axis.taps; ++tap) {
            const Reading reading{output, tap, axis.place(output, tap)};
            if (wanted(reading)) {
                found.push_back(reading);
            }
        }
    }
    return found;
}

/// A pixel is read wherever its value stands, in mirrored padding too; a zero only where it is.
std::vector<Reading> readings_of_place(const WindowAxis& axis, Index place) {
    const Index source = axis.positions[at(place)].source;
    return readings(axis, [&](const Reading& reading) {
        return reading.place == place ||
               (source >= 0 && axis.positions[at(reading.place)].source == source);
    });
}

void combine(const Setup& setup,
             const Arithmetic& arithmetic,
             const std::vector<Reading>& rows,
             const std::vector<Reading>& columns,
             Trace& trace) {
    for (const Reading& row : rows) {
        for (const Reading& column : columns) {
            trace.uses.push_back({.output = {row.output, column.output},
                                  .weight = weight_at_tap(setup, {row.tap, column.tap}),
                                  .grid = {row.place, column.place}});
            const bool pixel =
                arithmetic.rows.positions[at(row.place)].kind == PositionKind::pixel &&
                arithmetic.columns.positions[at(column.place)].kind == PositionKind::pixel;
            trace.on_padding += pixel ? 0 : 1;
        }
    }
}

bool within(CellPlace place, Index rows, Index columns) {
    return place.row >= 0 && place.column >= 0 && place.row < rows && place.column < columns;
}

}  // namespace

std::string_view name_of(Target::Kind kind) {
    return name_in(kKinds, kind);
}
bool read_name(std::string_view name, Target::Kind& kind) {
    return read_name_in(kKinds, name, kind);
}

Trace trace_of(const Setup& setup, const Arithmetic& arithmetic, const Target& target) {
    Trace trace;
    const WindowAxis& rows = arithmetic.rows;
    const WindowAxis& columns = arithmetic.columns;
    switch (target.kind) {
        case Target::Kind::none:
            break;
        case Target::Kind::output:
            combine(
                setup,
                arithmetic,
                readings(rows,
                         [&target](const Reading& r) { return r.output == target.place.row; }),
                readings(columns,
                         [&target](const Reading& r) { return r.output == target.place.column; }),
                trace);
            break;
        case Target::Kind::weight: {
            const CellPlace tap = weight_at_tap(setup, target.place);
            combine(setup,
                    arithmetic,
                    readings(rows, [tap](const Reading& r) { return r.tap == tap.row; }),
                    readings(columns, [tap](const Reading& r) { return r.tap == tap.column; }),
                    trace);
            break;
        }
        case Target::Kind::grid:
            combine(setup,
                    arithmetic,
                    readings_of_place(rows, target.place.row),
                    readings_of_place(columns, target.place.column),
                    trace);
            break;
    }
    return trace;
}

bool exists(const Setup& setup, const Arithmetic& arithmetic, const Target& target) {
    switch (target.kind) {
        case Target::Kind::none:
            return true;
        case Target::Kind::grid:
            return arithmetic.possible() &&
                   within(target.place, arithmetic.rows.count(), arithmetic.columns.count());
        case Target::Kind::weight:
            return arithmetic.possible() && !is_pooling(setup.operation) &&
                   within(target.place, setup.height.kernel, setup.width.kernel);
        case Target::Kind::output:
            return arithmetic.possible() &&
                   within(target.place, arithmetic.output.rows, arithmetic.output.columns);
    }
    return false;
}

}  // namespace convoscope::models::convolve
