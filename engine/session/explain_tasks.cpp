#include "engine/session/explain_tasks.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/network/network_copy.h"
#include "engine/session/frozen_task.h"

namespace convoscope {
namespace {

struct Kind {
    const char* name;
    ExplainTaskMaker make;
};

constexpr std::array kKinds{Kind{"saliency", make_saliency_task},
                            Kind{"occlusion", make_occlusion_task},
                            Kind{"grad_cam", make_grad_cam_task},
                            Kind{"nearest_images", make_nearest_images_task},
                            Kind{"projection", make_projection_task},
                            Kind{"exciting_images", make_exciting_images_task},
                            Kind{"gradient_ascent", make_gradient_ascent_task},
                            Kind{"effective_field", make_effective_field_task}};

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
    FrozenNetwork frozen;
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
