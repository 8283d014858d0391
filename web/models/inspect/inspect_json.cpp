#include "web/models/inspect/inspect_json.h"

#include "web/models/json_reading.h"

namespace convoscope::models::inspect {
namespace {

Json json_of(const Patch& patch) {
    const PatchWindow window = patch.window();
    return {{"value", patch.value},
            {"channel", patch.channel},
            {"rows", patch.rows},
            {"columns", patch.columns},
            {"top", window.top},
            {"left", window.left},
            {"inputs", patch.inputs},
            {"outside", patch.outside},
            {"weights", patch.weights},
            {"sum", patch.sum}};
}

Json json_of(const std::vector<Patch>& patches) {
    Json json = Json::array();
    for (const Patch& patch : patches) {
        json.push_back(json_of(patch));
    }
    return json;
}

Json json_of(const GradientSum& gradient) {
    Json steps = Json::array();
    for (const BackStep& step : gradient.steps) {
        steps.push_back({{"layer", step.layer}, {"formula", step.formula}, {"after", step.after}});
    }
    Json json{{"tensor", gradient.tensor},
              {"element", gradient.element},
              {"patches", json_of(gradient.patches)},
              {"whole", gradient.whole},
              {"sum", gradient.sum},
              {"engine", gradient.engine},
              {"number", gradient.number},
              {"steps", std::move(steps)}};
    if (gradient.end) {
        json["probability"] = gradient.end->probability;
        json["truth"] = gradient.end->truth;
    }
    return json;
}

Json json_of(const Difference& checked) {
    return {{"tensor", checked.tensor},
            {"element", checked.element},
            {"gradient", checked.gradient},
            {"slope", checked.slope},
            {"rounding", checked.rounding},
            {"agreement", name_of(agreement_of(checked))},
            {"kink", checked.kink}};
}

Json json_of(const Model& model, const Neuron& neuron) {
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
              {"patches", json_of(neuron.patches)},
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

Json json_of(const Softmax& softmax) {
    return {{"class", softmax.type},
            {"greatest", softmax.greatest},
            {"scores", softmax.scores},
            {"exponentials", softmax.exponentials},
            {"sum", softmax.sum},
            {"probability", softmax.probability}};
}

Json json_of(const MapSum& sum) {
    Json parts = Json::array();
    for (const MapPart& part : sum.parts) {
        parts.push_back({{"value", part.value},
                         {"channel", part.channel},
                         {"weights", part.weights},
                         {"first_weight", part.first_weight},
                         {"map", part.map}});
    }
    Json json{{"rule", name_of(sum.rule)},
              {"height", sum.height},
              {"width", sum.width},
              {"parts", std::move(parts)},
              {"total", sum.total},
              {"difference", sum.difference}};
    if (sum.bias) {
        json["bias"] = *sum.bias;
    }
    return json;
}

/// The layer that is opened; with its map's parts, and the engine's numbers beside their sum.
Json json_of_opened(const Model& model, const std::vector<CapturedTensor>& snapshot) {
    Json json{{"layer", model.opened->name}, {"channel", model.opened->channel}};
    if (const auto sum = model.opened_map(snapshot)) {
        json["sum"] = json_of(*sum);
        const Values values(model.network, snapshot);
        const Index plane = sum->height * sum->width;
        const auto engine = values.value(model.stages[at(sum->stage)].base() + 1)->values.begin() +
                            sum->channel * plane;
        json["engine"] = std::vector<float>(engine, engine + plane);
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

Json json_of(const Model& model, const std::vector<CapturedTensor>& snapshot, int type) {
    Json stages = Json::array();
    for (const Stage& stage : model.stages) {
        stages.push_back(model.network.layers[at(stage.base())].name);
    }
    Json json{{"source", name_of(model.source)},
              {"picture", model.picture},
              {"split", model.split},
              {"strokes", model.pad.strokes().size()},
              {"scale", name_of(model.scale)},
              {"scene", name_of(model.scene)},
              {"target", model.target},
              {"offer", name_of(model.offer)},
              {"direction", name_of(model.direction)},
              {"question", name_of(model.question)},
              {"class", type},
              {"outlook",
               {{"yaw", model.outlook.yaw},
                {"pitch", model.outlook.pitch},
                {"zoom", model.outlook.zoom}}},
              {"untrained", model.untrained},
              {"pinned", model.pinned.has_value()},
              {"stages", std::move(stages)},
              {"own_image", model.own_image()}};
    if (model.opened_stage()) {
        json["opened"] = json_of_opened(model, snapshot);
    }
    if (model.scene == Scene::why) {
        for (std::size_t i = 0; i < kWhys; ++i) {
            const auto why = static_cast<Why>(i);
            json["why"][name_of(why)] = json_of(model.explanations.of(why));
        }
    }
    if (const auto neuron = model.neuron(snapshot)) {
        json["neuron"] = json_of(model, *neuron);
        if (const auto softmax = model.softmax(*neuron, snapshot)) {
            json["softmax"] = json_of(*softmax);
        }
    }
    if (model.backward()) {
        if (const auto gradient = model.gradient(snapshot, type)) {
            json["gradient"] = json_of(*gradient);
        }
        if (model.checked) {
            json["checked"] = json_of(*model.checked);
        }
    }
    return json;
}

}  // namespace convoscope::models::inspect
