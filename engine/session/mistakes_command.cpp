#include <algorithm>
#include <utility>
#include <vector>

#include "engine/session/session_core.h"

namespace convoscope {
namespace {

constexpr Index kMostMistakes = 100;

}  // namespace

Session::Core::Handled Session::Core::mistakes(CommandReader& reader) {
    const std::string split = reader.text("split");
    const Index truth = reader.integer("true", -1, -1, 1 << 20);
    const Index predicted = reader.integer("predicted", -1, -1, 1 << 20);
    const Index count = reader.integer("count", 12, 1, kMostMistakes);
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    const auto readings = readings_.find(split);
    if (readings == readings_.end()) {
        return Error{"split \"" + split +
                     "\" has not been evaluated; expected \"validation\" or \"test\" after an "
                     "evaluation"};
    }
    send_mistakes(split, readings->second, {truth, predicted, count});
    return Answer::done;
}

/// Keeps what the network read in each image, so that a cell of the confusion can be opened.
void Session::Core::note_readings(const std::string& split) {
    KeptReadings& kept = readings_[split];
    const auto images = evaluator_->images();
    const auto readings = evaluator_->readings();
    kept.step = trainer_->steps();
    kept.images.assign(images.begin(), images.end());
    kept.readings.assign(readings.begin(), readings.end());
}

void Session::Core::send_mistakes(const std::string& split,
                                  const KeptReadings& kept,
                                  const MistakesWish& wish) {
    const Split source = split == "test" ? Split::test : Split::train;
    const auto label_of = [&](std::size_t place) {
        return dataset_->label(source, static_cast<Index>(kept.images[place]));
    };
    std::vector<std::size_t> found;
    for (std::size_t place = 0; place < kept.images.size(); ++place) {
        const Index label = label_of(place);
        const Index predicted = kept.readings[place].predicted;
        const bool asked = wish.truth < 0 || label == wish.truth;
        const bool any = wish.predicted < 0 && predicted != label;
        if (asked && (any || predicted == wish.predicted)) {
            found.push_back(place);
        }
    }
    const auto total = static_cast<Index>(found.size());
    std::ranges::sort(found, [&](std::size_t one, std::size_t other) {
        const float confidence = kept.readings[one].confidence;
        const float of_other = kept.readings[other].confidence;
        return confidence != of_other ? confidence > of_other : one < other;
    });
    found.resize(std::min(found.size(), at(wish.count)));
    Json images = Json::array();
    std::vector<std::byte> payload;
    for (const std::size_t place : found) {
        const Reading& reading = kept.readings[place];
        images.push_back({{"index", kept.images[place]},
                          {"label", label_of(place)},
                          {"predicted", reading.predicted},
                          {"confidence", reading.confidence},
                          {"truth", reading.truth}});
        const auto pixels =
            std::as_bytes(dataset_->pixels(source, static_cast<Index>(kept.images[place])));
        payload.insert(payload.end(), pixels.begin(), pixels.end());
    }
    send({{"event", "mistakes"},
          {"split", split},
          {"true", wish.truth},
          {"predicted", wish.predicted},
          {"step", kept.step},
          {"count", total},
          {"shape", dataset_->input().dimensions()},
          {"images", std::move(images)}},
         std::move(payload));
}

}  // namespace convoscope
