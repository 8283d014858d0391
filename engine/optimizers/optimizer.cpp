#include "engine/optimizers/optimizer.h"

#include <algorithm>
#include <array>

#include "engine/core/check.h"
#include "engine/optimizers/adagrad.h"
#include "engine/optimizers/adam.h"
#include "engine/optimizers/adamw.h"
#include "engine/optimizers/momentum.h"
#include "engine/optimizers/nesterov.h"
#include "engine/optimizers/rmsprop.h"
#include "engine/optimizers/sgd.h"

namespace convoscope {
namespace {

using Update = void (*)(const OptimizerSettings&, const OptimizerStep&, Index, Index);

struct Entry {
    OptimizerType type;
    std::string_view name;
    Index states;
    Update update;
};

constexpr std::array<Entry, 7> kOptimizers = {{
    {OptimizerType::sgd, "sgd", 0, sgd_update},
    {OptimizerType::momentum, "momentum", 1, momentum_update},
    {OptimizerType::nesterov, "nesterov", 1, nesterov_update},
    {OptimizerType::adagrad, "adagrad", 1, adagrad_update},
    {OptimizerType::rmsprop, "rmsprop", 2, rmsprop_update},
    {OptimizerType::adam, "adam", 2, adam_update},
    {OptimizerType::adamw, "adamw", 2, adamw_update},
}};

const Entry& entry_of(OptimizerType type) {
    const Entry& entry = kOptimizers[static_cast<std::size_t>(type)];
    CONVOSCOPE_CHECK(entry.type == type);
    return entry;
}

}  // namespace

std::string_view optimizer_name(OptimizerType type) {
    return entry_of(type).name;
}

std::optional<OptimizerType> find_optimizer(std::string_view name) {
    const auto* found = std::ranges::find(kOptimizers, name, &Entry::name);
    return found == kOptimizers.end() ? std::nullopt : std::optional(found->type);
}

std::string_view optimizer_names() {
    return R"("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam" or "adamw")";
}

OptimizerSettings default_optimizer(OptimizerType type) {
    OptimizerSettings settings{.type = type};
    if (type == OptimizerType::rmsprop) {
        settings.momentum = 0.0;
    }
    if (type == OptimizerType::adagrad) {
        settings.epsilon = 1e-10;
    }
    if (type == OptimizerType::adamw) {
        settings.weight_decay = 0.01;
    }
    return settings;
}

Index optimizer_state_count(OptimizerType type) {
    return entry_of(type).states;
}

void optimizer_update(const OptimizerSettings& settings,
                      const OptimizerStep& step,
                      Index begin,
                      Index end) {
    const std::size_t count = step.parameters.size();
    const Entry& entry = entry_of(settings.type);
    CONVOSCOPE_CHECK(0 <= begin && begin <= end && end <= static_cast<Index>(count));
    CONVOSCOPE_CHECK(step.gradient.size() == count && step.step >= 1);
    CONVOSCOPE_CHECK(entry.states < 1 || step.first_state.size() == count);
    CONVOSCOPE_CHECK(entry.states < 2 || step.second_state.size() == count);
    entry.update(settings, step, begin, end);
}

}  // namespace convoscope
