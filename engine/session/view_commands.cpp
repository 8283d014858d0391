#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "engine/core/lanes.h"
#include "engine/exchange/export.h"
#include "engine/losses/softmax_cross_entropy.h"
#include "engine/network/lane_layout.h"
#include "engine/session/session_core.h"

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

/// The tensors of one snapshot, one after another in its payload.
class TensorList {
  public:
    void add(const std::string& name,
             const std::vector<Index>& shape,
             std::span<const float> values) {
        const std::size_t offset = payload_.size() / sizeof(float);
        list_.push_back(
            {{"name", name}, {"shape", shape}, {"offset", offset}, {"count", values.size()}});
        const auto bytes = std::as_bytes(values);
        payload_.insert(payload_.end(), bytes.begin(), bytes.end());
    }
    void add_value(const std::string& name, const Shape& shape, std::span<const float> lanes) {
        std::vector<float> image(at(shape.element_count()));
        from_lane(shape, lanes, 0, image);
        add(name, shape.dimensions(), image);
    }

    [[nodiscard]] nlohmann::json& list() { return list_; }
    [[nodiscard]] std::vector<std::byte>& payload() { return payload_; }

  private:
    nlohmann::json list_ = nlohmann::json::array();
    std::vector<std::byte> payload_;
};

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
    if (wish.image_split) {
        if (const Status ready = check_ready_to_train(); !ready) {
            return ready;
        }
        const Result<std::uint32_t> image = find_image(*wish.image_split, wish.image);
        return image ? success() : Status(image.error());
    }
    return success();
}

Session::Core::Handled Session::Core::capture(CommandReader& reader,
                                              std::span<const std::byte> payload) {
    Wish wish;
    wish.parameters = reader.texts("parameters");
    wish.activations = reader.texts("activations");
    wish.minimum_interval_seconds = reader.number("minimum_interval_seconds", 0.1, 0.0, 3600.0);
    const Json& image = reader.object("image");
    if (image.is_object()) {
        CommandReader image_reader(image);
        wish.image_split = image_reader.text("split");
        wish.image = image_reader.integer("index", 0, 0, Index{1} << 30);
        if (const Status read = image_reader.finish(); !read) {
            return Error{"image: " + read.error().message};
        }
    }
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    if (!trainer_) {
        return Error{"there is no network; expected configure first"};
    }
    if (!payload.empty()) {
        Result<std::vector<float>> own_image = read_image(trainer_->network().shape(0), payload);
        if (!own_image) {
            return own_image.error();
        }
        wish.own_image = std::move(*own_image);
        wish.image_split.reset();
    }
    if (const Status checked = check_wish(wish); !checked) {
        return checked.error();
    }
    if (const Status prepared = prepare_view(); !prepared) {
        return prepared.error();
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
    std::optional<float> label;
    bool filled = !wish_.own_image.empty();
    if (filled) {
        fill_view(wish_.own_image);
    } else if (wish_.image_split) {
        if (const Result<std::uint32_t> image = find_image(*wish_.image_split, wish_.image)) {
            const Split split = *wish_.image_split == "test" ? Split::test : Split::train;
            const std::array<std::uint32_t, 1> images = {*image};
            dataset_->fill_lanes(split, images, view_->input());
            label = static_cast<float>(dataset_->label(split, static_cast<Index>(*image)));
            filled = true;
        }
    }
    if (filled) {
        view_->forward({.position = {.image_count = 1}});
        tensors.add_value("input", network.shape(0), view_->input());
        if (label) {
            tensors.add("label", {1}, std::span(&*label, 1));
        }
        for (const std::string& name : wish_.activations) {
            const Index value = find_layer(network, name) + 1;
            tensors.add_value("activation." + name, network.shape(value), view_->value(value));
        }
    }
    last_snapshot_ = now();
    snapshot_step_ = trainer_->steps();
    send({{"event", "snapshot"},
          {"step", trainer_->steps()},
          {"tensors", std::move(tensors.list())}},
         std::move(tensors.payload()));
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
