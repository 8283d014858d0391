#include "web/models/convolve/convolve_model.h"

#include <algorithm>
#include <array>

#include <doctest/doctest.h>

#include "tests/web/models/convolve/convolve_support.h"
#include "web/models/convolve/catalogue.h"
#include "web/models/convolve/convention_places.h"
#include "web/models/convolve/convolve_commands.h"
#include "web/models/convolve/convolve_json.h"
#include "web/models/convolve/convolve_link.h"
#include "web/models/convolve/framework_code.h"
#include "web/models/json_reading.h"

using namespace convoscope;
using namespace convoscope::models;
using namespace convoscope::models::convolve;
using convoscope::testing::square_setup;

namespace {

Answer give(Model& model, const std::string& json) {
    return carry_out(model, Json::parse(json));
}

void use(Model& model, const Setup& wanted) {
    model.change([&](Setup& setup) { setup = wanted; });
}

}  // namespace

TEST_CASE("convolve model: it opens on a case with a remainder of none") {
    const Model model;
    CHECK(model.possible());
    CHECK(model.arithmetic().output.rows == 4);
    CHECK(model.current() == CellPlace{1, 2});
    CHECK(model.arithmetic().output.value(1, 2) == 3.0);
    CHECK(model.told_relationship().number == 6);
    CHECK(model.coverage().reads_all);
    CHECK(line_of(model.formula().numbers) == "⌊(7 + 2·1 − 3)/2⌋ + 1");
    CHECK(plain_text(model.explanation()) ==
          "Output [1, 2] reads rows 1 to 3 and columns 3 to 5 of the input. "
          "None of its nine values is padding.");
}

TEST_CASE("convolve model: uses are as many as windows and taps have in common") {
    Model model;
    use(model, square_setup(6, 3, 1, 0));
    model.point_at({Target::Kind::weight, {1, 1}});
    CHECK(model.trace().count() == 16);  // once in every output
    model.point_at({Target::Kind::grid, {2, 2}});
    CHECK(model.trace().count() == 9);  // k² within
    model.point_at({Target::Kind::grid, {0, 0}});
    CHECK(model.trace().count() == 1);  // fewer at the corner
    model.point_at({Target::Kind::output, {1, 1}});
    CHECK(model.trace().count() == 9);
}

TEST_CASE("convolve model: mirrored padding is one more use of the pixel") {
    Model model;
    Setup setup = square_setup(5, 3, 1, 1);
    setup.padding_mode = PaddingMode::replicate;
    use(model, setup);
    model.point_at({Target::Kind::grid, {1, 1}});
    CHECK(model.trace().count() == 9);  // 4 as itself, 5 as padding
}

TEST_CASE("convolve model: what is pinned stays while nothing is pointed at") {
    Model model;
    const Target weight{Target::Kind::weight, {0, 0}};
    model.pin(weight);
    model.point_at({Target::Kind::output, {0, 0}});
    CHECK(model.told_target().kind == Target::Kind::output);
    model.point_at({});
    CHECK(model.told_target() == weight);
    model.pin(weight);
    CHECK(model.told_target().kind == Target::Kind::none);
}

TEST_CASE("convolve model: an impossible kernel is explained, and repaired by one choice") {
    Model model;
    use(model, square_setup(3, 5, 1, 0));
    CHECK_FALSE(model.possible());
    CHECK(model.arithmetic().problem ==
          "The kernel covers 5 along the height, but the padded input has only 3.");
    REQUIRE(model.repairs().size() == 3);
    CHECK(model.repairs()[0].label == "padding 1");
    CHECK(model.repairs()[1].label == "kernel 3");
    CHECK(model.repairs()[2].label == "input 5");
    CHECK(give(model, R"({"command":"convolve_repair","repair":1})").error.empty());
    CHECK(model.possible());
    CHECK(model.setup().height.kernel == 3);
}

TEST_CASE("convolve model: a window larger than everything can be repaired whatever the numbers") {
    for (Index i = 1; i <= 4; ++i) {
        for (Index k = 1; k <= 7; ++k) {
            for (Index d = 1; d <= 3; ++d) {
                Model model;
                use(model, square_setup(i, k, 2, 0, d));
                if (!model.possible()) {
                    CHECK_FALSE(model.repairs().empty());
                }
            }
        }
    }
}

TEST_CASE("convolve model: every order visits every output once, and the current one stays") {
    Model model;
    const CellPlace before = model.current();
    for (const char* order : {"columns", "random", "rows"}) {
        CHECK(give(model, std::string(R"({"command":"convolve_order","order":")") + order + "\"}")
                  .error.empty());
        CHECK(model.current() == before);
        std::vector<Index> sorted = model.order();
        std::ranges::sort(sorted);
        for (Index i = 0; i < 16; ++i) {
            CHECK(sorted[at(i)] == i);
        }
    }
}

TEST_CASE("convolve playback: one output a period, then it begins again or stops") {
    Playback playback;
    playback.playing = true;
    playback.seconds_here = 0.0;
    playback.advance(Playback::kPeriodSeconds, 2);
    CHECK(playback.step == 1);
    playback.advance(Playback::kGlideSeconds / 2, 2);
    CHECK(playback.glide() == doctest::Approx(0.5));
    playback.advance(Playback::kPeriodSeconds, 2);
    CHECK(playback.step == 0);
    playback.loops = false;
    playback.jump_to(1, 2);
    playback.advance(1.0, 2);
    CHECK(playback.step == 1);
    CHECK_FALSE(playback.playing);
}

TEST_CASE("convolve model: painting gives the picture a life of its own") {
    Model model;
    CHECK(give(model, R"({"command":"convolve_paint","grid":"input","row":0,"column":0,"value":9})")
              .error.empty());
    CHECK(model.setup().image.value(0, 0) == 9.0);
    CHECK(model.setup().picture.empty());
    CHECK_FALSE(
        give(model, R"({"command":"convolve_paint","grid":"input","row":99,"column":0,"value":9})")
            .error.empty());
}

TEST_CASE("convolve commands: what cannot be is refused, and the state stays as it was") {
    Model model;
    const std::string before = convolve::json_of(model).dump();
    for (const char* command : {R"({"command":"convolve_set","parameter":"colour","value":3})",
                                R"({"command":"convolve_case","name":"none"})",
                                R"({"command":"convolve_repair","repair":0})",
                                R"({"command":"convolve_speed","speed":3})",
                                R"({"command":"convolve_operation","operation":{}})"}) {
        CAPTURE(command);
        const Answer answer = give(model, command);
        CHECK(answer.known);
        CHECK_FALSE(answer.error.empty());
        CHECK(convolve::json_of(model).dump() == before);
    }
    CHECK_FALSE(give(model, R"({"command":"start"})").known);
}

TEST_CASE("convolve commands: numbers are held within what the room can draw") {
    Model model;
    CHECK(give(model, R"({"command":"convolve_set","parameter":"input","value":1e300})")
              .error.empty());
    CHECK(model.setup().height.input == 32);
    CHECK(give(model, R"({"command":"convolve_step","to":-5})").error.empty());
    CHECK(model.playback.step == 0);
}

TEST_CASE("convolve commands: conventions are compared for sizes that the room does not draw") {
    Model model;
    const Setup before = model.setup();
    CHECK(give(model, R"({"command": "convolve_compare", "input": 224, "kernel": 7, "stride": 2,
                         "padding": 3})")
              .error.empty());
    REQUIRE(model.compared.size() == 5);
    CHECK(model.compared[0].coverage->outputs == 112);
    CHECK(model.compared[1].coverage->outputs == 113);
    CHECK(model.compared[3].coverage->outputs == 109);
    CHECK(model.setup() == before);
    CHECK_FALSE(
        give(model, R"({"command": "convolve_compare", "input": 8, "kernel": 0})").error.empty());
    CHECK(model.compared.size() == 5);
}

TEST_CASE("convolve link: it gives the room back") {
    Model model;
    Setup setup = square_setup(6, 3, 2, 1);
    setup.width.input = 9;
    setup.width.padding_end = 2;
    setup.linked = false;
    setup.padding_mode = PaddingMode::reflect;
    setup.image = {};
    setup.picture = "ghost";
    use(model, setup);
    Model opened;
    for (const auto& [name, value] : link_pairs(model)) {
        CHECK(apply_pair(opened, name, value));
    }
    CHECK(opened.setup() == model.setup());
    CHECK(link_pairs(opened) == link_pairs(model));
}

TEST_CASE("convolve link: nonsense changes nothing") {
    Model model;
    const std::string before = convolve::json_of(model).dump();
    for (const char* value : {"", "x", "1e999", ",", "nan", "-", "1,2,3,", "%2C"}) {
        for (const char* name : {"operation", "pad", "picture", "kernel", "order", "x", "w"}) {
            CHECK_FALSE(apply_pair(model, name, value));
        }
    }
    CHECK(convolve::json_of(model).dump() == before);
    CHECK_FALSE(apply_pair(model, "seed", "3"));
}

TEST_CASE("convolve code: a line says no more than it must") {
    Setup setup = square_setup(7, 3, 2, 1);
    CHECK(pytorch_line(setup) == "nn.Conv2d(1, 1, kernel_size=3, stride=2, padding=1)");
    setup.width.padding_end = 0;
    CHECK(pytorch_line(setup) ==
          "nn.Sequential(nn.ZeroPad2d((1, 0, 1, 1)), nn.Conv2d(1, 1, kernel_size=3, stride=2))");
    CHECK(keras_line(setup) ==
          "layers.ZeroPadding2D(((1, 1), (1, 0))); layers.Conv2D(1, 3, strides=2)");
    setup = square_setup(7, 3, 2, 1);
    setup.operation = Operation::max_pool;
    CHECK(pytorch_line(setup) == "nn.MaxPool2d(3, stride=2, padding=1)");
}

TEST_CASE("convolve code: what stands in the padding is said in both languages") {
    Setup setup = square_setup(7, 3, 1, 1);
    setup.padding_mode = PaddingMode::reflect;
    CHECK(pytorch_line(setup) ==
          "nn.Conv2d(1, 1, kernel_size=3, padding=1, padding_mode=\"reflect\")");
    CHECK(keras_line(setup) ==
          "x = ops.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)), mode=\"reflect\"); "
          "layers.Conv2D(1, 3)");
    setup.padding_mode = PaddingMode::replicate;
    CHECK(keras_line(setup).find("mode=\"edge\"") != std::string::npos);
    setup.padding_mode = PaddingMode::circular;
    CHECK(keras_line(setup).find("mode=\"wrap\"") != std::string::npos);
}

TEST_CASE("convolve code: padding never wins a maximum") {
    Setup setup = square_setup(7, 3, 2, 1);
    setup.operation = Operation::max_pool;
    CHECK(keras_line(setup) ==
          "x = ops.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)), constant_values=-inf); "
          "layers.MaxPooling2D(3, strides=2)");
    setup.width.padding_end = 0;
    CHECK(pytorch_line(setup) ==
          "nn.Sequential(nn.ConstantPad2d((1, 0, 1, 1), -inf), nn.MaxPool2d(3, stride=2))");
}

TEST_CASE("convolve code: a turned kernel and what a library lacks are said in a remark") {
    Setup setup = square_setup(7, 3, 1, 0);
    setup.turn_kernel = true;
    CHECK(pytorch_line(setup) == "nn.Conv2d(1, 1, kernel_size=3)  # w.flip(-2, -1)");
    CHECK(keras_line(setup) == "layers.Conv2D(1, 3)  # w[::-1, ::-1]");
    setup = square_setup(9, 3, 1, 0);
    setup.operation = Operation::max_pool;
    setup.height.dilation = setup.width.dilation = 2;
    CHECK(keras_line(setup) == "layers.MaxPooling2D(3, strides=1)  # has no dilation");
    setup = square_setup(4, 3, 1, 0);
    setup.operation = Operation::transposed;
    setup.input_channels = setup.output_channels = setup.groups = 2;
    CHECK(keras_line(setup) == "layers.Conv2DTranspose(2, 3)  # has no groups");
}

TEST_CASE("convolve conventions: the same size can be another alignment") {
    const Setup setup = square_setup(8, 3, 2, 1);
    const std::vector<ConventionRow> rows = compare_conventions(setup.height);
    REQUIRE(rows.size() == 5);
    CHECK(rows[0].coverage->outputs == 4);
    CHECK(rows[1].coverage->outputs == 5);
    CHECK(rows[1].differs);
    CHECK(rows[2].remark == "pad 0 + 1");
    CHECK(rows[2].realigned);
    CHECK_FALSE(rows[1].realigned);
    CHECK(rows[3].coverage->outputs == 3);
    CHECK_FALSE(rows[4].coverage.has_value());
    CHECK(rows[4].remark == "7 / 2 is not whole");
}

TEST_CASE(
    "convolve conventions: the axis shows as many lost and invented positions as are counted") {
    Index rows_seen = 0;
    for (const auto& [input, kernel, stride, padding] :
         std::array<std::array<Index, 4>, 6>{{{10, 3, 2, 0},
                                              {13, 6, 5, 0},
                                              {8, 3, 2, 1},
                                              {7, 2, 4, 3},
                                              {9, 1, 3, 2},
                                              {32, 5, 1, 2}}}) {
        const Setup setup = square_setup(input, kernel, stride, padding);
        for (const ConventionRow& row : compare_conventions(setup.height)) {
            if (!row.coverage) {
                continue;
            }
            CAPTURE(row.name);
            const std::vector<AxisPlace> places = axis_places(setup.height, *row.coverage);
            CHECK(std::ranges::count(places, AxisPlace::lost) == row.coverage->lost);
            CHECK(std::ranges::count(places, AxisPlace::invented) == row.coverage->invented);
            ++rows_seen;
        }
    }
    CHECK(rows_seen > 20);
}

TEST_CASE("convolve model: pixels take the place of the picture, as many as the input has cells") {
    Model model;
    use(model, square_setup(2, 1, 1, 0));
    CHECK(give(model, R"({"command": "convolve_pixels", "values": [9, 0, null, 1e9]})")
              .error.empty());
    CHECK(model.setup().image.values == std::vector{9.0, 0.0, 0.0, 999.0});
    CHECK(model.setup().picture.empty());
    CHECK(give(model, R"({"command": "convolve_pixels", "values": [1, 2, 3]})").error ==
          "the input has 4 cells, not 3");
    CHECK(!give(model, R"({"command": "convolve_pixels"})").error.empty());
    CHECK(model.setup().image.values.front() == 9.0);
}
