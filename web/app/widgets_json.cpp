#include "web/app/widgets_json.h"

#define JSON_NOEXCEPTION 1
#include <nlohmann/json.hpp>

namespace convoscope::app {
namespace {

using Json = nlohmann::json;

Json json_of(const widgets::Item& item, float zoom) {
    Json json{{"id", item.id},
              {"label", item.label},
              {"role", widgets::role_name(item.role)},
              {"value", item.value},
              {"rect",
               {{"x", item.rect.x * zoom},
                {"y", item.rect.y * zoom},
                {"width", item.rect.w * zoom},
                {"height", item.rect.h * zoom}}},
              {"disabled", item.disabled},
              {"focused", item.focused},
              {"selected", item.selected}};
    for (const auto& [name, number] :
         {std::pair{"min", item.min}, {"max", item.max}, {"now", item.now}, {"step", item.step}}) {
        if (number) {
            json[name] = *number;
        }
    }
    return json;
}

}  // namespace

std::string widgets_json(const std::vector<widgets::Item>& items, float zoom) {
    Json list = Json::array();
    for (const widgets::Item& item : items) {
        list.push_back(json_of(item, zoom));
    }
    return list.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace convoscope::app
