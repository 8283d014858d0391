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
        if (trainer_->network().find_parameter(name) == nullptr) {
            return Error{"parameters: the network has no \"" + name + "\""};
        }
    }
    for (const std::string& name : wish.activations) {
        if (find_layer(trainer_->network(), name) < 0) {
            return Error{"activations: the network has no layer \"" + name + "\""};
        }
    }
    if (!wish.activations.empty() && !wish.image_split) {
        return Error{"activations want an image: expected \"image\": {\"split\", \"index\"}"};
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

Session::Core::Handled Session::Core::capture(CommandReader& reader) {
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

void Session::Core::send_snapshot() {
    const Network& network = trainer_->network();
    TensorList tensors;
    for (const std::string& name : wish_.parameters) {
        const NamedParameter& parameter = *network.find_parameter(name);
        tensors.add(
            name, parameter.shape, network.to_pytorch_order(parameter, network.parameters()));
    }
    if (wish_.image_split) {
        const Result<std::uint32_t> image = find_image(*wish_.image_split, wish_.image);
        if (image) {
            const Split split = *wish_.image_split == "test" ? Split::test : Split::train;
            const std::array<std::uint32_t, 1> images = {*image};
            dataset_->fill_lanes(split, images, view_->input());
            view_->forward({.position = {.image_count = 1}});
            tensors.add_value("input", network.shape(0), view_->input());
            const auto label =
                static_cast<float>(dataset_->label(split, static_cast<Index>(*image)));
            tensors.add("label", {1}, std::span(&label, 1));
            for (const std::string& name : wish_.activations) {
                const Index value = find_layer(network, name) + 1;
                tensors.add_value("activation." + name, network.shape(value), view_->value(value));
            }
        }
    }
    last_snapshot_ = now();
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
    const auto count = at(network.shape(0).element_count());
    if (payload.size() != count * sizeof(float)) {
        return Error{"the payload has " + std::to_string(payload.size()) + " bytes; expected " +
                     std::to_string(count * sizeof(float)) + ", one image of " +
                     network.shape(0).text()};
    }
    if (const Status prepared = prepare_view(); !prepared) {
        return prepared.error();
    }
    std::vector<float> image(count);
    std::memcpy(image.data(), payload.data(), payload.size());
    if (dataset_ && dataset_->input() == network.shape(0)) {
        const std::array<std::span<const float>, 1> images = {image};
        dataset_->fill_lanes(images, view_->input());
    } else {
        to_lanes(network.shape(0), image, 1, view_->input());
    }
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
