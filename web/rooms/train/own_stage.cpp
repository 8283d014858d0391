#include "web/rooms/train/own_stage.h"

#include <algorithm>
#include <array>
#include <string>

#include "web/models/own/own_commands.h"
#include "web/rooms/drawing_pad.h"
#include "web/rooms/train/flow.h"
#include "web/rooms/train/own_classes.h"
#include "web/widgets/button.h"
#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"
#include "web/widgets/segmented.h"

namespace convoscope::rooms::train {

using namespace widgets;
using models::commands::plain;
using models::commands::with;

namespace {

constexpr float kPad = 224;
constexpr float kSeen = 84;
constexpr float kKind = 248;
constexpr float kSideBySide = 460;

const models::own::Model& own_of(const Context& context) {
    return context.state.own;
}

const std::string& chosen_name(const Context& context) {
    return own_of(context).classes()[own_of(context).current()].name;
}

void draw_title(Context& context, Rect row) {
    const std::string title = "Your own pictures";
    context.ui.canvas().text({row.x, row.center_y()}, title, FontStyle::kLeadS, context.theme().t1);
    register_passive(context.ui, {.id = "own.title", .label = title, .role = Role::kText}, row);
    if (icon_button(context.ui,
                    {.id = "own.close", .label = "Back to the curves", .icon = Icon::kClose},
                    row.take_right(space::kButton))) {
        context.commands.push(with("own_open", "open", false));
    }
}

/// Grey or colour; it stands once there are pictures.
void draw_kind(Context& context, Rect row) {
    const models::own::Model& own = own_of(context);
    const std::array<Segment, 2> kinds{{{"grey", "28 × 28, grey"}, {"colour", "32 × 32, colour"}}};
    const Rect control = row.take_left(kKind, space::k12);
    if (const auto chosen =
            segmented(context.ui, "own.kind", kinds, static_cast<int>(own.kind()), control)) {
        context.commands.push(
            with("own_kind",
                 "kind",
                 std::string_view(models::own::name_of(static_cast<models::own::Kind>(*chosen)))));
    }
    Canvas canvas = context.ui.canvas();
    const char* note = own.count() > 0 ? "stands while there are pictures"
                                       : "decides which networks can learn them";
    if (canvas.width(note, FontStyle::kSmall) <= row.w) {
        canvas.text({row.x, row.center_y()}, note, FontStyle::kSmall, context.theme().t3);
    }
}

void draw_pad(Context& context, Rect pad) {
    const models::own::Model& own = own_of(context);
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const Interaction act =
        interact(context.ui,
                 {.id = "own.pad",
                  .label = "Drawing pad",
                  .role = Role::kImage,
                  .value = own.pad.empty() ? "empty" : "a drawing",
                  .takes_strokes = true},
                 pad,
                 {{"Draw with the pointer, a finger, or the arrows with Enter held.",
                   FontStyle::kBody,
                   theme.t2}});
    canvas.image(context.pictures.own().pad(), pad, radius::kTile);
    canvas.outline(pad, theme.line2, radius::kTile, stroke::kSelect);
    if (own.pad.empty()) {
        canvas.text(pad.center(),
                    "Draw a picture of “" + chosen_name(context) + "”",
                    FontStyle::kBody,
                    theme.dark ? theme.t2 : theme.bg4,
                    Align::kCenter);
    }
    if (const auto mark = pen_on(context.ui, act, pad)) {
        context.commands.push(models::own::commands::draw(mark->x, mark->y, mark->begins));
    }
}

void draw_camera(Context& context, Rect picture) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    if (own_of(context).camera_live && own_of(context).camera_revision() > 0) {
        canvas.image(context.pictures.own().camera(), picture, radius::kTile);
    } else {
        canvas.fill(picture, theme.bg2, radius::kTile);
        canvas.text(picture.center(),
                    "The browser asks for the camera",
                    FontStyle::kSmall,
                    theme.t2,
                    Align::kCenter);
    }
    canvas.outline(picture, theme.line2, radius::kTile, stroke::kSelect);
    register_passive(
        context.ui,
        {.id = "own.camera.picture", .label = "What the camera shows", .role = Role::kImage},
        picture);
}

void push_button(Context& context, const ButtonSpec& spec, Rect rect, std::string command) {
    if (button(context.ui, spec, rect)) {
        context.commands.push(std::move(command));
    }
}

/// Add and clear, or take and leave the camera.
void draw_acts(Context& context, Rect row) {
    const models::own::Model& own = own_of(context);
    const std::string to = " to “" + chosen_name(context) + "”";
    if (own.camera) {
        push_button(context,
                    {.id = "own.take",
                     .label = "Take" + to,
                     .icon = Icon::kPlus,
                     .kind = ButtonKind::kPrimary,
                     .disabled = !own.camera_live},
                    row.take_left(kPad - space::kButton - space::k8, space::k8),
                    plain("own_take"));
        if (icon_button(
                context.ui,
                {.id = "own.camera.leave", .label = "Leave the camera", .icon = Icon::kClose},
                row.take_left(space::kButton))) {
            context.commands.push(with("own_camera", "on", false));
        }
        return;
    }
    push_button(context,
                {.id = "own.add",
                 .label = "Add" + to,
                 .icon = Icon::kPlus,
                 .kind = ButtonKind::kPrimary,
                 .disabled = own.pad.empty()},
                row.take_left(kPad - space::kButton - space::k8, space::k8),
                plain("own_add"));
    if (icon_button(context.ui,
                    {.id = "own.clear", .label = "Clear the pad", .icon = Icon::kTrash},
                    row.take_left(space::kButton))) {
        context.commands.push(plain("own_clear"));
    }
}

/// The drawing as it is added, and the other ways to come by pictures. Returns the height.
float draw_ways(Context& context, Rect where) {
    const Theme& theme = context.theme();
    Flow flow(context, where);
    if (!own_of(context).camera) {
        Rect row = flow.take(kSeen, space::k16);
        const Rect seen = row.take_left(kSeen, space::k12);
        Canvas canvas = context.ui.canvas();
        canvas.image(context.pictures.own().drawing(), seen, radius::kTile);
        canvas.outline(seen, theme.line2, radius::kTile);
        canvas.text(
            {row.x, row.y + space::k8}, "As the network sees it", FontStyle::kSmallS, theme.t1);
        canvas.paragraph({row.x, row.y + 28},
                         row.w,
                         "cut out, 20 pixels high, its centre of mass in the middle",
                         FontStyle::kSmall,
                         theme.t2,
                         17);
    }
    Rect row = flow.take(space::kButton, space::k8);
    const float half = (row.w - space::k8) / 2;
    push_button(context,
                {.id = "own.files", .label = "Pictures…", .icon = Icon::kImage},
                row.take_left(half, space::k8),
                with("pick_pictures", "what", "pictures"));
    push_button(context,
                {.id = "own.folder", .label = "A folder…", .icon = Icon::kOpen},
                row,
                with("pick_pictures", "what", "folder"));
    if (!own_of(context).camera) {
        push_button(context,
                    {.id = "own.camera", .label = "Camera", .icon = Icon::kEye},
                    flow.take(space::kButton, space::k8),
                    with("own_camera", "on", true));
    }
    flow.paragraph("Or drop them here: the name of a folder is the name of its class.",
                   FontStyle::kSmall,
                   theme.t3,
                   0);
    return flow.height();
}

void draw_making(Context& context, Flow& flow) {
    const float inner = flow.area().w - 2 * space::kCardPadding;
    const bool beside = inner >= kSideBySide;
    const float acts = kPad + space::k8 + space::kButton;
    const float ways = beside ? 0 : 232 + space::k16;
    Rect whole = flow.take(acts + ways + 2 * space::kCardPadding, space::k24);
    card(context.ui, whole, context.theme().bg1);
    Rect body = whole.inset(space::kCardPadding);
    Rect left = beside ? body.take_left(kPad, space::k24) : body.take_top(acts, space::k16);
    const Rect pad = left.take_top(kPad, space::k8);
    const Rect square{pad.x, pad.y, kPad, kPad};
    if (own_of(context).camera) {
        draw_camera(context, square);
    } else {
        draw_pad(context, square);
    }
    draw_acts(context, {left.x, left.y, kPad, space::kButton});
    draw_ways(context, body);
}

/// How the pictures would be shared out, or what is missing, and the way on.
void draw_use(Context& context, Flow& flow) {
    const models::own::Model& own = own_of(context);
    const Theme& theme = context.theme();
    const std::string problem = own.problem();
    Rect row = flow.take(space::kButtonPrimary, space::k8);
    const std::string label = "Train on these pictures";
    push_button(context,
                {.id = "own.use",
                 .label = label,
                 .icon = Icon::kCheck,
                 .kind = ButtonKind::kPrimary,
                 .disabled = !problem.empty()},
                row.take_right(button_width(context.ui, label, true), space::k12),
                plain("own_use"));
    const models::own::Shares shares = own.shares();
    const std::string text = integer_text(static_cast<std::int64_t>(own.count())) +
                             " pictures: " + std::to_string(shares.train) + " train, " +
                             std::to_string(shares.validation) + " validation, " +
                             std::to_string(shares.test) + " test";
    context.ui.canvas().clipped_text(
        {row.x, row.center_y()}, row.w, text, FontStyle::kBody, theme.t2);
    register_passive(context.ui,
                     {.id = "own.shares", .label = "Pictures", .role = Role::kText, .value = text},
                     row);
    const bool changed = problem.empty() && context.state.own_changed();
    const std::string note =
        !problem.empty() ? problem
        : changed ? "The network still learns the pictures as they were when it was last told "
                    "to; with these the run begins anew."
                  : "Every fifth picture of a class is for the test; of the others one in "
                    "six is held out. The run begins anew.";
    const float top = flow.area().y;
    flow.paragraph(note, FontStyle::kSmall, problem.empty() ? theme.t3 : theme.warn, space::k16);
    register_passive(context.ui,
                     {.id = "own.note", .label = note, .role = Role::kStatus},
                     {flow.area().x, top, flow.area().w, Flow::kLine});
}

}  // namespace

float draw_own_stage(Context& context, Rect where) {
    Flow flow(context, where);
    draw_title(context, flow.take(space::kButton, space::k8));
    flow.paragraph(
        "Teach a network something of your own, from ten pictures a class on. They stay in this "
        "browser.",
        FontStyle::kBody,
        context.theme().t2,
        space::k12);
    draw_kind(context, flow.take(space::kButton, space::k16));
    draw_making(context, flow);
    draw_use(context, flow);
    flow.take(draw_own_classes(context, flow.area()));
    return flow.height();
}

}  // namespace convoscope::rooms::train
