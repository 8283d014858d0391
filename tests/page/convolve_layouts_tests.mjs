// @ts-check
// Every mode of the room of convolutions at every layout and at pixel ratios from 1 to 3, entered and used by real clicks or taps;
// every number against a calculation of its own.

import { convolved, descended, expectClose, expectPlanesClose, expected, inputGradient, matrixOf, photoConvolved, times, weightGradient, written } from './support/convolve_arithmetic.mjs';
import { handOf, reached } from './support/convolve_hand.mjs';
import { cellOf, openRoom, roomOf } from './support/convolve_room.mjs';
import { expectNoProblems } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

/** @typedef {import('./support/convolve_hand.mjs').Hand} Hand */

/** The sum that is shown is that of its products, and the output is right. @param {Hand} hand @param {string} what */
async function expectRight({ page }, what) {
  const room = await roomOf(page);
  const turned = room.turn_kernel
    ? { ...room, weights: room.weights.map((/** @type {number[]} */ row) => [...row].reverse()).reverse() } : room;
  expectClose(room.output, expected(turned), what);
  const [row, column] = room.current;
  if (!room.operation.endsWith('pool')) {
    const sum = room.terms.reduce((/** @type {number} */ all, /** @type {any} */ term) => all + term.value * term.factor, room.bias);
    expectEqual(sum, room.output[row][column], `${what}: its products`);
  }
  return room;
}

/** Convolution, turned, transposed, pooled: each by its own choice, stepped once, an output pinned. @param {Hand} hand */
async function walkOperations(hand) {
  const { page, press, tap } = hand;
  await tap('convolve.next');
  await reached(page, 's.convolve.step === 1');
  await expectRight(hand, 'cross-correlation');
  await tap('convolve.turn', 0.1);
  await reached(page, 's.convolve.turn_kernel');
  await expectRight(hand, 'convolution');
  const { weights } = await roomOf(page);
  await hand.reach('convolve.grid.kernel');
  await press(await cellOf(page, 'convolve.grid.kernel', 3, 3, 0, 0));
  await reached(page, 's.convolve.trace.kind === "weight"');
  expectEqual((await roomOf(page)).trace.place, [2, 2], 'the first cell of the turned kernel is its last weight');
  expectEqual((await roomOf(page)).weights, weights, 'the weights are the same');
  await page.keyboard.press('Escape');
  await tap('convolve.turn', 0.1);
  await reached(page, '!s.convolve.turn_kernel');
  for (const operation of ['max_pool', 'average_pool', 'transposed', 'convolution']) {
    await tap(`convolve.operation.${operation}`);
    await reached(page, `s.convolve.operation === "${operation}"`);
    const { output } = await expectRight(hand, operation);
    await hand.reach('convolve.grid.output');
    await press(await cellOf(page, 'convolve.grid.output', output.length, output[0].length, 1, 1));
    await reached(page, 's.convolve.trace.kind === "output"');
    expectEqual((await roomOf(page)).trace.place, [1, 1], `${operation}: the output that was pressed`);
    await page.keyboard.press('Escape');
  }
}

/** From the transposed convolution back to the direct one by the slider. @param {Hand} hand */
async function walkSlider(hand) {
  const { page, tap, drag } = hand;
  await tap('convolve.operation.transposed');
  await reached(page, 's.convolve.operation === "transposed"');
  const { rect } = await hand.reach('convolve.way');
  const at = (/** @type {number} */ share) => [rect.x + share * rect.width, rect.y + rect.height / 2];
  await drag(at(0.98), at(0.5));
  await reached(page, 's.convolve.way_back > 0.2 && s.convolve.way_back < 0.8');
  await drag(at(0.5), at(-0.2));
  await reached(page, 's.convolve.operation === "convolution" && s.convolve.way_back === 0');
  await expectRight(hand, 'direct');
  await tap('convolve.operation.convolution');
}

/** @param {Hand} hand */
async function walkMatrix(hand) {
  const { page, tap } = hand;
  await tap('convolve.lens.matrix');
  await reached(page, 's.convolve.lens === "matrix"');
  let room = await roomOf(page);
  expectEqual(written(room.matrix), matrixOf(room), 'the matrix');
  const sums = (/** @type {number[]} */ values) => values.map((value) => value + room.bias);
  expectEqual(sums(times(written(room.matrix), room.image.flat())), room.output.flat(), 'C times the input');
  const { rect } = await hand.reach('convolve.matrix');
  await hand.press({ x: rect.x + rect.width / 2, y: rect.y + 8 });
  await reached(page, 's.convolve.trace.kind === "output"');
  await page.keyboard.press('Escape');
  await tap('convolve.lens.im2col');
  await reached(page, 's.convolve.lens === "im2col"');
  room = await roomOf(page);
  expectEqual(sums(times(written(room.matrix), room.weights.flat())), room.output.flat(), 'windows times weights');
}

/** The volumes are turned, and what they show is the output. @param {Hand} hand */
async function walkVolumes(hand) {
  const { page, tap, drag } = hand;
  await tap('convolve.lens.volumes');
  await reached(page, 's.convolve.lens === "volumes"');
  const { rect } = await hand.reach('convolve.volumes');
  const before = (await roomOf(page)).outlook;
  const [x, y] = [rect.x + rect.width / 2, rect.y + rect.height - 24];
  await drag([x, y], [x + 50, y]);
  const { outlook } = await roomOf(page);
  expect(Math.abs(outlook.yaw - before.yaw - 20) < 3, `turned from ${before.yaw} to ${outlook.yaw}`);
  expectClose((await roomOf(page)).output, convolved(await roomOf(page)), 'the volume');
  await tap('convolve.lens.window');
  await reached(page, 's.convolve.lens === "window"');
}

/** @param {Hand} hand */
async function walkBackward(hand) {
  const { page, press, tap } = hand;
  await tap('convolve.direction.backward');
  await reached(page, 's.convolve.direction === "backward"');
  await hand.reach('convolve.grid.output');
  const { output } = await roomOf(page);
  await press(await cellOf(page, 'convolve.grid.output', output.length, output[0].length, 0, 1));
  await reached(page, 's.convolve.gradients.error[0][0][1] === 1');
  const room = await roomOf(page);
  expectPlanesClose(room.gradients.input, inputGradient(room), 'dL/dx');
  expectPlanesClose(room.gradients.weights, weightGradient(room), 'dL/dw');
}

/** One step of gradient descent. @param {Hand} hand */
async function walkLearning(hand) {
  const { page, tap } = hand;
  await tap('convolve.direction.learn');
  await reached(page, 's.convolve.learning?.losses.length === 1');
  const began = await roomOf(page);
  await tap('convolve.next');
  await reached(page, 's.convolve.learning.steps === 1');
  const room = await roomOf(page);
  expectClose(room.weights, descended(began, began.weights, began.bias, 1).weights, 'one step down');
  await tap('convolve.direction.forward');
  await reached(page, 's.convolve.learning === undefined');
}

/** A real picture, and the sum under the lens. @param {Hand} hand */
async function walkPicture(hand) {
  const { page, press, tap } = hand;
  await tap('convolve.scene.picture');
  await reached(page, 's.convolve.scene === "picture" && s.convolve.photo.output.length > 0');
  const { rect } = await hand.reach('convolve.photo.output');
  await press({ x: rect.x + 0.3 * rect.width, y: rect.y + 0.3 * rect.height });
  const room = await roomOf(page);
  const sums = photoConvolved(room);
  const [row, column] = room.photo.place;
  expect(Math.abs(row / sums.length - 0.3) < 0.1 && Math.abs(column / sums[0].length - 0.3) < 0.1, `the lens is at ${row}, ${column}`);
  const all = sums.flat();
  const odd = room.photo.output[0].flat().findIndex((/** @type {number} */ value, /** @type {number} */ i) => Math.abs(value - all[i]) > 0.01);
  expectEqual(odd, -1, 'outputs that are another sum');
  expect(Math.abs(room.photo.sum - sums[row][column]) < 0.01, `the sum under the lens is ${room.photo.sum}`);
  await tap('convolve.scene.cells');
  await reached(page, 's.convolve.scene === "cells"');
}

const layouts = [
  // Software draws the pixels here: where each is four or nine, desk and tablet are about as small as they can be.
  { name: 'a desk', viewport: { width: 1440, height: 900 }, dense: { width: 1240, height: 760 }, hasTouch: false },
  { name: 'a tablet', viewport: { width: 1024, height: 768 }, dense: { width: 880, height: 720 }, hasTouch: false },
  { name: 'a phone', viewport: { width: 390, height: 844 }, dense: { width: 390, height: 844 }, hasTouch: true },
];

for (const { name, viewport, dense, hasTouch } of layouts) {
  for (const deviceScaleFactor of [1, 2, 3]) {
    const layout = { viewport: deviceScaleFactor > 1 ? dense : viewport, hasTouch };
    test(`convolve modes: on ${name} at pixel ratio ${deviceScaleFactor}`, async () => {
      const { page, problems } = await openRoom('&i=6&k=3&s=1&p=1&picture=pacman&kernel=sobel-x&bias=1&step=0&side=32', { ...layout, deviceScaleFactor, reducedMotion: 'reduce' });
      const hand = handOf(page, layout.hasTouch);
      const spent = [];
      for (const walk of [walkOperations, walkSlider, walkMatrix, walkVolumes, walkBackward, walkLearning, walkPicture]) {
        const begin = performance.now();
        await walk(hand);
        spent.push(`${walk.name.slice(4)} ${((performance.now() - begin) / 1000).toFixed(1)}`);
      }
      expectNoProblems(problems);
      return spent.join(', ');
    }, 420);
  }
}
