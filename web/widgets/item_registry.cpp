#include "web/widgets/item_registry.h"

#include <algorithm>
#include <utility>

namespace convoscope::widgets {
namespace {

/// A wish for a widget that is not on screen is forgotten after so many frames.
constexpr int kPatienceFrames = 3;

}  // namespace

std::string_view role_name(Role role) {
    switch (role) {
        case Role::kButton:
            return "button";
        case Role::kToggle:
            return "switch";
        case Role::kSlider:
            return "slider";
        case Role::kTextField:
            return "textbox";
        case Role::kRadio:
            return "radio";
        case Role::kTab:
            return "tab";
        case Role::kSelect:
            return "combobox";
        case Role::kMenuItem:
            return "menuitem";
        case Role::kLink:
            return "link";
        case Role::kGrid:
            return "grid";
        case Role::kImage:
            return "img";
        case Role::kChart:
            return "figure";
        case Role::kProgress:
            return "progressbar";
        case Role::kStatus:
            return "status";
        case Role::kText:
            return "text";
    }
    return "text";
}

void ItemRegistry::begin_frame() {
    finished_ = std::move(drawing_);
    drawing_.clear();
    const auto age = [](std::vector<Wish>& wishes) {
        std::erase_if(wishes, [](Wish& wish) { return --wish.frames_left < 0; });
    };
    age(activations_);
    age(values_);
    age(focuses_);
}

void ItemRegistry::add(Item item) {
    if (item.focused) {  // which may have moved on since an earlier widget of this frame had it
        for (Item& other : drawing_) {
            other.focused = false;
        }
    }
    drawing_.push_back(std::move(item));
}

const Item* ItemRegistry::find(std::string_view id) const {
    const auto found = std::find_if(
        finished_.begin(), finished_.end(), [id](const Item& item) { return item.id == id; });
    return found == finished_.end() ? nullptr : &*found;
}

bool ItemRegistry::takes_strokes(Point at) const {
    return std::any_of(finished_.begin(), finished_.end(), [at](const Item& item) {
        return item.takes_strokes && item.rect.contains(at);
    });
}

void ItemRegistry::request_activation(std::string id) {
    activations_.push_back({std::move(id), std::nullopt, kPatienceFrames});
}

void ItemRegistry::request_value(std::string id, double value) {
    values_.push_back({std::move(id), value, kPatienceFrames});
}

void ItemRegistry::request_focus(std::string id) {
    focuses_.push_back({std::move(id), std::nullopt, kPatienceFrames});
}

std::optional<ItemRegistry::Wish> ItemRegistry::take(std::vector<Wish>& wishes,
                                                     std::string_view id) {
    const auto found = std::find_if(
        wishes.begin(), wishes.end(), [id](const Wish& wish) { return wish.id == id; });
    if (found == wishes.end()) {
        return std::nullopt;
    }
    const Wish wish = std::move(*found);
    wishes.erase(found);
    return wish;
}

bool ItemRegistry::take_activation(std::string_view id) {
    return take(activations_, id).has_value();
}

std::optional<double> ItemRegistry::take_value(std::string_view id) {
    const std::optional<Wish> wish = take(values_, id);
    return wish ? wish->value : std::nullopt;
}

bool ItemRegistry::take_focus(std::string_view id) {
    return take(focuses_, id).has_value();
}

}  // namespace convoscope::widgets
