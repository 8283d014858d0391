#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "web/models/inspect/inspect_model.h"
#include "web/models/room_commands.h"

namespace convoscope::models::inspect {

/// Carries out a command whose name begins with "inspect_":
///
///     inspect_picture  {index, split: "test" or "train"}; of the test images unless told
///     inspect_draw     {x, y, begins}: the pointer on the pad, 0 to 1
///     inspect_clear
///     inspect_brush    {brush: fine | medium | broad}
///     inspect_erase    {on}
///     inspect_scale    {scale: layer | map | network}
///     inspect_untrained {on}: before a run's first step, its own random weights, not ready ones
///     inspect_pin      {layer or "input", channel, row, column}: a second time, or without a
///                      layer: unpins
///     inspect_open     {layer, channel}: opens a layer, and a map of it; without a layer: all
///     inspect_back     from a number to its layer, from there to all layers
///     inspect_scene    {scene: layers | space | why}
///     inspect_direction {direction: forward | backward}
///     inspect_question {question: loss | score}: what the gradients are of
///     inspect_weight   {element, tensor?}: of the opened layer's weights, or of another tensor of
///                      its stage ("conv1.bias"), in PyTorch's order; -1: none
///     inspect_offer    {offer: first | class | mistakes, class?}: which test images are offered
///     inspect_camera   {on}
///     inspect_look     {yaw, pitch, zoom} or {reset: true}: at the layers in space
///     inspect_target   {class}: which class is asked for; -1, or a second time: the right one, or
///                      the one read
///     inspect_projection {projection: pca | tsne}
///     inspect_opacity  {opacity: 0 to 1}: of maps over the picture
///     inspect_channel  {channel}: which patch of the neuron is opened; -1: the greatest
[[nodiscard]] Answer carry_out(Model& model, const Json& command);

/// What the page brings: a photograph, the reader's or the camera's (web/models/convolve's `photo`
/// event). False: another event. `refusal` is a sentence when the network cannot read it.
bool take_photo(Model& model,
                std::string_view json,
                std::span<const std::byte> payload,
                std::string& refusal);

// The same commands as JSON, for views.
namespace commands {
[[nodiscard]] std::string picture(std::int64_t index, std::string_view split = "test");
[[nodiscard]] std::string draw(double x, double y, bool begins);
[[nodiscard]] std::string pin(std::string_view layer, const Place& place);
[[nodiscard]] std::string open(std::string_view layer, Index channel);
[[nodiscard]] std::string channel(Index channel);
[[nodiscard]] std::string weight(std::string_view tensor, Index element);
[[nodiscard]] std::string offer(Offer offer, int type);
[[nodiscard]] std::string look_from(const Outlook& outlook);
using models::commands::with;
}  // namespace commands

}  // namespace convoscope::models::inspect
