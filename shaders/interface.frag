#version 300 es
// The corner's colour, times that of the texture for glyphs and pictures. Most of a page is plain surfaces, which
// leave the texture alone: where a processor draws, reading it is half of their cost.

precision mediump float;

uniform sampler2D u_texture;

in vec2 v_texture_place;
in vec4 v_color;

out vec4 color;

void main() {
    color = v_color;
    if (v_texture_place.x >= 0.0) {
        color *= textureLod(u_texture, v_texture_place, 0.0);
    }
}
