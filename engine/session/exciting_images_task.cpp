#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "engine/explain/exciting_images.h"
#include "engine/session/frozen_task.h"

namespace convoscope {
namespace {

class ExcitingTask final : public FrozenTask {
  public:
    ExcitingTask(FrozenNetwork frozen, ExplainRequest request)
        : FrozenTask(std::move(frozen), std::move(request)),
          work_(walk(), this->request().value, this->request().channel, this->request().count) {}
    bool step() override { return work_.step(); }
    [[nodiscard]] double progress() const override { return work_.progress(); }
    Status answer(nlohmann::json& event, TensorList& tensors) override {
        nlohmann::json images = nlohmann::json::array();
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

}  // namespace

std::unique_ptr<ExplainTask> make_exciting_images_task(FrozenNetwork frozen,
                                                       ExplainRequest request) {
    return std::make_unique<ExcitingTask>(std::move(frozen), std::move(request));
}

}  // namespace convoscope
