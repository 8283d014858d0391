#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/models/room.h"
#include "web/models/run_clock.h"
#include "web/models/run_settings.h"

namespace convoscope::models {

/// Where views put what the reader wants, drained once a frame by the app.
class CommandQueue {
  public:
    void push(std::string json) { commands_.push_back(std::move(json)); }
    [[nodiscard]] std::vector<std::string> drain() { return std::exchange(commands_, {}); }
    [[nodiscard]] bool empty() const { return commands_.empty(); }

  private:
    std::vector<std::string> commands_;
};

/// Commands as JSON: those of docs/protocol.md, and the views' own.
namespace commands {

[[nodiscard]] std::string start();
[[nodiscard]] std::string pause();
[[nodiscard]] std::string step(int count);
[[nodiscard]] std::string train_epoch();
[[nodiscard]] std::string reset();
[[nodiscard]] std::string reset(int seed);
[[nodiscard]] std::string evaluate(std::string_view split);
/// Of the training images so many are held out; 0: as the data set's manifest says.
[[nodiscard]] std::string configure(std::string_view network_json,
                                    const RunSettings& settings,
                                    std::size_t validation_count = 0);
[[nodiscard]] std::string set(std::string_view name, double value);
[[nodiscard]] std::string set(std::string_view name, std::string_view value);
[[nodiscard]] std::string set(const OptimizerSettings& optimizer);
[[nodiscard]] std::string set_optimizer(std::string_view number, double value);
[[nodiscard]] std::string set_schedule(ScheduleType type);
[[nodiscard]] std::string set_initializer(InitializerType type);
[[nodiscard]] std::string set_target_accuracy(double accuracy);
/// What makes the engine's settings `after`, when they are `before`: a new seed resets the run.
[[nodiscard]] std::vector<std::string> changes(const RunSettings& before, const RunSettings& after);
/// A training image, and what it is in `count` epochs.
[[nodiscard]] std::string augmented(std::int64_t index,
                                    std::string_view augment,
                                    int count,
                                    int seed);
/// A training image as the network reads it.
[[nodiscard]] std::string preprocessed(std::int64_t index);
[[nodiscard]] std::string images(std::string_view split, std::span<const std::int64_t> indices);
/// The first of each class, so many.
[[nodiscard]] std::string images_of_each_class(std::string_view split, std::int64_t each);

struct CaptureWish {
    std::vector<std::string> parameters;
    std::vector<std::string> activations;
    std::string split;
    std::int64_t index = 0;
    double minimum_interval_seconds = 0.1;
    std::string gradient_of = {};  ///< "loss" or "score"; empty: no gradients
    int type = -1;                 ///< the class that they are about; -1: the one that is read
};
[[nodiscard]] std::string capture(const CaptureWish& wish);
/// Holds one captured gradient against moving its number a little.
[[nodiscard]] std::string difference(std::string_view tensor, std::int64_t element);

/// The network and its present weights as a file for other programs: "safetensors", "onnx",
/// "pytorch", "keras".
[[nodiscard]] std::string export_as(std::string_view format);
/// Back to a moment of the history: what came after it is forgotten, or stays.
[[nodiscard]] std::string rewind(std::int64_t moment);
[[nodiscard]] std::string branch(std::int64_t moment);
/// A checkpoint.
[[nodiscard]] std::string save();

/// The images of a cell of the split's last confusion, the most confident first.
[[nodiscard]] std::string mistakes(std::string_view split,
                                   int true_class,
                                   int predicted_class,
                                   int count);
/// A standing wish for figures of every layer, a few times a second while training.
[[nodiscard]] std::string statistics(int images);

// The views' own: they never reach the engine.
[[nodiscard]] std::string open_room(Room room);
[[nodiscard]] std::string choose_data(std::string_view data);
[[nodiscard]] std::string choose_network(std::string_view network);
/// How pixels become the network's input; the run begins anew.
/// From the next reset on, or at once while nothing is trained.
[[nodiscard]] std::string choose_dropout(double rate);
[[nodiscard]] std::string choose_preprocessing(std::string_view type);
[[nodiscard]] std::string set_preference(std::string_view name, std::string_view value);
[[nodiscard]] std::string plain(std::string_view command);  ///< one without members
[[nodiscard]] std::string select_picture(std::size_t picture);
[[nodiscard]] std::string select_confusion(int true_class, int predicted_class);
[[nodiscard]] std::string show_chart(std::string_view chart);
[[nodiscard]] std::string show_tuning(bool open);
/// A layer's health over time; empty: of none.
[[nodiscard]] std::string show_health(std::string_view layer);
[[nodiscard]] std::string show_more_settings(bool open);
[[nodiscard]] std::string set_log_loss(bool on);
/// SGD, momentum and Adam, this many steps each.
[[nodiscard]] std::string race(int steps);
[[nodiscard]] std::string scrub(std::int64_t moment);
/// Of the runs: -1 is the present one, the others count from 0.
[[nodiscard]] std::string name_run(int run, std::string_view name);
[[nodiscard]] std::string show_run(int run, bool shown);
[[nodiscard]] std::string delete_run(int run);
/// Of the curves; `last` 0: the whole run.
[[nodiscard]] std::string show_steps(int first, int last);
/// How the curves are drawn: see CurveView.
[[nodiscard]] std::string show_over(RunAxis axis);
[[nodiscard]] std::string smooth_curves(double smoothing);
[[nodiscard]] std::string show_exhibit(bool open);
/// The list of experiments, in place of the curves.
[[nodiscard]] std::string show_experiments(bool open);
[[nodiscard]] std::string run_experiment(std::string_view id);
[[nodiscard]] std::string choose_convolution(std::string_view id);

}  // namespace commands
}  // namespace convoscope::models
