// @ts-check
// The same images and labels for everyone, in every language: a linear congruential generator's numbers.

const kClasses = 10;

/** Numbers from 0 to 1; Knuth's multiplier, as in noise() of pytorch.py. @param {number} count @param {number} seed */
export function noise(count, seed) {
  const values = new Float32Array(count);
  let state = seed >>> 0;
  for (let i = 0; i < count; i += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    values[i] = state / 2 ** 32;
  }
  return values;
}

/** @param {number} count @param {number} seed */
export const labels = (count, seed) => Array.from(noise(count, seed), (value) => Math.floor(kClasses * value));

/** Weights of a layer, uniform within ±1/sqrt(inputs). @param {number[]} shape outputs first @param {number} seed */
export function weights(shape, seed) {
  const inputs = shape.slice(1).reduce((product, size) => product * size, 1);
  const count = shape[0] * inputs;
  return noise(count, seed).map((value) => (2 * value - 1) / Math.sqrt(inputs));
}
