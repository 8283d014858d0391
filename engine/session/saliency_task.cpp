#include <memory>
#include <utility>

#include "engine/explain/saliency.h"
#include "engine/session/frozen_task.h"

namespace convoscope {
namespace {

class SaliencyTask final : public FrozenTask {
  public:
    using FrozenTask::FrozenTask;
    bool step() override {
        result_ = saliency(probe(), request().image, request().type);
        return true;
    }
    Status answer(nlohmann::json& event, TensorList& tensors) override {
        name_class(event);
        tensors.add("map", {input().height, input().width}, result_.magnitude);
        tensors.add("gradient", input().dimensions(), result_.gradient);
        return success();
    }

  private:
    Saliency result_;
};

}  // namespace

std::unique_ptr<ExplainTask> make_saliency_task(FrozenNetwork frozen, ExplainRequest request) {
    return std::make_unique<SaliencyTask>(std::move(frozen), std::move(request));
}

}  // namespace convoscope
