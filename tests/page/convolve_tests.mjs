// @ts-check
// The room of convolutions: by real clicks and keys, every number against a calculation of its own.

import { convolvedInGroups, expectClose, expected } from './support/convolve_arithmetic.mjs';
import { cellOf, openRoom, roomOf, settled } from './support/convolve_room.mjs';
import { clickWidget, dispatch, expectNoProblems, nextStep, waitForState, widget } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

// name, relationship, output: the guide's nineteen (Dumoulin and Visin).
/** @type {[string, number, number][]} */
const cases = [
  ['no_padding_no_strides', 1, 2], ['arbitrary_padding_no_strides', 2, 6], ['same_padding_no_strides', 3, 5],
  ['full_padding_no_strides', 4, 7], ['no_padding_strides', 5, 2], ['padding_strides', 6, 3], ['padding_strides_odd', 6, 3],
  ['no_padding_no_strides_transposed', 8, 4], ['arbitrary_padding_no_strides_transposed', 9, 5],
  ['same_padding_no_strides_transposed', 10, 5], ['full_padding_no_strides_transposed', 11, 5],
  ['no_padding_strides_transposed', 12, 5], ['padding_strides_transposed', 13, 5], ['padding_strides_odd_transposed', 14, 6],
  ['dilation', 15, 3], ['numerical_no_padding_no_strides', 1, 3], ['numerical_padding_strides', 6, 3],
  ['numerical_average_pooling', 7, 3], ['numerical_max_pooling', 7, 3],
];

test('convolve: the nineteen cases of the guide, every number against its definition', async () => {
  const { page, problems } = await openRoom();
  let cells = 0;
  for (const [name, relationship, output] of cases) {
    await dispatch(page, { command: 'convolve_case', name });
    const room = await roomOf(page);
    expectEqual(room.relationship.number, relationship, `${name}: relationship`);
    expectEqual([room.output.length, room.output[0].length], [output, output], `${name}: output`);
    expectClose(room.output, expected(room), name);
    cells += output * output;
  }
  await dispatch(page, { command: 'convolve_case', name: 'numerical_padding_strides' });
  expectEqual((await roomOf(page)).output, [[6, 17, 3], [8, 17, 13], [6, 4, 4]], 'the guide\'s own figure');
  expectNoProblems(problems);
  return `${cases.length} cases, ${cells} outputs`;
});

// i, k, s, p, floor, ceil, divides, SAME, before, after, VALID: of the libraries and their famous layers.
/** @type {[number, number, number, number, number, number, boolean, number, number, number, number][]} */
const conventions = [
  [10, 3, 2, 0, 4, 5, false, 5, 0, 1, 4], [75, 2, 2, 0, 37, 38, false, 38, 0, 1, 37], [112, 3, 2, 0, 55, 56, false, 56, 0, 1, 55],
  [112, 3, 2, 1, 56, 57, false, 56, 0, 1, 55], [13, 6, 5, 0, 2, 3, false, 3, 1, 2, 2], [13, 2, 1, 0, 12, 12, true, 13, 0, 1, 12],
  [7, 3, 2, 1, 4, 4, true, 4, 1, 1, 3], [8, 3, 2, 1, 4, 5, false, 4, 0, 1, 3], [227, 11, 4, 0, 55, 55, true, 57, 4, 4, 55],
  [224, 11, 4, 0, 54, 55, false, 56, 3, 4, 54], [224, 11, 4, 2, 55, 56, false, 56, 3, 4, 54],
  [224, 7, 2, 3, 112, 113, false, 112, 2, 3, 109], [32, 5, 1, 2, 32, 32, true, 32, 2, 2, 28],
];
const kMostInput = 32; // of the room; larger numbers are compared by a command

test('convolve: the conventions disagree as they do in the libraries', async () => {
  const { page, problems } = await openRoom();
  for (const [input, kernel, stride, padding, floor, ceil, divides, same, before, after, valid] of conventions) {
    const numbers = { input, kernel, stride, padding };
    const what = JSON.stringify(numbers);
    const outputs = [floor, ceil, same, valid, divides ? floor : null];
    await dispatch(page, { command: 'convolve_compare', ...numbers });
    const { compared } = await roomOf(page);
    expectEqual(compared.map((/** @type {any} */ row) => row.outputs ?? null), outputs, what);
    expectEqual(compared[2].padding, [before, after], `${what}: SAME pads`);
    if (input > kMostInput) {
      continue;
    }
    for (const parameter of ['padding', 'stride', 'kernel', 'input']) {
      await dispatch(page, { command: 'convolve_set', parameter, value: numbers[/** @type {keyof typeof numbers} */ (parameter)] });
    }
    expectEqual((await roomOf(page)).conventions, compared, `${what}: in the room`);
  }
  await page.evaluate('convoscope.idle()');
  expectEqual((await widget(page, 'convolve.convention.3')).value, '28, pad 0 + 0', 'as shown');
  expectNoProblems(problems);
  return `${conventions.length} rows`;
});

test('convolve: sliders, steps and keys by hand', async () => {
  const { page, problems } = await openRoom();
  const before = await roomOf(page);
  expectEqual([before.step, before.steps, before.output[1][2]], [6, 16, 3], 'opens on');
  await clickWidget(page, 'convolve.stride', 0.01);
  await waitForState(page, 's.convolve.height.stride === 1');
  const dense = await roomOf(page);
  expectEqual(dense.output.length, 7, 'output at stride 1');
  expectClose(dense.output, expected(dense), 'stride 1');
  expectEqual(dense.relationship.number, 3, 'relationship');
  await page.keyboard.press('ArrowRight');
  await waitForState(page, 's.convolve.step === 7');
  await page.keyboard.press('Shift+ArrowRight');
  await waitForState(page, 's.convolve.step === 14');
  await page.keyboard.press('Home');
  await waitForState(page, 's.convolve.step === 0');
  await page.keyboard.press('End');
  await waitForState(page, 's.convolve.step === 48');
  await clickWidget(page, 'convolve.step', 0.5);
  await waitForState(page, 's.convolve.step === 24');
  const { terms, output, bias } = await roomOf(page);
  const sum = terms.reduce((/** @type {number} */ all, /** @type {any} */ term) => all + term.value * term.factor, bias);
  expectEqual(sum, output[3][3], 'sum of the products');
  await page.keyboard.press('Space');
  await waitForState(page, 's.convolve.playing && s.convolve.step > 25');
  await page.keyboard.press('Space');
  await waitForState(page, '!s.convolve.playing');
  expectNoProblems(problems);
});

test('convolve: what is pointed at shows its uses, a click pins it', async () => {
  const { page, problems } = await openRoom('&i=6&k=3&s=1&p=0&picture=pacman&step=0');
  const weight = await cellOf(page, 'convolve.grid.kernel', 3, 3, 1, 0);
  await page.mouse.move(weight.x, weight.y);
  await waitForState(page, 's.convolve.trace.kind === "weight"');
  const uses = (await roomOf(page)).trace;
  expectEqual([uses.count, uses.on_padding, uses.weights[0]], [16, 0, [1, 0]], 'a weight is used once in every output');
  const pixel = await cellOf(page, 'convolve.grid.input', 6, 6, 2, 2);
  await page.mouse.move(pixel.x, pixel.y);
  await waitForState(page, 's.convolve.trace.kind === "grid"');
  const fed = (await roomOf(page)).trace;
  expectEqual(fed.count, 9, 'outputs that an inner pixel feeds');
  expectEqual(fed.outputs, [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2], [2, 0], [2, 1], [2, 2]], 'these');
  await page.mouse.down();
  await page.waitForTimeout(60);
  await page.mouse.up();
  await waitForState(page, 's.convolve.trace.pinned');
  const output = await cellOf(page, 'convolve.grid.output', 4, 4, 3, 1);
  await page.mouse.move(output.x, output.y);
  await waitForState(page, 's.convolve.trace.kind === "output"');
  expectEqual((await roomOf(page)).trace.grid[0], [3, 1], 'first of its window');
  await page.mouse.move(700, 60);
  await waitForState(page, 's.convolve.trace.kind === "grid"');
  await page.keyboard.press('Escape');
  await waitForState(page, '!s.convolve.trace.pinned');
  expectNoProblems(problems);
});

test('convolve: several channels, filters and groups, every number against its definition', async () => {
  const { page, problems } = await openRoom('&channels=4&filters=4&i=6&k=3&s=1&p=1&bias=1,0,-1,2');
  for (const groups of [1, 2, 4]) {
    await dispatch(page, { command: 'convolve_set', parameter: 'groups', value: groups });
    const room = await roomOf(page);
    const outputs = convolvedInGroups(room);
    outputs.forEach((plane, filter) => expectClose(room.volumes.output[filter], plane, `${groups} groups, filter ${filter}`));
    expectEqual([room.parameters, room.multiply_accumulates], [4 * (4 / groups) * 9 + 4, 36 * 4 * (4 / groups) * 9], 'costs');
  }
  await dispatch(page, { command: 'convolve_set', parameter: 'groups', value: 2 });
  await clickWidget(page, 'convolve.filter.3');
  await waitForState(page, 's.convolve.filter === 3 && s.convolve.channel === 2');
  await clickWidget(page, 'convolve.sum.3');
  await waitForState(page, 's.convolve.channel === 3');
  const room = await roomOf(page);
  const [row, column] = room.current;
  const sum = room.channel_sums.reduce((/** @type {number} */ all, /** @type {number} */ one) => all + one, room.bias);
  expectEqual(sum, room.output[row][column], 'the channels\' sums and the bias');
  await nextStep(page);
  await clickWidget(page, 'convolve.channel.0');
  await waitForState(page, 's.convolve.filter === 0 && s.convolve.channel === 0');
  await page.keyboard.press('Control+z');
  await waitForState(page, 's.convolve.filter === 3');
  await dispatch(page, { command: 'convolve_set', parameter: 'groups', value: 3 });
  await page.evaluate('convoscope.idle()');
  expectEqual((await widget(page, 'convolve.problem')).value,
    '3 groups do not divide the 4 input channels into equal parts.', 'the reason');
  expectNoProblems(problems);
});

test('convolve: a stroke paints the input and the kernel, and is one step back', async () => {
  const { page, problems } = await openRoom('&i=6&k=3&s=1&p=1&picture=pacman&step=0');
  await clickWidget(page, 'convolve.tool.paint');
  await waitForState(page, 's.convolve.tool === "paint"');
  await dispatch(page, { command: 'convolve_brush', value: -2 });
  const before = (await roomOf(page)).image;
  const from = await cellOf(page, 'convolve.grid.input', 8, 8, 3, 1);
  const to = await cellOf(page, 'convolve.grid.input', 8, 8, 3, 5);
  await settled(page);
  await page.mouse.move(from.x, from.y);
  await settled(page);
  await page.mouse.down();
  await settled(page);
  await page.mouse.move(to.x, to.y, { steps: 3 });
  await settled(page);
  await page.mouse.up();
  await waitForState(page, 's.convolve.image[2][4] === -2');
  const painted = await roomOf(page);
  expectEqual(painted.image[2], [-2, -2, -2, -2, -2, before[2][5]], 'the row under the stroke');
  expectClose(painted.output, expected(painted), 'painted');
  const weight = await cellOf(page, 'convolve.grid.kernel', 3, 3, 2, 2);
  await nextStep(page);
  await page.mouse.click(weight.x, weight.y, { delay: 80 });
  await waitForState(page, 's.convolve.weights[2][2] === -2');
  expect(!(await roomOf(page)).trace.pinned, 'painting pins nothing');
  await page.keyboard.press('Control+z');
  await waitForState(page, 's.convolve.weights[2][2] === -1');
  await page.keyboard.press('Control+z');
  await waitForState(page, 's.convolve.image[2][4] !== -2');
  expectEqual((await roomOf(page)).image, before, 'as it was');
  expectNoProblems(problems);
});

const layouts = [
  { name: 'desk', viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1, hasTouch: false },
  { name: 'tablet', viewport: { width: 1024, height: 768 }, deviceScaleFactor: 2, hasTouch: true },
  { name: 'phone', viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, hasTouch: true },
];

for (const { name, ...options } of layouts) {
  test(`convolve: on a ${name}, at pixel ratio ${options.deviceScaleFactor}, a press steps, selects and pins`, async () => {
    const { page, problems } = await openRoom('&channels=2&filters=2&i=6&k=3&s=1&p=1&step=0', options);
    const press = async (/** @type {{x: number, y: number}} */ { x, y }) =>
      options.hasTouch ? page.touchscreen.tap(x, y) : page.mouse.click(x, y, { delay: 80 });
    const pressWidget = async (/** @type {string} */ id) => {
      const { rect } = await widget(page, id);
      await press({ x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 });
    };
    await pressWidget('convolve.next');
    await waitForState(page, 's.convolve.step === 1');
    await pressWidget('convolve.filter.1');
    await waitForState(page, 's.convolve.filter === 1');
    const room = await roomOf(page);
    convolvedInGroups(room).forEach((plane, filter) => expectClose(room.volumes.output[filter], plane, `${name}, filter ${filter}`));
    await press(await cellOf(page, 'convolve.grid.output', 6, 6, 2, 3));
    await waitForState(page, 's.convolve.trace.pinned');
    const { trace } = await roomOf(page);
    expectEqual([trace.kind, trace.place], ['output', [2, 3]], `${name}: pinned`);
    await page.keyboard.press('ArrowRight');
    await waitForState(page, 's.convolve.step === 2');
    expectNoProblems(problems);
  });
}

test('convolve: the impossible is explained, and a key repairs it', async () => {
  const { page, problems } = await openRoom('&i=3&k=5&s=1&p=0');
  const room = await roomOf(page);
  expect(!room.possible, 'a kernel of 5 on 3 pixels');
  expectEqual((await widget(page, 'convolve.problem')).value,
    'The kernel covers 5 along the height, but the padded input has only 3.', 'the reason');
  expectEqual(room.repairs.map((/** @type {any} */ repair) => repair.label), ['padding 1', 'kernel 3', 'input 5'], 'the choices');
  await page.keyboard.press('2');
  await waitForState(page, 's.convolve.possible && s.convolve.height.kernel === 3');
  await dispatch(page, { command: 'convolve_set', parameter: 'kernel', value: 7 });
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'convolve.repair.1');
  await waitForState(page, 's.convolve.possible');
  expectClose((await roomOf(page)).output, expected(await roomOf(page)), 'repaired');
  expectNoProblems(problems);
});

test('convolve: a link opens the same room, and a hostile one does no harm', async () => {
  const { page, problems } = await openRoom('&i=9,6&k=3,2&s=2,1&p=1,0,2,1&d=1&pad=replicate&bias=-1&picture=ghost&order=columns&step=5');
  const room = await roomOf(page);
  expectEqual([room.height.input, room.width.input, room.height.padding, room.width.padding], [9, 6, [1, 0], [2, 1]], 'axes');
  const link = String(await page.evaluate('convoscope.link()'));
  const second = await openRoom(`&${link.split('#')[1].split('&').slice(2).join('&')}`);
  expectEqual((await roomOf(second.page)).output, room.output, 'output');
  const hostile = await openRoom('&i=1e999&k=-4&s=0&d=99999999&p=%00,,&x=1,2,3&w=nan&order=%F0%9F%92%A9&step=-1&bias=Infinity');
  expect((await roomOf(hostile.page)).height.stride >= 1, 'a stride that can be');
  for (const opened of [problems, second.problems, hostile.problems]) expectNoProblems(opened);
});
