#include "web/widgets/span.h"

#include <doctest/doctest.h>

using namespace convoscope::widgets;

namespace {

constexpr Span kWhole{0, 1000};
constexpr double kLeast = 10;

}  // namespace

TEST_CASE("span: two fingers that spread keep what lies between them where it is") {
    const Span half = zoomed(kWhole, kWhole, 2, 400, kLeast);
    CHECK(half.first == doctest::Approx(200));
    CHECK(half.last == doctest::Approx(700));
    const Span back = zoomed(half, kWhole, 0.5, 400, kLeast);
    CHECK(back.first == doctest::Approx(0));
    CHECK(back.last == doctest::Approx(1000));
}

TEST_CASE("span: zooming ends at the whole and at the shortest span") {
    CHECK(zoomed({200, 700}, kWhole, 0.001, 300, kLeast) == kWhole);
    CHECK(zoomed({200, 700}, kWhole, 1e9, 300, kLeast).length() == doctest::Approx(kLeast));
    CHECK(zoomed({0, 4}, {0, 4}, 5, 2, kLeast) == Span{0, 4});
}

TEST_CASE("span: at an end it keeps its length") {
    CHECK(moved({200, 700}, kWhole, -900) == Span{0, 500});
    CHECK(moved({200, 700}, kWhole, 900) == Span{500, 1000});
    CHECK(moved({200, 700}, kWhole, 50) == Span{250, 750});
    const Span wider = zoomed({900, 1000}, kWhole, 0.5, 1000, kLeast);
    CHECK(wider.first == doctest::Approx(800));
    CHECK(wider.last == doctest::Approx(1000));
}
