#version 300 es
// Colours the values of one heat map. The values lie in a texture of the same layout as the target, so a
// fragment reads the value at its own place.

precision highp float;
precision highp int;

uniform highp sampler2D u_values;  // R32F, the layer's own unit, not filtered
uniform sampler2D u_look_up;       // 256 x 1 colours, sRGB, filtered
uniform vec2 u_range;              // least and greatest value, in the unit of the values
uniform vec3 u_exact_zero;         // sRGB colour of a zero that is exactly zero, 0 to 1
uniform int u_mapping;             // 0 sequential, 1 diverging about zero, 2 black to white

out vec4 color;

const float kStops = 256.0;

float place(float value) {
    if (u_mapping == 1) {
        float greatest = max(abs(u_range.x), abs(u_range.y));
        return greatest > 0.0 ? 0.5 + 0.5 * value / greatest : 0.5;
    }
    float span = u_range.y - u_range.x;
    return span > 0.0 ? (value - u_range.x) / span : 0.0;
}

void main() {
    float value = texelFetch(u_values, ivec2(gl_FragCoord.xy), 0).r;
    if (u_mapping == 0 && value == 0.0) {
        color = vec4(u_exact_zero, 1.0);
        return;
    }
    float t = clamp(place(value), 0.0, 1.0) * ((kStops - 1.0) / kStops) + 0.5 / kStops;
    color = vec4(texture(u_look_up, vec2(t, 0.5)).rgb, 1.0);
}
