#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/models/convolve/arithmetic.h"
#include "web/models/convolve/conventions.h"
#include "web/models/convolve/explanation.h"
#include "web/models/convolve/formula.h"
#include "web/models/convolve/playback.h"
#include "web/models/convolve/repair.h"
#include "web/models/convolve/setup.h"
#include "web/models/convolve/trace.h"

namespace convoscope::models::convolve {

/// How the cells show their values.
enum class CellView { numbers, heat, both };
[[nodiscard]] std::string_view name_of(CellView view);
bool read_name(std::string_view name, CellView& view);

/// What the pointer does to a cell.
enum class Tool { inspect, paint };
[[nodiscard]] std::string_view name_of(Tool tool);
bool read_name(std::string_view name, Tool& tool);

/// What is shown in the formula's place where there is room for one card; where there is room for
/// two, the conventions stand beside the formula, or the code.
enum class Aside { formula, conventions, code };
[[nodiscard]] std::string_view name_of(Aside aside);
bool read_name(std::string_view name, Aside& aside);

/// The room's state: a setup, what the engine makes of it, and what the reader looks at. Every
/// change of the setup goes through `change`, so that the numbers are never those of another one.
class Model {
  public:
    Model();

    [[nodiscard]] const Setup& setup() const { return setup_; }
    [[nodiscard]] const Arithmetic& arithmetic() const { return arithmetic_; }
    [[nodiscard]] bool possible() const { return arithmetic_.possible(); }
    /// Of an impossible setup: what would make it possible.
    [[nodiscard]] const std::vector<Repair>& repairs() const { return repairs_; }
    [[nodiscard]] const std::vector<ConventionRow>& conventions() const { return conventions_; }
    [[nodiscard]] const SizeFormula& formula() const { return formula_; }
    [[nodiscard]] const Coverage& coverage() const { return coverage_; }

    /// The axis that formula, ruler and conventions speak of.
    [[nodiscard]] const AxisSetup& told_axis() const;
    [[nodiscard]] const WindowAxis& told_windows() const;
    [[nodiscard]] const Relationship& told_relationship() const;
    bool tells_height = false;

    /// Changes the setup, resizes picture and kernel, and computes everything anew.
    template <class Change>
    void change(const Change& act) {
        act(setup_);
        refresh();
    }

    /// The filter (of pooling: the channel) whose output is computed, and the channel that is in
    /// front, one of those that the filter reads.
    [[nodiscard]] Index filter() const { return filter_; }
    [[nodiscard]] Index channel() const { return channel_; }
    /// The channel's number among those that the filter reads.
    [[nodiscard]] Index slice() const { return channel_ - setup_.first_channel_of(filter_); }
    /// The plane of the weights that is in front.
    [[nodiscard]] Index weight_plane() const;
    /// Selecting one takes the other along where the groups ask for it. Out of range: the nearest.
    void select_filter(Index filter);
    void select_channel(Index channel);
    /// What each channel that the filter reads adds to the current output.
    [[nodiscard]] std::vector<double> channel_sums() const;

    /// Outputs in the order in which they are computed.
    [[nodiscard]] const std::vector<Index>& order() const { return order_; }
    /// The place in that order, by row · columns + column.
    [[nodiscard]] Index step_of(CellPlace output) const;
    [[nodiscard]] CellPlace output_at(Index step) const;
    [[nodiscard]] CellPlace current() const { return output_at(playback.step); }
    /// The products of the current output. Expects: possible.
    [[nodiscard]] const std::vector<Term>& terms() const { return terms_; }
    /// After playback or its order has moved.
    void follow_playback();
    void set_order(Order order);
    /// Lets time pass. Returns true while the picture changes by itself.
    bool advance(double seconds, bool reduced_motion);

    /// What the pointer is on counts before what is pinned.
    [[nodiscard]] const Target& told_target() const;
    [[nodiscard]] const Trace& trace() const { return trace_; }
    void point_at(const Target& target);
    void pin(const Target& target);  ///< a second time: unpins

    [[nodiscard]] Sentence explanation() const;

    Playback playback;
    CellView view = CellView::numbers;
    Aside aside = Aside::formula;
    Tool tool = Tool::inspect;
    double brush = 3.0;  ///< the value that is painted
    Target hovered;
    Target pinned;
    std::string open_parameter = "stride";  ///< on the phone, where one slider is shown

  private:
    void refresh();
    void refresh_trace();
    void hold_selection();

    Setup setup_;
    Arithmetic arithmetic_;
    Index filter_ = 0;
    Index channel_ = 0;
    std::vector<Repair> repairs_;
    std::vector<ConventionRow> conventions_;
    SizeFormula formula_;
    Coverage coverage_;
    std::vector<Index> order_;
    std::vector<Index> step_of_output_;
    std::vector<Term> terms_;
    Trace trace_;
};

}  // namespace convoscope::models::convolve
