// Data sets that come from no file: made of random numbers, or of the user's own images.

#include <utility>

#include "engine/data/procedural/procedural_set.h"
#include "engine/session/session_core.h"

namespace convoscope {
namespace {

constexpr Index kMostImages = Index{1} << 20;
constexpr std::size_t kMostClasses = 256;
constexpr Index kLargestSide = 512;
constexpr Index kMostPixels = Index{1} << 20;

ProceduralWish read_wish(CommandReader& reader) {
    ProceduralWish wish;
    wish.name = reader.text("name");
    wish.train_count = reader.integer("train_count", wish.train_count, 1, kMostImages);
    wish.test_count = reader.integer("test_count", wish.test_count, 1, kMostImages);
    wish.size = reader.integer("size", wish.size, 1, kLargestSide);
    if (reader.has("classes")) {
        wish.classes = reader.integer("classes", 0, 1, kMostImages);
    }
    if (reader.has("noise")) {
        wish.noise = reader.number("noise", 0.0, 0.0, 1.0);
    }
    wish.seed = reader.seed(wish.seed);
    return wish;
}

/// An empty data set of this shape and these classes.
DataManifest read_empty_manifest(CommandReader& reader) {
    DataManifest manifest;
    manifest.name = reader.text("name", "own images");
    manifest.classes = reader.texts("classes");
    if (manifest.classes.size() < 2 || manifest.classes.size() > kMostClasses) {
        reader.refuse("classes", "a list of 2 to 256 names");
    }
    const std::vector<Index> input = reader.integers("input");
    bool good = input.size() == 3;
    Index pixels = 1;
    for (const Index extent : input) {
        good = good && extent >= 1 && extent <= kLargestSide && pixels <= kMostPixels / extent;
        pixels *= good ? extent : 1;
    }
    if (!good) {
        reader.refuse("input", "[channels, height, width], each 1 to 512 and 2^20 in all");
        return manifest;
    }
    manifest.input = {.channels = input[0], .height = input[1], .width = input[2]};
    manifest.mean.assign(static_cast<std::size_t>(input[0]), 0.0F);
    manifest.deviation.assign(static_cast<std::size_t>(input[0]), 1.0F);
    return manifest;
}

}  // namespace

Session::Core::Handled Session::Core::make_data(CommandReader& reader) {
    const ProceduralWish wish = read_wish(reader);
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    Result<ProceduralSet> set = make_procedural_set(wish);
    if (!set) {
        return set.error();
    }
    Result<std::unique_ptr<Dataset>> dataset = Dataset::open(std::move(set->manifest));
    if (!dataset) {
        return dataset.error();
    }
    for (const Split split : {Split::train, Split::test}) {
        const auto& shard = split == Split::train ? set->train : set->test;
        if (const Status added = (*dataset)->add_shard(split, 0, shard); !added) {
            return added.error();
        }
    }
    use_dataset(std::move(*dataset));
    return Answer::done;
}

Session::Core::Handled Session::Core::open_images(CommandReader& reader) {
    DataManifest manifest = read_empty_manifest(reader);
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    Result<std::unique_ptr<Dataset>> dataset = Dataset::open(std::move(manifest));
    if (!dataset) {
        return dataset.error();
    }
    use_dataset(std::move(*dataset));
    grows_ = true;
    return Answer::done;
}

Session::Core::Handled Session::Core::add_images(CommandReader& reader,
                                                 std::span<const std::byte> payload) {
    const std::string split = reader.text("split", "train");
    if (split != "train" && split != "test") {
        reader.refuse("split", "\"train\" or \"test\"");
    }
    const std::vector<Index> labels = reader.integers("labels");
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    if (!dataset_ || !grows_) {
        return Error{"there is no data set of one's own images; expected open_images first"};
    }
    std::vector<std::byte> bytes;
    for (const Index label : labels) {
        if (label < 0 || label >= dataset_->class_count()) {
            return Error{"label " + std::to_string(label) + "; expected 0 to " +
                         std::to_string(dataset_->class_count() - 1)};
        }
        bytes.push_back(static_cast<std::byte>(label));
    }
    bytes.insert(bytes.end(), payload.begin(), payload.end());
    Result<std::unique_ptr<Dataset>> larger = dataset_->with_images(
        split == "train" ? Split::train : Split::test, static_cast<Index>(labels.size()), bytes);
    if (!larger) {
        return larger.error();
    }
    use_dataset(std::move(*larger));
    grows_ = true;
    return Answer::done;
}

}  // namespace convoscope
