// What the machine can do, measured by the engine itself.

#include <utility>

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

}  // namespace convoscope
