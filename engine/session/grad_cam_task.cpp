#include <memory>
#include <utility>

#include "engine/explain/grad_cam.h"
#include "engine/session/frozen_task.h"

namespace convoscope {
namespace {

class GradCamTask final : public FrozenTask {
  public:
    GradCamTask(FrozenNetwork frozen, ExplainRequest request)
        : FrozenTask(std::move(frozen), std::move(request)),
          value_(this->request().value > 0 ? this->request().value : last_map_value(network())) {}
    bool step() override {
        if (value_ > 0) {
            result_ = grad_cam(probe(), request().image, value_, request().type);
        }
        return true;
    }
    Status answer(nlohmann::json& event, TensorList& tensors) override {
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

}  // namespace

std::unique_ptr<ExplainTask> make_grad_cam_task(FrozenNetwork frozen, ExplainRequest request) {
    return std::make_unique<GradCamTask>(std::move(frozen), std::move(request));
}

}  // namespace convoscope
