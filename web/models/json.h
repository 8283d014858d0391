#pragma once

#include <nlohmann/json_fwd.hpp>

namespace convoscope::models {

/// Named here only: what reads or writes it includes json_reading.h, and views need not.
using Json = nlohmann::json;

}  // namespace convoscope::models
