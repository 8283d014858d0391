// @ts-check
// The Inspect room backwards: every kind of gradient is the sum that is listed, the engine's number, and the slope that
// moving the number shows.

import { clickWidget, dispatch, expectNoProblems, openLab, serve, stateOf, waitForState, widget } from './support/lab.mjs';
import { expect, test } from './support/runner.mjs';

/** @typedef {import('./support/lab.mjs').Page} Page */

/** The test's own sum of the listed products. @param {any} gradient */
function sumOf(gradient) {
  let sum = gradient.probability === undefined ? 0 : gradient.probability - gradient.truth;
  for (const { inputs, weights } of gradient.patches) inputs.forEach((/** @type {number} */ error, /** @type {number} */ i) => { sum += error * (weights[i] ?? 1); });
  return sum;
}

/** Waits for the opened gradient's slope, and compares all three. @param {Page} page @param {string} what */
async function compared(page, what) {
  await waitForState(page, '((i) => i.checked && i.gradient && i.checked.tensor === i.gradient.tensor && i.checked.element === i.gradient.element)(s.inspect)');
  const { gradient, checked } = (await stateOf(page)).inspect;
  const sum = sumOf(gradient);
  expect(gradient.whole, `${what}: a layer is not taken apart`);
  expect(Math.abs(sum - gradient.engine) <= 1e-4 * Math.max(1, Math.abs(sum)), `${what}: the products add up to ${sum}, the engine's gradient is ${gradient.engine}`);
  const greatest = Math.max(Math.abs(sum), Math.abs(checked.slope));
  expect(checked.kink || checked.rounding > 0.1 * greatest || Math.abs(sum - checked.slope) <= 1e-3 * greatest + checked.rounding, `${what}: moving ${gradient.tensor} [${gradient.element}] shows ${checked.slope}, the sum is ${sum}`);
  return { gradient, checked };
}

/** Opens numbers of a map, one after the other, until one has a gradient and no kink. @param {Page} page @param {string} layer @param {number[][]} places */
async function opened(page, layer, places) {
  for (const [channel, row, column] of places) {
    await dispatch(page, { command: 'inspect_pin', layer, channel, row, column });
    const found = await compared(page, layer);
    if (Math.abs(found.gradient.engine) > 1e-3 && !found.checked.kink) return found;
  }
  throw new Error(`no number of ${layer} has a gradient`);
}

test('inspect: backwards also the gradients of a network that is sure, of a millionth and less, are what moving shows', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#v=1&room=inspect&image=0&direction=backward`, { options: { viewport: { width: 1440, height: 900 } } });
  await waitForState(page, 's.ready_weights && s.inspect.gradient !== undefined && s.test.length > 0', 60);
  const told = [];
  for (const [layer, channel, row, column] of /** @type {[string, number, number, number][]} */ ([['pool2', 3, 2, 2], ['pool2', 8, 1, 3], ['fc1', 7, 0, 0], ['fc2', 5, 0, 0], ['fc3', 2, 0, 0], ['fc3', 7, 0, 0]])) {
    await dispatch(page, { command: 'inspect_pin', layer, channel, row, column });
    const { gradient, checked } = await compared(page, layer);
    told.push(`${layer} ${gradient.engine.toPrecision(4)}, ${checked.slope.toPrecision(4)} ± ${checked.rounding.toPrecision(2)}: ${checked.agreement}`);
    const ticked = Math.abs(checked.gradient - checked.slope) <= 1e-3 * Math.max(Math.abs(checked.gradient), Math.abs(checked.slope)) + checked.rounding;
    expect(checked.agreement !== 'agrees' || ticked, `${layer} agrees: ${told.at(-1)}`);
  }
  const agreeing = told.filter((line) => line.endsWith('agrees')).length;
  expect(agreeing >= 4, told.join('; '));
  expectNoProblems(problems);
  return told.join('; ');
}, 90);

const kAround = Array.from({ length: 36 }, (_, i) => [i % 6, 8 + (i % 7), 9 + (i % 5)]);

test('inspect: backwards each gradient is its sum, the engine\'s, and what moving the number shows', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#v=1&room=inspect&image=3`, { options: { viewport: { width: 1440, height: 900 } } });
  await waitForState(page, 's.ready_weights && s.inspect.neuron !== undefined && s.test.length > 0', 60);
  await clickWidget(page, 'inspect.direction.backward');
  await waitForState(page, 's.inspect.gradient !== undefined');
  const right = (await stateOf(page)).inspect.class;
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, `inspect.class.${(right + 1) % 10}`);
  await waitForState(page, `s.inspect.class === ${(right + 1) % 10}`);
  const told = [];

  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'inspect.input.0');
  await waitForState(page, 's.inspect.gradient.tensor === "input"');
  await compared(page, 'a pixel that was clicked');
  told.push(await opened(page, 'input', kAround.map(([, row, column]) => [0, row, column])));
  told.push(await opened(page, 'conv1', kAround));  // a maximum reads it: the route
  const route = told[1].gradient.patches[0];
  expect(route.weights.every((/** @type {number} */ weight) => weight === 0 || weight === 1), 'a maximum weighs its errors');

  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'inspect.kind.weights');
  await waitForState(page, 's.inspect.gradient.tensor === "conv1.weight"');
  told.push(await compared(page, 'the strongest weight'));
  await page.evaluate('convoscope.idle()');
  const { rect } = await widget(page, 'inspect.weights');
  await page.mouse.move(rect.x + 0.9 * rect.width, rect.y + 0.9 * rect.height);
  await page.mouse.down();
  await page.mouse.up();
  await waitForState(page, 's.inspect.gradient.element % 25 === 24');
  told.push(await compared(page, 'the weight that was clicked'));

  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'inspect.fc2');
  await waitForState(page, 's.inspect.gradient.tensor.startsWith("activation.") && s.inspect.gradient.patches.length === 1');
  told.push(await compared(page, 'a number of a dense layer'));
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'inspect.fc3');
  await waitForState(page, 's.inspect.gradient.probability !== undefined');
  const { gradient: end } = await compared(page, 'a score');
  expect(Math.abs(end.engine - (end.probability - end.truth)) < 1e-5, 'the loss does not begin at p - y');

  await clickWidget(page, 'inspect.direction.forward');
  await waitForState(page, 's.inspect.direction === "forward" && s.inspect.gradient === undefined');
  expectNoProblems(problems);
  return told.map(({ gradient, checked }) => `${gradient.tensor}: ${gradient.engine.toPrecision(3)} and ${checked.slope.toPrecision(3)}`).join('; ');
}, 120);

test('inspect: backwards biases, and batch norm\'s γ and β, open into their sums, and moving them shows the same', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#v=1&room=inspect&network=cifar-quick&image=3&direction=backward&layer=conv3&at=4.3.3`,
    { options: { viewport: { width: 1440, height: 900 } } });
  await waitForState(page, 's.ready_weights && s.inspect?.gradient !== undefined', 90);
  const right = (await stateOf(page)).inspect.class;
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, `inspect.class.${(right + 1) % 10}`);
  await waitForState(page, `s.inspect.class === ${(right + 1) % 10}`);
  const told = [];
  for (const [kind, tensor] of [['gamma', 'norm3.weight'], ['beta', 'norm3.bias']]) {
    await page.evaluate('convoscope.idle()');
    await clickWidget(page, `inspect.kind.${kind}`);
    await waitForState(page, `s.inspect.gradient.tensor === "${tensor}" && s.inspect.gradient.element === 4`);
    const { gradient, checked } = await compared(page, tensor);
    expect(gradient.patches.length === 1 && gradient.patches[0].inputs.length > 1, `${tensor} is not a sum over places`);
    told.push(`${tensor} ${gradient.engine.toPrecision(3)} and ${checked.slope.toPrecision(3)}`);
  }
  const link = await page.evaluate('convoscope.link()');
  expect(/parameter=norm3\.bias/.test(link), link);

  await dispatch(page, { command: 'choose_network', network: 'lenet5' });
  await waitForState(page, 's.settings.network === "lenet5" && s.configured && s.inspect.gradient !== undefined', 60);
  await dispatch(page, { command: 'inspect_pin', layer: 'conv2', channel: 5, row: 4, column: 4 });
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'inspect.kind.bias');
  await waitForState(page, 's.inspect.gradient.tensor === "conv2.bias" && s.inspect.gradient.element === 5');
  const { gradient, checked } = await compared(page, 'conv2.bias');
  expect(gradient.patches[0].inputs.length === 100, `${gradient.patches[0].inputs.length} places`);
  told.push(`conv2.bias ${gradient.engine.toPrecision(3)} and ${checked.slope.toPrecision(3)}`);
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'inspect.kind.number');
  await waitForState(page, 's.inspect.gradient.tensor.startsWith("activation.")');
  expectNoProblems(problems);
  return told.join('; ');
}, 180);
