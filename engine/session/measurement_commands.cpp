// What the machine can do, measured by the engine itself.

#include <algorithm>
#include <string>
#include <utility>

#include "engine/kernels/multiply_add.h"
#include "engine/measurement/multiply_add_rate.h"
#include "engine/session/session_core.h"

namespace convoscope {

/// On the training's own threads; between two batches, so that nothing else computes.
Session::Core::Handled Session::Core::roofline(CommandReader& reader, const Json& id) {
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    if (!trainer_) {
        return Error{"there is no network; expected configure first"};
    }
    roofline_id_ = id;
    return Answer::later;
}

void Session::Core::measure_roofline() {
    const Json id = std::exchange(roofline_id_, std::nullopt).value();
    const MultiplyAddRate rate =
        measure_multiply_add_rate(trainer_->pool(), options_.clock_seconds);
    send({{"event", "roofline"},
          {"threads", rate.threads},
          {"gigaflops_one_thread", rate.one_thread},
          {"gigaflops", rate.all_threads}});
    send_done(id);
}

/// In a session of its own: nothing else is to compute, and threads are few in a browser.
Session::Core::Handled Session::Core::compare_convolutions(CommandReader& reader, const Json& id) {
    const std::string name = reader.text("convolution");
    const auto known = compared_convolutions();
    const auto convolution = std::ranges::find(known, name, &ComparedConvolution::name);
    if (convolution == known.end()) {
        reader.refuse("convolution", "\"lenet5\", \"resnet20\" or \"vgg\"");
    }
    const Index threads = reader.integer("threads", 0, 0, options_.max_threads);
    const bool scalar = reader.boolean("scalar", true);
    const bool check = reader.boolean("check", true);
    if (const Status read = reader.finish(); !read) {
        return read.error();
    }
    if (trainer_) {
        return Error{"a network is configured; expected a session without one"};
    }
    if (comparison_) {
        return Error{"convolutions are being compared already"};
    }
    comparison_ = std::make_unique<ConvolutionComparison>(
        *convolution,
        ConvolutionComparison::Options{
            .threads = threads == 0 ? options_.max_threads : static_cast<int>(threads),
            .scalar = scalar,
            .check = check},
        options_.clock_seconds);
    comparison_id_ = id;
    return Answer::later;
}

void Session::Core::compare_slice() {
    if (!comparison_->run_next()) {
        send_convolutions();
        comparison_.reset();
        send_done(std::exchange(comparison_id_, Json()));
    }
}

void Session::Core::send_convolutions() {
    const ComparedConvolution& convolution = comparison_->convolution();
    const kernels::Conv2dGeometry geometry = convolution.geometry();
    Json runs = Json::array();
    for (const ConvolutionRun& run : comparison_->runs()) {
        Json entry{{"way", name_of(run.way)}, {"threads", run.threads}, {"seconds", run.seconds}};
        if (run.agreement) {
            entry["greatest_difference"] = run.agreement->greatest_difference;
            entry["bound"] = run.agreement->bound;
        }
        if (run.identical) {
            entry["identical"] = *run.identical;
        }
        runs.push_back(std::move(entry));
    }
    send({{"event", "convolutions"},
          {"convolution", convolution.name},
          {"input_shape", geometry.input.dimensions()},
          {"output_shape", geometry.output.dimensions()},
          {"kernel_size", convolution.kernel_size},
          {"images", convolution.images},
          {"operations", convolution.operations()},
          {"terms", geometry.weights_per_output()},
          {"fused", kernels::multiply_add_is_fused()},
          {"runs", std::move(runs)}});
}

}  // namespace convoscope
