#include "web/models/weights_file.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "engine/exchange/weights.h"
#include "engine/network/network.h"
#include "engine/network/network_file.h"
#include "web/models/app_state.h"
#include "web/models/commands.h"
#include "web/models/network_choice.h"
#include "web/models/own/own_choice.h"
#include "web/models/ready_weights.h"

using namespace convoscope::models;

namespace {

/// The state_dict of a network, with what PyTorch counts beside it.
WeightsFile file_of(std::string_view network_text) {
    auto spec = convoscope::parse_network_file(network_text);
    REQUIRE(spec.ok());
    const auto network = convoscope::Network::build(std::move(*spec));
    REQUIRE(network.ok());
    WeightsFile file{.name = "model.safetensors", .tensors = {}};
    for (const convoscope::Tensor& tensor : convoscope::network_tensors(**network)) {
        file.tensors.push_back({tensor.name, {tensor.shape.begin(), tensor.shape.end()}});
    }
    file.tensors.push_back({"bn1.num_batches_tracked", {}});
    return file;
}

using Shapes = std::map<std::string, std::vector<std::int64_t>>;

Shapes shapes_of(const WeightsFile& file) {
    Shapes shapes;
    for (const WeightsFile::Tensor& tensor : file.tensors) {
        shapes[tensor.name] = tensor.shape;
    }
    return shapes;
}

TrainModel with_lenet5() {
    TrainModel train;
    train.network_file = network_file("lenet5");
    train.network.name = "LeNet-5";
    return train;
}

}  // namespace

TEST_CASE("weights file: the weights of every network find a network with exactly these tensors") {
    for (const NetworkChoice& choice : network_choices()) {
        CAPTURE(choice.id);
        const WeightsFile file = file_of(network_file(choice.id));
        const auto settings = settings_for(with_lenet5(), file);
        REQUIRE(settings.has_value());
        CHECK(settings->data == choice.data);
        CHECK(shapes_of(file_of(network_file(settings->network))) == shapes_of(file));
    }
}

TEST_CASE("weights file: the present network and data set are the first choice") {
    TrainModel train = with_lenet5();
    train.settings.data = "own";
    train.network_file = own::network_with_outputs(network_file("lenet5"), 3);
    train.settings.batch_size = 8;
    train.settings.epochs = 40;
    const auto own = settings_for(train, file_of(train.network_file));
    REQUIRE(own.has_value());
    CHECK(*own == train.settings);
    const auto digits = settings_for(train, file_of(network_file("lenet5")));
    REQUIRE(digits.has_value());
    CHECK(digits->data == "mnist");
    CHECK(digits->batch_size == RunSettings().batch_size);
}

TEST_CASE("weights file: four outputs are those of shapes") {
    const auto settings =
        settings_for(with_lenet5(), file_of(network_for_data("lenet1", "shapes")));
    REQUIRE(settings.has_value());
    CHECK(settings->data == "shapes");
    CHECK(settings->network == "lenet1");
}

TEST_CASE(
    "weights file: a tensor too many, one too few or another shape fits nothing, and is named") {
    const WeightsFile whole = file_of(network_file("lenet5"));
    WeightsFile more = whole;
    more.tensors.push_back({"conv9.weight", {1, 1, 1, 1}});
    WeightsFile fewer = whole;
    fewer.tensors.erase(fewer.tensors.begin());
    WeightsFile other = whole;
    other.tensors[0].shape = {6, 1, 3, 3};
    for (const WeightsFile& file : {more, fewer, other}) {
        CHECK_FALSE(settings_for(with_lenet5(), file).has_value());
    }
    CHECK(misfit_text(with_lenet5(), fewer) ==
          "model.safetensors fits none of the networks here. LeNet-5 wants conv1.weight with 6 × "
          "any × 5 × 5 numbers; the file has none of that name. Nothing has changed.");
    CHECK(misfit_text(with_lenet5(), other).find("the file has 6 × 1 × 3 × 3.") !=
          std::string::npos);
    CHECK(misfit_text(with_lenet5(), more).find("LeNet-5 has no conv9.weight") !=
          std::string::npos);
    CHECK_FALSE(settings_for(with_lenet5(), {}).has_value());
}

TEST_CASE("weights file: events are told apart") {
    CHECK_FALSE(read_weights_file(R"({"event":"metrics"})").has_value());
    const auto file = read_weights_file(
        R"({"event":"weights_file","name":"a","tensors":[{"name":"w","shape":[2,3]},7]})");
    REQUIRE(file.has_value());
    CHECK(file->tensors.size() == 1);
    CHECK(file->tensors[0].shape == std::vector<std::int64_t>{2, 3});
    const std::string built = R"({"event":"configured","network":{"name":"LeNet-5"}})";
    CHECK(building_of(built, "LeNet-5") == Building::built);
    CHECK(building_of(built, "LeNet-1") == Building::other_event);
    CHECK(building_of(R"({"event":"error","command":"configure"})", "LeNet-1") ==
          Building::refused);
    CHECK(building_of(R"({"event":"error","command":"step"})", "LeNet-1") == Building::other_event);
}

TEST_CASE("weights file: weights that were opened stay in the Inspect room, until a reset") {
    AppState state;
    state.room = Room::inspect;
    state.train.configured = true;
    CHECK(other_weights_wanted(state) == true);
    state.train.opened_weights = "model.safetensors";
    CHECK_FALSE(other_weights_wanted(state).has_value());
    CHECK(dispatch(state, commands::plain("reset")).for_engine);
    CHECK(other_weights_wanted(state) == true);
}
