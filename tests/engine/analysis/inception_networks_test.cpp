// Inception networks of TensorFlow's Slim library against the figures that the Distill article's
// library publishes (Araujo, Norris, Sim, 2019): receptive field, jump and effective padding of the
// last convolutional end point, and GFLOP up to it, two a multiply-add, 224 x 224 pixels in.

#include <array>
#include <vector>

#include <doctest/doctest.h>

#include "engine/analysis/summary.h"
#include "tests/support/network_sketch.h"

using namespace convoscope;
using convoscope::tests::Fit;
using convoscope::tests::NetworkSketch;
using convoscope::tests::Taps;

namespace {

using Value = NetworkSketch::Value;

constexpr Shape kPicture{.channels = 3, .height = 224, .width = 224};

/// One convolution of a path; `stride` 2 goes with the padding of the module.
struct Step {
    Index channels;
    Taps taps = 1;
    Index stride = 1;
    Fit fit = Fit::same;
};
using Path = std::vector<Step>;

Value along(NetworkSketch& net, Value value, const Path& path) {
    for (const Step& step : path) {
        value = net.convolve(value, step.channels, step.taps, step.stride, step.fit);
    }
    return value;
}

/// Paths side by side, and after them one of pooling, joined.
Value module(NetworkSketch& net, const Value& from, const std::vector<Path>& paths, Value pooled) {
    std::vector<Value> ends;
    for (const Path& path : paths) {
        ends.push_back(along(net, from, path));
    }
    ends.push_back(std::move(pooled));
    return net.concatenate(ends);
}

/// A 3x3 average and a 1x1 convolution.
Value averaged(NetworkSketch& net, const Value& from, Index channels) {
    return net.convolve(net.average_pool(from, 3, 1, Fit::same), channels, 1);
}

/// The beginning that version 3 and Inception-ResNet share: 31 pixels wide, 8 apart.
Value stem_of_v3(NetworkSketch& net) {
    Value value =
        along(net, net.input(), {{32, 3, 2, Fit::valid}, {32, 3, 1, Fit::valid}, {64, 3}});
    value = net.max_pool(value, 3, 2, Fit::valid);
    value = along(net, value, {{80}, {192, 3, 1, Fit::valid}});
    return net.max_pool(value, 3, 2, Fit::valid);
}

NetworkSketch inception_v2() {
    NetworkSketch net(kPicture);
    // A separable convolution of eight maps a channel.
    Value value = net.convolve(net.input(), 24, 7, 2, Fit::same, {.groups = 3, .bias = false});
    value = net.convolve(value, 64, 1);
    value = net.max_pool(value, 3, 2, Fit::same);
    value = along(net, value, {{64}, {192, 3}});
    value = net.max_pool(value, 3, 2, Fit::same);
    // Channels of: 1x1; 1x1, 3x3; 1x1, 3x3, 3x3; after the pooling.
    using Channels = std::array<Index, 7>;
    const auto mixed = [&](const Channels& c) {
        value = module(net,
                       value,
                       {{{c[0]}}, {{c[1]}, {c[2], 3}}, {{c[3]}, {c[4], 3}, {c[5], 3}}},
                       averaged(net, value, c[6]));
    };
    const auto reduced = [&](Index a, Index b, Index c, Index d) {
        value = module(net,
                       value,
                       {{{a}, {b, 3, 2}}, {{c}, {d, 3}, {d, 3, 2}}},
                       net.max_pool(value, 3, 2, Fit::same));
    };
    mixed({64, 64, 64, 64, 96, 96, 32});
    mixed({64, 64, 96, 64, 96, 96, 64});
    reduced(128, 160, 64, 96);
    mixed({224, 64, 96, 96, 128, 128, 128});
    mixed({192, 96, 128, 96, 128, 128, 128});
    mixed({160, 128, 160, 128, 160, 160, 96});
    mixed({96, 128, 192, 160, 192, 192, 96});
    reduced(128, 192, 192, 256);
    mixed({352, 192, 320, 160, 224, 224, 128});
    value = module(net,
                   value,
                   {{{352}}, {{192}, {320, 3}}, {{192}, {224, 3}, {224, 3}}},
                   net.convolve(net.max_pool(value, 3, 1, Fit::same), 128, 1));
    return net;
}

NetworkSketch inception_v3() {
    NetworkSketch net(kPicture);
    Value value = stem_of_v3(net);
    for (const Index pooled : {32, 64, 64}) {
        value = module(net,
                       value,
                       {{{64}}, {{48}, {64, 5}}, {{64}, {96, 3}, {96, 3}}},
                       averaged(net, value, pooled));
    }
    value = module(net,
                   value,
                   {{{384, 3, 2, Fit::valid}}, {{64}, {96, 3}, {96, 3, 2, Fit::valid}}},
                   net.max_pool(value, 3, 2, Fit::valid));
    for (const Index c : {128, 160, 160, 192}) {
        value = module(net,
                       value,
                       {{{192}},
                        {{c}, {c, {1, 7}}, {192, {7, 1}}},
                        {{c}, {c, {7, 1}}, {c, {1, 7}}, {c, {7, 1}}, {192, {1, 7}}}},
                       averaged(net, value, 192));
    }
    value = module(net,
                   value,
                   {{{192}, {320, 3, 2, Fit::valid}},
                    {{192}, {192, {1, 7}}, {192, {7, 1}}, {192, 3, 2, Fit::valid}}},
                   net.max_pool(value, 3, 2, Fit::valid));
    for (int block = 0; block < 2; ++block) {
        const Value second = along(net, value, {{384}});
        const Value third = along(net, value, {{448}, {384, 3}});
        value = net.concatenate({along(net, value, {{320}}),
                                 along(net, second, {{384, {1, 3}}}),
                                 along(net, second, {{384, {3, 1}}}),
                                 along(net, third, {{384, {1, 3}}}),
                                 along(net, third, {{384, {3, 1}}}),
                                 averaged(net, value, 192)});
    }
    return net;
}

Value stem_of_v4(NetworkSketch& net) {
    Value value =
        along(net, net.input(), {{32, 3, 2, Fit::valid}, {32, 3, 1, Fit::valid}, {64, 3}});
    value = module(net, value, {{{96, 3, 2, Fit::valid}}}, net.max_pool(value, 3, 2, Fit::valid));
    const Value wide =
        along(net, value, {{64}, {64, {1, 7}}, {64, {7, 1}}, {96, 3, 1, Fit::valid}});
    value = net.concatenate({along(net, value, {{64}, {96, 3, 1, Fit::valid}}), wide});
    return module(net, value, {{{192, 3, 2, Fit::valid}}}, net.max_pool(value, 3, 2, Fit::valid));
}

NetworkSketch inception_v4() {
    NetworkSketch net(kPicture);
    Value value = stem_of_v4(net);
    for (int block = 0; block < 4; ++block) {
        value = module(net,
                       value,
                       {{{96}}, {{64}, {96, 3}}, {{64}, {96, 3}, {96, 3}}},
                       averaged(net, value, 96));
    }
    value = module(net,
                   value,
                   {{{384, 3, 2, Fit::valid}}, {{192}, {224, 3}, {256, 3, 2, Fit::valid}}},
                   net.max_pool(value, 3, 2, Fit::valid));
    for (int block = 0; block < 7; ++block) {
        value = module(net,
                       value,
                       {{{384}},
                        {{192}, {224, {1, 7}}, {256, {7, 1}}},
                        {{192}, {192, {7, 1}}, {224, {1, 7}}, {224, {7, 1}}, {256, {1, 7}}}},
                       averaged(net, value, 128));
    }
    value = module(net,
                   value,
                   {{{192}, {192, 3, 2, Fit::valid}},
                    {{256}, {256, {1, 7}}, {320, {7, 1}}, {320, 3, 2, Fit::valid}}},
                   net.max_pool(value, 3, 2, Fit::valid));
    for (int block = 0; block < 3; ++block) {
        const Value second = along(net, value, {{384}});
        const Value third = along(net, value, {{384}, {448, {3, 1}}, {512, {1, 3}}});
        value = net.concatenate({along(net, value, {{256}}),
                                 along(net, second, {{256, {1, 3}}}),
                                 along(net, second, {{256, {3, 1}}}),
                                 along(net, third, {{256, {1, 3}}}),
                                 along(net, third, {{256, {3, 1}}}),
                                 averaged(net, value, 256)});
    }
    return net;
}

/// Paths joined, brought back to the input's channels, and added to it.
Value residual(NetworkSketch& net, const Value& from, const std::vector<Path>& paths) {
    std::vector<Value> ends;
    for (const Path& path : paths) {
        ends.push_back(along(net, from, path));
    }
    const Value joined = net.concatenate(ends);
    return net.add(
        from, net.convolve(joined, from.shape.channels, 1, 1, Fit::same, Conv2dSpec{.bias = true}));
}

NetworkSketch inception_resnet_v2() {
    NetworkSketch net(kPicture);
    Value value = stem_of_v3(net);
    value = module(
        net, value, {{{96}}, {{48}, {64, 5}}, {{64}, {96, 3}, {96, 3}}}, averaged(net, value, 64));
    for (int block = 0; block < 10; ++block) {
        value = residual(net, value, {{{32}}, {{32}, {32, 3}}, {{32}, {48, 3}, {64, 3}}});
    }
    value = module(net,
                   value,
                   {{{384, 3, 2, Fit::valid}}, {{256}, {256, 3}, {384, 3, 2, Fit::valid}}},
                   net.max_pool(value, 3, 2, Fit::valid));
    for (int block = 0; block < 20; ++block) {
        value = residual(net, value, {{{192}}, {{128}, {160, {1, 7}}, {192, {7, 1}}}});
    }
    value = module(net,
                   value,
                   {{{256}, {384, 3, 2, Fit::valid}},
                    {{256}, {288, 3, 2, Fit::valid}},
                    {{256}, {288, 3}, {320, 3, 2, Fit::valid}}},
                   net.max_pool(value, 3, 2, Fit::valid));
    for (int block = 0; block < 10; ++block) {
        value = residual(net, value, {{{192}}, {{192}, {224, {1, 3}}, {256, {3, 1}}}});
    }
    net.convolve(value, 1536, 1);
    return net;
}

struct Published {
    const char* name;
    NetworkSketch (*build)();
    std::int64_t size;
    double jump;
    double padding;
    double gflop;
};

constexpr Published kPublished[] = {
    {"Inception v2", inception_v2, 699, 32, 318, 3.88},
    {"Inception v3", inception_v3, 1311, 32, 618, 5.69},
    {"Inception v4", inception_v4, 2071, 32, 998, 12.27},
    {"Inception-ResNet v2", inception_resnet_v2, 3039, 32, 1482, 12.96},
};

}  // namespace

TEST_CASE("receptive field: Inception networks, aligned at every join, and their cost") {
    for (const Published& published : kPublished) {
        CAPTURE(published.name);
        const NetworkSketch net = published.build();
        CHECK(check_alignment(net.spec()).ok());
        const auto summary = summarize(net.spec());
        REQUIRE_MESSAGE(summary.ok(), summary.error().message);
        const auto& field = summary->layers.back().field;
        REQUIRE(field.has_value());
        CHECK(field->size == std::array{published.size, published.size});
        CHECK(field->jump == std::array{published.jump, published.jump});
        CHECK(field->effective_padding(0) == published.padding);
        CHECK(2e-9 * static_cast<double>(summary->multiply_accumulates) ==
              doctest::Approx(published.gflop).epsilon(0.01));
    }
}

TEST_CASE(
    "receptive field: the third feature of Inception-ResNet's first row sees around 37, 101") {
    const NetworkSketch net = inception_resnet_v2();
    const auto box = input_box(net.spec(), std::ssize(net.spec().layers), 0, 2);
    REQUIRE(box.has_value());
    CHECK((box->top + box->bottom - 1) / 2 == 37);
    CHECK((box->left + box->right - 1) / 2 == 101);
}
