#include "engine/session/explain_tasks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "engine/analysis/effective_field.h"
#include "engine/core/lanes.h"
#include "engine/explain/exciting_images.h"
#include "engine/explain/features.h"
#include "engine/explain/grad_cam.h"
#include "engine/explain/gradient_ascent.h"
#include "engine/explain/nearest_images.h"
#include "engine/explain/network_probe.h"
#include "engine/explain/occlusion.h"
#include "engine/explain/principal_components.h"
#include "engine/explain/saliency.h"
#include "engine/explain/stochastic_neighbours.h"
#include "engine/network/network_copy.h"

namespace convoscope {
namespace {

using Json = nlohmann::json;

/// The network at one moment, and a probe of it.
struct Frozen {
    std::unique_ptr<Network> network;
    std::unique_ptr<NetworkProbe> probe;
};

/// A task on its own copy.
class FrozenTask : public ExplainTask {
  public:
    FrozenTask(Frozen frozen, ExplainRequest request)
        : frozen_(std::move(frozen)), request_(std::move(request)) {
        if (!request_.image.empty() && request_.type < 0) {
            request_.type = read_class();
        }
    }

  protected:
    [[nodiscard]] NetworkProbe& probe() const { return *frozen_.probe; }
    [[nodiscard]] const Network& network() const { return *frozen_.network; }
    [[nodiscard]] const ExplainRequest& request() const { return request_; }
    [[nodiscard]] const Shape& input() const { return network().shape(0); }

    [[nodiscard]] ImageWalk walk() const {
        return {probe(), *request_.dataset, request_.split, request_.images};
    }
    void name_class(Json& event) const {
        event["class"] = request_.type;
        probe().fill(request_.image, false);
        probe().forward();
        event["score"] = probe().score(request_.type);
    }
    /// `[n][c][h][w]`, from 0 to 1.
    void add_pixels(const std::vector<std::uint32_t>& images, TensorList& tensors) const {
        std::vector<float> pixels;
        for (const std::uint32_t image : images) {
            for (const std::uint8_t byte :
                 request_.dataset->pixels(request_.split, static_cast<Index>(image))) {
                pixels.push_back(static_cast<float>(byte) / 255.0F);
            }
        }
        tensors.add("pixels",
                    {std::ssize(images), input().channels, input().height, input().width},
                    pixels);
    }
    [[nodiscard]] Index label(std::uint32_t image) const {
        return request_.dataset->label(request_.split, static_cast<Index>(image));
    }

  private:
    [[nodiscard]] Index read_class() const {
        probe().fill(request_.image, false);
        probe().forward();
        Index greatest = 0;
        for (Index type = 1; type < network().output_shape().element_count(); ++type) {
            greatest = probe().score(type) > probe().score(greatest) ? type : greatest;
        }
        return greatest;
    }

    Frozen frozen_;
    ExplainRequest request_;
};

class SaliencyTask final : public FrozenTask {
  public:
    using FrozenTask::FrozenTask;
    bool step() override {
        result_ = saliency(probe(), request().image, request().type);
        return true;
    }
    Status answer(Json& event, TensorList& tensors) override {
        name_class(event);
        tensors.add("map", {input().height, input().width}, result_.magnitude);
        tensors.add("gradient", input().dimensions(), result_.gradient);
        return success();
    }

  private:
    Saliency result_;
};

class OcclusionTask final : public FrozenTask {
  public:
    OcclusionTask(Frozen frozen, ExplainRequest request)
        : FrozenTask(std::move(frozen), std::move(request)),
          work_(probe(), this->request().image, this->request().type) {}
    bool step() override { return work_.step(); }
    [[nodiscard]] double progress() const override { return work_.progress(); }
    Status answer(Json& event, TensorList& tensors) override {
        name_class(event);
        event["size"] = work_.size();
        tensors.add("map", {input().height, input().width}, work_.map());
        tensors.add("drops", {std::ssize(work_.tops()), std::ssize(work_.lefts())}, work_.drops());
        return success();
    }

  private:
    Occlusion work_;
};

class GradCamTask final : public FrozenTask {
  public:
    GradCamTask(Frozen frozen, ExplainRequest request)
        : FrozenTask(std::move(frozen), std::move(request)),
          value_(this->request().value > 0 ? this->request().value : last_map_value(network())) {}
    bool step() override {
        if (value_ > 0) {
            result_ = grad_cam(probe(), request().image, value_, request().type);
        }
        return true;
    }
    Status answer(Json& event, TensorList& tensors) override {
        if (value_ == 0) {
            return Error{"grad_cam: the network has no layer of maps; expected a convolution"};
        }
        name_class(event);
        event["layer"] = network().spec().layers[at(value_ - 1)].name;
        tensors.add("map",
                    {input().height, input().width},
                    stretched(result_, input().height, input().width));
        tensors.add("cells", {result_.height, result_.width}, result_.map);
        return success();
    }

  private:
    Index value_;
    GradCam result_;
};

class NearestTask final : public FrozenTask {
  public:
    NearestTask(Frozen frozen, ExplainRequest request)
        : FrozenTask(std::move(frozen), std::move(request)),
          work_(walk(), feature(), this->request().count) {}
    bool step() override { return work_.step(); }
    [[nodiscard]] double progress() const override { return work_.progress(); }
    Status answer(Json& event, TensorList& tensors) override {
        Json images = Json::array();
        std::vector<std::uint32_t> numbers;
        for (const NearImage& near : work_.nearest()) {
            numbers.push_back(near.image);
            images.push_back(
                {{"index", near.image}, {"label", label(near.image)}, {"distance", near.distance}});
        }
        event["images"] = std::move(images);
        event["searched"] = request().images.size();
        add_pixels(numbers, tensors);
        return success();
    }

  private:
    [[nodiscard]] std::vector<float> feature() const {
        probe().fill(request().image, false);
        probe().forward();
        return probe().value_of_lane(last_hidden_value(network()));
    }
    NearestImages work_;
};

class ExcitingTask final : public FrozenTask {
  public:
    ExcitingTask(Frozen frozen, ExplainRequest request)
        : FrozenTask(std::move(frozen), std::move(request)),
          work_(walk(), this->request().value, this->request().channel, this->request().count) {}
    bool step() override { return work_.step(); }
    [[nodiscard]] double progress() const override { return work_.progress(); }
    Status answer(Json& event, TensorList& tensors) override {
        Json images = Json::array();
        std::vector<std::uint32_t> numbers;
        for (const Excitement& found : work_.found()) {
            numbers.push_back(found.image);
            images.push_back({{"index", found.image},
                              {"label", label(found.image)},
                              {"activation", found.activation},
                              {"row", found.row},
                              {"column", found.column}});
        }
        event["layer"] = network().spec().layers[at(request().value - 1)].name;
        event["channel"] = request().channel;
        event["images"] = std::move(images);
        event["searched"] = request().images.size();
        add_pixels(numbers, tensors);
        return success();
    }

  private:
    ExcitingImages work_;
};

/// Images of a split, and the one in question as the last point, in a plane.
class ProjectionTask final : public FrozenTask {
  public:
    ProjectionTask(Frozen frozen, ExplainRequest request)
        : FrozenTask(std::move(frozen), std::move(request)),
          walk_(walk()),
          value_(last_hidden_value(network())) {}

    bool step() override {
        if (!walk_.finished()) {
            gather();
            return false;
        }
        if (!projected_) {
            return project();
        }
        if (!neighbours_->step()) {
            return false;
        }
        const std::vector<double>& places = neighbours_->places();
        places_.assign(places.begin(), places.end());
        return true;
    }
    [[nodiscard]] double progress() const override {
        if (!request().neighbours) {
            return walk_.progress();
        }
        return 0.5 * walk_.progress() + (neighbours_ ? 0.5 * neighbours_->progress() : 0.0);
    }
    Status answer(Json& event, TensorList& tensors) override {
        if (places_.empty()) {
            return Error{
                "projection: the last hidden layer has fewer than four images, or numbers "
                "that are not finite"};
        }
        Json labels = Json::array();
        for (const std::uint32_t image : request().images) {
            labels.push_back(label(image));
        }
        event["method"] = request().neighbours ? "tsne" : "pca";
        event["labels"] = std::move(labels);
        event["indices"] = request().images;
        event["predicted"] = predicted_;
        event["shares"] = shares_;
        event["own"] = !request().image.empty();
        tensors.add("places", {std::ssize(places_) / 2, 2}, places_);
        add_pixels(request().images, tensors);
        return success();
    }

  private:
    void gather() {
        std::array<Index, kLanes> greatest{};
        const auto images = walk_.next();
        for (Index lane = 0; lane < std::ssize(images); ++lane) {
            add_feature(lane);
            for (Index type = 1; type < network().output_shape().element_count(); ++type) {
                if (probe().score(type, lane) > probe().score(greatest[at(lane)], lane)) {
                    greatest[at(lane)] = type;
                }
            }
            predicted_.push_back(greatest[at(lane)]);
        }
    }
    void add_feature(Index lane) {
        const std::vector<float> feature = probe().value_of_lane(value_, lane);
        features_.insert(features_.end(), feature.begin(), feature.end());
    }
    bool project() {
        projected_ = true;
        Index count = std::ssize(request().images);
        if (!request().image.empty()) {
            probe().fill(request().image, false);
            probe().forward();
            add_feature(0);
            ++count;
        }
        if (count < 4 ||
            !std::ranges::all_of(features_, [](float number) { return std::isfinite(number); })) {
            return true;
        }
        constexpr Index kAxesForNeighbours = 30;
        const PrincipalComponents components =
            principal_components(features_, count, request().neighbours ? kAxesForNeighbours : 2);
        if (request().neighbours) {
            neighbours_.emplace(components.coordinates, count);
            return false;
        }
        shares_ = components.shares;
        for (Index point = 0; point < count; ++point) {
            for (Index axis = 0; axis < 2; ++axis) {
                places_.push_back(
                    axis < components.count
                        ? static_cast<float>(
                              components.coordinates[at(point * components.count + axis)])
                        : 0.0F);
            }
        }
        return true;
    }

    ImageWalk walk_;
    Index value_;
    std::vector<float> features_;
    std::vector<Index> predicted_;
    std::vector<double> shares_;
    std::vector<float> places_;
    bool projected_ = false;
    std::optional<StochasticNeighbours> neighbours_;
};

class AscentTask final : public FrozenTask {
  public:
    AscentTask(Frozen frozen, ExplainRequest request)
        : FrozenTask(std::move(frozen), std::move(request)),
          work_(probe(), target(), picture_as_input(0.0F), picture_as_input(1.0F)),
          before_(work_.activation()) {}
    bool step() override { return work_.step(); }
    [[nodiscard]] double progress() const override { return work_.progress(); }
    Status answer(Json& event, TensorList& tensors) override {
        const AscentTarget chosen = target();
        event["layer"] = network().spec().layers[at(chosen.value - 1)].name;
        event["channel"] = chosen.channel;
        event["row"] = chosen.row;
        event["column"] = chosen.column;
        event["before"] = before_;
        event["activation"] = work_.activation();
        tensors.add("picture", input().dimensions(), as_picture());
        return success();
    }

  private:
    [[nodiscard]] AscentTarget target() const {
        const Shape& shape = network().shape(request().value);
        return {.value = request().value,
                .channel = request().channel,
                .row = request().row >= 0 ? request().row : shape.height / 2,
                .column = request().column >= 0 ? request().column : shape.width / 2};
    }
    [[nodiscard]] bool has_pixels() const {
        return request().dataset != nullptr && request().dataset->input() == input();
    }
    /// The input that a picture of one grey is.
    [[nodiscard]] std::vector<float> picture_as_input(float grey) const {
        if (!has_pixels()) {
            return {};
        }
        const std::vector<float> picture(at(input().element_count()), grey);
        const std::array<std::span<const float>, 1> images = {picture};
        request().dataset->fill_lanes(images, probe().input());
        return probe().value_of_lane(0);
    }
    [[nodiscard]] std::vector<float> as_picture() const {
        std::vector<float> picture = work_.input();
        if (has_pixels()) {
            request().dataset->preprocessing().invert(work_.input(), picture);
            return picture;
        }
        const auto [low, high] = std::ranges::minmax(picture);
        const float range = std::max(high - low, 1e-12F);
        for (float& number : picture) {
            number = (number - low) / range;
        }
        return picture;
    }

    GradientAscent work_;
    float before_;
};

class EffectiveFieldTask final : public FrozenTask {
  public:
    using FrozenTask::FrozenTask;
    bool step() override {
        result_ = effective_field(
            network(), request().value, request().row, request().column, {.images = kLanes});
        return true;
    }
    Status answer(Json& event, TensorList& tensors) override {
        if (!*result_) {
            return result_->error();
        }
        const EffectiveField& field = **result_;
        event["layer"] = network().spec().layers[at(request().value - 1)].name;
        event["row"] = request().row;
        event["column"] = request().column;
        const std::vector<float> map(field.influence.begin(), field.influence.end());
        tensors.add("map", {field.height, field.width}, map);
        return success();
    }

  private:
    std::optional<Result<EffectiveField>> result_;
};

template <class Task>
std::unique_ptr<ExplainTask> make(Frozen frozen, ExplainRequest request) {
    return std::make_unique<Task>(std::move(frozen), std::move(request));
}

struct Kind {
    const char* name;
    std::unique_ptr<ExplainTask> (*make)(Frozen, ExplainRequest);
};

constexpr std::array kKinds{Kind{"saliency", make<SaliencyTask>},
                            Kind{"occlusion", make<OcclusionTask>},
                            Kind{"grad_cam", make<GradCamTask>},
                            Kind{"nearest_images", make<NearestTask>},
                            Kind{"projection", make<ProjectionTask>},
                            Kind{"exciting_images", make<ExcitingTask>},
                            Kind{"gradient_ascent", make<AscentTask>},
                            Kind{"effective_field", make<EffectiveFieldTask>}};

}  // namespace

Result<std::unique_ptr<ExplainTask>> make_explain_task(const Network& network,
                                                       ExplainRequest request) {
    const auto kind = std::ranges::find(kKinds, request.kind, &Kind::name);
    if (kind == kKinds.end()) {
        return Error{"kind is \"" + request.kind +
                     "\"; expected \"saliency\", \"occlusion\", \"grad_cam\", \"nearest_images\", "
                     "\"projection\", \"exciting_images\", \"gradient_ascent\" or "
                     "\"effective_field\""};
    }
    Frozen frozen;
    Result<std::unique_ptr<Network>> copy = copy_of(network);
    if (!copy) {
        return copy.error();
    }
    frozen.network = std::move(*copy);
    Result<std::unique_ptr<NetworkProbe>> probe = NetworkProbe::create(*frozen.network);
    if (!probe) {
        return probe.error();
    }
    frozen.probe = std::move(*probe);
    return kind->make(std::move(frozen), std::move(request));
}

}  // namespace convoscope
