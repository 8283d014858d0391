#include "web/widgets/theme.h"

#include <imgui.h>

namespace convoscope::widgets {
namespace {

ImVec4 vector_of(Color color) {
    return ImGui::ColorConvertU32ToFloat4(color.packed());
}

void apply_metrics(ImGuiStyle& style) {
    style.WindowPadding = {0, 0};
    style.WindowRounding = 0;
    style.WindowBorderSize = 0;
    style.WindowMinSize = {1, 1};
    style.ChildRounding = 0;
    style.ChildBorderSize = 0;
    style.PopupRounding = radius::kSegment;
    style.PopupBorderSize = 1;
    style.FramePadding = {10, 8};
    style.FrameRounding = radius::kControl;
    style.FrameBorderSize = 1;
    // Every place is given; nothing flows. What the focus scrolls to stays so far from the edge.
    style.ItemSpacing = {space::k8, space::k8};
    style.ItemInnerSpacing = {space::k8, space::k4};
    style.IndentSpacing = space::k16;
    style.ScrollbarSize = space::k8;
    style.ScrollbarRounding = radius::kTile;
    style.GrabMinSize = 14;
    style.GrabRounding = 7;
    style.TabRounding = radius::kControl;
    style.DisabledAlpha = 0.55F;
    style.HoverDelayNormal = motion::kTipDelay / 1000;
    style.AntiAliasedLines = true;
    style.AntiAliasedLinesUseTex = true;
    style.AntiAliasedFill = true;
    style.CurveTessellationTol = 1.0F;
    style.CircleTessellationMaxError = 0.2F;
    style.DisplaySafeAreaPadding = {0, 0};
}

}  // namespace

void apply_theme(const Theme& theme) {
    ImGuiStyle& style = ImGui::GetStyle();
    apply_metrics(style);
    const auto set = [&style](ImGuiCol which, Color color) {
        style.Colors[which] = vector_of(color);
    };
    const Color none = theme.bg0.faded(0);
    ImGui::StyleColorsDark(&style);
    set(ImGuiCol_Text, theme.t1);
    set(ImGuiCol_TextDisabled, theme.t3);
    set(ImGuiCol_WindowBg, theme.bg0);
    set(ImGuiCol_ChildBg, none);
    set(ImGuiCol_PopupBg, theme.popover);
    set(ImGuiCol_Border, theme.line2);
    set(ImGuiCol_BorderShadow, none);
    set(ImGuiCol_FrameBg, theme.bg0);
    set(ImGuiCol_FrameBgHovered, theme.bg2);
    set(ImGuiCol_FrameBgActive, theme.bg3);
    set(ImGuiCol_Button, theme.bg2);
    set(ImGuiCol_ButtonHovered, theme.bg3);
    set(ImGuiCol_ButtonActive, theme.bg4);
    set(ImGuiCol_Header, theme.bg3);
    set(ImGuiCol_HeaderHovered, theme.bg3);
    set(ImGuiCol_HeaderActive, theme.bg4);
    set(ImGuiCol_SliderGrab, theme.t1);
    set(ImGuiCol_CheckMark, theme.t1);
    set(ImGuiCol_Separator, theme.line1);
    set(ImGuiCol_ScrollbarBg, none);
    set(ImGuiCol_ScrollbarGrab, theme.bg4);
    set(ImGuiCol_ScrollbarGrabHovered, theme.line2);
    set(ImGuiCol_ScrollbarGrabActive, theme.line3);
    set(ImGuiCol_PlotLines, theme.train);
    set(ImGuiCol_TextSelectedBg, theme.input.faded(0.35F));
    set(ImGuiCol_NavHighlight, none);  // widgets draw their own focus ring
    set(ImGuiCol_NavWindowingHighlight, none);
    set(ImGuiCol_NavWindowingDimBg, none);
    set(ImGuiCol_ModalWindowDimBg, theme.bg0.faded(0.6F));
}

}  // namespace convoscope::widgets
