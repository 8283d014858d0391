#pragma once

#include <string_view>

namespace convoscope::render {

/// The texts of shaders/, embedded by the build.
extern const std::string_view kBoxVertex;
extern const std::string_view kBoxFragment;
extern const std::string_view kHeatMapVertex;
extern const std::string_view kHeatMapFragment;
extern const std::string_view kInterfaceVertex;
extern const std::string_view kInterfaceFragment;

}  // namespace convoscope::render
