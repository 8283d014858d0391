#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/widgets/geometry.h"

namespace convoscope::widgets {

/// What a widget is, as accessibility trees name it.
enum class Role {
    kButton,
    kToggle,
    kSlider,
    kTextField,
    kRadio,
    kTab,
    kSelect,
    kMenuItem,
    kLink,
    kGrid,
    kImage,
    kChart,
    kProgress,
    kStatus,
    kText,
};
[[nodiscard]] std::string_view role_name(Role role);

/// One widget of the current frame, for the page's scripts, the accessibility mirror and tests.
struct Item {
    std::string id;     ///< stable, such as "train.start"
    std::string label;  ///< what a screen reader says
    Role role = Role::kButton;
    std::string value = {};  ///< as shown, such as "0.05" or "pressed"
    std::optional<double> min = {};
    std::optional<double> max = {};
    std::optional<double> now = {};
    std::optional<double> step = {};  ///< between values, where they are not continuous
    Rect rect = {};
    bool disabled = false;
    bool focused = false;
    bool selected = false;
    bool takes_strokes = false;  ///< a finger that moves on it draws, and does not scroll
};

/// The widgets drawn in a frame, in reading order, and what the mirror asks of them.
class ItemRegistry {
  public:
    void begin_frame();
    /// The last one that has the focus is the only one.
    void add(Item item);

    /// Of the last whole frame, so that scripts between frames see all of it.
    [[nodiscard]] const std::vector<Item>& items() const { return finished_; }
    [[nodiscard]] const Item* find(std::string_view id) const;
    [[nodiscard]] bool takes_strokes(Point at) const;

    /// The mirror's wishes; a widget takes its own when it is drawn next.
    void request_activation(std::string id);
    void request_value(std::string id, double value);
    void request_focus(std::string id);
    [[nodiscard]] bool take_activation(std::string_view id);
    [[nodiscard]] std::optional<double> take_value(std::string_view id);
    [[nodiscard]] bool take_focus(std::string_view id);

  private:
    struct Wish {
        std::string id;
        std::optional<double> value;
        int frames_left;
    };
    static std::optional<Wish> take(std::vector<Wish>& wishes, std::string_view id);

    std::vector<Item> drawing_;
    std::vector<Item> finished_;
    std::vector<Wish> activations_;
    std::vector<Wish> values_;
    std::vector<Wish> focuses_;
};

}  // namespace convoscope::widgets
