#include "web/models/inspect/inspect_json.h"

namespace convoscope::models::inspect {
namespace {

Json json_of(const Patch& patch) {
    return {{"value", patch.value},
            {"channel", patch.channel},
            {"rows", patch.rows},
            {"columns", patch.columns},
            {"top", patch.top},
            {"left", patch.left},
            {"inputs", patch.inputs},
            {"outside", patch.outside},
            {"weights", patch.weights},
            {"sum", patch.sum}};
}

Json json_of(const Model& model, const Neuron& neuron) {
    Json patches = Json::array();
    for (const Patch& patch : neuron.patches) {
        patches.push_back(json_of(patch));
    }
    Json steps = Json::array();
    for (const Step& step : neuron.steps) {
        steps.push_back({{"layer", step.layer},
                         {"type", step.type},
                         {"formula", step.formula},
                         {"after", step.after}});
    }
    Json json{{"layer", model.network.layers[at(model.stages[at(neuron.stage)].base())].name},
              {"channel", neuron.place.channel},
              {"row", neuron.place.row},
              {"column", neuron.place.column},
              {"rule", name_of(neuron.rule)},
              {"patches", std::move(patches)},
              {"sum", neuron.sum},
              {"divisor", neuron.divisor},
              {"winner", neuron.winner},
              {"base", neuron.base},
              {"engine_base", neuron.engine_base},
              {"steps", std::move(steps)},
              {"value", neuron.value}};
    if (neuron.bias) {
        json["bias"] = *neuron.bias;
    }
    if (const auto box = model.field(neuron)) {
        json["field"] = {box->top, box->left, box->bottom, box->right};
    }
    return json;
}

/// What was found, without the numbers of pictures.
Json json_of(const Explanation& answer) {
    Json images = Json::array();
    for (const FoundImage& image : answer.images) {
        images.push_back({{"index", image.index},
                          {"label", image.label},
                          {"figure", image.figure},
                          {"row", image.row},
                          {"column", image.column}});
    }
    Json json{{"found", answer.found()},
              {"step", answer.step},
              {"class", answer.type},
              {"score", answer.score},
              {"layer", answer.layer},
              {"before", answer.before},
              {"after", answer.after},
              {"points", answer.labels.size()},
              {"images", std::move(images)}};
    if (const CapturedTensor* map = answer.find("map")) {
        json["map"] = map->values;
    }
    return json;
}

}  // namespace

Json json_of(const Model& model, const std::vector<CapturedTensor>& snapshot) {
    Json stages = Json::array();
    for (const Stage& stage : model.stages) {
        stages.push_back(model.network.layers[at(stage.base())].name);
    }
    Json json{{"source", model.source == Source::drawing ? "drawing" : "picture"},
              {"picture", model.picture},
              {"strokes", model.pad.strokes().size()},
              {"scale", name_of(model.scale)},
              {"scene", name_of(model.scene)},
              {"target", model.target},
              {"untrained", model.untrained},
              {"pinned", model.pinned.has_value()},
              {"stages", std::move(stages)},
              {"own_image", model.own_image()}};
    if (model.scene == Scene::why) {
        for (std::size_t i = 0; i < kWhys; ++i) {
            const auto why = static_cast<Why>(i);
            json["why"][name_of(why)] = json_of(model.explanations.of(why));
        }
    }
    if (const auto neuron = model.neuron(snapshot)) {
        json["neuron"] = json_of(model, *neuron);
    }
    return json;
}

}  // namespace convoscope::models::inspect
