// Why the network answers as it does: long work in slices, on a copy of the network.

#include <algorithm>
#include <numeric>
#include <utility>

#include "engine/session/explain_tasks.h"
#include "engine/session/session_core.h"

namespace convoscope {
namespace {

constexpr Index kMostAnswers = 64;
constexpr Index kMostImages = 60'000;
constexpr Index kUsualImages = 2000;
constexpr Index kMostPoints = 10'000;
constexpr Index kMostNeighbours = 600;  ///< t-SNE goes with the square of the points
constexpr Index kMostCells = Index{1} << 20;
constexpr double kSliceSeconds = 0.005;
constexpr double kProgressSeconds = 0.1;

bool is_one_of(const std::string& kind, std::initializer_list<const char*> kinds) {
    return std::ranges::find(kinds, kind) != kinds.end();
}

}  // namespace

/// A layer's number, or an error that names those there are.
Result<Index> Session::Core::find_value(const std::string& layer) const {
    const auto& layers = trainer_->network().spec().layers;
    const auto found = std::ranges::find(layers, layer, &LayerSpec::name);
    if (found == layers.end()) {
        return Error{"layer: the network has no \"" + layer + "\""};
    }
    return static_cast<Index>(found - layers.begin()) + 1;
}

Session::Core::Handled Session::Core::explain(CommandReader& reader,
                                              const Json& id,
                                              std::span<const std::byte> payload) {
    if (!trainer_) {
        return Error{"there is no network; expected configure first"};
    }
    const Network& network = trainer_->network();
    ExplainRequest request{.kind = reader.text("kind")};
    request.type = reader.integer("class", -1, -1, network.output_shape().element_count() - 1);
    const std::string layer = reader.text("layer", "");
    request.channel = reader.integer("channel", 0, 0, kMostCells);
    request.row = reader.integer("row", -1, -1, kMostCells);
    request.column = reader.integer("column", -1, -1, kMostCells);
    request.count = reader.integer("count", 6, 1, kMostAnswers);
    const std::string method = reader.text("method", "pca");
    if (method != "pca" && method != "tsne") {
        reader.refuse("method", "\"pca\" or \"tsne\"");
    }
    request.neighbours = method == "tsne";
    const Index most_points = request.neighbours ? kMostNeighbours : kMostPoints;
    const Index most = request.kind == "projection" ? most_points : kMostImages;
    const Index images = reader.integer("images", std::min(most, kUsualImages), 1, most);
    Result<Wish> image = read_image_wish(reader, payload);
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    if (!image) {
        return image.error();
    }
    if (const Status placed = place_explanation(layer, request); !placed) {
        return placed.error();
    }
    if (const Status found = choose_images(images, request); !found) {
        return found.error();
    }
    if (Result<std::vector<float>> input = explained_image(*image, request.kind)) {
        request.image = std::move(*input);
    } else {
        return input.error();
    }
    std::string kind = request.kind;
    Result<std::unique_ptr<ExplainTask>> task = make_explain_task(network, std::move(request));
    if (!task) {
        return task.error();
    }
    cancel_explanations(kind);
    explanations_.push_back({.kind = std::move(kind),
                             .step = trainer_->steps(),
                             .id = id,
                             .told = now(),
                             .task = std::move(*task)});
    return Answer::later;
}

/// The layer that it is about, and the place in it.
Status Session::Core::place_explanation(const std::string& layer, ExplainRequest& request) const {
    const bool wants_place =
        is_one_of(request.kind, {"exciting_images", "gradient_ascent", "effective_field"});
    if (layer.empty()) {
        return wants_place ? Status(Error{request.kind + " wants the name of a layer"}) : success();
    }
    const Result<Index> value = find_value(layer);
    if (!value) {
        return value.error();
    }
    request.value = *value;
    const Shape& shape = trainer_->network().shape(*value);
    if (request.channel >= shape.channels || request.row >= shape.height ||
        request.column >= shape.width) {
        return Error{"channel " + std::to_string(request.channel) + ", row " +
                     std::to_string(request.row) + ", column " + std::to_string(request.column) +
                     ": the output of \"" + layer + "\" is " + shape.text()};
    }
    if (request.kind == "effective_field") {
        request.row = request.row < 0 ? shape.height / 2 : request.row;
        request.column = request.column < 0 ? shape.width / 2 : request.column;
    }
    return success();
}

/// The first loaded images of the training or, for a projection, of the test split.
Status Session::Core::choose_images(Index most, ExplainRequest& request) const {
    const bool wants = is_one_of(request.kind, {"nearest_images", "projection", "exciting_images"});
    request.dataset = dataset_.get();
    request.split = request.kind == "projection" ? Split::test : Split::train;
    if (!wants) {
        return success();
    }
    if (const Status ready = check_ready_to_train(); !ready) {
        return ready;
    }
    for (Index image = 0;
         image < dataset_->count(request.split) && std::ssize(request.images) < most;
         ++image) {
        if (dataset_->is_image_loaded(request.split, image)) {
            request.images.push_back(static_cast<std::uint32_t>(image));
        }
    }
    return request.images.empty() ? Status(Error{"no image of the split has been loaded yet"})
                                  : success();
}

/// What the network reads, preprocessed; empty where the kind can do without.
Result<std::vector<float>> Session::Core::explained_image(const Wish& image,
                                                          const std::string& kind) {
    const bool wants = is_one_of(kind, {"saliency", "occlusion", "grad_cam", "nearest_images"});
    if (!image.has_image()) {
        return wants ? Result<std::vector<float>>(
                           Error{kind + " wants an image: expected \"image\": {\"split\", "
                                        "\"index\"}, or its pixels as the payload"})
                     : std::vector<float>{};
    }
    if (const Status prepared = prepare_view(); !prepared) {
        return prepared.error();
    }
    fill_view(image);
    const Shape& shape = trainer_->network().shape(0);
    std::vector<float> input(at(shape.element_count()));
    from_lane(shape, view_->input(), 0, input);
    return input;
}

Session::Core::Handled Session::Core::cancel_explanation(CommandReader& reader) {
    const std::string kind = reader.text("kind", "");
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    cancel_explanations(kind);
    return Answer::done;
}

/// Of a kind, or all where it is empty.
void Session::Core::cancel_explanations(const std::string& kind) {
    for (auto task = explanations_.begin(); task != explanations_.end();) {
        if (kind.empty() || task->kind == kind) {
            const Json id = std::move(task->id);
            task = explanations_.erase(task);
            send_done(id);
        } else {
            ++task;
        }
    }
}

void Session::Core::explain_slice() {
    Explanation& explanation = explanations_.front();
    const double end = now() + kSliceSeconds;
    bool finished = explanation.task->step();
    while (!finished && now() < end) {
        finished = explanation.task->step();
    }
    if (!finished) {
        if (now() - explanation.told >= kProgressSeconds) {
            explanation.told = now();
            send({{"event", "explaining"},
                  {"kind", explanation.kind},
                  {"progress", explanation.task->progress()}});
        }
        return;
    }
    Json event = {{"event", "explanation"}, {"kind", explanation.kind}, {"step", explanation.step}};
    TensorList tensors;
    if (const Status answered = explanation.task->answer(event, tensors); !answered) {
        event = {{"event", "error"}, {"command", "explain"}, {"message", answered.error().message}};
    } else {
        event["tensors"] = std::move(tensors.list());
    }
    if (!explanation.id.is_null()) {
        event["id"] = explanation.id;
    }
    send(event, std::move(tensors.payload()));
    const Json id = std::move(explanation.id);
    explanations_.pop_front();
    send_done(id);
}

}  // namespace convoscope
