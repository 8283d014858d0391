#include "web/widgets/item_registry.h"

#include <doctest/doctest.h>

using convoscope::widgets::ItemRegistry;

TEST_CASE("ItemRegistry: the focus that moves on within a frame is in one place") {
    ItemRegistry items;
    items.begin_frame();
    items.add({.id = "first", .label = "first", .focused = true});
    items.add({.id = "second", .label = "second", .focused = true});
    items.add({.id = "third", .label = "third"});
    items.begin_frame();
    CHECK_FALSE(items.find("first")->focused);
    CHECK(items.find("second")->focused);
    CHECK_FALSE(items.find("third")->focused);
}

TEST_CASE("ItemRegistry: a wish is taken once, and forgotten when its widget does not come") {
    ItemRegistry items;
    items.request_focus("shown");
    items.request_activation("gone");
    CHECK(items.take_focus("shown"));
    CHECK_FALSE(items.take_focus("shown"));
    for (int frame = 0; frame < 5; ++frame) {
        items.begin_frame();
    }
    CHECK_FALSE(items.take_activation("gone"));
}
