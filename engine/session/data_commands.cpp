#include <algorithm>
#include <cstring>
#include <utility>

#include "engine/data/augmentation/augmentation_chain.h"
#include "engine/session/session_core.h"

namespace convoscope {
namespace {

constexpr std::size_t kMostIndices = 4096;  // of one answer
constexpr Index kMostOfEachClass = 64;

Result<Split> read_split(CommandReader& reader) {
    const std::string split = reader.text("split");
    if (split == "train" || split == "test") {
        return split == "train" ? Split::train : Split::test;
    }
    reader.refuse("split", "\"train\" or \"test\"");
    return reader.finish().error();
}

}  // namespace

Session::Core::Handled Session::Core::open_data(CommandReader& reader) {
    const Json& file = reader.object("manifest");
    if (file.is_null()) {
        reader.refuse("manifest", "an object");
    }
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    Result<DataManifest> manifest = parse_data_manifest(file.dump());
    if (!manifest) {
        return manifest.error();
    }
    Result<std::unique_ptr<Dataset>> dataset = Dataset::open(std::move(*manifest));
    if (!dataset) {
        return dataset.error();
    }
    use_dataset(std::move(*dataset));
    return Answer::done;
}

void Session::Core::use_dataset(std::unique_ptr<Dataset> dataset) {
    end_goal();
    evaluations_.clear();
    readings_.clear();
    evaluating_ = false;
    cancel_explanations();
    wish_ = {};
    statistics_wish_ = {};
    sampler_.reset();
    if (dataset_) {  // the preprocessing was that of the other images
        wished_preprocessing_.reset();
        if (configuration_.is_object()) {
            configuration_.erase("preprocess");
        }
    }
    dataset_ = std::move(dataset);
    grows_ = false;
    preprocessing_.reset();
    restart_sampler();
    send_data_event();
}

Session::Core::Handled Session::Core::add_shard(CommandReader& reader,
                                                std::span<const std::byte> payload) {
    const Result<Split> split = read_split(reader);
    if (!split) {
        return split.error();
    }
    const Index shard = reader.integer("index", -1, 0, 1 << 20);
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    if (!dataset_) {
        return Error{"no data set is open; expected open_data first"};
    }
    if (const Status added = dataset_->add_shard(*split, shard, payload); !added) {
        return added.error();
    }
    fit_wished_preprocessing();
    send_data_event();
    return Answer::done;
}

void Session::Core::send_data_event() {
    const DataManifest& manifest = dataset_->manifest();
    const Index held_out = hold_out().count_of(manifest.count(Split::train));
    const Index others = manifest.count(Split::train) - held_out;
    const Index train_loaded = dataset_->loaded_count(Split::train);
    const Index test_loaded = dataset_->loaded_count(Split::test);
    send({{"event", "data"},
          {"name", manifest.name},
          {"input", manifest.input.dimensions()},
          {"classes", manifest.classes},
          {"train_count", training_images_ > 0 ? std::min(training_images_, others) : others},
          {"validation_count", held_out},
          {"test_count", dataset_->count(Split::test)},
          {"train_loaded", train_loaded},
          {"test_loaded", test_loaded},
          {"class_counts",
           {{"train", dataset_->class_counts(Split::train)},
            {"test", dataset_->class_counts(Split::test)}}},
          {"bytes_loaded", (train_loaded + test_loaded) * (1 + manifest.input.element_count())},
          {"bytes_total", manifest.bytes_total()}});
}

Result<std::uint32_t> Session::Core::find_image(const std::string& split, Index index) const {
    if (!dataset_) {
        return Error{"no data set is open; expected open_data first"};
    }
    const std::string label = split + " image " + std::to_string(index);
    if (split == "validation") {
        if (!sampler_) {
            return Error{label +
                         ": validation images are chosen by the seed; expected configure "
                         "first"};
        }
        const std::vector<std::uint32_t> images = sampler_->validation_images();
        if (index < 0 || index >= static_cast<Index>(images.size())) {
            return Error{label + ": is not there; " + std::to_string(images.size()) + " are"};
        }
        return images[static_cast<std::size_t>(index)];
    }
    if (split != "train" && split != "test") {
        return Error{"split is \"" + split + "\"; expected \"train\", \"validation\" or \"test\""};
    }
    if (!dataset_->is_image_loaded(split == "test" ? Split::test : Split::train, index)) {
        return Error{label + ": is not there, or has not been loaded yet"};
    }
    return static_cast<std::uint32_t>(index);
}

Session::Core::Handled Session::Core::images(CommandReader& reader) {
    const std::string split_text = reader.text("split");
    const Index each_class = reader.integer("each_class", 0, 0, kMostOfEachClass);
    const Split split = split_text == "test" ? Split::test : Split::train;
    std::vector<Index> indices;
    if (each_class == 0) {
        indices = reader.integers("indices");
    } else if (!dataset_ || split_text == "validation") {
        reader.refuse("each_class", "a data set that is open, and its split \"train\" or \"test\"");
    } else {
        indices = dataset_->first_of_each_class(split, each_class);
    }
    if (indices.size() > kMostIndices) {
        reader.refuse("indices", "at most " + std::to_string(kMostIndices) + " numbers");
    }
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    std::vector<std::byte> payload;
    Json labels = Json::array();
    for (const Index index : indices) {
        const Result<std::uint32_t> image = find_image(split_text, index);
        if (!image) {
            return image.error();
        }
        const auto pixels = std::as_bytes(dataset_->pixels(split, static_cast<Index>(*image)));
        payload.insert(payload.end(), pixels.begin(), pixels.end());
        labels.push_back(dataset_->label(split, static_cast<Index>(*image)));
    }
    std::vector<Index> shape = {static_cast<Index>(indices.size())};
    if (dataset_) {
        for (const Index extent : dataset_->input().dimensions()) {
            shape.push_back(extent);
        }
    }
    send({{"event", "images"},
          {"split", split_text},
          {"indices", indices},
          {"labels", std::move(labels)},
          {"shape", shape}},
         std::move(payload));
    return Answer::done;
}

Session::Core::Handled Session::Core::augmented(CommandReader& reader) {
    constexpr Index kMostVersions = 256;
    const Index index = reader.integer("index", 0, 0, Index{1} << 30);
    const Index count = reader.integer("count", 8, 1, kMostVersions);
    const Index epoch = reader.integer("epoch", 0, 0, Index{1} << 30);
    const std::string text = reader.text("augment");
    const std::uint64_t seed = reader.seed(trainer_ ? trainer_->settings().seed : 1);
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    const Result<AugmentationChain> chain = AugmentationChain::parse(text);
    if (!chain) {
        return chain.error();
    }
    const Result<std::uint32_t> image = find_image("train", index);
    if (!image) {
        return image.error();
    }
    const Shape& shape = dataset_->input();
    std::vector<float> workspace(static_cast<std::size_t>(chain->workspace_floats(shape)));
    std::vector<std::byte> payload;
    const auto add = [&](const AugmentationChain& changes, Index in_epoch) {
        const auto version =
            std::as_bytes(changes.apply({.shape = shape,
                                         .pixels = dataset_->pixels(Split::train, index),
                                         .background = dataset_->manifest().mean,
                                         .seed = seed,
                                         .epoch = in_epoch,
                                         .number = *image},
                                        workspace));
        payload.insert(payload.end(), version.begin(), version.end());
    };
    add(AugmentationChain(), epoch);
    for (Index version = 0; version < count; ++version) {
        add(*chain, epoch + version);
    }
    send({{"event", "augmented"},
          {"index", index},
          {"label", dataset_->label(Split::train, index)},
          {"augment", text},
          {"epoch", epoch},
          {"shape", {1 + count, shape.channels, shape.height, shape.width}}},
         std::move(payload));
    return Answer::done;
}

}  // namespace convoscope
