#include <algorithm>
#include <array>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "engine/explain/gradient_ascent.h"
#include "engine/session/frozen_task.h"

namespace convoscope {
namespace {

class AscentTask final : public FrozenTask {
  public:
    AscentTask(FrozenNetwork frozen, ExplainRequest request)
        : FrozenTask(std::move(frozen), std::move(request)),
          work_(probe(), target(), picture_as_input(0.0F), picture_as_input(1.0F)),
          before_(work_.activation()) {}
    bool step() override { return work_.step(); }
    [[nodiscard]] double progress() const override { return work_.progress(); }
    Status answer(nlohmann::json& event, TensorList& tensors) override {
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

}  // namespace

std::unique_ptr<ExplainTask> make_gradient_ascent_task(FrozenNetwork frozen,
                                                       ExplainRequest request) {
    return std::make_unique<AscentTask>(std::move(frozen), std::move(request));
}

}  // namespace convoscope
