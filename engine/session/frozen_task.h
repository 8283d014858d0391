#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/explain/features.h"
#include "engine/explain/network_probe.h"
#include "engine/session/explain_tasks.h"

namespace convoscope {

/// The network at one moment, and a probe of it.
struct FrozenNetwork {
    std::unique_ptr<Network> network;
    std::unique_ptr<NetworkProbe> probe;
};

/// What the tasks have in common: each works on a copy of its own. Private to `session/`.
class FrozenTask : public ExplainTask {
  public:
    /// With an image and no class, the class is the one that the network reads.
    FrozenTask(FrozenNetwork frozen, ExplainRequest request);

  protected:
    [[nodiscard]] NetworkProbe& probe() const { return *frozen_.probe; }
    [[nodiscard]] const Network& network() const { return *frozen_.network; }
    [[nodiscard]] const ExplainRequest& request() const { return request_; }
    [[nodiscard]] const Shape& input() const { return network().shape(0); }
    [[nodiscard]] ImageWalk walk() const;
    [[nodiscard]] Index label(std::uint32_t image) const;

    void name_class(nlohmann::json& event) const;
    /// `[n][c][h][w]`, from 0 to 1.
    void add_pixels(const std::vector<std::uint32_t>& images, TensorList& tensors) const;

  private:
    [[nodiscard]] Index read_class() const;

    FrozenNetwork frozen_;
    ExplainRequest request_;
};

// The kinds, a file each.

using ExplainTaskMaker = std::unique_ptr<ExplainTask> (*)(FrozenNetwork, ExplainRequest);

std::unique_ptr<ExplainTask> make_saliency_task(FrozenNetwork frozen, ExplainRequest request);
std::unique_ptr<ExplainTask> make_occlusion_task(FrozenNetwork frozen, ExplainRequest request);
std::unique_ptr<ExplainTask> make_grad_cam_task(FrozenNetwork frozen, ExplainRequest request);
std::unique_ptr<ExplainTask> make_nearest_images_task(FrozenNetwork frozen, ExplainRequest request);
std::unique_ptr<ExplainTask> make_projection_task(FrozenNetwork frozen, ExplainRequest request);
std::unique_ptr<ExplainTask> make_exciting_images_task(FrozenNetwork frozen,
                                                       ExplainRequest request);
std::unique_ptr<ExplainTask> make_gradient_ascent_task(FrozenNetwork frozen,
                                                       ExplainRequest request);
std::unique_ptr<ExplainTask> make_effective_field_task(FrozenNetwork frozen,
                                                       ExplainRequest request);

}  // namespace convoscope
