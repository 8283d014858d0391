#version 300 es
// One box of a volume an instance, its corners from the vertex's number: six faces of two triangles each.

uniform mat4 u_view;       // the scene's unit to clip space, parallel
uniform vec3 u_towards;    // direction to the eye, in the scene, length 1

layout(location = 0) in vec3 a_middle;  // the scene's unit
layout(location = 1) in vec3 a_size;    // lengths of the edges, the scene's unit
layout(location = 2) in vec4 a_fill;    // sRGB, 0 to 1
layout(location = 3) in vec4 a_edge;    // sRGB, 0 to 1

out vec2 v_place;  // on the face, 0 to 1
out vec4 v_fill;
flat out vec4 v_edge;

const float kFaceLight[3] = float[3](0.72, 0.88, 1.0);  // sides, top, front

void main() {
    int face = gl_VertexID / 6;
    int corner = gl_VertexID % 6;
    corner = corner < 3 ? corner : 6 - corner;  // 0 1 2, 3 2 1
    vec2 place = vec2(float(corner & 1), float(corner >> 1));
    int axis = face / 2;
    float side = face % 2 == 0 ? -1.0 : 1.0;
    vec2 across = place * 2.0 - 1.0;
    vec3 unit = axis == 0 ? vec3(side, across) : axis == 1 ? vec3(across.x, side, across.y) : vec3(across, side);
    v_place = place;
    v_fill = vec4(a_fill.rgb * kFaceLight[axis], a_fill.a);
    v_edge = a_edge;
    gl_Position = u_view * vec4(a_middle + 0.5 * a_size * unit, 1.0);
    if (side * u_towards[axis] <= 0.0) {  // seen from behind: no face at all
        gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    }
}
