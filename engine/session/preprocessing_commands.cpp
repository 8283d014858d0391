#include <algorithm>
#include <utility>
#include <vector>

#include "engine/core/lanes.h"
#include "engine/network/lane_layout.h"
#include "engine/session/session_core.h"

namespace convoscope {

Session::Core::Handled Session::Core::preprocess(CommandReader& reader) {
    const std::string text = reader.text("type");
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    if (!dataset_) {
        return Error{"no data set is open; expected open_data first"};
    }
    if (text == kManifestPreprocessing) {
        use_manifest_preprocessing();
    } else {
        const Result<PreprocessingSpec> spec = PreprocessingSpec::parse(text);
        if (!spec) {
            return spec.error();
        }
        if (const Status fitted = fit_preprocessing(*spec); !fitted) {
            return fitted.error();
        }
    }
    wished_preprocessing_.reset();
    if (trainer_) {
        configuration_["preprocess"] = text;  // so that a checkpoint goes on with it
    }
    return Answer::done;
}

void Session::Core::use_manifest_preprocessing() {
    const DataManifest& manifest = dataset_->manifest();
    dataset_->set_preprocessing(
        Preprocessing::of_channels(manifest.input, manifest.mean, manifest.deviation));
    preprocessing_.reset();
}

std::uint64_t Session::Core::data_seed() const {
    return trainer_ ? trainer_->settings().seed : 1;
}

/// After seed or hold-out may have changed.
void Session::Core::refit_preprocessing() {
    if (!preprocessing_ ||
        (preprocessing_->seed == data_seed() && preprocessing_->hold_out == hold_out())) {
        return;
    }
    if (const Status fitted = fit_preprocessing(preprocessing_->spec); !fitted) {
        use_manifest_preprocessing();
        send({{"event", "error"}, {"command", "preprocess"}, {"message", fitted.error().message}});
    }
}

/// What `configure` wants, as soon as all images are there. Expects: a text that was checked.
void Session::Core::wish_preprocessing(const std::string& text) {
    wished_preprocessing_.reset();
    if (text == kManifestPreprocessing) {
        if (dataset_) {
            use_manifest_preprocessing();
        }
    } else if (!text.empty()) {
        wished_preprocessing_ = *PreprocessingSpec::parse(text);
    }
}

void Session::Core::fit_wished_preprocessing() {
    if (!wished_preprocessing_ || !dataset_ ||
        dataset_->loaded_count(Split::train) < dataset_->count(Split::train)) {
        return;
    }
    const PreprocessingSpec spec = *std::exchange(wished_preprocessing_, std::nullopt);
    if (const Status fitted = fit_preprocessing(spec); !fitted) {
        use_manifest_preprocessing();
        send({{"event", "error"}, {"command", "preprocess"}, {"message", fitted.error().message}});
    }
}

/// With figures of the training images that are not held out.
Status Session::Core::fit_preprocessing(const PreprocessingSpec& spec) {
    const Index count = dataset_->count(Split::train);
    if (dataset_->loaded_count(Split::train) < count) {
        return Error{"preprocess takes its figures from all training images; " +
                     std::to_string(dataset_->loaded_count(Split::train)) + " of " +
                     std::to_string(count) + " are loaded"};
    }
    std::vector<std::uint32_t> images;
    const std::vector<std::uint32_t> held_out =
        Sampler(*dataset_, data_seed(), hold_out()).validation_images();
    auto next_held_out = held_out.begin();
    for (std::uint32_t image = 0; static_cast<Index>(image) < count; ++image) {
        if (next_held_out != held_out.end() && *next_held_out == image) {
            ++next_held_out;
        } else {
            images.push_back(image);
        }
    }
    Result<Preprocessing> fitted = Preprocessing::fit(
        spec,
        {.shape = dataset_->input(),
         .count = static_cast<Index>(images.size()),
         .image = [&](Index i) {
             return dataset_->pixels(Split::train,
                                     static_cast<Index>(images[static_cast<std::size_t>(i)]));
         }});
    if (!fitted) {
        return fitted.error();
    }
    dataset_->set_preprocessing(std::move(*fitted));
    preprocessing_ = {.spec = spec, .seed = data_seed(), .hold_out = hold_out()};
    return success();
}

Session::Core::Handled Session::Core::preprocessed(CommandReader& reader) {
    const std::string split_text = reader.text("split");
    const Index index = reader.integer("index", 0, 0, Index{1} << 30);
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    const Result<std::uint32_t> image = find_image(split_text, index);
    if (!image) {
        return image.error();
    }
    const Split split = split_text == "test" ? Split::test : Split::train;
    const Shape& shape = dataset_->input();
    const auto count = static_cast<std::size_t>(shape.element_count());
    std::vector<float> lanes(count * static_cast<std::size_t>(kLanes));
    dataset_->fill_lanes(split, std::span(&*image, 1), lanes);
    std::vector<float> values(count);
    from_lane(shape, lanes, 0, values);
    std::vector<float> restored(count);
    dataset_->preprocessing().invert(values, restored);
    std::vector<std::byte> payload;
    for (const std::vector<float>* picture : {&values, &restored}) {
        const auto bytes = std::as_bytes(std::span(*picture));
        payload.insert(payload.end(), bytes.begin(), bytes.end());
    }
    send({{"event", "preprocessed"},
          {"split", split_text},
          {"index", index},
          {"shape", {2, shape.channels, shape.height, shape.width}}},
         std::move(payload));
    return Answer::done;
}

}  // namespace convoscope
