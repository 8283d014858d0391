#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "engine/analysis/effective_field.h"
#include "engine/core/lanes.h"
#include "engine/session/frozen_task.h"

namespace convoscope {
namespace {

class EffectiveFieldTask final : public FrozenTask {
  public:
    using FrozenTask::FrozenTask;
    bool step() override {
        result_ = effective_field(
            network(), request().value, request().row, request().column, {.images = kLanes});
        return true;
    }
    Status answer(nlohmann::json& event, TensorList& tensors) override {
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

}  // namespace

std::unique_ptr<ExplainTask> make_effective_field_task(FrozenNetwork frozen,
                                                       ExplainRequest request) {
    return std::make_unique<EffectiveFieldTask>(std::move(frozen), std::move(request));
}

}  // namespace convoscope
