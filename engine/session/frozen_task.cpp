#include "engine/session/frozen_task.h"

#include <utility>

namespace convoscope {

FrozenTask::FrozenTask(FrozenNetwork frozen, ExplainRequest request)
    : frozen_(std::move(frozen)), request_(std::move(request)) {
    if (!request_.image.empty() && request_.type < 0) {
        request_.type = read_class();
    }
}

ImageWalk FrozenTask::walk() const {
    return {probe(), *request_.dataset, request_.split, request_.images};
}

Index FrozenTask::label(std::uint32_t image) const {
    return request_.dataset->label(request_.split, static_cast<Index>(image));
}

void FrozenTask::name_class(nlohmann::json& event) const {
    event["class"] = request_.type;
    probe().fill(request_.image, false);
    probe().forward();
    event["score"] = probe().score(request_.type);
}

void FrozenTask::add_pixels(const std::vector<std::uint32_t>& images, TensorList& tensors) const {
    std::vector<float> pixels;
    for (const std::uint32_t image : images) {
        for (const std::uint8_t byte :
             request_.dataset->pixels(request_.split, static_cast<Index>(image))) {
            pixels.push_back(static_cast<float>(byte) / 255.0F);
        }
    }
    tensors.add(
        "pixels", {std::ssize(images), input().channels, input().height, input().width}, pixels);
}

Index FrozenTask::read_class() const {
    probe().fill(request_.image, false);
    probe().forward();
    Index greatest = 0;
    for (Index type = 1; type < network().output_shape().element_count(); ++type) {
        greatest = probe().score(type) > probe().score(greatest) ? type : greatest;
    }
    return greatest;
}

}  // namespace convoscope
