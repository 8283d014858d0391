#include "web/rooms/inspect/layer_numbers.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "web/models/inspect/inspect_commands.h"
#include "web/rooms/inspect/patch_rows.h"
#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"
#include "web/widgets/scales.h"

namespace convoscope::rooms::inspect {

using namespace widgets;
using model::Patch;

namespace {

constexpr float kRow = 26;
constexpr float kNumber = 64;
constexpr float kNarrow = 420;  ///< no room for both factors
constexpr std::size_t kMostRows = 20;

/// One product of the sum: whence its number comes.
struct Product {
    const Patch* patch = nullptr;
    std::size_t i = 0;

    [[nodiscard]] double weight() const { return patch->weights.empty() ? 1.0 : patch->weights[i]; }
    [[nodiscard]] double value() const { return patch->inputs[i] * weight(); }
    /// Where its number stands in the value that it is read of.
    [[nodiscard]] model::Place place(bool flat) const {
        const auto index = static_cast<Index>(i);
        return flat ? model::Place{std::ssize(patch->inputs) == 1 ? patch->channel : index, 0, 0}
                    : patch->place_of(index);
    }
};

std::vector<Product> products_of(std::span<const Patch> patches) {
    std::vector<Product> products;
    for (const Patch& patch : patches) {
        for (std::size_t i = 0; i < patch.inputs.size(); ++i) {
            if (!patch.outside[i]) {
                products.push_back({&patch, i});
            }
        }
    }
    std::ranges::stable_sort(
        products, std::greater(), [](const Product& product) { return std::abs(product.value()); });
    return products;
}

/// A product in a row; a click opens the number that it is made of.
void draw_product(Context& context, const Product& product, double greatest, Index n, Rect row) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const Index stage = context.stage_of_value(product.patch->value);
    const bool flat = stage >= 0 && context.pictures.stages()[at(stage)].shape.flat;
    const model::Place place = product.place(flat);
    const std::string name =
        context.value_name(product.patch->value) + ", " + place_text(place, flat);
    const std::string factors = significant_text(product.patch->inputs[product.i], 3) + " × " +
                                significant_text(product.weight(), 3);
    const Interaction act =
        interact(context.ui,
                 {.id = "inspect.product." + std::to_string(n),
                  .label = name + ", " + factors,
                  .role = Role::kButton,
                  .value = signed_text(product.value()),
                  .disabled = stage < 0},
                 row,
                 {{name + ": click to open this number.", FontStyle::kBody, theme.t2}});
    if (act.hovered) {
        canvas.fill(row.inset(-space::k8, 1), theme.bg2, radius::kSegment);
    }
    if (act.focused) {
        canvas.focus_ring(row, radius::kSegment);
    }
    if (act.clicked) {
        context.commands.push(model::commands::pin(context.stage_name(stage), place));
    }
    const float y = row.center_y();
    const bool narrow = row.w < kNarrow;
    canvas.text(
        {row.right(), y}, signed_text(product.value()), FontStyle::kM12, theme.t1, Align::kRight);
    row.w -= kNumber;
    const Rect bar = row.take_right(row.w * (narrow ? 0.3F : 0.35F), space::k12);
    draw_bar(context, {bar.x, y - 5, bar.w, 10}, product.value(), greatest);
    if (!narrow) {
        canvas.text({row.right(), y}, factors, FontStyle::kM12, theme.t2, Align::kRight);
        row.w -= canvas.width(factors, FontStyle::kM12) + space::k12;
    }
    canvas.clipped_text({row.x, y}, row.w, name, FontStyle::kSmall, theme.t2);
}

void draw_end(Context& context, double rest, std::size_t others, Rect where) {
    const Theme& theme = context.theme();
    const auto line = [&](const Total& total) {
        draw_total(context, where.take_top(kTotal), total);
    };
    if (others > 0) {
        line({"the other " + std::to_string(others) + " together", rest, theme.t1});
    }
    if (context.room().backward()) {
        line({"the gradient", context.gradient->engine, theme.grad, true});
        return;
    }
    const model::Neuron& neuron = *context.neuron;
    if (neuron.bias) {
        line({"+ bias b", *neuron.bias, theme.kernel});
    }
    line({neuron.steps.empty() ? "output" : "pre-activation z",
          neuron.base,
          neuron.steps.empty() ? theme.output : theme.t1,
          true});
    for (const model::Step& step : neuron.steps) {
        line({step.layer + ": " + true_minus(step.formula), step.after, theme.output, true});
    }
}

}  // namespace

void draw_layer_numbers(Context& context, Rect rect) {
    const bool back = context.room().backward();
    if (back && !context.gradient) {
        return;
    }
    const auto products = products_of(back ? context.gradient->patches : context.neuron->patches);
    const float below = (static_cast<float>(context.neuron->steps.size()) + 3) * kTotal;
    const auto room_for =
        static_cast<std::size_t>(std::max(1.0F, (rect.h - below - space::k24) / kRow));
    const std::size_t shown = std::min({products.size(), room_for, kMostRows});
    section_head(context.ui,
                 rect.x,
                 rect.y + space::k8,
                 rect.w,
                 shown < products.size() ? "The products that count most" : "All products",
                 back ? "error × weight" : "number × weight");
    rect.take_top(space::k24);
    const double greatest = products.empty() ? 0.0 : std::abs(products.front().value());
    double rest = back ? context.gradient->sum : context.neuron->sum;
    for (std::size_t n = 0; n < shown; ++n) {
        rest -= products[n].value();
        draw_product(context, products[n], greatest, static_cast<Index>(n), rect.take_top(kRow));
    }
    rect.take_top(space::k8);
    draw_end(context, rest, products.size() - shown, rect);
}

}  // namespace convoscope::rooms::inspect
