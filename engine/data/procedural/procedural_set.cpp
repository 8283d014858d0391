#include "engine/data/procedural/procedural_set.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/random.h"
#include "engine/data/procedural/painters.h"

namespace convoscope {
namespace {

constexpr Index kMostImages = 1000000;
constexpr Index kSmallestSize = 8;
constexpr Index kLargestSize = 128;
constexpr Index kMostClasses = 16;
constexpr double kMostBytes = 1 << 28;

enum class Form { picture, point };

struct Kind {
    const char* name;
    Form form;
    Index classes;
    bool classes_are_free;
    double noise;
};

constexpr std::array kKinds = {Kind{"shapes", Form::picture, kShapeClasses, false, 0.1},
                               Kind{"bars", Form::picture, 4, true, 0.1},
                               Kind{"xor", Form::point, 2, false, 0.03},
                               Kind{"circles", Form::point, 2, false, 0.03},
                               Kind{"spiral", Form::point, 2, true, 0.03},
                               Kind{"blobs", Form::point, 4, true, 0.15}};

const Kind* find_kind(std::string_view name) {
    const auto* kind = std::ranges::find(
        kKinds, name, [](const Kind& candidate) { return std::string_view(candidate.name); });
    return kind == kKinds.end() ? nullptr : kind;
}

std::byte to_byte(double value) {
    return static_cast<std::byte>(std::lround(255.0 * std::clamp(value, 0.0, 1.0)));
}

Point make_point(std::string_view name, Index label, Index classes, Random& random) {
    if (name == "xor") {
        return xor_point(label, random);
    }
    if (name == "circles") {
        return circles_point(label, random);
    }
    return name == "spiral" ? spiral_point(label, classes, random) : blob_centre(label, classes);
}

/// Represents the making of one set; `sample` is called for one image after another.
class Maker {
  public:
    Maker(const Kind& kind, const ProceduralWish& wish)
        : kind_(kind),
          wish_(wish),
          classes_(wish.classes.value_or(kind.classes)),
          noise_(wish.noise.value_or(kind.noise)),
          picture_(kind.form == Form::picture ? static_cast<std::size_t>(wish.size * wish.size)
                                              : 0) {}

    [[nodiscard]] Shape shape() const {
        return kind_.form == Form::point
                   ? Shape{.channels = 2}
                   : Shape{.channels = 1, .height = wish_.size, .width = wish_.size};
    }

    std::vector<std::byte> make_shard(Split split, Index count) {
        std::vector<std::byte> bytes;
        bytes.reserve(static_cast<std::size_t>(count * (1 + shape().element_count())));
        for (Index image = 0; image < count; ++image) {
            bytes.push_back(static_cast<std::byte>(image % classes_));
        }
        const Random stream = Random(wish_.seed, wish_.name).split(split_name(split));
        for (Index image = 0; image < count; ++image) {
            Random random = stream.split(static_cast<std::uint64_t>(image));
            add_sample(image % classes_, random, bytes);
        }
        return bytes;
    }

    [[nodiscard]] std::vector<std::string> class_names() const {
        std::vector<std::string> names;
        names.reserve(static_cast<std::size_t>(classes_));
        for (Index label = 0; label < classes_; ++label) {
            names.push_back(class_name(label));
        }
        return names;
    }

  private:
    [[nodiscard]] std::string class_name(Index label) const {
        if (wish_.name == "shapes") {
            return shape_name(label);
        }
        if (wish_.name == "bars") {
            return std::to_string(180 * label / classes_) + "°";
        }
        if (wish_.name == "circles") {
            return label == 0 ? "inside" : "outside";
        }
        return std::string(1, static_cast<char>('A' + label));
    }

    void add_sample(Index label, Random& random, std::vector<std::byte>& bytes) {
        if (kind_.form == Form::point) {
            const Point point = make_point(wish_.name, label, classes_, random);
            for (const double coordinate : {point.x, point.y}) {
                bytes.push_back(to_byte(0.5 + 0.5 * (coordinate + noise_ * random.normal())));
            }
            return;
        }
        const Picture picture{.size = wish_.size, .pixels = picture_};
        if (wish_.name == "shapes") {
            paint_shape(label, random, picture);
        } else {
            paint_bar(label, classes_, random, picture);
        }
        for (const float pixel : picture_) {
            bytes.push_back(to_byte(static_cast<double>(pixel) + noise_ * random.normal()));
        }
    }

    const Kind& kind_;
    const ProceduralWish& wish_;
    Index classes_;
    double noise_;
    std::vector<float> picture_;
};

Status check_range(const char* name, Index value, Index lowest, Index highest) {
    if (value < lowest || value > highest) {
        return Error{std::string(name) + " is " + std::to_string(value) + "; expected " +
                     std::to_string(lowest) +
                     (lowest < highest ? " to " + std::to_string(highest) : "")};
    }
    return success();
}

Status check_wish(const Kind& kind, const ProceduralWish& wish) {
    const Index classes = wish.classes.value_or(kind.classes);
    const std::array<Status, 4> checks = {
        check_range("train_count", wish.train_count, 1, kMostImages),
        check_range("test_count", wish.test_count, 1, kMostImages),
        check_range("size", wish.size, kSmallestSize, kLargestSize),
        kind.classes_are_free ? check_range("classes", classes, 2, kMostClasses)
                              : check_range("classes", classes, kind.classes, kind.classes)};
    for (const Status& check : checks) {
        if (!check) {
            return check.error();
        }
    }
    const double noise = wish.noise.value_or(kind.noise);
    if (!(noise >= 0.0 && noise <= 1.0)) {
        return Error{"noise is " + std::to_string(noise) + "; expected 0 to 1"};
    }
    return success();
}

}  // namespace

bool is_procedural(std::string_view name) {
    return find_kind(name) != nullptr;
}

std::string procedural_names() {
    std::string names;
    for (const Kind& kind : kKinds) {
        names += (names.empty() ? "" : ", ") + std::string(kind.name);
    }
    return names;
}

Result<ProceduralSet> make_procedural_set(const ProceduralWish& wish) {
    const Kind* kind = find_kind(wish.name);
    if (kind == nullptr) {
        return Error{"there is no procedural set \"" + wish.name + "\"; expected " +
                     procedural_names()};
    }
    if (const Status checked = check_wish(*kind, wish); !checked) {
        return checked.error();
    }
    Maker maker(*kind, wish);
    const double images =
        static_cast<double>(wish.train_count) + static_cast<double>(wish.test_count);
    if (images * static_cast<double>(1 + maker.shape().element_count()) > kMostBytes) {
        return Error{"the images come to more than " +
                     std::to_string(static_cast<Index>(kMostBytes)) + " bytes"};
    }
    ProceduralSet set{.manifest = {},
                      .train = maker.make_shard(Split::train, wish.train_count),
                      .test = maker.make_shard(Split::test, wish.test_count)};
    set.manifest.name = wish.name;
    set.manifest.input = maker.shape();
    set.manifest.classes = maker.class_names();
    set.manifest.shards = {std::vector<ShardInfo>{{.count = wish.train_count, .sha256 = {}}},
                           std::vector<ShardInfo>{{.count = wish.test_count, .sha256 = {}}}};
    // Points are bytes from -1 to 1; pictures from 0 to 1.
    const bool points = kind->form == Form::point;
    const auto channels = static_cast<std::size_t>(set.manifest.input.channels);
    set.manifest.mean.assign(channels, points ? 0.5F : 0.0F);
    set.manifest.deviation.assign(channels, points ? 0.5F : 1.0F);
    return set;
}

}  // namespace convoscope
