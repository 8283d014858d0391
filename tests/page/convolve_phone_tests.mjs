// @ts-check
// The phone's "More settings": what has no chip of its own, by taps, every number against its definition.

import { handOf, reached } from './support/convolve_hand.mjs';
import { openRoom, roomOf } from './support/convolve_room.mjs';
import { expectNoProblems, waitForState } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

/** @typedef {import('./support/convolve_hand.mjs').Hand} Hand */

const kPhone = { viewport: { width: 390, height: 844 }, hasTouch: true, deviceScaleFactor: 2, reducedMotion: /** @type {'reduce'} */ ('reduce') };

/** Which pixel stands at a position beside the picture, on an axis of n; undefined: a zero. @type {Record<string, (position: number, n: number) => number | undefined>} */
const kBeside = {
  zeros: () => undefined,
  reflect: (position, n) => (position < 0 ? -position : 2 * (n - 1) - position),
  replicate: (position, n) => (position < 0 ? 0 : n - 1),
  circular: (position, n) => (position + n) % n,
};

/** A convolution by its definition, with each axis's own numbers and its padding. @param {any} room @returns {number[][]} */
function convolvedBeside({ image, weights, bias, height, width, padding_mode: mode, turn_kernel: turned }) {
  const kernel = turned ? weights.map((/** @type {number[]} */ row) => [...row].reverse()).reverse() : weights;
  const at = (/** @type {number} */ position, /** @type {number} */ n) => (position >= 0 && position < n ? position : kBeside[mode](position, n));
  const outputs = (/** @type {any} */ axis) => Math.floor((axis.input + axis.padding[0] + axis.padding[1] - axis.dilation * (axis.kernel - 1) - 1) / axis.stride) + 1;
  return Array.from({ length: outputs(height) }, (_, r) => Array.from({ length: outputs(width) }, (__, c) => {
    let sum = bias;
    kernel.forEach((/** @type {number[]} */ line, /** @type {number} */ i) => line.forEach((weight, j) => {
      const y = at(r * height.stride + i * height.dilation - height.padding[0], height.input);
      const x = at(c * width.stride + j * width.dilation - width.padding[0], width.input);
      if (y !== undefined && x !== undefined) sum += image[y][x] * weight;
    }));
    return sum;
  }));
}

/** @param {Hand} hand @param {string} what */
async function expectDefined({ page }, what) {
  const room = await roomOf(page);
  expectEqual(room.output, convolvedBeside(room), what);
}

/** A tap on a slider's track, where a whole number stands. @param {Hand} hand @param {string} id @param {number} value */
async function tapValue(hand, id, value) {
  const { min, max } = await hand.reach(id);
  await hand.tap(id, (value - min) / (max - min));
}

test('convolve: on a phone, more settings: each axis by itself, padding of every kind, the kernel turned', async () => {
  const { page, problems } = await openRoom('&i=6&k=3&s=1&p=1&picture=pacman&kernel=sobel-x&bias=1&step=0', kPhone);
  const hand = handOf(page, true);
  await hand.tap('convolve.link');
  await reached(page, '!s.convolve.linked');
  await tapValue(hand, 'convolve.stride.width', 2);
  await reached(page, 's.convolve.width.stride === 2 && s.convolve.height.stride === 1');
  await expectDefined(hand, 'two columns at a time');
  await tapValue(hand, 'convolve.padding.height', 2);
  await reached(page, 's.convolve.height.padding.join() === "2,1"');
  await tapValue(hand, 'convolve.padding.width.end', 0);
  await reached(page, 's.convolve.width.padding.join() === "1,0"');
  await tapValue(hand, 'convolve.input.width', 9);
  await reached(page, 's.convolve.width.input === 9 && s.convolve.height.input === 6');
  await expectDefined(hand, 'padding of its own at each side');
  for (const mode of ['reflect', 'replicate', 'circular', 'zeros']) {
    await hand.tap(`convolve.mode.${mode}`);
    await reached(page, `s.convolve.padding_mode === "${mode}"`);
    await expectDefined(hand, `padding with ${mode}`);
  }
  const straight = (await roomOf(page)).output;
  await hand.tap('convolve.turn', 0.1);
  await reached(page, 's.convolve.turn_kernel');
  await expectDefined(hand, 'turned');
  expect(JSON.stringify((await roomOf(page)).output) !== JSON.stringify(straight), 'the turned kernel gives the same: the test tests nothing');
  await hand.tap('convolve.link');
  await reached(page, 's.convolve.linked && JSON.stringify(s.convolve.height) === JSON.stringify(s.convolve.width)');
  await expectDefined(hand, 'linked again');
  expectNoProblems(problems);
}, 150);

test('convolve: on a phone, more settings: the order of the steps, and where they end', async () => {
  const { page, problems } = await openRoom('&i=4,5&k=3&s=1&p=0&picture=ramp&step=0', kPhone);
  const hand = handOf(page, true);
  await hand.tap('convolve.order.columns');
  await reached(page, 's.convolve.order === "columns"');
  await hand.tap('convolve.next');
  await reached(page, 's.convolve.step === 1');
  expectEqual((await roomOf(page)).current, [1, 0], 'down the column');
  await hand.tap('convolve.order.random');
  await reached(page, 's.convolve.order === "random"');
  const { steps } = await roomOf(page);
  const seen = new Set();
  for (let step = 0; step < steps; step++) {
    await page.keyboard.press(step === 0 ? 'Home' : 'ArrowRight');
    await reached(page, `s.convolve.step === ${step}`);
    seen.add((await roomOf(page)).current.join());
  }
  expectEqual([steps, seen.size], [6, 6], 'steps, and outputs that they come by');
  await hand.tap('convolve.loop', 0.1);
  await reached(page, '!s.convolve.loops');
  await page.keyboard.press('ArrowLeft');
  await reached(page, `s.convolve.step === ${steps - 2}`);
  await hand.tap('convolve.play');
  await waitForState(page, `!s.convolve.playing && s.convolve.step === ${steps - 1}`);
  expectNoProblems(problems);
}, 120);
