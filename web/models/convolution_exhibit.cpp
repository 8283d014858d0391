#include "web/models/convolution_exhibit.h"

#include <algorithm>
#include <array>

#include "web/models/json_reading.h"

namespace convoscope::models {
namespace {

constexpr std::array kChoices{
    ExhibitChoice{"lenet5",
                  "LeNet-5",
                  "LeNet-5’s second: 6 → 16 channels, 5×5 kernel, 14×14 → 10×10, 64 images"},
    ExhibitChoice{"resnet20",
                  "ResNet-20",
                  "ResNet-20’s last stage: 64 → 64 channels, 3×3 kernel, 8×8, 64 images"},
    ExhibitChoice{
        "vgg", "VGG-small", "VGG-small’s fourth: 64 → 64 channels, 3×3 kernel, 16×16, 64 images"}};

std::optional<double> number_or_none(const Json& json, const char* name) {
    const Json& value = member_of(json, name);
    return value.is_number() ? std::optional(value.get<double>()) : std::nullopt;
}

template <class Value>
Json value_or_null(const std::optional<Value>& value) {
    return value ? Json(*value) : Json();
}

}  // namespace

std::span<const ExhibitChoice> exhibit_choices() {
    return kChoices;
}

double ExhibitRun::fastest_seconds() const {
    return seconds.empty() ? 0.0 : std::ranges::min(seconds);
}

void ConvolutionExhibit::choose(std::string_view id) {
    const std::vector<std::string> lacks = missing;
    *this = {};
    convolution = id;
    missing = lacks;
}

void ConvolutionExhibit::apply_status(const Json& event) {
    const std::string word = text_of(event, "status");
    if (word == "running") {
        choose(text_of(event, "convolution", convolution));
        status = ExhibitStatus::running;
        rounds_total = small_of(event, "rounds");
        missing.clear();
        for (const Json& sentence : member_of(event, "missing")) {
            missing.push_back(sentence.is_string() ? sentence.get<std::string>() : std::string());
        }
    } else if (running()) {
        status = word == "finished" ? ExhibitStatus::finished : ExhibitStatus::stopped;
        reason = text_of(event, "reason");
    }
}

void ConvolutionExhibit::apply_round(const Json& event) {
    if (!running() || text_of(event, "convolution") != convolution) {
        return;
    }
    ++rounds_done;
    operations = number_of(event, "operations");
    terms = integer_of(event, "terms");
    const bool timed = integer_of(event, "round") > 0;
    const char* const vectors = is_true(event, "fused") ? "relaxed" : "plain";
    for (const Json& entry : member_of(event, "runs")) {
        const std::string way = text_of(entry, "way");
        const std::string simd = way == "scalar" ? "none" : vectors;
        const int threads = small_of(entry, "threads");
        const ExhibitRun* known = find(way, simd, threads);
        if (known == nullptr) {
            runs.push_back({.way = way, .simd = simd, .threads = threads});
        }
        ExhibitRun& run =
            known == nullptr ? runs.back() : runs[static_cast<std::size_t>(known - runs.data())];
        if (timed) {
            run.seconds.push_back(number_of(entry, "seconds"));
            continue;
        }
        run.greatest_difference = number_or_none(entry, "greatest_difference");
        run.bound = number_or_none(entry, "bound");
        if (const Json& identical = member_of(entry, "identical"); identical.is_boolean()) {
            run.identical = identical.get<bool>();
        }
    }
}

double ConvolutionExhibit::rate_of(const ExhibitRun& run) const {
    const double seconds = run.fastest_seconds();
    return seconds > 0.0 ? operations / seconds * 1e-9 : 0.0;
}

double ConvolutionExhibit::gain_of(const ExhibitRun& run) const {
    const ExhibitRun* const scalar = find("scalar", "none", 1);
    const double seconds = run.fastest_seconds();
    return scalar != nullptr && seconds > 0.0 ? scalar->fastest_seconds() / seconds : 0.0;
}

std::optional<bool> ConvolutionExhibit::agrees(std::string_view way, std::string_view simd) const {
    std::optional<bool> verdict;
    for (const ExhibitRun& run : runs) {
        if (run.way != way || run.simd != simd) {
            continue;
        }
        if (run.greatest_difference && run.bound) {
            verdict = verdict.value_or(true) && *run.greatest_difference <= *run.bound;
        }
        if (run.identical) {
            verdict = verdict.value_or(true) && *run.identical;
        }
    }
    return verdict;
}

const ExhibitRun* ConvolutionExhibit::find(std::string_view way,
                                           std::string_view simd,
                                           int threads) const {
    const auto found = std::ranges::find_if(runs, [&](const ExhibitRun& run) {
        return run.way == way && run.simd == simd && run.threads == threads;
    });
    return found == runs.end() ? nullptr : &*found;
}

std::string_view name_of(ExhibitStatus status) {
    switch (status) {
        case ExhibitStatus::idle:
            return "idle";
        case ExhibitStatus::running:
            return "running";
        case ExhibitStatus::finished:
            return "finished";
        case ExhibitStatus::stopped:
            return "stopped";
    }
    return {};
}

Json json_of(const ConvolutionExhibit& exhibit) {
    Json runs = Json::array();
    for (const ExhibitRun& run : exhibit.runs) {
        runs.push_back({{"way", run.way},
                        {"simd", run.simd},
                        {"threads", run.threads},
                        {"rounds", run.seconds.size()},
                        {"seconds", run.fastest_seconds()},
                        {"gigaflops", exhibit.rate_of(run)},
                        {"times_scalar", exhibit.gain_of(run)},
                        {"greatest_difference", value_or_null(run.greatest_difference)},
                        {"bound", value_or_null(run.bound)},
                        {"identical", value_or_null(run.identical)},
                        {"agrees", value_or_null(exhibit.agrees(run.way, run.simd))}});
    }
    return {{"status", name_of(exhibit.status)},
            {"convolution", exhibit.convolution},
            {"reason", exhibit.reason},
            {"missing", exhibit.missing},
            {"rounds_done", exhibit.rounds_done},
            {"rounds_total", exhibit.rounds_total},
            {"operations", exhibit.operations},
            {"terms", exhibit.terms},
            {"runs", runs}};
}

}  // namespace convoscope::models
