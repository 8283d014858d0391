#include "engine/session/checkpoint.h"

#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "engine/exchange/weights.h"
#include "engine/json/strict_json.h"
#include "engine/session/command_reader.h"
#include "engine/session/training_options.h"

namespace convoscope {
namespace {

using nlohmann::json;

constexpr const char* kFormat = "convoscope-checkpoint/1";
constexpr const char* kRecord = "convoscope";  // its place in `__metadata__`
constexpr const char* kFile = "checkpoint";
constexpr const char* kOptimizer = "optimizer.";
constexpr double kMostLoss = 1e300;

/// Not a number has no JSON: null stands for it.
json number_or_null(double number) {
    return std::isfinite(number) ? json(number) : json();
}

std::string state_name(std::size_t state, const std::string& parameter) {
    return kOptimizer + std::string(state == 0 ? "first." : "second.") + parameter;
}

json record_json(const CheckpointRecord& record) {
    return {{"format", kFormat},
            {"configure", record.configure},
            {"data", record.data},
            {"step", record.step},
            {"optimizer_steps", record.optimizer_steps},
            {"sampler", {{"epoch", record.sampler.epoch}, {"image", record.sampler.image}}},
            {"evaluation_due", record.evaluation_due},
            {"early_stopping",
             {{"best", number_or_null(record.early_stopping.best)},
              {"best_epoch", record.early_stopping.best_epoch},
              {"waited", record.early_stopping.waited}}},
            {"curve",
             {{"stretch", record.curve.stretch},
              {"losses", record.curve.losses},
              {"accuracies", record.curve.accuracies},
              {"loss_sum", record.curve.loss_sum},
              {"accuracy_sum", record.curve.accuracy_sum},
              {"steps", record.curve.steps}}},
            {"evaluations", record.evaluations}};
}

Status read_record(const json& text, CheckpointRecord& record) {
    CommandReader reader(text);
    if (reader.text("format") != kFormat) {
        reader.refuse("format", std::string("\"") + kFormat + "\"");
    }
    record.configure = reader.object("configure");
    if (!record.configure.is_object()) {
        reader.refuse("configure", "an object");
    }
    record.data = reader.object("data");
    record.step = reader.integer("step", 0, 0, kMostSteps);
    record.optimizer_steps = reader.integer("optimizer_steps", 0, 0, kMostSteps);
    reader.nested("sampler", [&](CommandReader& fields) {
        record.sampler.epoch = fields.integer("epoch", 0, 0, kMostSteps);
        record.sampler.image = fields.integer("image", 0, 0, kMostSteps);
    });
    record.evaluation_due = reader.boolean("evaluation_due", false);
    reader.nested("early_stopping", [&](CommandReader& fields) {
        if (fields.given("best")) {
            record.early_stopping.best = fields.number("best", 0.0, -kMostLoss, kMostLoss);
        }
        record.early_stopping.best_epoch = fields.integer("best_epoch", 0, 0, kMostSteps);
        record.early_stopping.waited = fields.integer("waited", 0, 0, kMostSteps);
    });
    reader.nested("curve", [&](CommandReader& fields) {
        record.curve.stretch = fields.integer("stretch", 1, 1, kMostSteps);
        record.curve.losses = fields.numbers("losses");
        record.curve.accuracies = fields.numbers("accuracies");
        record.curve.loss_sum = fields.number("loss_sum", 0.0, -kMostLoss, kMostLoss);
        record.curve.accuracy_sum = fields.number("accuracy_sum", 0.0, -kMostLoss, kMostLoss);
        record.curve.steps = fields.integer("steps", 0, 0, kMostSteps);
    });
    record.evaluations = reader.array("evaluations");
    return reader.finish();
}

}  // namespace

json data_identity(const Dataset& dataset) {
    return {{"name", dataset.manifest().name},
            {"input", dataset.input().dimensions()},
            {"classes", dataset.manifest().classes},
            {"train_images", dataset.count(Split::train)}};
}

std::vector<std::byte> write_checkpoint(const CheckpointRecord& record,
                                        const Network& network,
                                        const TrainingState& state) {
    std::vector<Tensor> tensors = network_tensors(network);
    for (std::size_t n = 0; n < state.optimizer_state.values.size(); ++n) {
        const std::vector<float>& values = state.optimizer_state.values[n];
        for (const NamedParameter& parameter : network.named_parameters()) {
            if (!values.empty()) {
                tensors.push_back(float_tensor(state_name(n, parameter.name),
                                               parameter.shape,
                                               network.to_pytorch_order(parameter, values)));
            }
        }
    }
    const std::string text =
        record_json(record).dump(-1, ' ', false, json::error_handler_t::replace);
    return write_safetensors(tensors, {{kRecord, text}});
}

Result<CheckpointFile> read_checkpoint(std::span<const std::byte> bytes) {
    Result<std::vector<Tensor>> tensors = read_safetensors(bytes, kFile);
    if (!tensors) {
        return tensors.error();
    }
    const auto metadata = read_safetensors_metadata(bytes, kFile);
    if (!metadata) {
        return metadata.error();
    }
    const auto text = metadata->find(kRecord);
    if (text == metadata->end()) {
        return Error{
            "checkpoint: it has weights but no record of a training; expected a file that "
            "save made"};
    }
    const Result<json> record = parse_strict_json(text->second);
    if (!record || !record->is_object()) {
        return Error{"checkpoint: its record is not a JSON object"};
    }
    CheckpointFile file;
    if (const Status read = read_record(*record, file.record); !read) {
        return Error{"checkpoint: " + read.error().message};
    }
    for (Tensor& tensor : *tensors) {
        const bool state = tensor.name.starts_with(std::string(kOptimizer) + "first.") ||
                           tensor.name.starts_with(std::string(kOptimizer) + "second.");
        (state ? file.optimizer : file.network).push_back(std::move(tensor));
    }
    return file;
}

Result<TrainingState> load_checkpoint(const CheckpointFile& file,
                                      OptimizerType optimizer,
                                      Network& network) {
    if (const Status loaded = load_tensors(file.network, kFile, network); !loaded) {
        return loaded.error();
    }
    TrainingState state;
    state.parameters.assign(network.parameters().begin(), network.parameters().end());
    state.buffers.assign(network.buffers().begin(), network.buffers().end());
    state.optimizer = optimizer;
    state.steps = file.record.step;
    state.optimizer_state.steps = file.record.optimizer_steps;
    const auto states = static_cast<std::size_t>(optimizer_state_count(optimizer));
    std::size_t used = 0;
    for (std::size_t n = 0; n < states; ++n) {
        std::vector<float>& values = state.optimizer_state.values[n];
        values.assign(state.parameters.size(), 0.0F);
        for (const NamedParameter& parameter : network.named_parameters()) {
            const std::string name = state_name(n, parameter.name);
            const Tensor* tensor = find_tensor(file.optimizer, name);
            if (tensor == nullptr || tensor->type != TensorType::f32 ||
                tensor->shape != parameter.shape) {
                return Error{"checkpoint: tensor \"" + name +
                             "\" is missing or wrong; expected F32 shaped as \"" + parameter.name +
                             "\""};
            }
            network.from_pytorch_order(parameter, tensor->floats, values);
            ++used;
        }
    }
    if (used != file.optimizer.size()) {
        return Error{"checkpoint: it has " + std::to_string(file.optimizer.size()) +
                     " tensors of the optimiser's state; expected " + std::to_string(used)};
    }
    return state;
}

}  // namespace convoscope
