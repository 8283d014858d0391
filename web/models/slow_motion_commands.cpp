#include "web/models/slow_motion_commands.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "web/models/command_table.h"
#include "web/models/name_table.h"
#include "web/models/settings_json.h"

namespace convoscope::models {
namespace {

constexpr NameTable<kStepStages> kStages{"batch", "forward", "loss", "backward", "update"};

struct Slow {
    SlowMotion& motion;
    std::vector<std::string>& for_engine;

    void ask(std::string command) {
        if (!command.empty()) {
            for_engine.push_back(std::move(command));
        }
    }
};

std::string show(Slow& slow, const Json& command) {
    if (is_true(command, "open")) {
        slow.ask(slow.motion.show());
    } else {
        slow.motion.hide();
    }
    return {};
}

std::string next(Slow& slow, const Json&) {
    slow.ask(slow.motion.next());
    return {};
}

std::string back(Slow& slow, const Json&) {
    slow.motion.back();
    return {};
}

std::string go_to(Slow& slow, const Json& command) {
    StepStage stage = StepStage::batch;
    if (!read_name_in(kStages, text_of(command, "stage"), stage)) {
        return "a step has the stages batch, forward, loss, backward and update";
    }
    slow.motion.go_to(stage);
    return {};
}

std::string ramp(Slow& slow, const Json& command) {
    slow.motion.ramp(is_true(command, "on"));
    return {};
}

std::string look_at(Slow& slow, const Json& command) {
    const auto picture = static_cast<std::size_t>(integer_of(command, "picture", -1));
    if (!slow.motion.step || picture >= slow.motion.step->images.size()) {
        return "there is no such picture in the batch";
    }
    slow.motion.picture = picture;
    return {};
}

using Act = std::string (*)(Slow& slow, const Json& command);

constexpr std::array<std::pair<std::string_view, Act>, 6> kActs{{
    {"show_slow_motion", show},
    {"slow_next", next},
    {"slow_back", back},
    {"slow_stage", go_to},
    {"slow_ramp", ramp},
    {"slow_picture", look_at},
}};

std::vector<StepPicture> pictures_of(const Json& event) {
    std::vector<StepPicture> pictures;
    for (const Json& image : member_of(event, "images")) {
        if (image.is_object()) {
            pictures.push_back({.label = small_of(image, "label"),
                                .probabilities = numbers_of<float>(image, "probabilities"),
                                .loss = number_of(image, "loss")});
        }
    }
    return pictures;
}

std::optional<double> optional_number(const Json& json, const char* name) {
    return member_of(json, name).is_number() ? std::optional(number_of(json, name)) : std::nullopt;
}

std::vector<StepLayer> layers_of(const Json& event) {
    std::vector<StepLayer> layers;
    for (const Json& layer : member_of(event, "layers")) {
        if (layer.is_object()) {
            layers.push_back({.name = text_of(layer, "name"),
                              .output_norm = number_of(layer, "output_norm"),
                              .gradient_norm = optional_number(layer, "gradient_norm"),
                              .update_norm = optional_number(layer, "update_norm")});
        }
    }
    return layers;
}

std::array<double, 2> pair_of(const Json& json, const char* name) {
    const std::vector<double> numbers = numbers_of<double>(json, name);
    return numbers.size() == 2 ? std::array{numbers[0], numbers[1]} : std::array{0.0, 0.0};
}

StepWeight weight_of(const Json& json) {
    return {.parameter = text_of(json, "parameter"),
            .shape = numbers_of<std::int64_t>(json, "shape"),
            .place = integer_of(json, "place"),
            .before = number_of(json, "before"),
            .gradient = number_of(json, "gradient"),
            .after = number_of(json, "after"),
            .state_before = pair_of(json, "state_before"),
            .state_after = pair_of(json, "state_after"),
            .optimizer_steps = integer_of(json, "optimizer_steps")};
}

/// The batch's pictures; none when their bytes do not fit.
Pictures shown_of(const Json& event, std::span<const std::byte> payload, std::size_t count) {
    const auto shape = numbers_of<int>(event, "shape");
    if (shape.size() != 3) {
        return {};
    }
    Pictures pictures{.split = "train",
                      .indices = std::vector<std::int64_t>(count, 0),
                      .labels = std::vector<int>(count, 0),
                      .channels = shape[0],
                      .height = shape[1],
                      .width = shape[2],
                      .pixels = {}};
    for (const std::byte byte : payload) {
        pictures.pixels.push_back(std::to_integer<std::uint8_t>(byte));
    }
    return pictures.pixels.size() == count * pictures.picture_size() ? pictures : Pictures{};
}

}  // namespace

const char* name_of(StepStage stage) {
    return name_in(kStages, stage);
}

Answer carry_out_on_slow_motion(SlowMotion& slow,
                                const Json& command,
                                std::vector<std::string>& for_engine) {
    Slow acting{slow, for_engine};
    return carry_out_by(kActs, acting, command);
}

void take_dissected(SlowMotion& slow, const Json& event, std::span<const std::byte> payload) {
    TakenApart step{.step = integer_of(event, "step"),
                    .loss = number_of(event, "loss"),
                    .optimizer = {},
                    .images = pictures_of(event),
                    .layers = layers_of(event),
                    .weight = weight_of(member_of(event, "weight"))};
    RunSettings settings;
    read_settings(event, settings);
    step.optimizer = settings.optimizer;
    Pictures pictures = shown_of(event, payload, step.images.size());
    slow.take(std::move(step), std::move(pictures));
}

Json json_of(const SlowMotion& slow) {
    Json json{{"open", slow.open},
              {"stage", name_of(slow.stage())},
              {"ramping", slow.ramping()},
              {"waits", slow.waits()}};
    if (slow.step) {
        Json losses = Json::array();
        for (const StepPicture& picture : slow.step->images) {
            losses.push_back(picture.loss);
        }
        json["step"] = slow.step->step;
        json["loss"] = slow.step->loss;
        json["losses"] = losses;
        json["weight"] = {{"name", slow.step->weight.text()},
                          {"before", slow.step->weight.before},
                          {"after", slow.step->weight.after}};
    }
    return json;
}

}  // namespace convoscope::models
