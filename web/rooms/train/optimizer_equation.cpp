#include "web/rooms/train/optimizer_equation.h"

#include <string>

#include "web/widgets/number_text.h"

namespace convoscope::rooms::train {

using namespace widgets;

namespace {

/// Writes equations in the design's colours: weights amber, gradients magenta.
class Writer {
  public:
    Writer(const OptimizerSettings& optimizer, const Theme& theme)
        : optimizer_(optimizer), theme_(theme) {}

    [[nodiscard]] Run word(const std::string& text) const {
        return {text, FontStyle::kM12, theme_.t3};
    }
    [[nodiscard]] Run number(double value) const {
        return {significant_text(value, 3) + " ", FontStyle::kM12, theme_.t2};
    }
    [[nodiscard]] Run w() const { return {"w", FontStyle::kM13i, theme_.kernel}; }
    [[nodiscard]] Run g() const { return {"g", FontStyle::kM13i, theme_.grad}; }
    [[nodiscard]] Run memory(const char* name) const { return {name, FontStyle::kM13i, theme_.t1}; }

    /// The gradient as it is used: with the pull towards 0, where there is one.
    [[nodiscard]] Runs decay() const {
        return {g(), word(" ← "), g(), word(" + "), number(optimizer_.weight_decay), w()};
    }
    [[nodiscard]] Runs velocity() const {
        return {
            memory("v"), word(" ← "), number(optimizer_.momentum), memory("v"), word(" + "), g()};
    }
    /// A mean that forgets: share·m + (1 - share)·g, of the gradient or of its square.
    [[nodiscard]] Runs mean(const char* name, double share, bool of_square) const {
        return {memory(name),
                word(" ← "),
                number(share),
                memory(name),
                word(" + "),
                number(1.0 - share),
                g(),
                word(of_square ? "²" : "")};
    }
    [[nodiscard]] Runs divided(const Run& above, const char* squares) const {
        return {w(),
                word(" ← "),
                w(),
                word(" − η "),
                above,
                word(" / (√"),
                memory(squares),
                word(" + ε)")};
    }

  private:
    const OptimizerSettings& optimizer_;
    const Theme& theme_;
};

Runs side_by_side(Runs first, const Run& gap, const Runs& second) {
    first.push_back(gap);
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

std::vector<Runs> rule_of(const OptimizerSettings& optimizer, const Writer& write) {
    const Run gap = write.word("   ");
    const Runs plain{write.w(), write.word(" ← "), write.w(), write.word(" − η ")};
    switch (optimizer.type) {
        case OptimizerType::sgd: {
            Runs step = plain;
            step.push_back(write.g());
            return {step};
        }
        case OptimizerType::momentum: {
            Runs step = plain;
            step.push_back(write.memory("v"));
            return {side_by_side(write.velocity(), gap, step)};
        }
        case OptimizerType::nesterov: {
            Runs step = plain;
            for (const Run& run : {write.word("("),
                                   write.g(),
                                   write.word(" + "),
                                   write.number(optimizer.momentum),
                                   write.memory("v"),
                                   write.word(")")}) {
                step.push_back(run);
            }
            return {write.velocity(), step};
        }
        case OptimizerType::adagrad:
            return {{write.memory("s"),
                     write.word(" ← "),
                     write.memory("s"),
                     write.word(" + "),
                     write.g(),
                     write.word("²")},
                    write.divided(write.g(), "s")};
        case OptimizerType::rmsprop:
            return {write.mean("s", optimizer.alpha, true), write.divided(write.g(), "s")};
        case OptimizerType::adam:
        case OptimizerType::adamw:
            return {write.mean("m", optimizer.beta1, false),
                    write.mean("v", optimizer.beta2, true),
                    write.divided(write.memory("m"), "v")};
    }
    return {};
}

}  // namespace

std::vector<Runs> equation_of(const OptimizerSettings& optimizer, const Theme& theme) {
    const Writer write(optimizer, theme);
    std::vector<Runs> lines = rule_of(optimizer, write);
    if (optimizer.weight_decay <= 0.0) {
        return lines;
    }
    if (optimizer.type == OptimizerType::adamw) {  // apart from the gradient
        lines.insert(lines.begin(),
                     Runs{write.w(),
                          write.word(" ← (1 − η "),
                          write.number(optimizer.weight_decay),
                          write.word(") "),
                          write.w()});
    } else {
        lines.insert(lines.begin(), write.decay());
    }
    return lines;
}

}  // namespace convoscope::rooms::train
