#version 300 es
// The face of a box with a line along its edges, which goes where the face is too small for it.

precision highp float;

in vec2 v_place;
in vec4 v_fill;
flat in vec4 v_edge;

out vec4 color;

const float kLinePixels = 1.2;
const float kLeastFacePixels = 4.0;
const float kWholeFacePixels = 12.0;

void main() {
    vec2 pixel = fwidth(v_place);
    vec2 distance = min(v_place, 1.0 - v_place) / pixel;
    float line = 1.0 - smoothstep(kLinePixels - 0.5, kLinePixels + 0.5, min(distance.x, distance.y));
    float face_pixels = 1.0 / max(pixel.x, pixel.y);
    line *= smoothstep(kLeastFacePixels, kWholeFacePixels, face_pixels);
    color = vec4(mix(v_fill.rgb, v_edge.rgb, line * v_edge.a), v_fill.a);
}
