#pragma once

#include "cli/arguments.h"
#include "engine/core/result.h"

/// One function a subcommand; the error becomes the one line on standard error.
namespace convoscope::cli {

[[nodiscard]] Status summary_command(Arguments& arguments);
[[nodiscard]] Status run_command(Arguments& arguments);
[[nodiscard]] Status train_command(Arguments& arguments);
[[nodiscard]] Status evaluate_command(Arguments& arguments);
[[nodiscard]] Status export_command(Arguments& arguments);
[[nodiscard]] Status bench_command(Arguments& arguments);

}  // namespace convoscope::cli
