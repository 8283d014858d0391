#version 300 es
// Glyphs, pictures and plain surfaces alike: the texture's colour times the corner's.

precision mediump float;

uniform sampler2D u_texture;

in vec2 v_texture_place;
in vec4 v_color;

out vec4 color;

void main() {
    color = v_color * texture(u_texture, v_texture_place);
}
