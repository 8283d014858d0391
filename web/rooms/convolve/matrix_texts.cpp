#include "web/rooms/convolve/matrix_texts.h"

#include "web/rooms/convolve/matrix_entries.h"
#include "web/rooms/convolve/stage_parts.h"
#include "web/widgets/number_text.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::Lens;
using model::LensMatrix;

namespace {

/// The bias is added afterwards, and said so where there is one.
std::string output_text(const Context& context) {
    const model::Setup& setup = context.setup();
    const bool biased =
        !is_pooling(setup.operation) && setup.bias[at(context.room().filter())] != 0.0;
    return biased ? "output before b is added" : "output";
}

}  // namespace

std::string matrix_caption(const Context& context) {
    const model::Model& room = context.room();
    const LensMatrix& matrix = room.matrix();
    const std::string size = size_text(matrix.rows, matrix.columns);
    if (room.lens() == Lens::matrix) {
        return size + ", " + integer_text(matrix.count) + " of " +
               integer_text(matrix.rows * matrix.columns) + " entries not empty";
    }
    return size + ": " + integer_text(matrix.count) + " numbers of " +
           integer_text(context.setup().image.plane_cells() * context.setup().slices()) + " pixels";
}

std::string matrix_title(const Context& context) {
    const bool back = context.room().backward();
    if (context.room().lens() == Lens::matrix) {
        return back ? "Matrix C, transposed" : "Matrix C";
    }
    return back ? "Windows, one a column" : "Windows, one a row";
}

std::string product_text(const Context& context) {
    const bool back = context.room().backward();
    if (context.room().lens() == Lens::matrix) {
        return back ? "C transposed · error = dL/dx" : "C · input = " + output_text(context);
    }
    if (context.room().matrix().across.empty()) {
        return "the greatest of each row = output";
    }
    return back ? "windows · error = dL/dw" : "windows · weights = " + output_text(context);
}

std::string explain_entry(const Context& context, Index row, Index column) {
    const model::MatrixEntry* entry = entry_at(context.room().matrix(), row, column);
    const std::string place = "Entry " + place_text({row, column});
    if (entry == nullptr) {
        return place + " is empty: this output never meets this input.";
    }
    const std::string output = "output " + place_text(entry->output);
    const std::string input =
        entry->pixel ? "input " + place_text(*entry->pixel) : std::string("padding");
    const std::string weight = is_pooling(context.setup().operation)
                                   ? std::string("share")
                                   : "weight " + place_text(entry->weight);
    if (context.room().lens() == Lens::matrix) {
        return place + " is " + weight + ", " + value_text(entry->value) + ": through it " +
               output + " reads " + input + ".";
    }
    return place + " is " + input + ", " + value_text(entry->value) + ", in the window of " +
           output + ", where it meets " + weight + ".";
}

}  // namespace convoscope::rooms::convolve
