#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/index.h"
#include "web/models/inspect/pad.h"
#include "web/models/own/own_pixels.h"
#include "web/models/pictures.h"

namespace convoscope::models::own {

inline constexpr std::size_t kMostClasses = 10;
inline constexpr std::size_t kMostPictures = 2000;  ///< of all classes
/// Of a class: to learn from, to hold out and to test with.
inline constexpr std::size_t kLeastPictures = 3;

struct PictureClass {
    std::string name;
    std::vector<std::uint8_t> pixels;  ///< [picture][channel][row][column]

    bool operator==(const PictureClass&) const = default;
};

/// How the pictures are shared out.
struct Shares {
    std::size_t train = 0;
    std::size_t validation = 0;
    std::size_t test = 0;
};

/// The reader's own data set: classes of pictures that are drawn, opened or taken by the camera.
/// What is refused is answered by a sentence; an empty one means that it was done.
class Model {
  public:
    bool open = false;  ///< its page, in place of the curves
    bool camera = false;
    bool camera_live = false;
    inspect::Pad pad;

    [[nodiscard]] Kind kind() const { return kind_; }
    [[nodiscard]] Index channels() const { return channels_of(kind_); }
    [[nodiscard]] Index side() const { return side_of(kind_); }
    [[nodiscard]] const std::vector<PictureClass>& classes() const { return classes_; }
    [[nodiscard]] std::size_t current() const { return current_; }
    [[nodiscard]] std::size_t count_of(std::size_t class_index) const;
    [[nodiscard]] std::size_t count() const;
    /// The same pictures in the same classes.
    [[nodiscard]] bool holds_as(const Model& other) const;
    /// Changes with pictures, names and order.
    [[nodiscard]] std::uint32_t revision() const { return revision_; }
    /// A picture of a class that was removed last and can be put back.
    [[nodiscard]] bool can_put_back() const { return removed_.has_value(); }

    /// What is missing before a network can learn them; empty: nothing.
    [[nodiscard]] std::string problem() const;
    /// Every fifth picture of a class is for the test; of the others one in six is held out.
    [[nodiscard]] Shares shares() const;

    /// Only while there are no pictures.
    std::string set_kind(Kind kind);
    std::string add_class();
    std::string choose_class(std::size_t class_index);
    /// Chooses the class of this name; makes it if there is none, in place of one that has neither
    /// picture nor a name of the reader's.
    std::string choose_class_named(std::string_view name);
    std::string name_class(std::size_t class_index, std::string_view name);
    std::string delete_class(std::size_t class_index);
    /// To the class that is chosen.
    std::string add_drawing();
    std::string add_brought(std::span<const std::uint8_t> planes);
    /// What the camera shows, as one sees it and not as in a mirror.
    std::string add_camera_picture();
    std::string remove(std::size_t class_index, std::size_t picture);
    std::string put_back();

    /// What the camera shows, as in a mirror: three planes.
    void show_camera(std::span<const std::uint8_t> planes);
    [[nodiscard]] const Pictures& camera_picture() const { return camera_picture_; }
    [[nodiscard]] std::uint32_t camera_revision() const { return camera_revision_; }

    /// The drawing as it would be added.
    [[nodiscard]] std::vector<std::uint8_t> drawing() const;
    /// The newest pictures of every class, at most `most` of each: labels are classes, indices the
    /// pictures' places in them.
    [[nodiscard]] Pictures newest(std::size_t most) const;

    /// All pictures, class by class.
    [[nodiscard]] std::vector<std::uint8_t> all_pixels() const;
    /// Takes over what an earlier visit has kept. False, and no change, when it is damaged.
    bool restore(Kind kind, std::vector<PictureClass> classes);

  private:
    struct Removed {
        std::size_t class_index = 0;
        std::size_t picture = 0;
        std::vector<std::uint8_t> pixels;
    };

    [[nodiscard]] std::string free_name() const;
    std::string add(std::vector<std::uint8_t> picture);
    void changed();

    Kind kind_ = Kind::grey;
    std::vector<PictureClass> classes_{{"A", {}}, {"B", {}}};
    std::size_t current_ = 0;
    std::optional<Removed> removed_;
    Pictures camera_picture_;
    std::uint32_t camera_revision_ = 0;
    std::uint32_t revision_ = 0;
};

/// Whether a picture, counted in its class, is for the test.
[[nodiscard]] constexpr bool is_for_test(std::size_t picture) {
    return picture % 5 == 1;
}

}  // namespace convoscope::models::own
