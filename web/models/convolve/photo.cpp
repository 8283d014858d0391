#include "web/models/convolve/photo.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "web/models/name_table.h"

namespace convoscope::models::convolve {
namespace {

constexpr NameTable<4> kSources{"rings", "data", "own", "camera"};
constexpr NameTable<3> kLooks{"automatic", "values", "picture"};

}  // namespace

std::string_view name_of(PhotoSource source) {
    return name_in(kSources, source);
}
bool read_name(std::string_view name, PhotoSource& source) {
    return read_name_in(kSources, name, source);
}
std::string_view name_of(PhotoLook look) {
    return name_in(kLooks, look);
}
bool read_name(std::string_view name, PhotoLook& look) {
    return read_name_in(kLooks, name, look);
}

Photo::Photo() : original_(rings(kLargestSide)) {
    refresh_shown();
}

void Photo::choose(PhotoSource source, std::int64_t data_index) {
    source_ = source;
    data_index_ = data_index;
    data_revision_ = 0;
    if (camera != CameraState::live && camera != CameraState::asked) {
        camera = CameraState::off;
    }
    original_ = {};  // the data set's and the camera's are still to come
    if (source == PhotoSource::rings) {
        original_ = rings(kLargestSide);
    } else if (source == PhotoSource::own) {
        original_ = own_;
    }
    refresh_shown();
}

void Photo::set_side(Index side) {
    side_ = std::clamp<Index>(side, kLeastSide, kLargestSide);
    refresh_shown();
}

void Photo::set_colour(bool on) {
    in_colour_ = on;
    refresh_shown();
}

void Photo::look_at_plane(Index plane) {
    colour_plane_ = std::clamp<Index>(plane, 0, 2);
    refresh_detail();
}

void Photo::take(PhotoPixels pixels) {
    if (source_ == PhotoSource::own) {
        own_ = pixels;
    }
    original_ = std::move(pixels);
    refresh_shown();
}

void Photo::take_data(const Pictures& pictures, std::uint32_t revision) {
    if (source_ != PhotoSource::data || revision == data_revision_) {
        return;
    }
    data_revision_ = revision;
    const auto index = static_cast<std::size_t>(std::max<std::int64_t>(0, data_index_));
    if (index >= pictures.count()) {
        return;
    }
    const auto first =
        pictures.pixels.begin() + static_cast<std::ptrdiff_t>(index * pictures.picture_size());
    PhotoPixels pixels{.channels = pictures.channels,
                       .rows = pictures.height,
                       .columns = pictures.width,
                       .bytes = {first, first + static_cast<Index>(pictures.picture_size())}};
    if (pixels != original_) {
        take(std::move(pixels));
    }
}

void Photo::refresh_shown() {
    shown_ = in_colour_ ? original_ : grey_of(original_);
    const Index longest = std::max(shown_.rows, shown_.columns);
    if (source_ != PhotoSource::data && longest > side_) {
        shown_ = reduced(shown_, shown_.rows * side_ / longest, shown_.columns * side_ / longest);
    }
    stale_ = true;
}

void Photo::follow(const Model& room) {
    if (room.scene != Scene::picture || (!stale_ && room_revision_ == room.revision())) {
        return;
    }
    stale_ = false;
    room_revision_ = room.revision();
    take_setup(room);
    convolve();
    if (placed_rows_ != rows_.outputs || placed_columns_ != columns_.outputs) {
        place_ = {rows_.outputs / 2, columns_.outputs / 2};
        placed_rows_ = rows_.outputs;
        placed_columns_ = columns_.outputs;
    }
    refresh_detail();
    ++revision_;
}

std::span<const float> Photo::output(Index plane) const {
    const Index cells = rows_.outputs * columns_.outputs;
    return std::span(output_).subspan(at(plane * cells), at(cells));
}

bool Photo::shows_values() const {
    if (look != PhotoLook::automatic) {
        return look == PhotoLook::values;
    }
    if (is_pooling(setup_.operation)) {
        return false;
    }
    double magnitude = 0.0;
    for (const double weight : setup_.weights.values) {
        magnitude += std::abs(weight);
    }
    return std::abs(sum_of_weights()) < 0.1 * magnitude;
}

double Photo::sum_of_weights() const {
    return std::accumulate(setup_.weights.values.begin(), setup_.weights.values.end(), 0.0);
}

float Photo::white() const {
    const double sum = is_pooling(setup_.operation) ? 1.0 : sum_of_weights();
    return 255.0F * static_cast<float>(sum > 0.0 ? sum : 1.0);
}

void Photo::point_at(CellPlace output) {
    if (output.row >= 0 && output.column >= 0 && output.row < rows_.outputs &&
        output.column < columns_.outputs) {
        place_ = output;
        refresh_detail();
    }
}

}  // namespace convoscope::models::convolve
