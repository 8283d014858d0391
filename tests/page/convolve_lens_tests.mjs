// @ts-check
// The same operation as a matrix, as written-out windows, and between direct and transposed.

import { matrixOf, times, written } from './support/convolve_arithmetic.mjs';
import { openRoom, roomOf, settled } from './support/convolve_room.mjs';
import { becomesTrue, clickWidget, dispatch, expectNoProblems, nextStep, waitForState, widget } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

test('convolve lenses: matrix and written-out windows give the output, linked by hovering', async () => {
  const { page, problems } = await openRoom('&i=7&k=3&s=2&p=1&picture=pacman&kernel=sobel-x&bias=0');
  await clickWidget(page, 'convolve.lens.matrix');
  await waitForState(page, 's.convolve.lens === "matrix"');
  await page.evaluate('convoscope.idle()');
  let room = await roomOf(page);
  expectEqual(written(room.matrix), matrixOf(room), 'the matrix by its definition');
  expectEqual(times(written(room.matrix), room.image.flat()), room.output.flat(), 'C times the input');
  expectEqual((await widget(page, 'convolve.matrix.size')).value, '16 × 49, 100 of 784 entries not empty', 'its size');
  const { rect } = await widget(page, 'convolve.matrix');
  await page.mouse.move(rect.x + (24.5 * rect.width) / 49, rect.y + (5.5 * rect.height) / 16);
  await waitForState(page, 's.convolve.trace.kind === "output" && s.convolve.trace.place[0] === 1 && s.convolve.trace.place[1] === 1');
  const across = (await widget(page, 'convolve.matrix.across')).rect;
  await page.mouse.move(across.x + (24.5 * across.width) / 49, across.y + across.height / 2);
  await waitForState(page, 's.convolve.trace.kind === "grid"');
  expectEqual((await roomOf(page)).trace.place, [4, 4], 'pixel [3, 3] within its padding');
  await nextStep(page);
  await clickWidget(page, 'convolve.lens.im2col');
  await waitForState(page, 's.convolve.lens === "im2col"');
  room = await roomOf(page);
  expectEqual([room.matrix.rows, room.matrix.columns], [16, 9], 'a window a row');
  expectEqual(times(written(room.matrix), room.weights.flat()), room.output.flat(), 'windows times weights');
  await page.keyboard.press('Control+z');
  await waitForState(page, 's.convolve.lens === "matrix"');
  await dispatch(page, { command: 'convolve_direction', direction: 'backward' });
  room = await roomOf(page);
  const c = matrixOf(room);
  expectEqual(written(room.matrix), c[0].map((_, column) => c.map((row) => row[column])), 'backwards C is transposed');
  expectEqual(times(written(room.matrix), room.gradients.error.flat(2)), room.gradients.input.flat(2), 'C transposed times the error');
  const again = await openRoom(`&${String(await page.evaluate('convoscope.link()')).split('#')[1].split('&').slice(1).join('&')}`);
  expectEqual((await roomOf(again.page)).matrix, room.matrix, 'by the link');
  expectNoProblems([...problems, ...again.problems]);
});

test('convolve: the slider goes from the direct convolution to the transposed one, whose numbers stand at its ends', async () => {
  const { page, problems } = await openRoom('&operation=transposed&i=4&k=3&s=2&p=1&picture=pacman');
  const drag = async (/** @type {number} */ from, /** @type {number} */ to) => {
    const { rect } = await widget(page, 'convolve.way');
    const x = (/** @type {number} */ share) => rect.x + share * rect.width;
    await page.mouse.move(x(from), rect.y + rect.height / 2);
    await settled(page);
    await page.mouse.down();
    await settled(page);
    await page.mouse.move(x(to), rect.y + rect.height / 2, { steps: 4 });
    await settled(page);
    await page.mouse.up();
    await settled(page);
  };
  const transposed = (await roomOf(page)).output;
  expectEqual([transposed.length, transposed[0].length], [7, 7], 'transposed');
  await drag(0.98, 0.5);
  await waitForState(page, 's.convolve.way_back > 0.2 && s.convolve.way_back < 0.8');
  expect(await becomesTrue(page, 'convoscope.widgets().some((widget) => widget.id === "convolve.between")', 5), 'the picture between');
  expect(!(await page.evaluate('convoscope.widgets().some((widget) => widget.id === "convolve.grid.output")')), 'no output between the two');
  await drag(0.5, -0.3);
  await waitForState(page, 's.convolve.way_back === 0 && s.convolve.operation === "convolution"');
  const room = await roomOf(page);
  const sums = times(matrixOf(room), room.image.flat());
  expectEqual(room.output.flat(), sums.map((sum) => sum + room.bias), 'the direct convolution');
  await nextStep(page);
  await drag(0.02, 1.3);
  await waitForState(page, 's.convolve.way_back === 1 && s.convolve.operation === "transposed"');
  expectEqual((await roomOf(page)).output, transposed, 'the transposed one');
  expectNoProblems(problems);
});
