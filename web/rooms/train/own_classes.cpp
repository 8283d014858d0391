#include "web/rooms/train/own_classes.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "web/models/own/own_commands.h"
#include "web/rooms/train/flow.h"
#include "web/widgets/button.h"
#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"
#include "web/widgets/text_field.h"
#include "web/widgets/tile.h"

namespace convoscope::rooms::train {

using namespace widgets;
using models::commands::plain;
using models::commands::with;

namespace {

constexpr float kThumb = 36;
constexpr float kGap = 6;
constexpr float kMark = 24;
constexpr float kBalance = 4;
constexpr float kName = 200;

std::string id_of(std::size_t class_index, const char* part) {
    return "own.class." + std::to_string(class_index) + part;
}

std::string count_text(std::size_t pictures) {
    return pictures == 1 ? "1 picture"
                         : integer_text(static_cast<std::int64_t>(pictures)) + " pictures";
}

/// The class that drawings and pictures go to is the one with the filled mark.
void draw_mark(Context& context, std::size_t class_index, Rect mark) {
    const models::own::Model& own = context.state.own;
    const bool chosen = own.current() == class_index;
    const std::string& name = own.classes()[class_index].name;
    const Interaction act =
        interact(context.ui,
                 {.id = id_of(class_index, ".choose"),
                  .label = "Add to " + name,
                  .role = Role::kRadio,
                  .selected = chosen},
                 mark,
                 {{"New pictures go to “" + name + "”.", FontStyle::kBody, context.theme().t2}});
    Canvas canvas = context.ui.canvas();
    const Theme& theme = context.theme();
    canvas.ring(mark.center(), 7, chosen || act.hovered ? theme.t1 : theme.line3, stroke::kSelect);
    if (chosen) {
        canvas.disc(mark.center(), 3.5F, theme.t1);
    }
    if (act.focused) {
        canvas.focus_ring(mark, radius::kSegment);
    }
    if (act.clicked) {
        context.commands.push(with("own_choose", "class", class_index));
    }
}

void draw_head(Context& context, std::size_t class_index, Rect row) {
    const models::own::Model& own = context.state.own;
    const std::string& name = own.classes()[class_index].name;
    const Rect mark = row.take_left(kMark, space::k8);
    draw_mark(context, class_index, {mark.x, mark.center_y() - kMark / 2, kMark, kMark});
    const Rect bin = row.take_right(space::kButton, space::k8);
    const std::string deletes = id_of(class_index, ".delete");
    if (own.classes().size() > 1 && icon_button(context.ui,
                                                {.id = deletes.c_str(),
                                                 .label = "Delete " + name + " and its pictures",
                                                 .icon = Icon::kTrash},
                                                bin)) {
        context.commands.push(with("own_delete_class", "class", class_index));
    }
    const std::string count = count_text(own.count_of(class_index));
    context.ui.canvas().text(
        {row.right(), row.center_y()}, count, FontStyle::kM12, context.theme().t2, Align::kRight);
    row.take_right(context.ui.canvas().width(count, FontStyle::kM12), space::k12);
    const std::string field = id_of(class_index, ".name");
    if (const auto renamed =
            text_field(context.ui,
                       {.id = field.c_str(),
                        .label = "Name of the class",
                        .text = name,
                        .explanation = {{"Click to give the class another name.",
                                         FontStyle::kBody,
                                         context.theme().t2}}},
                       row.take_left(std::min(kName, row.w)).inset(0, space::k4))) {
        context.commands.push(models::own::commands::name_class(class_index, *renamed));
    }
}

/// Its share, beside that of the largest class.
void draw_balance(Context& context, std::size_t class_index, Rect bar) {
    const models::own::Model& own = context.state.own;
    std::size_t most = 1;
    for (std::size_t i = 0; i < own.classes().size(); ++i) {
        most = std::max(most, own.count_of(i));
    }
    Canvas canvas = context.ui.canvas();
    canvas.fill(bar, context.theme().bg3, radius::kTick);
    bar.w *= static_cast<float>(own.count_of(class_index)) / static_cast<float>(most);
    canvas.fill(bar, context.theme().input_fill, radius::kTick);
}

void draw_thumbnail(Context& context,
                    std::size_t class_index,
                    const OwnGallery::Thumbnail& thumbnail,
                    Rect place) {
    const Theme& theme = context.theme();
    const std::string id = id_of(class_index, ".") + std::to_string(thumbnail.picture);
    const std::string label = "Remove picture " + std::to_string(thumbnail.picture + 1) + " of " +
                              context.state.own.classes()[class_index].name;
    const TileResult result =
        tile(context.ui,
             {.id = id.c_str(),
              .label = label,
              .role = Role::kButton,
              .image = thumbnail.image,
              .explanation = {{"Click: remove this picture. It can be put back.",
                               FontStyle::kBody,
                               theme.t2}}},
             place);
    if (result.interaction.hovered) {
        Canvas canvas = context.ui.canvas();
        canvas.disc(place.center(), 10, theme.bg0);
        canvas.icon(Icon::kClose, place.center(), 12, theme.t1);
    }
    if (result.interaction.clicked) {
        context.commands.push(models::own::commands::remove(class_index, thumbnail.picture));
    }
}

void draw_class(Context& context, std::size_t class_index, Flow& flow) {
    const std::vector<OwnGallery::Thumbnail> thumbnails =
        context.pictures.own().of_class(class_index);
    const float inner = flow.area().w - 2 * space::kCardPadding;
    const auto columns =
        std::max<std::size_t>(1, static_cast<std::size_t>((inner + kGap) / (kThumb + kGap)));
    const std::size_t rows = std::max<std::size_t>(1, (thumbnails.size() + columns - 1) / columns);
    const float height = space::kButton + space::k8 + kBalance + space::k12 +
                         static_cast<float>(rows) * (kThumb + kGap) - kGap;
    Rect body = flow.take(height + 2 * space::kCardPadding, space::kCardGap);
    card(context.ui, body, context.theme().bg1);
    body = body.inset(space::kCardPadding);
    draw_head(context, class_index, body.take_top(space::kButton, space::k8));
    draw_balance(context, class_index, body.take_top(kBalance, space::k12));
    if (thumbnails.empty()) {
        ghost(context, body, "No picture yet.");
    }
    for (std::size_t i = 0; i < thumbnails.size(); ++i) {
        draw_thumbnail(context,
                       class_index,
                       thumbnails[i],
                       {body.x + static_cast<float>(i % columns) * (kThumb + kGap),
                        body.y + static_cast<float>(i / columns) * (kThumb + kGap),
                        kThumb,
                        kThumb});
    }
}

}  // namespace

float draw_own_classes(Context& context, Rect where) {
    const models::own::Model& own = context.state.own;
    Flow flow(context, where);
    Rect head = flow.take(space::kButton, space::k12);
    const std::string add = "Class";
    if (own.classes().size() < models::own::kMostClasses &&
        button(context.ui,
               {.id = "own.class.add", .label = add, .icon = Icon::kPlus},
               head.take_right(button_width(context.ui, add, true), space::k8))) {
        context.commands.push(plain("own_add_class"));
    }
    const std::string back = "Put back";
    if (own.can_put_back() &&
        button(context.ui,
               {.id = "own.put_back", .label = back, .icon = Icon::kUndo},
               head.take_right(button_width(context.ui, back, true), space::k8))) {
        context.commands.push(plain("own_put_back"));
    }
    section_head(context.ui, head.x, head.center_y(), head.w, "Classes");
    for (std::size_t i = 0; i < own.classes().size(); ++i) {
        draw_class(context, i, flow);
    }
    return flow.height();
}

}  // namespace convoscope::rooms::train
