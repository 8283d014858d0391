#include "web/render/interface_painter.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

#include <GLES3/gl3.h>
#include <imgui.h>

#include "web/render/shaders.h"

namespace convoscope::render {
namespace {

const void* byte_offset(std::size_t bytes) {
    return reinterpret_cast<const void*>(bytes);  // NOLINT(performance-no-int-to-ptr): GL's way
}

void describe_vertices() {
    constexpr GLsizei kStride = sizeof(ImDrawVert);
    for (GLuint attribute = 0; attribute < 3; ++attribute) {
        glEnableVertexAttribArray(attribute);
    }
    glVertexAttribPointer(
        0, 2, GL_FLOAT, GL_FALSE, kStride, byte_offset(offsetof(ImDrawVert, pos)));
    glVertexAttribPointer(1, 2, GL_FLOAT, GL_FALSE, kStride, byte_offset(offsetof(ImDrawVert, uv)));
    glVertexAttribPointer(
        2, 4, GL_UNSIGNED_BYTE, GL_TRUE, kStride, byte_offset(offsetof(ImDrawVert, col)));
}

/// Where plain surfaces have their white in the texture of the fonts: nowhere.
constexpr float kNoPlace = -1.0F;

template <typename Element>
std::span<const Element> elements_of(const ImVector<Element>& vector) {
    return {vector.Data, static_cast<std::size_t>(vector.Size)};
}

}  // namespace

InterfacePainter::~InterfacePainter() {
    if (vertex_array_ != 0) {
        glDeleteVertexArrays(1, &vertex_array_);
        glDeleteBuffers(1, &vertex_buffer_);
        glDeleteBuffers(1, &index_buffer_);
    }
}

bool InterfacePainter::create() {
    if (!program_.build(kInterfaceVertex, kInterfaceFragment)) {
        return false;
    }
    page_size_uniform_ = program_.uniform("u_page_size");
    glGenVertexArrays(1, &vertex_array_);
    glGenBuffers(1, &vertex_buffer_);
    glGenBuffers(1, &index_buffer_);
    glBindVertexArray(vertex_array_);
    glBindBuffer(GL_ARRAY_BUFFER, vertex_buffer_);
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, index_buffer_);
    describe_vertices();
    glBindVertexArray(0);
    return true;
}

void InterfacePainter::upload_fonts(ImFontAtlas& atlas) {
    unsigned char* texels = nullptr;
    int width = 0;
    int height = 0;
    atlas.GetTexDataAsRGBA32(&texels, &width, &height);
    fonts_.create(width, height, TexelFormat::kRgba8, true);
    const auto bytes = static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4;
    fonts_.upload(0, 0, width, height, std::span<const std::uint8_t>(texels, bytes));
    atlas.TexUvWhitePixel = {kNoPlace, kNoPlace};
    atlas.SetTexID(reinterpret_cast<ImTextureID>(  // NOLINT(performance-no-int-to-ptr): ImGui's way
        static_cast<std::uintptr_t>(fonts_.id())));
}

bool InterfacePainter::Call::joins(const Call& next) const {
    return texture == next.texture && clip == next.clip &&
           first_index + index_count == next.first_index;
}

void InterfacePainter::collect(const ImDrawData& data) {
    vertices_.resize(static_cast<std::size_t>(data.TotalVtxCount));
    indices_.resize(static_cast<std::size_t>(data.TotalIdxCount));
    calls_.clear();
    std::uint32_t base_vertex = 0;
    std::size_t base_index = 0;
    for (const ImDrawList* list : data.CmdLists) {
        const std::span<const ImDrawVert> vertices = elements_of(list->VtxBuffer);
        const std::span<const ImDrawIdx> indices = elements_of(list->IdxBuffer);
        std::ranges::copy(vertices, vertices_.begin() + static_cast<std::ptrdiff_t>(base_vertex));
        std::ranges::transform(indices,
                               indices_.begin() + static_cast<std::ptrdiff_t>(base_index),
                               [base_vertex](ImDrawIdx index) { return base_vertex + index; });
        for (const ImDrawCmd& command : list->CmdBuffer) {
            add_call(data, command, base_index);
        }
        base_vertex += static_cast<std::uint32_t>(vertices.size());
        base_index += indices.size();
    }
}

void InterfacePainter::add_call(const ImDrawData& data,
                                const ImDrawCmd& command,
                                std::size_t base_index) {
    const ImVec2 scale = data.FramebufferScale;
    const float canvas_height = data.DisplaySize.y * scale.y;
    const float left = std::floor(std::max(0.0F, command.ClipRect.x * scale.x));
    const float top = std::floor(std::max(0.0F, command.ClipRect.y * scale.y));
    const float right = std::ceil(command.ClipRect.z * scale.x);
    const float bottom = std::ceil(std::min(canvas_height, command.ClipRect.w * scale.y));
    if (command.ElemCount == 0 || right <= left || bottom <= top) {
        return;
    }
    const Call call{
        .texture = static_cast<unsigned>(reinterpret_cast<std::uintptr_t>(command.GetTexID())),
        .clip = {.x = static_cast<int>(left),
                 .y = static_cast<int>(canvas_height - bottom),
                 .width = static_cast<int>(right - left),
                 .height = static_cast<int>(bottom - top)},
        .first_index = base_index + command.IdxOffset,
        .index_count = command.ElemCount};
    if (!calls_.empty() && calls_.back().joins(call)) {
        calls_.back().index_count += call.index_count;
    } else {
        calls_.push_back(call);
    }
}

ImVec4 InterfacePainter::take_ground(ImVec2 page) {
    constexpr ImVec4 kBlack{0.0F, 0.0F, 0.0F, 1.0F};
    constexpr std::size_t kCorners = 4;
    constexpr std::size_t kIndices = 6;  // of a rectangle's two triangles
    if (calls_.empty() || calls_[0].index_count < kIndices || vertices_.size() < kCorners) {
        return kBlack;
    }
    const ImDrawVert& first = vertices_[indices_[0]];
    const ImDrawVert& opposite = vertices_[indices_[2]];
    const ImVec4 color = ImGui::ColorConvertU32ToFloat4(first.col);
    const bool covers = indices_[3] == indices_[0] && indices_[4] == indices_[2] &&
                        first.pos.x == 0.0F && first.pos.y == 0.0F && opposite.pos.x == page.x &&
                        opposite.pos.y == page.y;
    const bool plain = first.uv.x == kNoPlace && opposite.col == first.col && color.w == 1.0F;
    if (!covers || !plain || calls_[0].first_index != 0) {
        return kBlack;
    }
    calls_[0].first_index += kIndices;
    calls_[0].index_count -= kIndices;
    return color;
}

void InterfacePainter::upload() {
    glBindVertexArray(vertex_array_);
    glBindBuffer(GL_ARRAY_BUFFER, vertex_buffer_);
    glBufferData(GL_ARRAY_BUFFER,
                 static_cast<GLsizeiptr>(vertices_.size() * sizeof(ImDrawVert)),
                 vertices_.data(),
                 GL_STREAM_DRAW);
    glBufferData(GL_ELEMENT_ARRAY_BUFFER,
                 static_cast<GLsizeiptr>(indices_.size() * sizeof(std::uint32_t)),
                 indices_.data(),
                 GL_STREAM_DRAW);
}

void InterfacePainter::draw(const ImDrawData& data) {
    collect(data);
    const ImVec4 ground = take_ground(data.DisplaySize);
    upload();
    const ImVec2 scale = data.FramebufferScale;
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
    glViewport(0,
               0,
               static_cast<int>(data.DisplaySize.x * scale.x),
               static_cast<int>(data.DisplaySize.y * scale.y));
    glDisable(GL_SCISSOR_TEST);
    glClearColor(ground.x, ground.y, ground.z, 1.0F);
    glClear(GL_COLOR_BUFFER_BIT);
    glEnable(GL_SCISSOR_TEST);
    glEnable(GL_BLEND);
    glDisable(GL_DEPTH_TEST);
    glDisable(GL_CULL_FACE);
    glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
    glUseProgram(program_.id());
    glUniform2f(page_size_uniform_, data.DisplaySize.x, data.DisplaySize.y);
    glActiveTexture(GL_TEXTURE0);
    const Call* before = nullptr;
    for (const Call& call : calls_) {
        if (before == nullptr || before->texture != call.texture) {
            glBindTexture(GL_TEXTURE_2D, call.texture);
        }
        if (before == nullptr || before->clip != call.clip) {
            glScissor(call.clip.x, call.clip.y, call.clip.width, call.clip.height);
        }
        before = &call;
        glDrawElements(GL_TRIANGLES,
                       static_cast<GLsizei>(call.index_count),
                       GL_UNSIGNED_INT,
                       byte_offset(call.first_index * sizeof(std::uint32_t)));
    }
    glBindVertexArray(0);
}

void InterfacePainter::abandon() {
    program_.abandon();
    fonts_.abandon();
    vertex_array_ = vertex_buffer_ = index_buffer_ = 0;
}

}  // namespace convoscope::render
