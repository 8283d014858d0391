#include "web/rooms/convolve/convolve_room.h"

#include <algorithm>
#include <array>

#include "web/rooms/convolve/backward_formulas.h"
#include "web/rooms/convolve/between_stage.h"
#include "web/rooms/convolve/brush.h"
#include "web/rooms/convolve/channel_sums.h"
#include "web/rooms/convolve/choices.h"
#include "web/rooms/convolve/direction_row.h"
#include "web/rooms/convolve/formula_card.h"
#include "web/rooms/convolve/learning_cards.h"
#include "web/rooms/convolve/lens_choice.h"
#include "web/rooms/convolve/library_card.h"
#include "web/rooms/convolve/parameter_panel.h"
#include "web/rooms/convolve/photo_room.h"
#include "web/rooms/convolve/plane_strip.h"
#include "web/rooms/convolve/product_cards.h"
#include "web/rooms/convolve/repair_card.h"
#include "web/rooms/convolve/scene_switch.h"
#include "web/rooms/convolve/stage.h"
#include "web/rooms/convolve/stage_header.h"
#include "web/rooms/convolve/stage_legend.h"
#include "web/rooms/convolve/transport.h"
#include "web/widgets/explain_line.h"
#include "web/widgets/panel.h"

namespace convoscope::rooms::convolve {

using namespace widgets;

namespace {

constexpr float kLeftMedium = 272;
constexpr float kHeader = 52;
constexpr float kExplain = 38;
constexpr float kProducts = 100;
constexpr float kFormula = 142;
constexpr float kLibrary = 364;
constexpr float kBelowFormula = 16;
constexpr float kLeastColumn = 620;  ///< of the stage and all below it; a lower page scrolls
constexpr float kLeastBeside = 600;  ///< of the room, for controls beside a phone's picture
constexpr float kPhoneGrids = 236;
constexpr float kLeastAbove = 330;  ///< of a phone's column, for controls above its picture

/// Where a phone's controls are: on a low page below the picture, which is seen first.
enum class Controls { beside, above, below };

void draw_panel(Context& context, Rect rect) {
    const Rect content = begin_panel(context.ui,
                                     {.id = "convolve.panel",
                                      .rect = rect,
                                      .ground = context.theme().bg1,
                                      .hairline_towards = Side::kRight,
                                      .scrolls = true});
    const float padding = space::kPanelPadding;
    Rect column{content.x + padding, content.y + padding, rect.w - 2 * padding, 4000};
    draw_scene_switch(context, column.take_top(space::kSegmented, space::k20));
    column.take_top(draw_parameters(context, column), space::k8);
    if (context.page_width < breakpoint::kPhone) {
        column.take_top(draw_left_out(context, column), space::k8);
    }
    column.take_top(space::k16);
    column.take_top(draw_choices(context, column));
    end_panel(column.y - content.y + padding);
}

model::Sentence explanation_of(const model::Model& room) {
    return room.between() ? model::Sentence{{"Between the two pictures there is no operation: its "
                                             "numbers stand at the slider's ends."}}
                          : room.explanation();
}

void draw_explanation(Context& context, Rect row) {
    static const std::array<KeyHint, 4> kKeys{
        {{"space", "play"}, {"← →", "step"}, {"click", "pin"}, {"hover", "trace"}}};
    const Runs sentence =
        runs_of(context.theme(), explanation_of(context.room()), FontStyle::kBody);
    const float keys = 340;
    const bool room_for_keys =
        row.w > 900 && context.ui.canvas().width(sentence) + 24 + keys < row.w;
    explain_line(context.ui,
                 row,
                 sentence,
                 room_for_keys ? std::span<const KeyHint>(kKeys) : std::span<const KeyHint>{});
}

/// Two lines, as there is no pointer to rest on things.
void draw_phone_explanation(Context& context, Rect rect) {
    const std::string sentence = plain_text(explanation_of(context.room()));
    context.ui.canvas().paragraph(
        {rect.x, rect.y + 8}, rect.w, sentence, FontStyle::kSmall, context.theme().t2, 17);
    register_passive(
        context.ui,
        {.id = "explain", .label = "Explanation", .role = Role::kStatus, .value = sentence},
        rect);
}

/// Products, formula and conventions, from the bottom up; returns what is left above them.
Rect draw_cards(Context& context, Rect body, bool wide) {
    Rect formula = body.take_bottom(kFormula, space::k12);
    if (context.room().backward()) {
        draw_backward_formulas(context, formula);
        draw_product_cards(context, body.take_bottom(kProducts));
        return body;
    }
    if (context.room().learns()) {
        draw_learning_cards(context, formula);
        draw_update_card(context, body.take_bottom(kProducts));
        return body;
    }
    if (wide) {
        draw_library_card(context, formula.take_right(kLibrary, space::k12));
    }
    if (!wide && context.room().aside != model::Aside::formula) {
        draw_library_card(context, formula);
    } else {
        draw_formula_card(context, formula);
    }
    if (context.room().between()) {
        draw_between_card(context, body.take_bottom(kProducts));
    } else {
        draw_product_cards(context, body.take_bottom(kProducts));
    }
    return body;
}

void draw_stage_column(Context& context, Rect stage, bool wide) {
    const Theme& theme = context.theme();
    const float margin = wide ? space::k24 : space::k16;
    Rect dock = stage.take_bottom(space::kTimeline);
    const Rect content =
        begin_panel(context.ui, {.id = "convolve.stage", .rect = stage, .scrolls = true});
    stage = {content.x, content.y, content.w, std::max(stage.h, kLeastColumn)};
    const float height = stage.h;
    const Rect header = stage.take_top(kHeader);
    stage.take_top(draw_stage_header(context, header.inset(margin, 0)));
    Rect body = stage;
    body.h -= kBelowFormula;
    body.x += margin;
    body.w -= 2 * margin;
    if (context.room().possible()) {
        Rect rest = draw_cards(context, body, wide);
        draw_explanation(context, rest.take_bottom(kExplain));
        const Rect picture{stage.x, rest.y, stage.w, rest.h};
        context.ui.canvas().dots(picture);
        draw_stage(context, picture);
    } else {
        draw_explanation(context, body.take_bottom(kExplain));
        context.ui.canvas().dots({stage.x, body.y, stage.w, body.h});
        draw_repair_card(context, body);
    }
    end_panel(height);
    begin_panel(context.ui,
                {.id = "convolve.transport",
                 .rect = dock,
                 .ground = theme.bg1,
                 .hairline_towards = Side::kTop});
    draw_transport(context, dock);
    end_panel();
}

/// Channels left, filters right, where there are several.
void draw_phone_strips(Context& context, Rect& column) {
    constexpr float kTile = 36;
    const Index channels = planes_in(context, Volume::input);
    const Index filters = planes_in(context, Volume::output);
    if (channels == 1 && filters == 1) {
        return;
    }
    Rect row = column.take_top(filters > 8 ? 2 * kTile : kTile, 18);
    const float left =
        filters == 1 ? row.w : std::min(row.w / 2, static_cast<float>(channels) * 40);
    draw_plane_strip(context, Volume::input, row.take_left(channels == 1 ? 0 : left, 12));
    draw_plane_strip(context, Volume::output, row);
}

void draw_phone_controls(Context& context, Rect& column) {
    draw_scene_switch(context, column.take_top(36, 8));
    column.take_top(draw_phone_parameters(context, column), 8);
}

/// How the picture is gone through, and what the pointer does to it.
void draw_phone_ways(Context& context, Rect& column) {
    column.take_top(draw_direction(context, column));
    column.take_top(draw_brush(context, column), space::k8);
}

void draw_phone_sums(Context& context, Rect& column) {
    if (context.room().learns()) {
        draw_update_card(context, column.take_top(88, space::k12));
        draw_learning_cards(context, column.take_top(2 * kFormula + space::k12, 16));
        return;
    }
    const auto taps = static_cast<float>(context.arithmetic().rows.taps);
    const float sums = context.room().parts() > 1 ? kPhoneSums + 6 : 0;
    const Rect products = column.take_top(41 + 29 * std::clamp(taps, 2.0F, 5.0F) + sums, 10);
    if (context.room().between()) {
        draw_between_card(context, products);
    } else {
        draw_phone_products(context, products);
    }
    if (context.room().backward()) {
        draw_backward_formulas(context, column.take_top(kFormula, 16));
    } else {
        draw_phone_formula(context, column.take_top(phone_formula_height(context), 10));
        draw_library_card(context, column.take_top(kFormula, 16));
    }
}

/// Numbers in cells, from the sizes down to the conventions.
void draw_phone_cells(Context& context, Rect& column, float grids, Controls controls) {
    const Rect header = column.take_top(30, 4);
    column.take_top(draw_phone_header(context, header));
    if (!context.room().possible()) {
        draw_repair_card(context, column.take_top(420, 10));
        if (controls == Controls::below) {
            draw_phone_controls(context, column);
        }
        return;
    }
    draw_lens_choice(context, column.take_top(32, 6));
    draw_phone_strips(context, column);
    draw_stage(context, column.take_top(grids, 12));
    if (!context.room().between() && !is_matrix(context.room().lens())) {
        draw_phone_legends(context, column.take_top(10, 6));
    }
    draw_phone_explanation(context, column.take_top(36, 8));
    if (controls == Controls::below) {
        draw_phone_controls(context, column);
    }
    if (controls != Controls::beside) {
        draw_phone_ways(context, column);
    }
    draw_phone_sums(context, column);
}

/// How high a phone's grids are in a column of which so much is seen.
float phone_grids(const Context& context, float seen, Controls controls) {
    constexpr float kAround = 190;  ///< seen with them: sizes, lenses, legend, sentence
    constexpr float kMost = 340;
    if (context.room().learns()) {
        return kMost;
    }
    return controls == Controls::beside ? std::clamp(seen - kAround, kPhoneGrids, kMost)
                                        : kPhoneGrids;
}

void draw_phone(Context& context, const PhotoPictures& pictures, Rect stage) {
    constexpr float kMargin = 16;
    constexpr float kTransport = 64;
    const Theme& theme = context.theme();
    const bool pictured = context.room().scene == model::Scene::picture;
    const bool beside = stage.w >= kLeastBeside;
    if (beside) {
        draw_panel(context, stage.take_left(kLeftMedium));
    }
    const Rect dock = pictured ? Rect{} : stage.take_bottom(kTransport);
    const Controls controls = beside                  ? Controls::beside
                              : stage.h < kLeastAbove ? Controls::below
                                                      : Controls::above;
    const Rect content =
        begin_panel(context.ui, {.id = "convolve.stage", .rect = stage, .scrolls = true});
    Rect column{content.x + kMargin, content.y + 10, stage.w - 2 * kMargin, 4000};
    const float top = content.y;
    if (controls == Controls::above) {
        draw_phone_controls(context, column);
    }
    if (pictured) {
        draw_photo_header(context, column.take_top(30, 4));
        column.take_top(draw_phone_photo(context, pictures, column));
        if (controls == Controls::below) {
            draw_phone_controls(context, column);
        }
        if (!beside) {
            column.take_top(draw_brush(context, column), 4);
        }
    } else {
        draw_phone_cells(context, column, phone_grids(context, stage.h, controls), controls);
    }
    if (!beside) {
        column.take_top(draw_phone_further(context, column), 16);
        column.take_top(draw_choices(context, column), 16);
    }
    end_panel(column.y - top);
    if (!pictured) {
        begin_panel(context.ui, {.id = "convolve.transport", .rect = dock, .ground = theme.bg0});
        draw_phone_transport(context, dock.inset(kMargin, 4));
        end_panel();
    }
}

}  // namespace

void draw_convolve_room(Context& context, const PhotoPictures& pictures, Rect stage) {
    if (context.page_width < breakpoint::kPhone) {
        draw_phone(context, pictures, stage);
        return;
    }
    const bool wide = context.page_width >= breakpoint::kWide;
    draw_panel(context, stage.take_left(wide ? space::kPanelLeft : kLeftMedium));
    if (context.room().scene == model::Scene::picture) {
        draw_photo_column(context, pictures, stage);
    } else {
        draw_stage_column(context, stage, wide);
    }
}

}  // namespace convoscope::rooms::convolve
