#include "web/models/inspect/explanations.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "web/models/json_reading.h"
#include "web/models/name_table.h"

namespace convoscope::models::inspect {
namespace {

constexpr NameTable<kWhys> kNames{"saliency",
                                  "occlusion",
                                  "grad_cam",
                                  "nearest_images",
                                  "projection",
                                  "exciting_images",
                                  "gradient_ascent",
                                  "effective_field"};

/// A tensor of numbers from 0 to 1, `[n,c,h,w]` or `[c,h,w]`, as pictures.
Pictures pictures_of(const CapturedTensor& tensor, const std::vector<FoundImage>& images) {
    Pictures pictures;
    if (tensor.shape.size() < 3) {
        return pictures;
    }
    const auto* extents = &tensor.shape[tensor.shape.size() - 3];
    pictures.channels = static_cast<int>(extents[0]);
    pictures.height = static_cast<int>(extents[1]);
    pictures.width = static_cast<int>(extents[2]);
    const std::size_t size = pictures.picture_size();
    const std::size_t count = size > 0 ? tensor.values.size() / size : 0;
    for (std::size_t i = 0; i < count; ++i) {
        pictures.indices.push_back(i < images.size() ? images[i].index
                                                     : static_cast<std::int64_t>(i));
        pictures.labels.push_back(i < images.size() ? images[i].label : 0);
    }
    pictures.pixels.reserve(tensor.values.size());
    for (const float value : tensor.values) {
        const float known = std::isfinite(value) ? std::clamp(value, 0.0F, 1.0F) : 0.0F;
        pictures.pixels.push_back(static_cast<std::uint8_t>(std::lround(255.0F * known)));
    }
    return pictures;
}

std::vector<FoundImage> images_of(const Json& event) {
    std::vector<FoundImage> images;
    for (const Json& entry : member_of(event, "images")) {
        if (entry.is_object()) {
            images.push_back(
                {.index = integer_of(entry, "index"),
                 .label = small_of(entry, "label"),
                 .figure = number_of(entry, "distance", number_of(entry, "activation")),
                 .row = static_cast<Index>(integer_of(entry, "row")),
                 .column = static_cast<Index>(integer_of(entry, "column"))});
        }
    }
    return images;
}

Explanation read(const Json& event, std::span<const std::byte> payload) {
    Explanation answer;
    answer.step = integer_of(event, "step");
    answer.type = small_of(event, "class", -1);
    answer.score = number_of(event, "score");
    answer.layer = text_of(event, "layer");
    answer.channel = static_cast<Index>(integer_of(event, "channel"));
    answer.row = static_cast<Index>(integer_of(event, "row"));
    answer.column = static_cast<Index>(integer_of(event, "column"));
    answer.before = number_of(event, "before");
    answer.after = number_of(event, "activation");
    answer.searched = integer_of(event, "searched");
    answer.images = images_of(event);
    answer.labels = numbers_of<int>(event, "labels");
    answer.predicted = numbers_of<int>(event, "predicted");
    answer.shares = numbers_of<double>(event, "shares");
    answer.own = is_true(event, "own");
    answer.tensors = tensors_of(event, payload);
    for (const char* name : {"pixels", "picture"}) {
        if (const CapturedTensor* tensor = answer.find(name)) {
            answer.pictures = pictures_of(*tensor, answer.images);
        }
    }
    return answer;
}

}  // namespace

const char* name_of(Why why) {
    return name_in(kNames, why);
}
bool read_name(std::string_view name, Why& why) {
    return read_name_in(kNames, name, why);
}

const CapturedTensor* Explanation::find(std::string_view name) const {
    const auto found = std::ranges::find(tensors, name, &CapturedTensor::name);
    return found == tensors.end() ? nullptr : &*found;
}

void Explanations::forget(Why why) {
    of(why) = {};
    of(why).progress = 0.0;
}

void Explanations::forget() {
    for (std::size_t i = 0; i < kWhys; ++i) {
        forget(static_cast<Why>(i));
    }
}

bool Explanations::take_event(std::string_view json, std::span<const std::byte> payload) {
    if (json.find("\"expla") == std::string_view::npos) {  // most events are not parsed twice
        return false;
    }
    const Json event = Json::parse(json, nullptr, false);
    const std::string name = event.is_object() ? text_of(event, "event") : std::string();
    Why why{};
    if ((name != "explanation" && name != "explaining") ||
        !read_name(text_of(event, "kind"), why)) {
        return false;
    }
    if (name == "explaining") {
        of(why).progress = std::clamp(number_of(event, "progress"), 0.0, 1.0);
        return true;
    }
    of(why) = read(event, payload);
    of(why).revision = ++revision_;
    return true;
}

}  // namespace convoscope::models::inspect
