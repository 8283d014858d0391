#include "web/render/svg_picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

#include <imgui.h>

#include "web/render/svg_letters.h"
#include "web/render/svg_numbers.h"

namespace convoscope::render {
namespace {

using Corner = const ImDrawVert*;

void append_attribute(std::string& svg, const char* name, float value) {
    svg += ' ';
    svg += name;
    svg += "=\"";
    append_length(svg, value);
    svg += '"';
}

void append_box(std::string& svg, ImVec2 least, ImVec2 most) {
    append_attribute(svg, "x", least.x);
    append_attribute(svg, "y", least.y);
    append_attribute(svg, "width", most.x - least.x);
    append_attribute(svg, "height", most.y - least.y);
}

/// Writes one frame's triangles, shape after shape.
class Writer {
  public:
    Writer(const ImDrawData& data, std::span<const SvgFace> faces) : data_(data), letters_(faces) {}

    std::string write() {
        begin();
        for (const ImDrawList* list : data_.CmdLists) {
            for (const ImDrawCmd& command : list->CmdBuffer) {
                write_command(*list, command);
            }
        }
        end_shapes();
        svg_ += is_clipped_ ? "</g>\n</svg>\n" : "</svg>\n";
        return std::move(svg_);
    }

  private:
    void begin() {
        svg_ = "<svg xmlns=\"http://www.w3.org/2000/svg\"";
        append_attribute(svg_, "width", data_.DisplaySize.x);
        append_attribute(svg_, "height", data_.DisplaySize.y);
        svg_ += " viewBox=\"0 0 ";
        append_length(svg_, data_.DisplaySize.x);
        svg_ += ' ';
        append_length(svg_, data_.DisplaySize.y);
        svg_ += "\" xml:space=\"preserve\">\n";
    }

    void write_command(const ImDrawList& list, const ImDrawCmd& command) {
        const ImVec4& clip = command.ClipRect;
        if (command.ElemCount == 0 || clip.z <= clip.x || clip.w <= clip.y) {
            return;
        }
        clip_to(clip);
        const ImDrawIdx* index = list.IdxBuffer.Data + command.IdxOffset;
        const ImDrawVert* vertices = list.VtxBuffer.Data + command.VtxOffset;
        const bool drawn = command.GetTexID() == ImGui::GetIO().Fonts->TexID;
        std::size_t at = 0;
        while (at + 2 < command.ElemCount) {
            at += take_shape({index + at, command.ElemCount - at}, vertices);
            if (drawn) {
                write_shape();
            } else {
                write_image(clip);
            }
        }
    }

    /// Triangles that share their first corner and stand side by side are one shape, if of one
    /// colour. Returns how many indices it has taken.
    std::size_t take_shape(std::span<const ImDrawIdx> indices, const ImDrawVert* vertices) {
        shape_ = {vertices + indices[0], vertices + indices[1], vertices + indices[2]};
        std::size_t taken = 3;
        while (taken + 2 < indices.size() && indices[taken] == indices[0] &&
               indices[taken + 1] == indices[taken - 1] &&
               vertices[indices[taken + 2]].col == shape_[0]->col) {
            shape_.push_back(vertices + indices[taken + 2]);
            taken += 3;
        }
        return taken;
    }

    void write_shape() {
        if (shape_.size() == 4) {
            if (const auto letter = letters_.find(*shape_[0], *shape_[2])) {
                end_path();
                letters_.add(*letter, svg_);
                return;
            }
        }
        letters_.end(svg_);
        const unsigned color = shape_[0]->col;
        const bool even =
            std::ranges::all_of(shape_, [color](Corner corner) { return corner->col == color; });
        if (even && opacity(color) == 0) {
            return;
        }
        if (!even) {
            end_path();
            write_gradient();
            return;
        }
        if (!path_color_ || *path_color_ != color) {
            end_path();
            svg_ += "<path";
            append_fill(svg_, color);
            svg_ += " d=\"";
            path_color_ = color;
        }
        append_outline();
    }

    void append_outline() {
        char step = 'M';
        for (const Corner corner : shape_) {
            svg_ += step;
            append_length(svg_, corner->pos.x);
            svg_ += ' ';
            append_length(svg_, corner->pos.y);
            step = 'L';
        }
        svg_ += 'Z';
    }

    /// Two corners of a triangle have one colour, towards the third it becomes another.
    void write_gradient() {
        std::array<Corner, 3> corners{shape_[0], shape_[1], shape_[2]};
        for (int turn = 0; turn < 2 && corners[0]->col != corners[1]->col; ++turn) {
            std::ranges::rotate(corners, corners.begin() + 1);
        }
        const ImVec2 from = corners[0]->pos;
        const ImVec2 along{corners[1]->pos.x - from.x, corners[1]->pos.y - from.y};
        const ImVec2 to = corners[2]->pos;
        const float length = along.x * along.x + along.y * along.y;
        const float share =
            length > 0 ? ((to.x - from.x) * along.x + (to.y - from.y) * along.y) / length : 0;
        const std::string id = "g" + std::to_string(++gradients_);
        svg_ += "<linearGradient id=\"" + id + "\" gradientUnits=\"userSpaceOnUse\"";
        append_attribute(svg_, "x1", from.x + share * along.x);
        append_attribute(svg_, "y1", from.y + share * along.y);
        append_attribute(svg_, "x2", to.x);
        append_attribute(svg_, "y2", to.y);
        svg_ += '>';
        append_stop(0, corners[0]->col);
        append_stop(1, corners[2]->col);
        svg_ += "</linearGradient><path fill=\"url(#" + id + ")\" d=\"";
        append_outline();
        svg_ += "\"/>\n";
    }

    void append_stop(float offset, unsigned color) {
        svg_ += "<stop";
        append_attribute(svg_, "offset", offset);
        svg_ += " stop-color=\"";
        append_color(svg_, color);
        svg_ += '"';
        append_attribute(svg_, "stop-opacity", opacity(color));
        svg_ += "/>";
    }

    void write_image(const ImVec4& clip) {
        end_shapes();
        ImVec2 least = shape_[0]->pos;
        ImVec2 most = least;
        for (const Corner corner : shape_) {
            least = {std::min(least.x, corner->pos.x), std::min(least.y, corner->pos.y)};
            most = {std::max(most.x, corner->pos.x), std::max(most.y, corner->pos.y)};
        }
        least = {std::max(least.x, clip.x), std::max(least.y, clip.y)};
        most = {std::min(most.x, clip.z), std::min(most.y, clip.w)};
        if (most.x > least.x && most.y > least.y) {
            svg_ += "<image";
            append_box(svg_, least, most);
            svg_ += "/>\n";
        }
    }

    void clip_to(const ImVec4& clip) {
        const std::array<float, 4> wanted{clip.x, clip.y, clip.z, clip.w};
        if (is_clipped_ && wanted == clip_) {
            return;
        }
        end_shapes();
        const std::string id = "c" + std::to_string(++clips_);
        svg_ += is_clipped_ ? "</g>\n" : "";
        svg_ += "<clipPath id=\"" + id + "\"><rect";
        append_box(svg_, {clip.x, clip.y}, {clip.z, clip.w});
        svg_ += "/></clipPath>\n<g clip-path=\"url(#" + id + ")\">\n";
        clip_ = wanted;
        is_clipped_ = true;
    }

    void end_path() {
        if (path_color_) {
            svg_ += "\"/>\n";
            path_color_.reset();
        }
    }

    void end_shapes() {
        end_path();
        letters_.end(svg_);
    }

    const ImDrawData& data_;
    SvgLetters letters_;
    std::string svg_;
    std::vector<Corner> shape_;           ///< the one that is being written
    std::optional<unsigned> path_color_;  ///< of the path that has been begun
    std::array<float, 4> clip_{};
    bool is_clipped_ = false;
    int clips_ = 0;
    int gradients_ = 0;
};

}  // namespace

std::string svg_picture(const ImDrawData& data, std::span<const SvgFace> faces) {
    return Writer(data, faces).write();
}

}  // namespace convoscope::render
