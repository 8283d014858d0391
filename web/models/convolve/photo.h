#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "web/models/convolve/convolve_model.h"
#include "web/models/pictures.h"

namespace convoscope::models::convolve {

/// Where a real picture comes from.
enum class PhotoSource {
    rings,  ///< drawn here: every direction and every frequency
    data,   ///< of the loaded data set
    own,    ///< the reader's
    camera
};
[[nodiscard]] std::string_view name_of(PhotoSource source);
bool read_name(std::string_view name, PhotoSource& source);

/// How its output is shown: as signed values about zero, as a picture from black to white, or as
/// suits the kernel, whose weights cancel out or do not.
enum class PhotoLook { automatic, values, picture };
[[nodiscard]] std::string_view name_of(PhotoLook look);
bool read_name(std::string_view name, PhotoLook& look);

/// `stopped`: because the page was hidden.
enum class CameraState { off, asked, live, refused, stopped };

/// Planes of bytes, one (grey) or three (red, green, blue).
struct PhotoPixels {
    Index channels = 1;
    Index rows = 0;
    Index columns = 0;
    std::vector<std::uint8_t> bytes = {};

    [[nodiscard]] Index cells() const { return rows * columns; }
    [[nodiscard]] std::span<const std::uint8_t> plane(Index channel) const {
        return std::span(bytes).subspan(at(channel * cells()), at(cells()));
    }
    bool operator==(const PhotoPixels&) const = default;
};

/// A real picture under the kernel that is in front: the numbers are bytes, 0 black and 255 white,
/// and every plane is convolved by itself, by the engine's vectorised kernels.
class Photo {
  public:
    static constexpr Index kLeastSide = 8;
    static constexpr Index kLargestSide = 128;
    static constexpr Index kLargestOutput = 320;
    static constexpr Index kGreen = 1;  ///< the plane in front until another is chosen

    Photo();

    [[nodiscard]] PhotoSource source() const { return source_; }
    [[nodiscard]] std::int64_t data_index() const { return data_index_; }
    [[nodiscard]] Index side() const { return side_; }
    [[nodiscard]] bool in_colour() const { return in_colour_; }
    /// What is convolved: grey unless colours are wished for and there; empty: not there yet.
    [[nodiscard]] const PhotoPixels& shown() const { return shown_; }
    [[nodiscard]] bool has_colours() const { return original_.channels == 3; }

    void choose(PhotoSource source, std::int64_t data_index = 0);
    void set_side(Index side);
    void set_colour(bool on);
    /// The page has brought a picture of the chosen source.
    void take(PhotoPixels pixels);
    /// The data set's, of which one may have been waited for.
    void take_data(const Pictures& pictures, std::uint32_t revision);
    [[nodiscard]] bool has_own() const { return !own_.bytes.empty(); }

    /// Convolves anew if picture or setup have changed.
    void follow(const Model& room);
    /// A sentence: why there is no output; empty: there is one.
    [[nodiscard]] const std::string& problem() const { return problem_; }
    [[nodiscard]] const WindowAxis& rows() const { return rows_; }
    [[nodiscard]] const WindowAxis& columns() const { return columns_; }
    [[nodiscard]] std::span<const float> output(Index plane) const;
    [[nodiscard]] float greatest_output() const { return greatest_; }
    /// Counts up with every other picture or output.
    [[nodiscard]] std::uint32_t revision() const { return revision_; }

    /// The output under the lens; in the middle where nobody has pointed.
    void point_at(CellPlace output);
    [[nodiscard]] CellPlace place() const { return place_; }
    /// Whose window it is: of a picture in colour red, 0, green or blue.
    [[nodiscard]] Index plane() const { return shown_.channels == 3 ? colour_plane_ : 0; }
    /// Held within the three.
    void look_at_plane(Index plane);
    /// The window under the lens as a room of its own with one output: its products, its sum.
    [[nodiscard]] const Model& detail() const { return detail_; }

    /// Whether the output is shown as signed values.
    [[nodiscard]] bool shows_values() const;
    /// The output that a white picture gives, or 255 where that is nothing: white, shown as a
    /// picture.
    [[nodiscard]] float white() const;

    PhotoLook look = PhotoLook::automatic;
    CameraState camera = CameraState::off;

  private:
    void refresh_shown();
    [[nodiscard]] double sum_of_weights() const;
    void take_setup(const Model& room);
    void convolve();
    void refresh_detail();
    [[nodiscard]] std::vector<float> grid_of(Index plane, float padding) const;

    PhotoSource source_ = PhotoSource::rings;
    std::int64_t data_index_ = 0;
    Index side_ = kLargestSide;
    bool in_colour_ = false;
    Index colour_plane_ = kGreen;
    PhotoPixels original_;
    PhotoPixels own_;
    PhotoPixels shown_;
    std::uint32_t data_revision_ = 0;
    bool stale_ = true;

    std::uint32_t room_revision_ = 0;
    Setup setup_;  ///< the room's, with this picture's size, one channel and the weights in front
    std::string problem_;
    WindowAxis rows_;
    WindowAxis columns_;
    std::vector<float> output_;
    float greatest_ = 0.0F;
    std::uint32_t revision_ = 1;
    CellPlace place_;
    Index placed_rows_ = 0;  ///< of the output in which it was pointed
    Index placed_columns_ = 0;
    Model detail_;
};

/// A circular chirp: frequencies rise from the middle, so that a kernel shows which directions and
/// sizes it answers to, and a stride what it can no longer tell apart.
[[nodiscard]] PhotoPixels rings(Index side);

/// Luma of ITU-R BT.601.
[[nodiscard]] PhotoPixels grey_of(const PhotoPixels& colour);

/// Means over areas. Expects: not larger than it was.
[[nodiscard]] PhotoPixels reduced(const PhotoPixels& pixels, Index rows, Index columns);

}  // namespace convoscope::models::convolve
