#include "web/widgets/turntable.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <doctest/doctest.h>

using namespace convoscope::widgets;

namespace {

constexpr Rect kFrame{100, 50, 400, 200};
constexpr std::array<SpaceBounds, 1> kScene{{{{0, 0, -2}, {8, 4, 2}}}};

void check_at(const Turntable& table, Space place, float x, float y) {
    const Point seen = table.project(place);
    CHECK(seen.x == doctest::Approx(static_cast<double>(x)));
    CHECK(seen.y == doctest::Approx(static_cast<double>(y)));
}

}  // namespace

TEST_CASE("turntable: from the front a scene fills its frame, and depth does not matter") {
    const Turntable table(kScene, kFrame, 0, 0, 1);
    check_at(table, {4, 2, 0}, 300, 150);
    check_at(table, {0, 4, 2}, 100, 50);
    check_at(table, {8, 0, -2}, 500, 250);
}

TEST_CASE("turntable: turned by a quarter, what lay in front lies at the side") {
    const Turntable table(kScene, kFrame, 90, 0, 1);
    const Point front = table.project({4, 2, 2});
    CHECK(front.x > 300);
    CHECK(front.y == doctest::Approx(150));
    CHECK(table.towards().x == doctest::Approx(-1));
}

TEST_CASE("turntable: tilted, the top comes into sight and every corner stays in the frame") {
    for (const float yaw : {-70.0F, 20.0F, 160.0F}) {
        const Turntable table(kScene, kFrame, yaw, 35, 1);
        CHECK(table.towards().y > 0.5F);
        for (const float x : {0.0F, 8.0F}) {
            for (const float y : {0.0F, 4.0F}) {
                for (const float z : {-2.0F, 2.0F}) {
                    const Point seen = table.project({x, y, z});
                    CHECK(kFrame.inset(-0.1F).contains(seen));
                }
            }
        }
    }
}

TEST_CASE("turntable: the matrix says the same as project, between -1 and 1") {
    const Turntable table(kScene, kFrame, -32, 24, 1.5F);
    const std::array<float, 16> m = table.matrix();
    const Space place{1, 3, -1};
    const auto clip = [&](std::size_t row) -> float {
        return m[row] * place.x + m[4 + row] * place.y + m[8 + row] * place.z + m[12 + row];
    };
    check_at(table, place, 300 + clip(0) * 200, 150 - clip(1) * 100);
    CHECK(std::abs(clip(2)) <= 1);
}

TEST_CASE("turntable: a look hits the box under it, the nearer one nearer, and misses beside it") {
    const Turntable table(kScene, kFrame, -32, 24, 1);
    const Space near_box{2, 2, 1};
    const Point at = table.project(near_box);
    REQUIRE(table.hit(at, near_box, {1, 1, 1}).has_value());
    const Space behind{near_box.x - 3 * table.towards().x,
                       near_box.y - 3 * table.towards().y,
                       near_box.z - 3 * table.towards().z};
    REQUIRE(table.hit(at, behind, {1, 1, 1}).has_value());
    CHECK(*table.hit(at, near_box, {1, 1, 1}) > *table.hit(at, behind, {1, 1, 1}));
    CHECK_FALSE(table.hit(at, {6, 2, 1}, {1, 1, 1}).has_value());
}

TEST_CASE(
    "turntable: parts of different sizes fill the frame in one direction, and are in its middle") {
    const std::array<SpaceBounds, 2> parts{{{{0, -3, -3}, {1, 3, 3}}, {{9, -1, -1}, {10, 1, 1}}}};
    const Turntable table(parts, kFrame, -32, 18, 1);
    float left = 1e9F;
    float right = -1e9F;
    float top = 1e9F;
    float bottom = -1e9F;
    for (const SpaceBounds& part : parts) {
        for (const Point& corner : table.corners(part)) {
            left = std::min(left, corner.x);
            right = std::max(right, corner.x);
            top = std::min(top, corner.y);
            bottom = std::max(bottom, corner.y);
        }
    }
    CHECK((left + right) / 2 == doctest::Approx(300));
    CHECK((top + bottom) / 2 == doctest::Approx(150));
    const bool fills = right - left > 399.9F || bottom - top > 199.9F;
    CHECK(fills);
    CHECK(right - left < 400.1F);
    CHECK(bottom - top < 200.1F);
}

TEST_CASE("turntable: a scene without parts is a place in the middle of the frame") {
    const Turntable table({}, kFrame, -32, 18, 1);
    check_at(table, {0, 0, 0}, 300, 150);
    for (const float number : table.matrix()) {
        CHECK(std::isfinite(number));
    }
}
