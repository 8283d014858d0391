#include "web/models/announcer.h"

#include <utility>

#include "web/models/convolve/learning_explanation.h"
#include "web/models/table.h"

namespace convoscope::models {
namespace {

std::string figures(const Evaluation& evaluation) {
    return "accuracy " + table_number(100.0 * evaluation.accuracy) + " %, loss " +
           table_number(evaluation.loss);
}

std::string status_sentence(const TrainModel& train) {
    const std::string step = std::to_string(train.step);
    switch (train.status) {
        case RunStatus::running:
            return "Training.";
        case RunStatus::waiting_for_data:
            return "Waiting for the images.";
        case RunStatus::diverged:
            return "Training has diverged. " + train.status_reason;
        case RunStatus::evaluating:
            return {};
        case RunStatus::paused:
            break;
    }
    if (train.total_steps() > 0 && train.step >= train.total_steps()) {
        return "Training is finished after " + step + " steps" +
               (train.validation.empty()
                    ? "."
                    : ": validation " + figures(train.validation.back()) + ".");
    }
    return train.step > 0 ? "Paused after step " + step + "." : std::string();
}

std::string convolution_sentence(const convolve::Model& room) {
    if (!room.possible()) {
        return "Impossible. " + room.arithmetic().problem;
    }
    if (room.learns()) {
        return room.learning().running()
                   ? std::string()
                   : plain_text(convolve::explain_learning(room.learning(), {}));
    }
    const convolve::CellPlace place = room.current();
    return "Step " + std::to_string(room.playback.step + 1) + " of " +
           std::to_string(room.order().size()) + ": row " + std::to_string(place.row) +
           ", column " + std::to_string(place.column) +
           (room.backward() ? " of the input has the gradient " : " of the output is ") +
           table_number(room.sum_value()) + ".";
}

void add(std::string& news, const std::string& sentence) {
    if (!sentence.empty()) {
        news += (news.empty() ? "" : " ") + sentence;
    }
}

}  // namespace

std::string Announcer::observe_training(const TrainModel& train) {
    std::string news;
    if (const std::string ready = train.configured ? train.network.name : std::string();
        ready != std::exchange(network_, ready) && !ready.empty()) {
        add(news, "The network is ready: " + ready + ".");
    }
    if (train.test.size() > std::exchange(tests_, train.test.size())) {
        const Evaluation& test = train.test.back();
        add(news, "Epoch " + std::to_string(test.epoch) + ": test " + figures(test) + ".");
    }
    // What evaluates goes on afterwards as it did before.
    if (train.status != RunStatus::evaluating &&
        train.status != std::exchange(status_, train.status)) {
        add(news, status_sentence(train));
    }
    return news;
}

std::string Announcer::observe_convolution(const AppState& state) {
    if (state.room != Room::convolve || state.convolve.playback.playing) {
        return {};
    }
    const std::string step = convolution_sentence(state.convolve);
    return step == std::exchange(step_, step) ? std::string() : step;
}

std::string Announcer::observe(const AppState& state) {
    std::string news = observe_training(state.train);
    add(news, observe_convolution(state));
    return std::exchange(has_looked_, true) ? news : std::string();
}

}  // namespace convoscope::models
