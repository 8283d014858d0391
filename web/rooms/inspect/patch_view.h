#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/rooms/inspect/inspect_context.h"

namespace convoscope::rooms::inspect {

/// How the two factors of products are coloured: to which magnitude, and whether about zero.
struct PatchColours {
    float inputs = 0.0F;
    float weights = 0.0F;
    bool signed_inputs = false;
    bool signed_weights = true;
};

/// Of the patches of one sum. `gradients`: their inputs are errors, which have a scale of their
/// own; else that of the layer that they are read of.
[[nodiscard]] PatchColours colours_of(const Context& context,
                                      const std::vector<model::Patch>& patches,
                                      const model::Patch& patch,
                                      bool gradients);

/// Where the numbers of a patch stand on their map, in cells; nothing where none is there.
[[nodiscard]] std::optional<widgets::Rect> field_of(const model::Patch& patch);

/// In what unit a patch's numbers are written where they are small: ", in 10⁻⁷"; mostly empty.
[[nodiscard]] std::string unit_text(const std::vector<double>& values);

/// The numbers of a patch as a small picture; hatched where none is.
void draw_patch_inputs(Context& context,
                       const model::Patch& patch,
                       const PatchColours& colours,
                       widgets::Rect rect);

/// What they are multiplied by. Expects: the patch has weights.
void draw_patch_weights(Context& context,
                        const model::Patch& patch,
                        const PatchColours& colours,
                        widgets::Rect rect);

/// A patch opened large: its numbers and, where there are any, their weights beside or below them,
/// written out where they have room. What lies under the pointer, or under the arrows' cursor, is
/// told as a product.
struct Products {
    const char* id;
    const model::Patch& patch;
    PatchColours colours;
    std::string input_name;   ///< "input", "error"
    std::string weight_name;  ///< "weight", "input"
    Index winner = -1;        ///< outlined
};
/// Returns the height that it takes.
float draw_products(Context& context, const Products& products, widgets::Rect where);

}  // namespace convoscope::rooms::inspect
