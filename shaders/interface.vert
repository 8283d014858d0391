#version 300 es
// The corners of the interface's triangles: places in CSS pixels from the top left of the page.

uniform vec2 u_page_size;  // CSS pixels

layout(location = 0) in vec2 a_position;       // CSS pixels
layout(location = 1) in vec2 a_texture_place;  // 0 to 1; negative: none
layout(location = 2) in vec4 a_color;          // sRGB and opacity, 0 to 1

out vec2 v_texture_place;
out vec4 v_color;

void main() {
    v_texture_place = a_texture_place;
    v_color = a_color;
    vec2 place = a_position / u_page_size * 2.0 - 1.0;
    gl_Position = vec4(place.x, -place.y, 0.0, 1.0);
}
