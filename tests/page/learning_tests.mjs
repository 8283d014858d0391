// @ts-check
// A filter that learns a target, against a gradient descent of its own.

import { descended, slopeOf } from './support/convolve_arithmetic.mjs';
import { openRoom, roomOf, settled } from './support/convolve_room.mjs';
import { clickWidget, dispatch, expectNoProblems, nextStep, waitForState, widget } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @param {number[][]} a @param {number[][]} b @param {string} what @param {number} [near] */
function expectNear(a, b, what, near = 1e-9) {
  const [x, y] = [a.flat(), b.flat()];
  expectEqual(x.length, y.length, `${what}: how many`);
  x.forEach((value, i) => expect(Math.abs(value - y[i]) < near, `${what} at ${i}: ${value}, expected ${y[i]}`));
}

test('learning: a filter finds a hidden kernel step by step, as another gradient descent does', async () => {
  const { page, problems } = await openRoom('&i=8&k=3&s=1&p=1&picture=ghost&kernel=sobel-x&bias=0');
  const made = (await roomOf(page)).output;
  await clickWidget(page, 'convolve.direction.learn');
  await waitForState(page, 's.convolve.learning?.hidden === "sobel-x"');
  await page.evaluate('convoscope.idle()');
  const began = await roomOf(page);
  expectNear(began.learning.target, made, 'the target is what the kernel made');
  const zeros = [[0, 0, 0], [0, 0, 0], [0, 0, 0]];
  expectEqual(began.weights, zeros, 'and the filter knows nothing');
  for (let step = 1; step <= 3; step++) {
    await clickWidget(page, 'convolve.next');
    await waitForState(page, `s.convolve.learning.steps === ${step}`);
  }
  let room = await roomOf(page);
  const own = descended(began, zeros, 0, 3);
  expectNear(room.weights, own.weights, 'three steps');
  expect(Math.abs(room.learning.losses[3] - slopeOf(began, own.weights, own.bias).loss) < 1e-9, 'and the loss');
  expectEqual((await widget(page, 'convolve.learn.hidden')).value, 'hidden', 'the kernel is not told');
  await nextStep(page);
  await clickWidget(page, 'convolve.speed.max');
  await page.keyboard.press('Space');
  await waitForState(page, 's.convolve.learning.state === "learned"', 30);
  room = await roomOf(page);
  expectNear(room.weights, [[1, 0, -1], [2, 0, -2], [1, 0, -1]], 'the hidden kernel', 0.02);
  expectNear(room.output, made, 'its output', 0.02);
  expect(/nobody told the filter/.test(room.explanation), room.explanation);
  await page.evaluate('convoscope.idle()');
  expectEqual((await widget(page, 'convolve.learn.hidden')).value, '3 × 3', 'now it is shown');
  const link = String(await page.evaluate('convoscope.link()')).split('#')[1];
  const again = await openRoom(`&${link.split('&').slice(1).join('&')}`);
  const taken = await roomOf(again.page);
  expectNear(taken.weights, room.weights, 'by the link', 1e-4);
  expectEqual([taken.learning.hidden, taken.learning.rate.toPrecision(6)], ['sobel-x', room.learning.rate.toPrecision(6)], 'target and rate');
  await nextStep(page);
  await page.keyboard.press('Control+z');
  await waitForState(page, 's.convolve.learning?.losses.length === 1');
  expectNear((await roomOf(page)).weights, own.weights, 'undone', 1e-4);
  expectNoProblems([...problems, ...again.problems]);
}, 90);

test('learning: a painted target, a rate that is too high, and the way back to the kernel', async () => {
  const { page, problems } = await openRoom('&i=7&k=3&s=1&p=0&picture=pacman&kernel=blur&bias=0');
  await clickWidget(page, 'convolve.direction.learn');
  await waitForState(page, 's.convolve.learning?.hidden === "blur"');
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'convolve.target.painted');
  await waitForState(page, 's.convolve.learning.hidden === "" && s.convolve.tool === "paint"');
  await page.evaluate('convoscope.idle()');
  const { rect } = await widget(page, 'convolve.grid.target');
  const at = (/** @type {number} */ row, /** @type {number} */ column) => [rect.x + (column + 0.5) * rect.width / 5, rect.y + (row + 0.5) * rect.height / 5];
  await page.mouse.move(at(2, 0)[0], at(2, 0)[1]);
  await settled(page);
  await page.mouse.down();
  await settled(page);
  await page.mouse.move(at(2, 4)[0], at(2, 4)[1], { steps: 8 });
  await settled(page);
  await page.mouse.up();
  await waitForState(page, 's.convolve.learning.target[2].every((value) => value === 3)');
  const room = await roomOf(page);
  expect(Math.abs(room.learning.losses[0] - slopeOf(room, room.weights, room.bias).loss) < 1e-9, 'the loss of what is painted');
  await dispatch(page, { command: 'convolve_rate', value: 3 * room.learning.greatest_rate });
  await clickWidget(page, 'convolve.play');
  await waitForState(page, 's.convolve.learning.state === "diverged"', 20);
  expect(/^Stopped: each step goes further/.test((await roomOf(page)).explanation), 'it says why');
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'convolve.play');
  await waitForState(page, 's.convolve.learning.state === "running" && s.convolve.learning.rate < s.convolve.learning.greatest_rate');
  await clickWidget(page, 'convolve.play');
  await waitForState(page, 's.convolve.learning.state === "paused"');
  await nextStep(page);
  await clickWidget(page, 'convolve.direction.forward');
  await waitForState(page, 's.convolve.learning === undefined');
  await nextStep(page);
  await page.keyboard.press('Control+z');
  await waitForState(page, 's.convolve.learning?.hidden === ""');
  expectNoProblems(problems);
});

test('learning: on the phone a finger paints the target and lets the filter learn it', async () => {
  const { page, problems } = await openRoom('&i=6&k=3&s=1&p=0&picture=seven&kernel=sobel-x&bias=0',
    { viewport: { width: 390, height: 844 }, hasTouch: true, deviceScaleFactor: 3 });
  const tap = async (/** @type {string} */ id) => {
    const { rect } = await widget(page, id);
    await page.touchscreen.tap(rect.x + rect.width / 2, rect.y + rect.height / 2);
  };
  await tap('convolve.direction.learn');
  await waitForState(page, 's.convolve.learning?.hidden === "sobel-x"');
  await page.evaluate('convoscope.idle()');
  await tap('convolve.next');
  await waitForState(page, 's.convolve.learning.steps === 1');
  await dispatch(page, { command: 'convolve_speed', speed: 0 });
  await page.evaluate('convoscope.idle()');
  await tap('convolve.play');
  await waitForState(page, 's.convolve.learning.state === "learned" || s.convolve.learning.state === "settled"', 30);
  const room = await roomOf(page);
  expect(room.learning.losses.at(-1) < 1e-4 * room.learning.losses[0], `the loss is ${room.learning.losses.at(-1)}`);
  expectNoProblems(problems);
});
