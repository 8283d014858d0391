#include "web/app/engine_wishes.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "web/models/commands.h"
#include "web/platform/platform.h"

namespace convoscope::app {
namespace {

constexpr std::int64_t kPictures = 30;
constexpr std::int64_t kWithEveryClass = 1000;  ///< of so many images, more find no other examples
constexpr int kHealthImages = 64;
constexpr int kMistakes = 24;
constexpr int kAugmented = 7;
constexpr std::int64_t kTestPictures = 240;  ///< enough for some of every class

}  // namespace

void EngineWishes::forget() {
    capture_.clear();
    pictures_asked_ = 0;
    test_pictures_asked_ = false;
    statistics_asked_ = false;
    test_accuracy_asked_ = false;
    roofline_.reset();
    mistakes_ = {};
    difference_.clear();
    augmented_.clear();
    preprocessed_.clear();
    explain_.forget();
}

void EngineWishes::update(const models::AppState& state) {
    const models::TrainModel& train = state.train;
    if (train.configured) {
        wish_pictures(train);
        wish_statistics(train);
        if (state.room == models::Room::inspect) {
            wish_test_pictures(train);
            wish_test_accuracy(train);
            wish_everything(state);
            wish_difference(state);
            explain_.update(state);
        } else {
            wish_capture(train);
        }
        wish_mistakes(state);
        wish_roofline(state);
        wish_augmented(train);
        wish_preprocessed(train);
    }
}

void EngineWishes::wish_pictures(const models::TrainModel& train) {
    const std::int64_t loaded = std::min(kWithEveryClass, train.data.train_loaded);
    const std::int64_t classes = std::ssize(train.data.classes);
    if (loaded <= pictures_asked_ || classes == 0) {
        return;
    }
    pictures_asked_ = loaded;
    const std::int64_t each = std::max<std::int64_t>(1, kPictures / classes);
    platform::post(models::commands::images_of_each_class("train", each));
}

void EngineWishes::wish_statistics(const models::TrainModel& train) {
    if (!statistics_asked_ && train.can_train()) {
        statistics_asked_ = true;
        platform::post(models::commands::statistics(kHealthImages));
    }
}

void EngineWishes::wish_roofline(const models::AppState& state) {
    const models::TrainModel& train = state.train;
    const Occasion occasion{.threads = train.settings.threads,
                            .loaded = train.data.complete(),
                            .working = train.working()};
    if (state.room != models::Room::train || roofline_ == occasion) {
        return;
    }
    const bool first = !roofline_ || roofline_->threads != occasion.threads;
    roofline_ = occasion;
    if (first || !occasion.working) {
        platform::post(models::commands::plain("roofline"));
    }
}

void EngineWishes::wish_mistakes(const models::AppState& state) {
    MistakesWish wish;
    if (state.room == models::Room::inspect &&
        state.inspect.offer == models::inspect::Offer::mistakes) {
        if (state.train.readings.test >= 0 && !state.train.race.on()) {
            wish = {.split = "test", .step = state.train.readings.test};
        }
    } else {
        const models::TrainModel::Confusion shown = state.train.newest_confusion();
        const models::ViewChoices& view = state.view;
        const bool pinned = view.true_class >= 0 && view.predicted_class >= 0;
        if (state.train.can_open(shown) && (pinned || state.room == models::Room::train)) {
            wish = {.split = shown.split,
                    .true_class = pinned ? view.true_class : -1,
                    .predicted_class = pinned ? view.predicted_class : -1,
                    .step = shown.evaluation->step};
        }
    }
    if (wish == mistakes_) {
        return;
    }
    mistakes_ = wish;  // forgotten where there are none: another run may come to the same step
    if (!wish.split.empty()) {
        platform::post(models::commands::mistakes(
            wish.split, wish.true_class, wish.predicted_class, kMistakes));
    }
}

void EngineWishes::wish_augmented(const models::TrainModel& train) {
    if (train.settings.augment.empty() || train.selected_picture >= train.pictures.count()) {
        return;
    }
    std::string command =
        models::commands::augmented(train.pictures.indices[train.selected_picture],
                                    train.settings.augment,
                                    kAugmented,
                                    train.settings.seed);
    if (command != augmented_) {
        augmented_ = std::move(command);
        platform::post(augmented_);
    }
}

/// Figures of the training images are there with the last of them.
void EngineWishes::wish_preprocessed(const models::TrainModel& train) {
    const std::string& type = train.settings.preprocess;
    if (train.selected_picture >= train.pictures.count() ||
        (type != models::RunSettings().preprocess && !train.data.complete())) {
        return;
    }
    const std::string command =
        models::commands::preprocessed(train.pictures.indices[train.selected_picture]);
    const std::string question =
        command + type + std::to_string(train.settings.seed) + train.data.name;
    if (std::exchange(preprocessed_, question) != question) {
        platform::post(command);
    }
}

/// The pictures that the Inspect room offers.
void EngineWishes::wish_test_pictures(const models::TrainModel& train) {
    const std::int64_t wanted = std::min(kTestPictures, train.data.test_count);
    if (test_pictures_asked_ || wanted == 0 || train.data.test_loaded < wanted) {
        return;
    }
    test_pictures_asked_ = true;
    std::vector<std::int64_t> indices(static_cast<std::size_t>(wanted));
    std::iota(indices.begin(), indices.end(), std::int64_t{0});
    platform::post(models::commands::images("test", indices));
}

void EngineWishes::wish_test_accuracy(const models::TrainModel& train) {
    if (test_accuracy_asked_ || !train.ready_weights || train.step > 0 ||
        train.data.test_count == 0 || train.data.test_loaded < train.data.test_count) {
        return;
    }
    test_accuracy_asked_ = true;
    platform::post(models::commands::evaluate("test"));
}

namespace {

/// The class that gradients are asked for: the chosen one, for the loss else the right one; -1: the
/// one that is read.
int asked_class(const models::AppState& state) {
    const models::inspect::Model& room = state.inspect;
    const bool of_loss = room.question == models::inspect::Question::loss;
    if (room.target >= 0 || !of_loss || room.source != models::inspect::Source::picture) {
        return room.target;
    }
    for (const models::Pictures* pictures : {&state.train.test_pictures, &room.own.picture}) {
        const auto found = std::ranges::find(pictures->indices, room.picture);
        if (pictures->split == room.split && found != pictures->indices.end()) {
            return pictures->labels[at(found - pictures->indices.begin())];
        }
    }
    return -1;
}

}  // namespace

/// Every activation and parameter, for the image of the Inspect room; backwards their gradients.
void EngineWishes::wish_everything(const models::AppState& state) {
    const models::inspect::Model& room = state.inspect;
    if (!has_image(state)) {
        return;
    }
    const int type = room.backward() ? asked_class(state) : -1;
    std::string asked = "inspect " + std::to_string(room.network_revision) + " " + room.image_key();
    if (room.backward()) {
        asked += std::string(" ") + models::inspect::name_of(room.question) + std::to_string(type);
    }
    if (asked == capture_) {
        return;
    }
    capture_ = std::move(asked);
    const bool own = room.source != models::inspect::Source::picture;
    const std::vector<float> image = room.own_image();
    platform::post(
        models::commands::capture(
            {.parameters = room.parameter_names(),
             .activations = room.layer_names(),
             .split = own ? "" : room.split,
             .index = room.picture,
             .gradient_of = room.backward() ? models::inspect::name_of(room.question) : "",
             .type = type}),
        std::as_bytes(std::span(image)));
}

void EngineWishes::wish_difference(const models::AppState& state) {
    const models::TrainModel& train = state.train;
    if (!state.inspect.backward()) {
        difference_.clear();
        return;
    }
    const auto gradient = state.inspect.gradient(train.snapshot, train.snapshot_class);
    if (!gradient) {
        return;
    }
    std::string question = models::commands::difference(gradient->tensor, gradient->element);
    std::string asked = question + std::to_string(train.snapshot_revision);
    if (asked != difference_) {
        difference_ = std::move(asked);
        platform::post(question);
    }
}

void EngineWishes::wish_capture(const models::TrainModel& train) {
    if (train.selected_picture >= train.pictures.count()) {
        return;
    }
    models::commands::CaptureWish wish;
    wish.split = train.pictures.split;
    wish.index = train.pictures.indices[train.selected_picture];
    if (const std::string first = train.first_convolution(); !first.empty()) {
        wish.parameters.push_back(first + ".weight");
    }
    wish.activations = train.shown_convolutions();
    wish.activations.push_back(train.last_layer());
    std::string command = models::commands::capture(wish);
    if (command != capture_) {
        capture_ = std::move(command);
        platform::post(capture_);
    }
}

}  // namespace convoscope::app
