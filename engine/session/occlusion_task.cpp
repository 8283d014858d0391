#include <memory>
#include <utility>

#include "engine/explain/occlusion.h"
#include "engine/session/frozen_task.h"

namespace convoscope {
namespace {

class OcclusionTask final : public FrozenTask {
  public:
    OcclusionTask(FrozenNetwork frozen, ExplainRequest request)
        : FrozenTask(std::move(frozen), std::move(request)),
          work_(probe(), this->request().image, this->request().type) {}
    bool step() override { return work_.step(); }
    [[nodiscard]] double progress() const override { return work_.progress(); }
    Status answer(nlohmann::json& event, TensorList& tensors) override {
        name_class(event);
        event["size"] = work_.size();
        tensors.add("map", {input().height, input().width}, work_.map());
        tensors.add("drops", {std::ssize(work_.tops()), std::ssize(work_.lefts())}, work_.drops());
        return success();
    }

  private:
    Occlusion work_;
};

}  // namespace

std::unique_ptr<ExplainTask> make_occlusion_task(FrozenNetwork frozen, ExplainRequest request) {
    return std::make_unique<OcclusionTask>(std::move(frozen), std::move(request));
}

}  // namespace convoscope
