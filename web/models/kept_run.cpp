#include "web/models/kept_run.h"

#include <array>
#include <cstdio>

#include "web/models/network_choice.h"

namespace convoscope::models {
namespace {

std::string number_text(double value) {
    std::array<char, 32> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.4g", value);
    return {text.data(), static_cast<std::size_t>(length)};
}

/// Parts of a sentence, with commas between them.
class Parts {
  public:
    void add(bool differs, const std::string& words) {
        if (differs) {
            text_ += (text_.empty() ? "" : ", ") + words;
        }
    }
    [[nodiscard]] const std::string& text() const { return text_; }

  private:
    std::string text_;
};

std::string network_name(const RunSettings& settings) {
    const NetworkChoice* network = find_network(settings.network);
    return network == nullptr ? settings.network : std::string(network->name);
}

}  // namespace

std::string difference_text(const RunSettings& settings, const RunSettings& others) {
    const OptimizerSettings& mine = settings.optimizer;
    const OptimizerSettings& theirs = others.optimizer;
    Parts parts;
    parts.add(settings.network != others.network, network_name(settings));
    parts.add(mine.type != theirs.type, title_of(mine.type));
    parts.add(mine.learning_rate != theirs.learning_rate, "η " + number_text(mine.learning_rate));
    parts.add(mine.momentum != theirs.momentum && mine.type == theirs.type,
              "μ " + number_text(mine.momentum));
    parts.add(mine.weight_decay != theirs.weight_decay, "λ " + number_text(mine.weight_decay));
    parts.add(settings.schedule.type != others.schedule.type,
              std::string(schedule_name(settings.schedule.type)));
    parts.add(settings.batch_size != others.batch_size,
              "batch " + std::to_string(settings.batch_size));
    parts.add(settings.augment != others.augment,
              settings.augment.empty() ? "no augmentation" : settings.augment);
    parts.add(settings.label_smoothing != others.label_smoothing,
              "smoothing " + number_text(settings.label_smoothing));
    parts.add(settings.clip_norm != others.clip_norm, "clip " + number_text(settings.clip_norm));
    parts.add(settings.dropout != others.dropout, "dropout " + number_text(settings.dropout));
    parts.add(settings.initializer != others.initializer,
              "begun " + std::string(initializer_name(settings.initializer.type)));
    parts.add(settings.training_images != others.training_images,
              settings.training_images == 0 ? "all images"
                                            : std::to_string(settings.training_images) + " images");
    parts.add(settings.label_noise != others.label_noise,
              settings.label_noise == 0.0 ? "true labels" : "random labels");
    parts.add(settings.preprocess != others.preprocess, "pixels: " + settings.preprocess);
    parts.add(settings.seed != others.seed, "seed " + std::to_string(settings.seed));
    return parts.text();
}

}  // namespace convoscope::models
