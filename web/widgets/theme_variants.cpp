#include "web/widgets/theme_variants.h"

namespace convoscope::widgets {
namespace {

/// Grounds at the end of the scale, and each grey a step nearer to the text.
void raise_contrast(Theme& theme) {
    const Color ground = theme.dark ? kBlack : kWhite;
    const Color text = theme.dark ? kWhite : kBlack;
    theme.bg0 = ground;
    theme.bg1 = mix(theme.bg1, ground, 0.6F);
    theme.bg2 = mix(theme.bg2, ground, 0.5F);
    theme.bg3 = mix(theme.bg3, ground, 0.4F);
    theme.bg4 = mix(theme.bg4, ground, 0.3F);
    theme.t1 = text;
    theme.t2 = mix(theme.t2, text, 0.7F);
    theme.t3 = mix(theme.t3, text, 0.6F);
    theme.line1 = theme.line3;
    theme.line2 = mix(theme.line3, text, 0.4F);
    theme.line3 = mix(theme.line3, text, 0.7F);
    theme.primary = text;
    theme.on_primary = ground;
    theme.popover = mix(theme.popover, ground, 0.5F);
    theme.popover_line = theme.line2;
    theme.selected_line = text;
    theme.rail_current = theme.bg4;
    for (Color* ink : {&theme.input,
                       &theme.kernel,
                       &theme.output,
                       &theme.grad,
                       &theme.pad,
                       &theme.held,
                       &theme.train,
                       &theme.ok,
                       &theme.warn,
                       &theme.err}) {
        *ink = mix(*ink, text, 0.35F);
    }
}

/// M. Okabe and K. Ito, "Color Universal Design" (2008); on the light ground darkened, so that text
/// in them keeps 4.5 : 1.
void make_colour_blind_safe(Theme& theme) {
    const Color blue = rgb(0x56B4E9);
    const Color yellow = rgb(0xF0E442);
    const Color green = rgb(0x1FC795);
    const Color purple = rgb(0xE08FBF);
    const Color orange = rgb(0xE69F00);
    const Color vermilion = rgb(0xFF7A33);
    if (theme.dark) {
        theme.input = theme.input_fill = blue;
        theme.kernel = theme.kernel_fill = theme.logo_core = yellow;
        theme.output = theme.output_fill = green;
        theme.grad = theme.grad_fill = purple;
        theme.ok = blue;
        theme.warn = orange;
        theme.err = vermilion;
        return;
    }
    theme.input = rgb(0x00568A);
    theme.input_fill = rgb(0x0072B2);
    theme.kernel = rgb(0x6B5900);
    theme.kernel_fill = rgb(0x9C8200);
    theme.output = rgb(0x00644A);
    theme.output_fill = rgb(0x00926B);
    theme.grad = rgb(0x8F2F6C);
    theme.grad_fill = rgb(0xB3558F);
    theme.ok = rgb(0x00568A);
    theme.warn = rgb(0x7A5200);
    theme.err = rgb(0xA63C00);
}

}  // namespace

Theme theme_for(const ThemeWishes& wishes) {
    Theme theme = wishes.dark ? kDark : kLight;
    if (wishes.colour_blind_safe) {
        make_colour_blind_safe(theme);
    }
    if (wishes.high_contrast) {
        raise_contrast(theme);
    }
    return theme;
}

}  // namespace convoscope::widgets
