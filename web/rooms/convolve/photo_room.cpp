#include "web/rooms/convolve/photo_room.h"

#include <algorithm>

#include "web/rooms/convolve/photo_planes.h"
#include "web/rooms/convolve/photo_sources.h"
#include "web/rooms/convolve/photo_stage.h"
#include "web/rooms/convolve/product_cards.h"
#include "web/rooms/convolve/stage_header.h"
#include "web/widgets/explain_line.h"
#include "web/widgets/panel.h"

namespace convoscope::rooms::convolve {

using namespace widgets;

namespace {

constexpr float kHeader = 52;
constexpr float kExplain = 38;
constexpr float kProducts = 100;
constexpr float kSources = 152;
constexpr float kChoices = 270;
constexpr float kPlanes = 300;

std::string sentence(const Context& context) {
    const model::Photo& photo = context.state.photo;
    if (!photo.problem().empty()) {
        return photo.problem();
    }
    const std::string rows = std::to_string(photo.rows().outputs);
    const std::string columns = std::to_string(photo.columns().outputs);
    const std::string each =
        photo.shown().channels == 3 ? " Each colour is convolved by itself." : "";
    return photo.rows().outputs == 0 ? "Choose a picture below."
                                     : "The same window on a real picture: " + rows + " × " +
                                           columns + " sums. Point at one." + each;
}

void draw_sources_card(Context& context, const PhotoPictures& pictures, Rect rect) {
    card(context.ui, rect, context.theme().bg1);
    Rect body = rect.inset(space::kCardPadding, 14);
    const Rect choices = body.take_right(kChoices, space::k32);
    draw_photo_sources(context, pictures, body);
    draw_photo_choices(context, {choices.x, choices.y + 2, choices.w, choices.h});
}

}  // namespace

void draw_photo_column(Context& context, const PhotoPictures& pictures, Rect stage) {
    const bool wide = context.page_width >= breakpoint::kWide;
    const float margin = wide ? space::k24 : space::k16;
    begin_panel(context.ui, {.id = "convolve.stage", .rect = stage});
    draw_photo_header(context, stage.take_top(kHeader).inset(margin, 0));
    Rect body{stage.x + margin, stage.y, stage.w - 2 * margin, stage.h - 16};
    draw_sources_card(context, pictures, body.take_bottom(kSources, space::k12));
    if (context.state.photo.rows().outputs > 0) {
        Context detailed = photo_detail(context);
        const Rect products = body.take_bottom(kProducts);
        const bool coloured = context.state.photo.shown().channels == 3;
        draw_product_cards(detailed, products, coloured ? kPlanes + 12 : 0);
        if (coloured) {
            draw_photo_planes(context,
                              {products.right() - kPlanes - 12, products.y + 5, kPlanes, 26});
        }
    }
    explain_line(context.ui,
                 body.take_bottom(kExplain),
                 plain(context, sentence(context)),
                 std::span<const KeyHint>{});
    const Rect picture{stage.x, body.y, stage.w, body.h};
    context.ui.canvas().dots(picture);
    draw_photo_stage(context, pictures, picture);
    end_panel();
}

float draw_phone_photo(Context& context, const PhotoPictures& pictures, Rect column) {
    constexpr float kPanes = 206;
    const float top = column.y;
    draw_photo_stage(context, pictures, column.take_top(kPanes, 6));
    column.take_top(draw_photo_sources(context, pictures, column), 12);
    if (context.state.photo.rows().outputs > 0) {
        Context detailed = photo_detail(context);
        if (context.state.photo.shown().channels == 3) {
            draw_photo_planes(context, column.take_top(36, 8));
        }
        const auto taps = static_cast<float>(context.state.photo.rows().taps);
        draw_phone_products(detailed, column.take_top(41 + 29 * std::clamp(taps, 2.0F, 5.0F), 12));
    }
    column.take_top(draw_photo_choices(context, column), 12);
    return column.y - top;
}

}  // namespace convoscope::rooms::convolve
