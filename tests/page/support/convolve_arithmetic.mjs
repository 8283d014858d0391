// @ts-check
// What the room of convolutions shows, calculated by the definitions.

import { expect, expectEqual } from './runner.mjs';

/** Outputs along an axis. @param {any} axis @param {number} [size]  of the input, without padding */
const outputsOf = ({ input, padding, dilation, kernel, stride }, size = input) =>
  Math.floor((size + padding[0] + padding[1] - dilation * (kernel - 1) - 1) / stride) + 1;

/** A convolution by its definition, padding by zeros. @param {any} s the room's state @returns {number[][]} */
export function convolved({ image, weights, height: h, width: w, bias }) {
  return Array.from({ length: outputsOf(h) }, (_, r) => Array.from({ length: outputsOf(w) }, (__, c) => {
    let sum = bias;
    for (let i = 0; i < h.kernel; i++) {
      for (let j = 0; j < w.kernel; j++) {
        const y = r * h.stride + i * h.dilation - h.padding[0];
        const x = c * w.stride + j * w.dilation - w.padding[0];
        sum += (image[y]?.[x] ?? 0) * weights[i][j];
      }
    }
    return sum;
  }));
}

/** A transposed convolution by its definition: each pixel spreads over a window. @param {any} s @returns {number[][]} */
export function spread({ image, weights, height: h, width: w, bias }) {
  const size = (/** @type {any} */ a) => (a.input - 1) * a.stride - 2 * a.padding[0] + a.dilation * (a.kernel - 1) + a.output_padding + 1;
  const output = Array.from({ length: size(h) }, () => Array(size(w)).fill(bias));
  image.forEach((/** @type {number[]} */ row, /** @type {number} */ r) => row.forEach((value, c) => {
    for (let i = 0; i < h.kernel; i++) {
      for (let j = 0; j < w.kernel; j++) {
        const y = r * h.stride + i * h.dilation - h.padding[0];
        const x = c * w.stride + j * w.dilation - w.padding[0];
        if (output[y]?.[x] !== undefined) output[y][x] += value * weights[i][j];
      }
    }
  }));
  return output;
}

/** Of every window the values within the picture. @param {any} s @param {(values: number[]) => number} of @returns {number[][]} */
export function pooled({ image, height: h, width: w }, of) {
  return Array.from({ length: outputsOf(h) }, (_, r) => Array.from({ length: outputsOf(w) }, (__, c) => {
    const values = [];
    for (let i = 0; i < h.kernel; i++) {
      for (let j = 0; j < w.kernel; j++) values.push(image[r * h.stride + i * h.dilation - h.padding[0]]?.[c * w.stride + j * w.dilation - w.padding[0]]);
    }
    return of(values.filter((value) => value !== undefined));
  }));
}

/** @param {any} room */
export function expected(room) {
  if (room.operation === 'transposed') return spread(room);
  if (room.operation === 'max_pool') return pooled(room, (values) => Math.max(...values));
  if (room.operation === 'average_pool') return pooled(room, (values) => values.reduce((a, b) => a + b, 0) / (room.height.kernel * room.width.kernel));
  return convolved(room);
}

/** @param {number[][]} a @param {number[][]} b @param {string} what */
export function expectClose(a, b, what) {
  expectEqual(a.map((row) => row.length), b.map((row) => row.length), `${what}: shape`);
  a.forEach((row, r) => row.forEach((value, c) => expect(Math.abs(value - b[r][c]) < 1e-9, `${what} [${r}, ${c}] is ${value}, expected ${b[r][c]}`)));
}

/** A convolution of several channels in groups, by its definition. @param {any} s @returns {number[][][]} */
export function convolvedInGroups(s) {
  const { height: h, width: w, groups, input_channels: channels, output_channels: filters, biases, volumes: { image, weights } } = s;
  const slices = channels / groups;
  return Array.from({ length: filters }, (_, filter) => {
    const first = Math.floor(filter / (filters / groups)) * slices;
    const planes = Array.from({ length: slices }, (__, slice) =>
      convolved({ image: image[first + slice], weights: weights[filter * slices + slice], height: h, width: w, bias: 0 }));
    return planes[0].map((row, r) => row.map((___, c) => planes.reduce((sum, plane) => sum + plane[r][c], biases[filter])));
  });
}

/** The sparse matrix by the definition of a convolution with zeros around. @param {any} s @returns {number[][]} */
export function matrixOf({ height: h, width: w, weights, output }) {
  return output.flatMap((/** @type {number[]} */ row, /** @type {number} */ r) => row.map((_, c) => {
    const line = Array(h.input * w.input).fill(0);
    for (let i = 0; i < h.kernel; i++) {
      for (let j = 0; j < w.kernel; j++) {
        const y = r * h.stride + i * h.dilation - h.padding[0];
        const x = c * w.stride + j * w.dilation - w.padding[0];
        if (y >= 0 && x >= 0 && y < h.input && x < w.input) line[y * w.input + x] += weights[i][j];
      }
    }
    return line;
  }));
}

/** @param {any} matrix @returns {number[][]} */
export function written(matrix) {
  const rows = Array.from({ length: matrix.rows }, () => Array(matrix.columns).fill(0));
  for (const [row, column, value] of matrix.entries) rows[row][column] = value;
  return rows;
}

/** @param {number[][]} matrix @param {number[]} vector */
export const times = (matrix, vector) => matrix.map((row) => row.reduce((sum, value, i) => sum + value * vector[i], 0));

/**
 * What each output has read: for every output of every filter the channels, pixels and weights of its products.
 * @param {any} s @param {(filter: number, r: number, c: number, channel: number, y: number, x: number, i: number, j: number) => void} visit
 */
export function visitProducts(s, visit) {
  const { height: h, width: w } = s;
  const pooling = s.operation.endsWith('pool');
  const back = s.operation === 'transposed';
  const outputs = s.volumes.output;
  outputs.forEach((/** @type {number[][]} */ plane, /** @type {number} */ filter) => {
    const slices = pooling ? 1 : s.input_channels / s.groups;
    const first = pooling ? filter : Math.floor(filter / (s.output_channels / s.groups)) * slices;
    for (let channel = first; channel < first + slices; channel++) {
      const [longer, shorter] = back ? [s.volumes.image[channel], plane] : [plane, s.volumes.image[channel]];
      longer.forEach((/** @type {number[]} */ row, /** @type {number} */ r) => row.forEach((_, c) => {
        for (let i = 0; i < h.kernel; i++) {
          for (let j = 0; j < w.kernel; j++) {
            const y = r * h.stride + i * h.dilation - h.padding[0];
            const x = c * w.stride + j * w.dilation - w.padding[0];
            if (shorter[y]?.[x] === undefined) continue;
            if (back) visit(filter, y, x, channel, r, c, i, j);
            else visit(filter, r, c, channel, y, x, i, j);
          }
        }
      }));
    }
  });
}

/** dL/dx by the definition: every output hands its error back to what it has read. @param {any} s @returns {number[][][]} */
export function inputGradient(s) {
  const result = s.volumes.image.map((/** @type {number[][]} */ plane) => plane.map((row) => row.map(() => 0)));
  const slices = s.input_channels / s.groups;
  visitProducts(s, (filter, r, c, channel, y, x, i, j) => {
    const error = s.gradients.error[filter][r][c];
    if (s.operation === 'average_pool') result[channel][y][x] += error / (s.height.kernel * s.width.kernel);
    else if (s.operation !== 'max_pool') result[channel][y][x] += error * s.volumes.weights[filter * slices + channel % slices][i][j];
  });
  return result;
}

/** @param {any} s @returns {number[][][]} */
export function weightGradient(s) {
  const result = s.volumes.weights.map((/** @type {number[][]} */ plane) => plane.map((row) => row.map(() => 0)));
  const slices = s.input_channels / s.groups;
  visitProducts(s, (filter, r, c, channel, y, x, i, j) => {
    result[filter * slices + channel % slices][i][j] += s.gradients.error[filter][r][c] * s.volumes.image[channel][y][x];
  });
  return result;
}

/** @param {number[][][]} a @param {number[][][]} b @param {string} what */
export function expectPlanesClose(a, b, what) {
  expectEqual(a.flat().map((row) => row.length), b.flat().map((row) => row.length), `${what}: shape`);
  a.flat(2).forEach((value, place) => expect(Math.abs(value - b.flat(2)[place]) < 1e-9, `${what} at ${place} is ${value}, expected ${b.flat(2)[place]}`));
}

/** Output, loss and gradient of one kernel with zeros around the picture, by the definition. @param {any} room @param {number[][]} weights @param {number} bias */
export function slopeOf({ image, height: h, width: w, learning: { target } }, weights, bias) {
  const cells = target.length * target[0].length;
  const slope = { loss: 0, bias: 0, weights: weights.map((row) => row.map(() => 0)) };
  target.forEach((/** @type {number[]} */ row, /** @type {number} */ r) => row.forEach((wanted, c) => {
    const pixel = (/** @type {number} */ i, /** @type {number} */ j) => image[r * h.stride + i - h.padding[0]]?.[c * w.stride + j - w.padding[0]] ?? 0;
    let output = bias;
    weights.forEach((line, i) => line.forEach((weight, j) => { output += weight * pixel(i, j); }));
    slope.loss += (output - wanted) ** 2 / cells;
    slope.bias += 2 * (output - wanted) / cells;
    weights.forEach((line, i) => line.forEach((_, j) => { slope.weights[i][j] += 2 * (output - wanted) * pixel(i, j) / cells; }));
  }));
  return slope;
}

/** @param {any} room @param {number[][]} weights @param {number} bias @param {number} steps */
export function descended(room, weights, bias, steps) {
  for (let step = 0; step < steps; step++) {
    const slope = slopeOf(room, weights, bias);
    weights = weights.map((row, i) => row.map((weight, j) => weight - room.learning.rate * slope.weights[i][j]));
    bias -= room.learning.rate * slope.bias;
  }
  return { weights, bias };
}

/** What a kernel makes of a grey picture, with zeros around it. @param {any} room */
export function photoConvolved({ photo, weights, bias, height, width }) {
  const pixel = (/** @type {number} */ y, /** @type {number} */ x) =>
    y < 0 || x < 0 || y >= photo.rows || x >= photo.columns ? 0 : photo.input[y * photo.columns + x];
  return Array.from({ length: outputsOf(height, photo.rows) }, (_, oy) => Array.from({ length: outputsOf(width, photo.columns) }, (__, ox) => {
    let sum = bias;
    weights.forEach((/** @type {number[]} */ row, /** @type {number} */ ky) => row.forEach((weight, kx) => {
      sum += weight * pixel(oy * height.stride + ky * height.dilation - height.padding[0], ox * width.stride + kx * width.dilation - width.padding[0]);
    }));
    return sum;
  }));
}
