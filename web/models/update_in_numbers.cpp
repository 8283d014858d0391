#include "web/models/update_in_numbers.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <utility>

#include "web/models/json_reading.h"

namespace convoscope::models {
namespace {

std::string text_of(double value) {
    std::array<char, 32> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.4g", value);
    std::string plain(text.data(), static_cast<std::size_t>(length));
    if (plain.starts_with('-')) {
        plain.replace(0, 1, "−");
    }
    return plain;
}

/// A factor or summand: in brackets when it is negative.
std::string in_brackets(double value) {
    return value < 0.0 ? "(" + text_of(value) + ")" : text_of(value);
}

std::string superscript(std::int64_t number) {
    constexpr std::array kDigits{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    std::string text;
    for (const char digit : std::to_string(number)) {
        text += kDigits[static_cast<std::size_t>(digit - '0')];
    }
    return text;
}

/// Writes the lines one after the other; each may use the results of those before it.
class Writer {
  public:
    Writer(const OptimizerSettings& optimizer, const StepWeight& weight)
        : optimizer_(optimizer),
          weight_(weight),
          w_(weight.before),
          g_(weight.gradient),
          steps_(static_cast<double>(weight.optimizer_steps)) {}

    void add(std::string symbol, std::string rule, std::string numbers, double result) {
        lines_.push_back({std::move(symbol), std::move(rule), std::move(numbers), result});
    }

    void decay() {
        const double decay = optimizer_.weight_decay;
        if (decay <= 0.0) {
            return;
        }
        const std::string factor = text_of(decay);
        const double result = g_ + decay * w_;
        add("g",
            "g + " + factor + " w",
            in_brackets(g_) + " + " + factor + " · " + in_brackets(w_),
            result);
        g_ = result;
    }
    void shrink() {
        const double share = optimizer_.learning_rate * optimizer_.weight_decay;
        if (share <= 0.0) {
            return;
        }
        const double result = (1.0 - share) * w_;
        add("w", "(1 − η λ) w", text_of(1.0 - share) + " · " + in_brackets(w_), result);
        w_ = result;
    }
    /// share · memory + (1 - share) · g, or of its square.
    double mean(const char* symbol, double share, std::size_t state, bool of_square) {
        const double before = weight_.state_before[state];
        const double part = of_square ? g_ * g_ : g_;
        const double result = share * before + (1.0 - share) * part;
        const std::string square = of_square ? "²" : "";
        add(symbol,
            text_of(share) + " " + symbol + " + " + text_of(1.0 - share) + " g" + square,
            text_of(share) + " · " + in_brackets(before) + " + " + text_of(1.0 - share) + " · " +
                in_brackets(g_) + square,
            result);
        return result;
    }
    double velocity() {
        const double before = weight_.state_before[0];
        const double share =
            optimizer_.type == OptimizerType::momentum && weight_.optimizer_steps > 1
                ? 1.0 - optimizer_.dampening
                : 1.0;
        const double result = optimizer_.momentum * before + share * g_;
        const std::string part = share == 1.0 ? "" : text_of(share) + " · ";
        const std::string momentum = text_of(optimizer_.momentum);
        add("v",
            momentum + " v + " + part + "g",
            momentum + " · " + in_brackets(before) + " + " + part + in_brackets(g_),
            result);
        return result;
    }
    /// w - rate · direction.
    void step(const std::string& direction, double value) {
        const std::string rate = text_of(optimizer_.learning_rate);
        add("w",
            "w − η " + direction,
            text_of(w_) + " − " + rate + " · " + in_brackets(value),
            w_ - optimizer_.learning_rate * value);
    }
    /// above / (√below + ε).
    double quotient(const char* above_symbol,
                    double above,
                    const char* below_symbol,
                    double below) {
        const double result = above / (std::sqrt(below) + optimizer_.epsilon);
        add("d",
            std::string(above_symbol) + " / (√" + below_symbol + " + ε)",
            in_brackets(above) + " / (√" + text_of(below) + " + " + text_of(optimizer_.epsilon) +
                ")",
            result);
        return result;
    }
    /// A mean without the start's bias towards zero.
    double corrected(const char* symbol, const char* of, double share, double value) {
        const double factor = 1.0 - std::pow(share, steps_);
        add(symbol,
            std::string(of) + " / (1 − " + text_of(share) + superscript(weight_.optimizer_steps) +
                ")",
            in_brackets(value) + " / " + text_of(factor),
            value / factor);
        return value / factor;
    }

    void adagrad() {
        const double sum = weight_.state_before[0] + g_ * g_;
        add("s", "s + g²", text_of(weight_.state_before[0]) + " + " + in_brackets(g_) + "²", sum);
        step("d", quotient("g", g_, "s", sum));
    }
    void rmsprop() {
        const double square = mean("s", optimizer_.alpha, 0, true);
        double direction = quotient("g", g_, "s", square);
        if (optimizer_.momentum > 0.0) {
            const double before = weight_.state_before[1];
            const std::string momentum = text_of(optimizer_.momentum);
            const double result = optimizer_.momentum * before + direction;
            add("v",
                momentum + " v + d",
                momentum + " · " + in_brackets(before) + " + " + in_brackets(direction),
                result);
            direction = result;
        }
        step(optimizer_.momentum > 0.0 ? "v" : "d", direction);
    }
    void adam() {
        const double m = mean("m", optimizer_.beta1, 0, false);
        const double v = mean("v", optimizer_.beta2, 1, true);
        const double corrected_m = corrected("M", "m", optimizer_.beta1, m);
        const double corrected_v = corrected("V", "v", optimizer_.beta2, v);
        step("d", quotient("M", corrected_m, "V", corrected_v));
    }
    void nesterov() {
        const double v = velocity();
        const std::string momentum = text_of(optimizer_.momentum);
        const double ahead = g_ + optimizer_.momentum * v;
        add("d",
            "g + " + momentum + " v",
            in_brackets(g_) + " + " + momentum + " · " + in_brackets(v),
            ahead);
        step("d", ahead);
    }
    [[nodiscard]] double gradient() const { return g_; }
    [[nodiscard]] std::vector<UpdateLine> lines() { return std::move(lines_); }

  private:
    const OptimizerSettings& optimizer_;
    const StepWeight& weight_;
    double w_;
    double g_;
    double steps_;
    std::vector<UpdateLine> lines_;
};

}  // namespace

std::vector<UpdateLine> update_in_numbers(const OptimizerSettings& optimizer,
                                          const StepWeight& weight) {
    Writer write(optimizer, weight);
    if (optimizer.type == OptimizerType::adamw) {
        write.shrink();
    } else {
        write.decay();
    }
    switch (optimizer.type) {
        case OptimizerType::sgd:
            write.step("g", write.gradient());
            break;
        case OptimizerType::momentum:
            write.step("v", write.velocity());
            break;
        case OptimizerType::nesterov:
            write.nesterov();
            break;
        case OptimizerType::adagrad:
            write.adagrad();
            break;
        case OptimizerType::rmsprop:
            write.rmsprop();
            break;
        case OptimizerType::adam:
        case OptimizerType::adamw:
            write.adam();
            break;
    }
    return write.lines();
}

}  // namespace convoscope::models
