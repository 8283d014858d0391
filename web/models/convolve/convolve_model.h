#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/models/convolve/arithmetic.h"
#include "web/models/convolve/conventions.h"
#include "web/models/convolve/explanation.h"
#include "web/models/convolve/formula.h"
#include "web/models/convolve/gradient.h"
#include "web/models/convolve/gradient_explanation.h"
#include "web/models/convolve/learning.h"
#include "web/models/convolve/lens.h"
#include "web/models/convolve/playback.h"
#include "web/models/convolve/repair.h"
#include "web/models/convolve/setup.h"
#include "web/models/convolve/trace.h"
#include "web/models/outlook.h"

namespace convoscope::models::convolve {

/// How the cells show their values.
enum class CellView { numbers, heat, both };
[[nodiscard]] std::string_view name_of(CellView view);
bool read_name(std::string_view name, CellView& view);

/// What the pointer does to a cell.
enum class Tool { inspect, paint };
[[nodiscard]] std::string_view name_of(Tool tool);
bool read_name(std::string_view name, Tool& tool);

/// What the room shows: numbers in cells, or a real picture under the same window.
enum class Scene { cells, picture };
[[nodiscard]] std::string_view name_of(Scene scene);
bool read_name(std::string_view name, Scene& scene);

using models::Outlook;  // of the volumes

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

    [[nodiscard]] Direction direction() const { return direction_; }
    [[nodiscard]] bool backward() const { return direction_ == Direction::backward; }
    void set_direction(Direction direction);
    /// Backwards: dL/dy, in the output's shape, and what comes of it.
    [[nodiscard]] const NumberGrid& error() const { return error_; }
    [[nodiscard]] const Gradients& gradients() const { return gradients_; }
    [[nodiscard]] ErrorChoice error_choice() const { return error_choice_; }
    void choose_error(ErrorChoice choice);
    /// The output that has all the error, with `ErrorChoice::one`: the middle one, unless chosen.
    [[nodiscard]] CellPlace error_place() const;
    void place_error(CellPlace output);
    /// Makes it a painted error. Expects: such an output.
    void paint_error(Index plane, CellPlace output, double value);
    /// All of a plane; no change when it has not as many cells.
    bool paint_error_plane(Index plane, const std::vector<double>& values);

    [[nodiscard]] Lens lens() const { return lens_; }
    void set_lens(Lens lens);
    /// Of a lens that is a matrix. Expects: possible.
    [[nodiscard]] const LensMatrix& matrix() const { return matrix_; }

    /// From where the volumes are looked at; held within what shows something.
    [[nodiscard]] const Outlook& outlook() const { return outlook_; }
    void look_from(const Outlook& wanted);

    /// The filter in front that learns a target.
    [[nodiscard]] const Learning& learning() const { return learning_; }
    [[nodiscard]] bool learns() const { return learning_.open; }
    /// The kernel that is there becomes the hidden one, and the filter begins with zeros. Closed
    /// before a step was made, the kernel is there again. No change for pooling.
    void open_learning(bool open);
    /// The target that a kernel of the catalogue makes, of whose size the filter then is.
    void choose_hidden(const std::string& kernel);
    /// Makes the target a painted one. Expects: learns, and such an output.
    void paint_target(CellPlace output, double value);
    /// All of it; no change when it has not as many cells.
    bool paint_target_all(const std::vector<double>& values);
    void set_rate(double rate);
    /// With other weights than the last time.
    void start_again();
    void run_learning(bool on);
    void learn(Index steps);
    /// Takes up what a link says: the target's kernel, or none, as the weights are.
    void resume_learning(const std::string& hidden);
    /// The setup, or while the filter learns as it was when that began.
    [[nodiscard]] Setup resting_setup() const;

    /// Where the picture stands between the direct convolution, 0, and the transposed one, 1.
    [[nodiscard]] double way_back() const;
    /// Neither of them: zeros are on their way in, and no operation computes anything.
    [[nodiscard]] bool between() const { return between_.has_value(); }
    /// Whether the reader moves between the two: until another operation is chosen.
    [[nodiscard]] bool slides() const { return slides_ || between(); }
    /// At the ends the setup becomes the one operation or the other. Where the border p′ would be
    /// below zero there is nothing between them. No change for pooling.
    void set_way_back(double way);
    void stop_sliding() { slides_ = false; }

    /// Cells in the order in which they are computed: outputs, or backwards the input's pixels.
    [[nodiscard]] const std::vector<Index>& order() const { return order_; }
    /// The place in that order.
    [[nodiscard]] Index step_of(CellPlace cell) const;
    [[nodiscard]] CellPlace cell_at(Index step) const;
    [[nodiscard]] CellPlace current() const { return cell_at(playback.step); }
    [[nodiscard]] Index steps() const { return std::ssize(order_); }

    /// What the products add up to: the current cell; backwards, where a weight or a place of the
    /// input is pointed at, the gradient of that.
    [[nodiscard]] Target summed() const;
    [[nodiscard]] double sum_value() const;
    /// Expects: possible.
    [[nodiscard]] const std::vector<Term>& terms() const { return terms_; }
    /// How many of them have appeared, and how much of their sum, from 0 to 1.
    [[nodiscard]] Index terms_shown() const;
    [[nodiscard]] double landing() const;

    /// The terms come in parts of equal length: a channel of those that the filter reads each, or
    /// backwards a filter of those that read the channel.
    [[nodiscard]] Index parts() const;
    [[nodiscard]] Index first_part() const;
    [[nodiscard]] Index front_part() const;  ///< from the first one on
    [[nodiscard]] std::vector<double> part_sums() const;

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
    /// Backwards: of the pixel in question, of a weight (the one pointed at, or the first) and of
    /// the bias.
    [[nodiscard]] std::vector<GradientFormula> gradient_formulas() const;

    /// Another one after every change of the setup and of what is in front.
    [[nodiscard]] std::uint32_t revision() const { return revision_; }

    Playback playback;
    Scene scene = Scene::cells;
    CellView view = CellView::numbers;
    Aside aside = Aside::formula;
    Tool tool = Tool::inspect;
    double brush = 3.0;  ///< the value that is painted
    Target hovered;
    Target pinned;
    std::vector<ConventionRow> compared;    ///< for numbers that a command gave
    std::string open_parameter = "stride";  ///< on the phone, where one slider is shown

  private:
    void refresh();
    void refresh_order();
    void refresh_gradients();
    void refresh_matrix();
    void refresh_learning();
    void begin_learning(Index start);
    [[nodiscard]] bool can_learn() const;
    void refresh_trace();
    void hold_selection();
    /// Whether the products are those of the cell that playback is at.
    [[nodiscard]] bool sums_current() const;
    [[nodiscard]] Target current_place() const;

    Setup setup_;
    Arithmetic arithmetic_;
    Direction direction_ = Direction::forward;
    ErrorChoice error_choice_ = ErrorChoice::one;  // shows the kernel, where all ones may cancel
    std::optional<CellPlace> error_place_;
    NumberGrid error_;
    Gradients gradients_;
    Lens lens_ = Lens::window;
    LensMatrix matrix_;
    Outlook outlook_;
    Learning learning_;
    Setup before_learning_;
    std::optional<double> between_;
    bool slides_ = false;
    Index filter_ = 0;
    Index channel_ = 0;
    std::vector<Repair> repairs_;
    std::vector<ConventionRow> conventions_;
    SizeFormula formula_;
    Coverage coverage_;
    std::vector<Index> order_;
    std::vector<Index> step_of_cell_;
    std::vector<Term> terms_;
    Trace trace_;
    std::uint32_t revision_ = 0;
};

}  // namespace convoscope::models::convolve
