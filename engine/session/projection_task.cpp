#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "engine/core/lanes.h"
#include "engine/explain/features.h"
#include "engine/explain/principal_components.h"
#include "engine/explain/stochastic_neighbours.h"
#include "engine/session/frozen_task.h"

namespace convoscope {
namespace {

/// Images of a split, and the one in question as the last point, in a plane.
class ProjectionTask final : public FrozenTask {
  public:
    ProjectionTask(FrozenNetwork frozen, ExplainRequest request)
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
    Status answer(nlohmann::json& event, TensorList& tensors) override {
        if (places_.empty()) {
            return Error{
                "projection: the last hidden layer has fewer than four images, or numbers "
                "that are not finite"};
        }
        nlohmann::json labels = nlohmann::json::array();
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

}  // namespace

std::unique_ptr<ExplainTask> make_projection_task(FrozenNetwork frozen, ExplainRequest request) {
    return std::make_unique<ProjectionTask>(std::move(frozen), std::move(request));
}

}  // namespace convoscope
