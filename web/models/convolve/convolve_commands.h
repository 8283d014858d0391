#pragma once

#include <string>
#include <string_view>

#include "web/models/convolve/convolve_model.h"
#include "web/models/convolve/playback_commands.h"
#include "web/models/room_commands.h"

namespace convoscope::models::convolve {

/// Carries out a command whose name begins with "convolve_":
///
///     convolve_set       {parameter, value, axes?: both | height | width}
///     convolve_bias      {value}: the filter's        convolve_link_axes    {on}
///     convolve_select    {filter?, channel?}
///     convolve_operation {operation}                  convolve_padding_mode {mode}
///     convolve_turn      {on}: the kernel by 180°     convolve_repair       {repair: 0 to 2}
///     convolve_case      {name}                       convolve_picture, convolve_kernel {name}
///     convolve_pixels    {values}: the input's, row by row, as many as it has cells
///     convolve_paint     {grid: input | kernel | error | target, row, column, value}: in the plane
///                        in front
///     convolve_direction {direction: forward | backward}
///     convolve_lens      {lens: window | matrix | im2col | volumes}
///     convolve_look      {yaw?, pitch?: degrees, zoom?} at the volumes, or {reset}
///     convolve_learn     {on}: the filter learns; then convolve_kernel chooses the hidden kernel,
///                        convolve_play lets it run, and of its own are
///     convolve_rate      {value}                      convolve_descend      {count}: steps
///     convolve_again     {}: with other weights
///     convolve_way       {value: from 0, direct, to 1, transposed}
///     convolve_error     {choice: ones | one | painted}, or {row, column}: all of it there
///     convolve_tool      {tool: inspect | paint}      convolve_brush        {value}
///     convolve_step      {to} or {by}, {at_once?}     convolve_play         {on}
///     convolve_speed     {speed: 0 jumps}             convolve_order        {order}
///     convolve_loop      {on}                         convolve_view         {view}
///     convolve_scene     {scene: cells | picture}
///     convolve_aside     {aside: formula | …}        convolve_tell         {axis}
///     convolve_compare   {input, kernel, stride?, padding?, dilation?}: what the conventions make
///                        of these numbers, as the state's `compared`; the room stays as it is
///     convolve_open      {parameter}: the phone's slider
///     convolve_point, convolve_pin {kind: none | grid | weight | output, row, column}
[[nodiscard]] Answer carry_out(Model& model, const Json& command);

// The same commands as JSON, for views.
namespace commands {
[[nodiscard]] std::string set(Parameter parameter, Axes axes, Index value);
[[nodiscard]] std::string point(const Target& target);
[[nodiscard]] std::string pin(const Target& target);
[[nodiscard]] std::string look_from(const Outlook& outlook);
[[nodiscard]] std::string place_error(CellPlace output);
enum class Painted { input, kernel, error, target };
[[nodiscard]] std::string paint(Painted grid, CellPlace place, double value);
using models::commands::with;
}  // namespace commands

}  // namespace convoscope::models::convolve
