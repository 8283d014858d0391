#include "web/models/own/own_pictures.h"

#include <algorithm>
#include <utility>

namespace convoscope::models::own {
namespace {

constexpr std::size_t kMostNameBytes = 32;
constexpr std::size_t kHeldOut = 6;  // one in so many

/// Without blanks around it, and as long as a label may be; no letter is cut in two.
std::string tidied(std::string_view name) {
    const auto first = name.find_first_not_of(" \t\n");
    name = first == std::string_view::npos ? std::string_view() : name.substr(first);
    std::size_t size = std::min(name.size(), kMostNameBytes);
    while (size > 0 && size < name.size() &&
           (static_cast<unsigned char>(name[size]) & 0xC0U) == 0x80U) {
        --size;
    }
    while (size > 0 && name[size - 1] == ' ') {
        --size;
    }
    return std::string(name.substr(0, size));
}

bool is_given_by_page(const std::string& name) {
    return name.size() == 1 && name[0] >= 'A' && name[0] <= 'Z';
}

std::string quoted(const std::string& name) {
    return "“" + name + "”";
}

}  // namespace

std::size_t Model::count_of(std::size_t class_index) const {
    return classes_[class_index].pixels.size() / picture_size(kind_);
}

std::size_t Model::count() const {
    std::size_t sum = 0;
    for (std::size_t i = 0; i < classes_.size(); ++i) {
        sum += count_of(i);
    }
    return sum;
}

std::string Model::problem() const {
    if (classes_.size() < 2) {
        return "Two classes at least: where there is one answer, nothing is to be learnt.";
    }
    for (std::size_t i = 0; i < classes_.size(); ++i) {
        const std::size_t pictures = count_of(i);
        const std::string name = quoted(classes_[i].name);
        if (pictures == 0) {
            return name + " has no picture yet; at least " + std::to_string(kLeastPictures) +
                   " a class.";
        }
        if (pictures < kLeastPictures) {
            return name + " has " + std::to_string(pictures) + " of at least " +
                   std::to_string(kLeastPictures) +
                   " pictures: to learn from, to hold out, to test with.";
        }
    }
    return {};
}

Shares Model::shares() const {
    Shares shares;
    for (std::size_t i = 0; i < classes_.size(); ++i) {
        for (std::size_t picture = 0; picture < count_of(i); ++picture) {
            ++(is_for_test(picture) ? shares.test : shares.train);
        }
    }
    shares.validation = shares.train > 1 ? std::max<std::size_t>(1, shares.train / kHeldOut) : 0;
    shares.train -= shares.validation;
    return shares;
}

bool Model::holds_as(const Model& other) const {
    return kind_ == other.kind_ && classes_ == other.classes_;
}

void Model::changed() {
    ++revision_;
}

std::string Model::set_kind(Kind kind) {
    if (kind != kind_ && count() > 0) {
        return "the pictures are " + std::string(name_of(kind_)) +
               " already; remove them before choosing another kind";
    }
    kind_ = kind;
    removed_.reset();
    changed();
    return {};
}

std::string Model::free_name() const {
    for (char letter = 'A'; letter <= 'Z'; ++letter) {
        std::string name(1, letter);
        if (std::ranges::none_of(classes_, [&](const PictureClass& c) { return c.name == name; })) {
            return name;
        }
    }
    return "?";
}

std::string Model::add_class() {
    if (classes_.size() == kMostClasses) {
        return "there are " + std::to_string(kMostClasses) + " classes, the most";
    }
    classes_.push_back({free_name(), {}});
    current_ = classes_.size() - 1;
    changed();
    return {};
}

std::string Model::choose_class(std::size_t class_index) {
    if (class_index >= classes_.size()) {
        return "there is no such class";
    }
    current_ = class_index;
    return {};
}

std::string Model::choose_class_named(std::string_view name) {
    const std::string wanted = tidied(name);
    if (wanted.empty()) {
        return "the class has no name";
    }
    const auto find = [&](const auto& fits) {
        return static_cast<std::size_t>(std::ranges::find_if(classes_, fits) - classes_.begin());
    };
    std::size_t place = find([&](const PictureClass& c) { return c.name == wanted; });
    if (place == classes_.size()) {
        place = find(
            [](const PictureClass& c) { return c.pixels.empty() && is_given_by_page(c.name); });
    }
    if (place == classes_.size()) {
        if (const std::string refused = add_class(); !refused.empty()) {
            return refused + "; " + quoted(wanted) + " is one more";
        }
        place = classes_.size() - 1;
    }
    current_ = place;
    classes_[place].name = wanted;
    changed();
    return {};
}

std::string Model::name_class(std::size_t class_index, std::string_view name) {
    const std::string wanted = tidied(name);
    if (class_index >= classes_.size()) {
        return "there is no such class";
    }
    if (wanted.empty()) {
        return "a class wants a name";
    }
    for (std::size_t i = 0; i < classes_.size(); ++i) {
        if (i != class_index && classes_[i].name == wanted) {
            return "there is a class " + quoted(wanted) + " already";
        }
    }
    classes_[class_index].name = wanted;
    changed();
    return {};
}

std::string Model::delete_class(std::size_t class_index) {
    if (class_index >= classes_.size()) {
        return "there is no such class";
    }
    classes_.erase(classes_.begin() + static_cast<std::ptrdiff_t>(class_index));
    if (classes_.empty()) {
        classes_.push_back({"A", {}});
    }
    current_ = std::min(current_, classes_.size() - 1);
    removed_.reset();
    changed();
    return {};
}

std::string Model::add(std::vector<std::uint8_t> picture) {
    if (count() >= kMostPictures) {
        return "there are " + std::to_string(kMostPictures) + " pictures, the most";
    }
    std::vector<std::uint8_t>& pixels = classes_[current_].pixels;
    pixels.insert(pixels.end(), picture.begin(), picture.end());
    changed();
    return {};
}

std::vector<std::uint8_t> Model::drawing() const {
    return drawn_pixels(kind_, inspect::as_digit(pad.picture()));
}

std::string Model::add_drawing() {
    std::vector<std::uint8_t> picture = drawing();
    if (std::ranges::all_of(picture, [](std::uint8_t value) { return value == 0; })) {
        return "nothing is drawn yet";
    }
    std::string refused = add(std::move(picture));
    if (refused.empty()) {
        pad.clear();
    }
    return refused;
}

std::string Model::add_brought(std::span<const std::uint8_t> planes) {
    if (planes.size() != at(3 * kBroughtSide * kBroughtSide)) {
        return "a picture has come in another size";
    }
    return add(brought_pixels(kind_, planes));
}

std::string Model::add_camera_picture() {
    if (!camera_live || camera_picture_.pixels.empty()) {
        return "the camera shows nothing yet";
    }
    return add_brought(unmirrored(camera_picture_.pixels, kBroughtSide));
}

std::string Model::remove(std::size_t class_index, std::size_t picture) {
    if (class_index >= classes_.size() || picture >= count_of(class_index)) {
        return "there is no such picture";
    }
    std::vector<std::uint8_t>& pixels = classes_[class_index].pixels;
    const auto first = pixels.begin() + static_cast<std::ptrdiff_t>(picture * picture_size(kind_));
    const auto end = first + static_cast<std::ptrdiff_t>(picture_size(kind_));
    removed_ = Removed{class_index, picture, {first, end}};
    pixels.erase(first, end);
    changed();
    return {};
}

std::string Model::put_back() {
    if (!removed_) {
        return "no picture was removed";
    }
    const Removed removed = *std::exchange(removed_, std::nullopt);
    std::vector<std::uint8_t>& pixels = classes_[removed.class_index].pixels;
    const std::size_t place = std::min(removed.picture * picture_size(kind_), pixels.size());
    pixels.insert(pixels.begin() + static_cast<std::ptrdiff_t>(place),
                  removed.pixels.begin(),
                  removed.pixels.end());
    changed();
    return {};
}

void Model::show_camera(std::span<const std::uint8_t> planes) {
    if (!camera || planes.size() != at(3 * kBroughtSide * kBroughtSide)) {
        return;  // the last frames may come after it was left
    }
    camera_picture_ = {.split = "camera",
                       .indices = {0},
                       .labels = {0},
                       .channels = 3,
                       .height = kBroughtSide,
                       .width = kBroughtSide,
                       .pixels = {planes.begin(), planes.end()}};
    ++camera_revision_;
}

Pictures Model::newest(std::size_t most) const {
    Pictures pictures{.split = "own",
                      .indices = {},
                      .labels = {},
                      .channels = static_cast<int>(channels()),
                      .height = static_cast<int>(side()),
                      .width = static_cast<int>(side()),
                      .pixels = {}};
    for (std::size_t i = 0; i < classes_.size(); ++i) {
        const std::size_t pictures_of_class = count_of(i);
        const std::size_t first = pictures_of_class - std::min(most, pictures_of_class);
        for (std::size_t picture = first; picture < pictures_of_class; ++picture) {
            pictures.indices.push_back(static_cast<std::int64_t>(picture));
            pictures.labels.push_back(static_cast<int>(i));
        }
        const std::vector<std::uint8_t>& pixels = classes_[i].pixels;
        pictures.pixels.insert(
            pictures.pixels.end(),
            pixels.begin() + static_cast<std::ptrdiff_t>(first * picture_size(kind_)),
            pixels.end());
    }
    return pictures;
}

std::vector<std::uint8_t> Model::all_pixels() const {
    std::vector<std::uint8_t> all;
    for (const PictureClass& each : classes_) {
        all.insert(all.end(), each.pixels.begin(), each.pixels.end());
    }
    return all;
}

bool Model::restore(Kind kind, std::vector<PictureClass> classes) {
    const std::size_t size = picture_size(kind);
    const bool sound = !classes.empty() && classes.size() <= kMostClasses &&
                       std::ranges::all_of(classes, [&](const PictureClass& each) {
                           return !tidied(each.name).empty() && each.pixels.size() % size == 0 &&
                                  each.pixels.size() / size <= kMostPictures;
                       });
    if (!sound) {
        return false;
    }
    for (PictureClass& each : classes) {
        each.name = tidied(each.name);
    }
    kind_ = kind;
    classes_ = std::move(classes);
    current_ = 0;
    removed_.reset();
    changed();
    return true;
}

}  // namespace convoscope::models::own
