// @ts-check
// The way back in the room of convolutions: every gradient against a calculation of its own.

import { expectPlanesClose as expectClose, inputGradient, weightGradient } from './support/convolve_arithmetic.mjs';
import { cellOf, openRoom, roomOf } from './support/convolve_room.mjs';
import { clickWidget, dispatch, expectNoProblems, nextStep, waitForState, widget } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

test('convolve backwards: a click turns the way round, a click moves the error, a weight tells its sum', async () => {
  const { page, problems } = await openRoom('&i=6&k=3&s=1&p=1&picture=pacman&kernel=sharpen&step=0');
  await clickWidget(page, 'convolve.direction.backward');
  await waitForState(page, 's.convolve.direction === "backward"');
  let room = await roomOf(page);
  expectEqual([room.steps, room.gradients.choice, room.gradients.place], [36, 'one', [3, 3]], 'an error of 1 in the middle');
  expectClose(room.gradients.input, inputGradient(room), 'dL/dx of one error');
  const other = await cellOf(page, 'convolve.grid.output', 6, 6, 0, 5);
  await nextStep(page);
  await page.mouse.click(other.x, other.y, { delay: 80 });
  await waitForState(page, 's.convolve.gradients.error[0][0][5] === 1');
  room = await roomOf(page);
  expectClose(room.gradients.input, inputGradient(room), 'dL/dx at the corner');
  expectClose(room.gradients.weights, weightGradient(room), 'dL/dw at the corner');
  const weight = await cellOf(page, 'convolve.grid.kernel', 3, 3, 1, 1);
  await page.mouse.move(weight.x, weight.y);
  await waitForState(page, 's.convolve.sum.kind === "weight"');
  room = await roomOf(page);
  expectEqual(room.terms.length, 36, 'one product a window');
  expectEqual(room.sum.value, room.gradients.weights[0][1][1], 'its sum');
  await nextStep(page);
  await clickWidget(page, 'convolve.error.ones');
  await waitForState(page, 's.convolve.gradients.choice === "ones"');
  await page.evaluate('convoscope.idle()');
  room = await roomOf(page);
  expectClose(room.gradients.input, inputGradient(room), 'dL/dx of all ones');
  expectEqual(room.gradients.bias, [36], 'dL/db');
  const line = (await widget(page, 'convolve.gradient.0')).value;
  expect(line.startsWith('dL/dx [4, 0] = sum of dL/dy · w = 1·(-1)'), line);
  await nextStep(page);
  await page.keyboard.press('Control+z');
  await waitForState(page, 's.convolve.gradients.choice === "one"');
  const link = String(await page.evaluate('convoscope.link()'));
  const again = await openRoom(`&${link.split('#')[1].split('&').slice(1).join('&')}`);
  expectEqual((await roomOf(again.page)).gradients, (await roomOf(page)).gradients, 'by the link');
  expectNoProblems([...problems, ...again.problems]);
});

test('convolve backwards: every operation, groups and dilation, against the definition', async () => {
  const { page, problems } = await openRoom('&i=7&k=3&s=2&p=1&picture=ghost&direction=backward&error=ones');
  const cases = [
    {}, { operation: 'transposed' }, { operation: 'average_pool' },
    { dilation: 2, stride: 1 }, { input_channels: 4, output_channels: 4, groups: 2 },
  ];
  for (const { operation, ...parameters } of cases) {
    await dispatch(page, { command: 'convolve_operation', operation: operation ?? 'convolution' });
    for (const [parameter, value] of Object.entries(parameters)) await dispatch(page, { command: 'convolve_set', parameter, value });
    await dispatch(page, { command: 'convolve_paint', grid: 'error', row: 1, column: 0, value: -3 });
    const room = await roomOf(page);
    const what = JSON.stringify({ operation, ...parameters });
    expectEqual(room.gradients.error[0][1][0], -3, `${what}: painted`);
    expectClose(room.gradients.input, inputGradient(room), `${what}: dL/dx`);
    if (!room.operation.endsWith('pool')) expectClose(room.gradients.weights, weightGradient(room), `${what}: dL/dw`);
  }
  await dispatch(page, { command: 'convolve_operation', operation: 'max_pool' });
  const { gradients, volumes } = await roomOf(page);
  const sum = (/** @type {number[][][]} */ planes) => planes.flat(2).reduce((a, b) => a + b, 0);
  expectEqual(sum(gradients.input), sum(gradients.error), 'max pooling loses no error');
  gradients.input.flat(2).forEach((/** @type {number} */ value, /** @type {number} */ place) =>
    expect(value === 0 || volumes.image.flat(2)[place] > 0, 'only the greatest get some'));
  expectNoProblems(problems);
});
