#include "web/rooms/inspect/inspect_context.h"

#include <algorithm>

#include "web/widgets/progress_bar.h"
#include "web/widgets/scales.h"

namespace convoscope::rooms::inspect {

using namespace widgets;

const std::string& Context::stage_name(Index stage) const {
    return room().network.layers[at(room().stages[at(stage)].base())].name;
}

std::string Context::value_name(Index value) const {
    const Index stage = stage_of_value(value);
    return stage >= 0 ? stage_name(stage) : "the input";
}

const models::CapturedTensor* Context::shown(Index stage) const {
    const model::Values values(room().network, train().snapshot);
    const Index value = stage < 0 ? 0 : room().stages[at(stage)].shown + 1;
    return room().backward() ? values.gradient(value) : values.value(value);
}

Index Context::stage_of_value(Index value) const {
    const auto found = std::ranges::find_if(room().stages, [&](const model::Stage& stage) {
        return std::ranges::find(stage.layers, value - 1) != stage.layers.end();
    });
    return found == room().stages.end() ? Index{-1} : found - room().stages.begin();
}

ImageRef Context::input_image() const {
    switch (room().source) {
        case model::Source::drawing:
            return pictures.digit();
        case model::Source::own:
        case model::Source::camera:
            return pictures.own();
        case model::Source::picture:
            break;
    }
    const auto& offered = train().test_pictures.indices;
    const auto found = std::ranges::find(offered, room().picture);
    if (room().split == "test" && found != offered.end()) {
        return pictures.picture(static_cast<std::size_t>(found - offered.begin()));
    }
    return room().own.picture.indices == std::vector{room().picture} ? pictures.own() : ImageRef{};
}

std::string place_text(const model::Place& place, bool flat) {
    return flat ? "number " + std::to_string(place.channel)
                : "map " + std::to_string(place.channel) + ", row " + std::to_string(place.row) +
                      ", column " + std::to_string(place.column);
}

void ghost(Context& context, Rect rect, const std::string& sentence) {
    Canvas canvas = context.ui.canvas();
    canvas.dashed_outline(rect, context.theme().line2);
    canvas.paragraph({rect.x + space::k16, rect.y + space::k24},
                     rect.w - 2 * space::k16,
                     sentence,
                     FontStyle::kSmall,
                     context.theme().t3,
                     space::k20);
}

void awaited(Context& context, model::Why why, Rect track) {
    const std::string id = std::string("inspect.why.progress.") + model::name_of(why);
    progress_bar(context.ui,
                 id.c_str(),
                 "The engine is at work",
                 static_cast<float>(context.room().explanations.of(why).progress),
                 track);
}

Color colour_of(const Context& context, const StageMaps& maps, float value) {
    return maps.is_signed ? diverging(context.theme(), value, maps.greatest_of_all)
                          : sequential(context.theme(), value, maps.greatest_of_all);
}

}  // namespace convoscope::rooms::inspect
