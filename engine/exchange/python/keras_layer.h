#pragma once

#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/exchange/network_description.h"

namespace convoscope {

/// The Keras layers that together are one layer of ours, in order: `layers.ReLU()`. The one
/// that is not padding, cropping or reordering carries the layer's name. For `add` and `concat` one
/// layer, called with a list. Returns error when: Keras cannot say it.
[[nodiscard]] Result<std::vector<std::string>> keras_layers(const LayerDescription& layer);

// Of layers with windows: keras_window_layers.cpp.
[[nodiscard]] Result<std::vector<std::string>> keras_conv2d(const LayerDescription& layer);
[[nodiscard]] Result<std::vector<std::string>> keras_conv_transpose2d(
    const LayerDescription& layer);
[[nodiscard]] Result<std::vector<std::string>> keras_max_pool2d(const LayerDescription& layer);
[[nodiscard]] Result<std::vector<std::string>> keras_avg_pool2d(const LayerDescription& layer);
[[nodiscard]] Result<std::vector<std::string>> keras_adaptive_avg_pool2d(
    const LayerDescription& layer);

/// `layers.Conv2D(6, 5, name="conv1")`; the name only where the file gives one.
[[nodiscard]] std::string keras_call(const LayerDescription& layer,
                                     const std::string& constructor,
                                     std::vector<std::string> arguments);

/// The refusal of an attribute: "<label>: <key> is <value>; <why>".
[[nodiscard]] Error keras_refusal(const LayerDescription& layer,
                                  const char* key,
                                  const std::string& why);

}  // namespace convoscope
