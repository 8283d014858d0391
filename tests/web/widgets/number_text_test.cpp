#include "web/widgets/number_text.h"

#include <limits>

#include <doctest/doctest.h>

using namespace convoscope::widgets;

TEST_CASE("number_text: integers are exact with commas until ten million") {
    CHECK(integer_text(0) == "0");
    CHECK(integer_text(999) == "999");
    CHECK(integer_text(4'718'592) == "4,718,592");
    CHECK(integer_text(-1'000) == "−1,000");
    CHECK(integer_text(15'470'000'000) == "15.47 G");
    CHECK(integer_text(10'000'000) == "10.00 M");
}

TEST_CASE("number_text: decimals keep their places and never show a negative zero") {
    CHECK(decimal_text(0.0371, 3) == "0.037");
    CHECK(decimal_text(-1.2, 2) == "−1.20");
    CHECK(decimal_text(-0.001, 2) == "0.00");
    CHECK(decimal_text(12345.6, 1) == "12,345.6");
    CHECK(percent_text(0.9884, 2) == "98.84 %");
}

TEST_CASE("number_text: significant digits are short, tiny numbers are powers of ten") {
    CHECK(significant_text(0.05) == "0.05");
    CHECK(significant_text(0.0005) == "0.0005");
    CHECK(significant_text(9.996) == "10");
    CHECK(significant_text(1234.5) == "1,234");
    CHECK(significant_text(-0.00003) == "−3·10⁻⁵");
    CHECK(significant_text(0) == "0");
}

TEST_CASE("number_text: narrow cells drop the leading zero") {
    CHECK(cell_text(0.83) == ".83");
    CHECK(cell_text(-0.5) == "−.5");
    CHECK(cell_text(1.2) == "1.2");
    CHECK(cell_text(0) == "0");
    CHECK(cell_text(-0.0001) == "0");
}

TEST_CASE("number_text: small numbers have a power in which their digits are seen") {
    CHECK(readable_power(0.7) == 0);
    CHECK(readable_power(0) == 0);
    CHECK(readable_power(0.021) == -2);
    CHECK(readable_power(3.1e-7) == -7);
    CHECK(power_text(-7) == "10⁻⁷");
}

TEST_CASE("number_text: what is no number says so") {
    CHECK(decimal_text(std::numeric_limits<double>::quiet_NaN(), 2) == "NaN");
    CHECK(significant_text(-std::numeric_limits<double>::infinity()) == "−∞");
}

TEST_CASE("number_text: durations and sizes carry their unit") {
    CHECK(duration_text(0.85) == "850 ms");
    CHECK(duration_text(8.4) == "8.4 s");
    CHECK(duration_text(125) == "2 min 05 s");
    CHECK(to_go_text(3.2) == "4 s to go");
    CHECK(to_go_text(124.5) == "2 min 05 s to go");
    CHECK(bytes_text(512) == "512 B");
    CHECK(bytes_text(11.5e6) == "11.5 MB");
}
