#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "engine/explain/features.h"
#include "engine/explain/nearest_images.h"
#include "engine/session/frozen_task.h"

namespace convoscope {
namespace {

class NearestTask final : public FrozenTask {
  public:
    NearestTask(FrozenNetwork frozen, ExplainRequest request)
        : FrozenTask(std::move(frozen), std::move(request)),
          work_(walk(), feature(), this->request().count) {}
    bool step() override { return work_.step(); }
    [[nodiscard]] double progress() const override { return work_.progress(); }
    Status answer(nlohmann::json& event, TensorList& tensors) override {
        nlohmann::json images = nlohmann::json::array();
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

}  // namespace

std::unique_ptr<ExplainTask> make_nearest_images_task(FrozenNetwork frozen,
                                                      ExplainRequest request) {
    return std::make_unique<NearestTask>(std::move(frozen), std::move(request));
}

}  // namespace convoscope
