#include "web/app/take_along.h"

#include <array>
#include <string_view>

#include <imgui.h>
#define JSON_NOEXCEPTION 1
#include <nlohmann/json.hpp>

#include "web/widgets/select.h"

namespace convoscope::app {

using namespace widgets;
using Json = nlohmann::json;

namespace {

constexpr float kWidth = 260;
constexpr const char* kItemMenu = "item.menu";
constexpr std::size_t kLongestDetail = 18;

Icon icon_of(std::string_view type) {
    return type == "text/csv" ? Icon::kFile : Icon::kImage;
}

std::string extension_of(std::string_view file_name) {
    return std::string(file_name.substr(file_name.rfind('.')));
}

}  // namespace

std::optional<std::string> draw_export_menu(Ui& ui,
                                            const std::vector<rooms::ExportItem>& items,
                                            const std::optional<rooms::Animation>& animation,
                                            Rect anchor) {
    std::vector<Option> rows{{"picture", "Picture of the page", ".png", Icon::kImage},
                             {"drawing", "Drawing of the page", ".svg", Icon::kImage}};
    if (animation) {
        for (const AnimationSize& size : kAnimationSizes) {
            rows.push_back({size.id, size.label, ".gif", Icon::kImage});
        }
    }
    for (const rooms::ExportItem& item : items) {
        rows.push_back(
            {item.id, item.label, extension_of(item.file_name), icon_of(item.type), item.disabled});
    }
    const auto chosen =
        menu(ui, kExportMenu, rows, {anchor.right() - kWidth, anchor.bottom() + space::k8}, kWidth);
    return chosen ? std::optional<std::string>(rows[static_cast<std::size_t>(*chosen)].id)
                  : std::nullopt;
}

std::string animation_json(const rooms::Animation& animation, int scale, float zoom) {
    const Rect& picture = animation.picture;
    return Json{{"file_name", animation.file_name},
                {"frames", animation.frames},
                {"frame", animation.frame},
                {"milliseconds", 1000.0 * animation.frame_seconds},
                {"scale", scale},
                {"picture",
                 {{"x", picture.x * zoom},
                  {"y", picture.y * zoom},
                  {"width", picture.w * zoom},
                  {"height", picture.h * zoom}}},
                {"hold", Json::parse(animation.hold, nullptr, false)},
                {"show", Json::parse(animation.show, nullptr, false)}}
        .dump();
}

std::optional<std::string> draw_item_menu(Ui& ui) {
    if (ui.menu_asked) {
        ui.menu_asked = false;
        open_menu(kItemMenu);
    }
    const bool is_short = ui.menu_item.value.size() <= kLongestDetail;
    const std::array rows{
        Option{"value", "Copy value", is_short ? ui.menu_item.value : "", Icon::kFile},
        Option{"both", "Copy with name", {}, Icon::kFile}};
    const auto chosen = menu(ui, kItemMenu, rows, ui.menu_at, kWidth);
    if (!chosen) {
        return std::nullopt;
    }
    return *chosen == 0 ? ui.menu_item.value : ui.menu_item.label + ": " + ui.menu_item.value;
}

}  // namespace convoscope::app
