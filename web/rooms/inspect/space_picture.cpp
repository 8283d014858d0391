#include "web/rooms/inspect/space_picture.h"

#include "web/rooms/inspect/space_stage.h"

namespace convoscope::rooms::inspect {

void SpacePicture::create() {
    static_cast<void>(boxes_.create());
}

void SpacePicture::abandon() {
    boxes_.abandon();
}

void SpacePicture::draw(Context& context, widgets::Rect area) {
    const model::Model& room = context.room();
    const Made now{.network = room.network_revision,
                   .snapshot = context.train().snapshot_revision,
                   .scale = room.scale,
                   .direction = room.direction,
                   .whole = true};
    if (made_ != now) {
        made_ = now;
        scene_ = space_scene(context);
    }
    draw_space_stage(context, scene_, boxes_, area);
}

}  // namespace convoscope::rooms::inspect
