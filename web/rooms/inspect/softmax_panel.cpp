#include "web/rooms/inspect/softmax_panel.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

#include "web/rooms/inspect/patch_rows.h"
#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"

namespace convoscope::rooms::inspect {

using namespace widgets;
using model::Softmax;

namespace {

constexpr int kDigits = 6;  ///< of what comes near 1 when the network is sure
constexpr float kExponentialRow = 24;
constexpr float kSentenceLine = 17;
constexpr std::size_t kMostClasses = 12;

/// All classes in their order; of many those of the greatest exponentials, and the opened one.
std::vector<Index> listed_classes(const Softmax& softmax) {
    std::vector<Index> listed(softmax.scores.size());
    std::iota(listed.begin(), listed.end(), Index{0});
    if (listed.size() > kMostClasses) {
        std::ranges::stable_sort(listed, std::greater(), [&](Index type) {
            return type == softmax.type ? 2.0 : softmax.exponentials[at(type)];
        });
        listed.resize(kMostClasses);
    }
    return listed;
}

void draw_exponential(Context& context, const Softmax& softmax, Index type, Rect row) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const bool opened = type == softmax.type;
    const std::string name = context.train().data.class_name(static_cast<int>(type));
    const std::string power = decimal_text(softmax.scores[at(type)] - softmax.greatest, 2);
    const std::string exponential = significant_text(softmax.exponentials[at(type)], 4);
    if (opened) {
        canvas.fill(row.inset(-space::k8, 1), theme.bg3, radius::kSegment);
    }
    const float y = row.center_y();
    canvas.clipped_text(
        {row.x, y}, row.w * 0.36F, name, FontStyle::kM12, opened ? theme.output : theme.t2);
    canvas.text({row.x + row.w * 0.58F, y}, "e^" + power, FontStyle::kM12, theme.t2, Align::kRight);
    canvas.text({row.right(), y}, exponential, FontStyle::kM12, theme.t1, Align::kRight);
    register_passive(context.ui,
                     {.id = "inspect.softmax." + std::to_string(type),
                      .label = "The exponential of the score of " + name,
                      .role = Role::kText,
                      .value = exponential},
                     row);
}

}  // namespace

float draw_softmax(Context& context, const Softmax& softmax, Rect where) {
    const float top = where.y;
    const Theme& theme = context.theme();
    const std::string greatest = decimal_text(softmax.greatest, 2);
    section_head(context.ui,
                 where.x,
                 where.y + space::k16,
                 where.w,
                 "And its share, by softmax",
                 "e^(z − " + greatest + ")");
    where.y += space::k32;
    const int lines = context.ui.canvas().paragraph(
        {where.x, where.y + space::k8},
        where.w,
        "The exponential of each score z, over the sum of all. The greatest score, " + greatest +
            ", is taken off first, so that no exponential is too large: the shares stay the same.",
        FontStyle::kSmall,
        theme.t2,
        kSentenceLine);
    where.y += static_cast<float>(lines) * kSentenceLine + space::k8;
    const std::vector<Index> listed = listed_classes(softmax);
    double rest = softmax.sum;
    for (const Index type : listed) {
        rest -= softmax.exponentials[at(type)];
        draw_exponential(context, softmax, type, {where.x, where.y, where.w, kExponentialRow});
        where.y += kExponentialRow;
    }
    where.h = 1000;
    if (listed.size() < softmax.scores.size()) {
        draw_total(context, where.take_top(kTotal), {"the others together", rest, theme.t1});
    }
    context.ui.canvas().horizontal(where.x, where.right(), where.y + 1, theme.line1);
    draw_total(
        context, where.take_top(kTotal + 4), {"sum of all", softmax.sum, theme.t1, false, kDigits});
    const Rect last = where.take_top(kTotal + 4);
    draw_total(context,
               last,
               {significant_text(softmax.exponentials[at(softmax.type)], 4) + " / " +
                    significant_text(softmax.sum, kDigits),
                softmax.probability,
                theme.output,
                true,
                kDigits});
    register_passive(context.ui,
                     {.id = "inspect.softmax",
                      .label = "Its share of all, by softmax",
                      .role = Role::kStatus,
                      .value = significant_text(softmax.probability, kDigits)},
                     last);
    return where.y - top + space::k8;
}

}  // namespace convoscope::rooms::inspect
