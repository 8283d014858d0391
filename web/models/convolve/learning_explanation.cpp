#include "web/models/convolve/learning_explanation.h"

#include <algorithm>
#include <cmath>

#include "web/models/convolve/place_text.h"
#include "web/models/table.h"

namespace convoscope::models::convolve {
namespace {

std::string in_parentheses(double value) {
    const std::string text = table_number(value);
    return value < 0 ? "(" + text + ")" : text;
}

std::string counted_steps(const Learning& learning) {
    return std::to_string(learning.steps()) + (learning.steps() == 1 ? " step" : " steps");
}

Sentence explain_beginning(const Learning& learning) {
    const std::string numbers = std::to_string(learning.filter.weights.values.size() + 1);
    return {
        {learning.hidden.empty() ? "You painted the target" : "A hidden kernel made the target"},
        {": press play, and each of the filter's "},
        {numbers + " numbers", Meaning::kernel},
        {" steps against its gradient, again and again, until output and target agree."}};
}

Sentence explain_way(const Learning& learning) {
    const double first = learning.losses.front();
    const double left = first > 0 ? 100.0 * learning.loss() / first : 0.0;
    return {{"After " + counted_steps(learning) + " against the gradient "},
            {table_number(left) + " %", Meaning::strong},
            {" of the first mean squared difference is left."}};
}

Sentence explain_success(const Learning& learning) {
    Sentence sentence{{"Learned in " + counted_steps(learning), Meaning::strong},
                      {": output and target agree"}};
    if (learning.hidden.empty()) {
        sentence.push_back({", so a filter for what you painted exists."});
    } else if (learning.found_hidden()) {
        sentence.push_back({", and nobody told the filter the "});
        sentence.push_back({"hidden weights", Meaning::kernel});
        sentence.push_back({" that it has found."});
    } else {
        sentence.push_back({", but with "});
        sentence.push_back({"other weights", Meaning::kernel});
        sentence.push_back({" than the hidden ones: this input cannot tell the two apart."});
    }
    return sentence;
}

Sentence explain_end(const Learning& learning) {
    if (learning.state == LearningState::diverged) {
        return {{"Stopped: ", Meaning::warning},
                {"each step goes further past the lowest point than the one before, as always "
                 "above a rate of "},
                {table_number(learning.greatest_rate), Meaning::strong},
                {". Play begins again with " + table_number(learning.safe_rate()) + "."}};
    }
    return {{"It gets no better: "},
            {table_number(learning.loss()), Meaning::strong},
            {learning.hidden.empty()
                 ? " is left, for no filter of this size makes of this input what you painted."
                 : " is left after " + counted_steps(learning) +
                       "; what remains falls too slowly to see."}};
}

Sentence explain_difference(const Learning& learning, CellPlace place) {
    const double output = learning.slope.output.value(place.row, place.column);
    const double target = learning.target.value(place.row, place.column);
    if (output == target) {
        return {{"Output " + place_text(place), Meaning::output},
                {" is " + table_number(output) + ", as it should be."}};
    }
    return {{"Output " + place_text(place), Meaning::output},
            {" is " + table_number(output) + " and should be " + table_number(target) + ": it is "},
            {table_number(std::abs(output - target)), Meaning::strong},
            {output > target ? " too much, so its error asks for less."
                             : " too little, so its error asks for more."}};
}

}  // namespace

UpdateFormula update_formula(const Learning& learning, CellPlace weight) {
    const double before = learning.filter.weights.value(weight.row, weight.column);
    const double slope = learning.slope.weights.value(weight.row, weight.column);
    return {.place = place_text(weight),
            .before = table_number(before),
            .rate = table_number(learning.rate),
            .slope = in_parentheses(slope),
            .after = table_number(before - learning.rate * slope)};
}

std::string UpdateFormula::line() const {
    return "w " + place + " − rate · dL/dw = " + before + " − " + rate + "·" + slope + " = " +
           after;
}

Sentence explain_learning(const Learning& learning, const Target& told) {
    if (told.kind == Target::Kind::output) {
        return explain_difference(learning, told.place);
    }
    if (told.kind == Target::Kind::weight) {
        const UpdateFormula update = update_formula(learning, told.place);
        return {{"Weight " + update.place, Meaning::kernel},
                {" is " + update.before + "; its gradient is " + update.slope +
                 ", so the next step takes it to "},
                {update.after, Meaning::strong},
                {"."}};
    }
    switch (learning.state) {
        case LearningState::paused:
            return learning.steps() == 0 ? explain_beginning(learning) : explain_way(learning);
        case LearningState::running:
            return explain_way(learning);
        case LearningState::learned:
            return explain_success(learning);
        case LearningState::settled:
        case LearningState::diverged:
            break;
    }
    return explain_end(learning);
}

}  // namespace convoscope::models::convolve
