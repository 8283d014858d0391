#include "web/rooms/convolve/stage_header.h"

#include <algorithm>
#include <array>
#include <span>

#include "web/rooms/convolve/lens_choice.h"
#include "web/rooms/convolve/stage_parts.h"
#include "web/widgets/chip.h"
#include "web/widgets/segmented.h"

namespace convoscope::rooms::convolve {

using namespace widgets;

namespace {

constexpr float kViews = 196;
constexpr float kToViews = 12;
constexpr float kLenses = 252;
constexpr float kNarrowViews = 172;
constexpr float kNarrowLenses = 226;

std::string volume_text(Index rows, Index columns, Index planes) {
    return size_text(rows, columns) + (planes > 1 ? " × " + std::to_string(planes) : "");
}

std::string kernel_text(const model::Setup& setup) {
    const bool weighs = !is_pooling(setup.operation);
    const std::string one =
        volume_text(setup.height.kernel, setup.width.kernel, weighs ? setup.slices() : 1);
    return weighs && setup.output_channels > 1
               ? std::to_string(setup.output_channels) + " of " + one
               : one;
}

/// The sign of convolution, which the interface's faces lack: six arms on the middle of a line.
void draw_star(Canvas& canvas, Point center, Color color) {
    constexpr float kArm = 5;
    constexpr float kSine = 0.5F;
    constexpr float kCosine = 0.866F;
    canvas.line({center.x, center.y - kArm}, {center.x, center.y + kArm}, color, stroke::kSelect);
    for (const float side : {-1.0F, 1.0F}) {
        const Point arm{kArm * kCosine, side * kArm * kSine};
        canvas.line({center.x - arm.x, center.y - arm.y},
                    {center.x + arm.x, center.y + arm.y},
                    color,
                    stroke::kSelect);
    }
}

struct Sizes {
    std::string input;
    std::string kernel;
    std::string output;  ///< empty: impossible
};

Sizes sizes_of(const Context& context) {
    const model::Setup& setup = context.setup();
    const model::NumberGrid& made = context.arithmetic().output;
    return {.input = volume_text(setup.height.input, setup.width.input, setup.input_channels),
            .kernel = kernel_text(setup),
            .output = context.room().possible() ? volume_text(made.rows, made.columns, made.planes)
                                                : std::string()};
}

Sizes photo_sizes(const Context& context) {
    const model::Photo& photo = context.state.photo;
    const model::Setup& setup = context.setup();
    const model::PhotoPixels& shown = photo.shown();
    const Index rows = photo.rows().outputs;
    return {.input = shown.bytes.empty() ? "–" : size_text(shown.rows, shown.columns),
            .kernel = size_text(setup.height.kernel, setup.width.kernel),
            .output = rows == 0 ? std::string() : size_text(rows, photo.columns().outputs)};
}

constexpr float kStarRoom = 34;

/// As draw_sizes takes it.
float sizes_width(const Context& context, const Sizes& sizes, FontStyle style) {
    constexpr float kArrow = 46;
    const Canvas canvas = context.ui.canvas();
    return canvas.width(sizes.input + sizes.kernel + sizes.output, style) + kStarRoom + kArrow;
}

/// Returns the width. Without the kernel where it is `brief`: its size stands over its card.
float draw_sizes(Context& context,
                 const Sizes& sizes,
                 Point at,
                 FontStyle style,
                 FontStyle signs,
                 bool brief = false) {
    const Theme& theme = context.theme();
    const Color result = sizes.output.empty() ? theme.err : theme.output;
    const std::string output = sizes.output.empty() ? "–" : sizes.output;
    const std::string& input = sizes.input;
    const std::string& kernel = sizes.kernel;
    Canvas canvas = context.ui.canvas();
    float width = canvas.text(at, input, style, theme.input);
    if (!brief) {
        draw_star(canvas, {at.x + width + kStarRoom / 2, at.y}, theme.t3);
        width += kStarRoom;
        width += canvas.text({at.x + width, at.y}, kernel, style, theme.kernel);
    }
    width +=
        canvas.text({at.x + width, at.y}, {{"   →   ", signs, theme.t3}, {output, style, result}});
    std::string value = input;
    value += " * " + kernel;
    value += " → " + output;
    register_passive(context.ui,
                     {.id = "convolve.sizes",
                      .label = "Input, kernel and output",
                      .role = Role::kText,
                      .value = value},
                     {at.x, at.y - 12, width, 24});
    return width;
}

/// The guide's marks beyond ASCII that the interface's faces lack.
std::string without_primes(std::string_view text) {
    constexpr std::string_view kPrime = "′";
    std::string result(text);
    for (std::size_t at = result.find(kPrime); at != std::string::npos; at = result.find(kPrime)) {
        result.replace(at, kPrime.size(), "'");
    }
    constexpr std::string_view kHat = "\u0302";
    for (std::size_t at = result.find(kHat); at != std::string::npos; at = result.find(kHat)) {
        result.erase(at, kHat.size());
    }
    return result;
}

ChipSpec relationship_chip(Context& context) {
    const Relationship& relationship = context.room().told_relationship();
    std::string label = relationship.number > 0
                            ? "Relationship " + std::to_string(relationship.number)
                            : std::string(relationship.name);
    if (relationship.number > 0) {
        label += " · " + std::string(relationship.name);
    }
    return {.label = label,
            .icon = Icon::kPin,
            .id = kRelationshipId,
            .explanation = plain(context, relationship_words(relationship))};
}

ChipSpec coverage_chip(Context& context) {
    const model::Coverage& coverage = context.room().coverage();
    return {.label = coverage.text,
            .status = coverage.reads_all ? widgets::Status::kOk : widgets::Status::kWarn,
            .icon = coverage.reads_all ? Icon::kOk : Icon::kWarn,
            .id = "convolve.coverage",
            .explanation = plain(
                context,
                coverage.reads_all
                    ? "Every pixel of the input lies in at least one window."
                    : "What is struck out lies in no window: it has no influence on the output.")};
}

/// One beside the other, and below it where there is no room; returns how high they are.
float draw_chips(Context& context, std::span<const ChipSpec> chips, Point at, float right) {
    constexpr float kLine = 26;
    Point place = at;
    for (const ChipSpec& spec : chips) {
        const float width = chip_width(context.ui, spec);
        if (place.x > at.x && place.x + width > right) {
            place = {at.x, place.y + kLine};
        }
        chip(context.ui, spec, place, context.theme().bg0);
        place.x += width + space::k8;
    }
    return place.y + kLine - at.y;
}

}  // namespace

std::string relationship_words(const Relationship& relationship) {
    const std::string formula = without_primes(relationship.formula);
    const std::string conditions = without_primes(relationship.conditions);
    const std::string name =
        "Dumoulin and Visin's guide calls this “" + std::string(relationship.name) + "”";
    return name + (formula.empty() ? "." : ":  " + formula + "   where " + conditions + ".");
}

void draw_views(Context& context, Rect where) {
    static constexpr std::array<const char*, 3> kNames{"numbers", "heat", "both"};
    const std::array<Segment, 3> segments{
        {{"numbers", "Numbers"}, {"heat", "Heat"}, {"both", "Both"}}};
    if (const auto chosen = segmented(
            context.ui, "convolve.view", segments, static_cast<int>(context.room().view), where)) {
        context.commands.push(model::commands::with(
            "convolve_view", "view", kNames[static_cast<std::size_t>(*chosen)]));
    }
}

float draw_stage_header(Context& context, Rect row) {
    const float y = row.center_y();
    const bool wide = context.page_width >= breakpoint::kWide;
    const float lenses = wide ? kLenses : kNarrowLenses;
    const float views = wide ? kViews : kNarrowViews;
    const Sizes sizes = sizes_of(context);
    const float room_for_sizes = row.w - lenses - views - 3 * kToViews;
    const bool large = sizes_width(context, sizes, FontStyle::kTitle) <= room_for_sizes;
    const bool brief = sizes_width(context, sizes, FontStyle::kStrong) > room_for_sizes;
    float x = row.x +
              draw_sizes(context,
                         sizes,
                         {row.x, y},
                         large ? FontStyle::kTitle : FontStyle::kStrong,
                         large ? FontStyle::kBody : FontStyle::kSmall,
                         brief) +
              20;
    draw_views(context, {row.right() - views, y - 15, views, 30});
    const float lens = row.right() - views - kToViews - lenses;
    float end = row.right() - views - kToViews;
    if (context.room().possible()) {
        draw_lens_choice(context, {lens, y - 15, lenses, 30});
        end = lens - kToViews;
    }
    if (!context.room().possible()) {
        chip(context.ui,
             {.label = "does not fit", .status = widgets::Status::kError, .icon = Icon::kError},
             {x, y - 12},
             context.theme().bg0);
        return 0;
    }
    const std::array<ChipSpec, 2> chips{relationship_chip(context), coverage_chip(context)};
    const float both =
        chip_width(context.ui, chips[0]) + space::k8 + chip_width(context.ui, chips[1]);
    if (x + both <= end) {
        draw_chips(context, chips, {x, y - 12}, end);
        return 0;
    }
    return draw_chips(context, chips, {row.x, row.bottom() - space::k8}, row.right());
}

void draw_photo_header(Context& context, Rect row) {
    const bool phone = context.page_width < breakpoint::kPhone;
    draw_sizes(context,
               photo_sizes(context),
               {row.x, row.center_y()},
               phone ? FontStyle::kLeadS : FontStyle::kTitle,
               phone ? FontStyle::kSmall : FontStyle::kBody);
}

float draw_phone_header(Context& context, Rect row) {
    const float y = row.center_y();
    const float sizes =
        draw_sizes(context, sizes_of(context), {row.x, y}, FontStyle::kLeadS, FontStyle::kSmall);
    const bool possible = context.room().possible();
    const ChipSpec fact = possible ? coverage_chip(context)
                                   : ChipSpec{.label = "does not fit",
                                              .status = widgets::Status::kError,
                                              .icon = Icon::kError};
    const float width = chip_width(context.ui, fact);
    if (sizes + 8 + width <= row.w) {
        chip(context.ui, fact, {row.right() - width, y - 12}, context.theme().bg0);
        return 0;
    }
    return draw_chips(context, std::span(&fact, 1), {row.x, row.bottom()}, row.right());
}

}  // namespace convoscope::rooms::convolve
