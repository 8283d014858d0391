#include "web/models/own/own_choice.h"

#include "web/models/json_reading.h"

namespace convoscope::models::own {
namespace {

constexpr std::size_t kFew = 400;  // pictures
constexpr int kBatchOfFew = 8;
constexpr int kEpochsOfFew = 40;

/// The data set of the site whose pictures have the same shape.
std::string_view likeness_of_kind(Kind kind) {
    return kind == Kind::grey ? "mnist" : "cifar10";
}

}  // namespace

bool fits(const NetworkChoice& network, const RunSettings& settings, Kind kind) {
    return network.data ==
           (settings.data == kOwnData ? likeness_of_kind(kind) : likeness_of(settings.data));
}

void fit_network(RunSettings& settings, Kind kind) {
    const NetworkChoice* network = find_network(settings.network);
    if (settings.data == kOwnData &&
        (network == nullptr || network->of_experiment || !fits(*network, settings, kind))) {
        settings.network = first_network_of(likeness_of_kind(kind)).id;
    }
}

void use(RunSettings& settings, const Model& model) {
    const bool comes_from_another = settings.data != kOwnData;
    settings.data = kOwnData;
    fit_network(settings, model.kind());
    if (comes_from_another && model.count() < kFew) {
        settings.batch_size = kBatchOfFew;
        settings.epochs = kEpochsOfFew;
    }
}

void leave(RunSettings& settings) {
    const RunSettings usual;
    if (settings.batch_size == kBatchOfFew && settings.epochs == kEpochsOfFew) {
        settings.batch_size = usual.batch_size;
        settings.epochs = usual.epochs;
    }
}

std::string network_with_outputs(std::string_view network_file, std::size_t classes) {
    Json network = Json::parse(network_file, nullptr, false);
    Json& layers = network["layers"];
    for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
        if (text_of(*layer, "type") == "linear") {
            (*layer)["out_features"] = classes;
            break;
        }
    }
    return network.dump();
}

}  // namespace convoscope::models::own
