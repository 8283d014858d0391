#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "engine/core/lanes.h"
#include "engine/exchange/export.h"
#include "engine/losses/softmax_cross_entropy.h"
#include "engine/network/lane_layout.h"
#include "engine/session/session_core.h"
#include "engine/session/tensor_list.h"

namespace convoscope {
namespace {

constexpr std::size_t kMostNames = 2000;

/// The position of a layer of this name, or -1.
Index find_layer(const Network& network, const std::string& name) {
    const auto& layers = network.spec().layers;
    const auto found = std::ranges::find(layers, name, &LayerSpec::name);
    return found == layers.end() ? -1 : static_cast<Index>(found - layers.begin());
}

/// The buffer of this name, or null.
const NamedBuffer* find_buffer(const Network& network, const std::string& name) {
    const auto found = std::ranges::find(network.named_buffers(), name, &NamedBuffer::name);
    return found == network.named_buffers().end() ? nullptr : &*found;
}

/// An image as it comes with a command: F32 `[c, h, w]`, pixels from 0 to 1.
Result<std::vector<float>> read_image(const Shape& shape, std::span<const std::byte> payload) {
    std::vector<float> image(at(shape.element_count()));
    if (payload.size() != image.size() * sizeof(float)) {
        return Error{"the payload has " + std::to_string(payload.size()) + " bytes; expected " +
                     std::to_string(image.size() * sizeof(float)) + ", one image of " +
                     shape.text()};
    }
    std::memcpy(image.data(), payload.data(), payload.size());
    return image;
}

}  // namespace

Status Session::Core::prepare_view() {
    if (view_) {
        return success();
    }
    view_plan_ = std::make_unique<ExecutionPlan>(
        ExecutionPlan::make(trainer_->network(), {.keep_activations = true}));
    Result<std::unique_ptr<Workspace>> view = Workspace::create(trainer_->network(), *view_plan_);
    if (!view) {
        return view.error();
    }
    view_ = std::move(*view);
    return success();
}

Status Session::Core::check_wish(const Wish& wish) const {
    if (wish.parameters.size() + wish.activations.size() > kMostNames) {
        return Error{"more than " + std::to_string(kMostNames) + " tensors are asked for"};
    }
    for (const std::string& name : wish.parameters) {
        if (trainer_->network().find_parameter(name) == nullptr &&
            find_buffer(trainer_->network(), name) == nullptr) {
            return Error{"parameters: the network has no \"" + name + "\""};
        }
    }
    for (const std::string& name : wish.activations) {
        if (find_layer(trainer_->network(), name) < 0) {
            return Error{"activations: the network has no layer \"" + name + "\""};
        }
    }
    if (!wish.activations.empty() && !wish.has_image()) {
        return Error{
            "activations want an image: expected \"image\": {\"split\", \"index\"}, or its pixels "
            "as the payload"};
    }
    if (!wish.gradient_of.empty() && !wish.has_image()) {
        return Error{"gradient_of wants an image, as activations do"};
    }
    return success();
}

/// `image`, or an image of one's own as the payload: the image that a wish is about.
Result<Session::Core::Wish> Session::Core::read_image_wish(
    CommandReader& reader, std::span<const std::byte> payload) const {
    Wish wish;
    const Json& image = reader.object("image");
    if (image.is_object()) {
        CommandReader image_reader(image);
        wish.image_split = image_reader.text("split");
        wish.image = image_reader.integer("index", 0, 0, Index{1} << 30);
        if (const Status read = image_reader.finish(); !read) {
            return Error{"image: " + read.error().message};
        }
    }
    if (!payload.empty()) {
        Result<std::vector<float>> own_image = read_image(trainer_->network().shape(0), payload);
        if (!own_image) {
            return own_image.error();
        }
        wish.own_image = std::move(*own_image);
        wish.image_split.reset();
    } else if (wish.image_split) {
        if (const Status ready = check_ready_to_train(); !ready) {
            return ready.error();
        }
        if (const auto found = find_image(*wish.image_split, wish.image); !found) {
            return found.error();
        }
    }
    return wish;
}

Session::Core::Handled Session::Core::capture(CommandReader& reader,
                                              std::span<const std::byte> payload) {
    if (!trainer_) {
        return Error{"there is no network; expected configure first"};
    }
    Result<Wish> read_wish = read_image_wish(reader, payload);
    Wish wish = read_wish ? std::move(*read_wish) : Wish{};
    wish.parameters = reader.texts("parameters");
    wish.activations = reader.texts("activations");
    wish.minimum_interval_seconds = reader.number("minimum_interval_seconds", 0.1, 0.0, 3600.0);
    wish.gradient_of = reader.text("gradient_of", "");
    if (!wish.gradient_of.empty() && wish.gradient_of != "score" && wish.gradient_of != "loss") {
        reader.refuse("gradient_of", "\"score\" or \"loss\"");
    }
    wish.gradient_class =
        reader.integer("class", -1, -1, trainer_->network().output_shape().element_count() - 1);
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    if (!read_wish) {
        return read_wish.error();
    }
    if (const Status checked = check_wish(wish); !checked) {
        return checked.error();
    }
    if (const Status prepared = prepare_view(); !prepared) {
        return prepared.error();
    }
    if (!wish.gradient_of.empty()) {
        if (const Status prepared = prepare_gradients(); !prepared) {
            return prepared.error();
        }
    }
    wish_ = std::move(wish);
    if (!wish_.empty()) {
        send_snapshot();
    }
    return Answer::done;
}

/// An image becomes the input as those of the data set do.
void Session::Core::fill_view(std::span<const float> image) {
    const Shape& shape = trainer_->network().shape(0);
    if (dataset_ && dataset_->input() == shape) {
        const std::array<std::span<const float>, 1> images = {image};
        dataset_->fill_lanes(images, view_->input());
    } else {
        to_lanes(shape, image, 1, view_->input());
    }
}

/// The wish's image becomes the view's input. False: it is not there any more.
bool Session::Core::fill_view(const Wish& wish) {
    if (!wish.own_image.empty()) {
        fill_view(wish.own_image);
        return true;
    }
    const Result<std::uint32_t> image = find_image(*wish.image_split, wish.image);
    if (image) {
        const std::array<std::uint32_t, 1> images = {*image};
        dataset_->fill_lanes(
            *wish.image_split == "test" ? Split::test : Split::train, images, view_->input());
    }
    return image.ok();
}

/// Expects: an image of the data set, which is there.
float Session::Core::label_of(const Wish& wish) const {
    const Split split = *wish.image_split == "test" ? Split::test : Split::train;
    const Result<std::uint32_t> image = find_image(*wish.image_split, wish.image);
    return static_cast<float>(dataset_->label(split, static_cast<Index>(*image)));
}

void Session::Core::send_snapshot() {
    const Network& network = trainer_->network();
    TensorList tensors;
    for (const std::string& name : wish_.parameters) {
        if (const NamedParameter* parameter = network.find_parameter(name)) {
            tensors.add(
                name, parameter->shape, network.to_pytorch_order(*parameter, network.parameters()));
        } else {
            const NamedBuffer& buffer = *find_buffer(network, name);
            tensors.add(name, buffer.shape, Network::part_of(buffer, network.buffers()));
        }
    }
    if (wish_.has_image() && fill_view(wish_)) {
        view_->forward({.position = {.image_count = 1}});
        tensors.add_value("input", network.shape(0), view_->input());
        if (wish_.image_split) {
            const float label = label_of(wish_);
            tensors.add("label", {1}, std::span(&label, 1));
        }
        for (const std::string& name : wish_.activations) {
            const Index value = find_layer(network, name) + 1;
            tensors.add_value("activation." + name, network.shape(value), view_->value(value));
        }
        if (!wish_.gradient_of.empty()) {
            add_gradients(tensors);
        }
    }
    last_snapshot_ = now();
    snapshot_step_ = trainer_->steps();
    Json event = {
        {"event", "snapshot"}, {"step", trainer_->steps()}, {"tensors", std::move(tensors.list())}};
    if (!wish_.gradient_of.empty()) {
        event["gradient_of"] = wish_.gradient_of;
        event["class"] = gradient_class_;
    }
    send(event, std::move(tensors.payload()));
}

void Session::Core::send_snapshot_if_due() {
    if (!wish_.empty() && now() - last_snapshot_ >= wish_.minimum_interval_seconds) {
        send_snapshot();
    }
}

Session::Core::Handled Session::Core::predict(CommandReader& reader,
                                              std::span<const std::byte> payload) {
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    if (!trainer_) {
        return Error{"there is no network; expected configure first"};
    }
    const Network& network = trainer_->network();
    const Result<std::vector<float>> image = read_image(network.shape(0), payload);
    if (!image) {
        return image.error();
    }
    if (const Status prepared = prepare_view(); !prepared) {
        return prepared.error();
    }
    fill_view(*image);
    view_->forward({.position = {.image_count = 1}});
    std::vector<float> logits(at(network.output_shape().element_count()));
    from_lane(network.output_shape(), view_->output(), 0, logits);
    softmax(view_->output(), view_->output());
    std::vector<float> probabilities(logits.size());
    from_lane(network.output_shape(), view_->output(), 0, probabilities);
    Json event = {{"event", "prediction"}, {"logits", logits}, {"probabilities", probabilities}};
    if (!command_id_.is_null()) {
        event["id"] = command_id_;
    }
    send(event);
    return Answer::done;
}

Session::Core::Handled Session::Core::export_file(CommandReader& reader) {
    const std::string name = reader.text("format");
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    const Result<ExportFormat> format = parse_export_format(name);
    if (!format) {
        return format.error();
    }
    if (!trainer_) {
        return Error{"there is no network; expected configure first"};
    }
    Result<std::vector<std::byte>> file = export_network(trainer_->network(), *format);
    if (!file) {
        return file.error();
    }
    Json event = {{"event", "exported"}, {"format", name}, {"step", trainer_->steps()}};
    if (!command_id_.is_null()) {
        event["id"] = command_id_;
    }
    send(event, std::move(*file));
    return Answer::done;
}

}  // namespace convoscope
