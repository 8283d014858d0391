// @ts-check
// The Inspect room's three levels: from all layers into one, from there into one number, and back, by clicks, wheel, keys,
// undo and link; the partial maps add up to the engine's.

import { becomesTrue, clickWidget, dispatch, expectNoProblems, openLab, serve, stateOf, waitForState, widget } from './support/lab.mjs';
import { expect, test } from './support/runner.mjs';

/** @typedef {import('./support/lab.mjs').Page} Page */

const kDesk = { viewport: { width: 1440, height: 900 } };

/** The greatest difference between this test's own sum of the listed parts and the engine's map. @param {any} opened */
function difference({ sum, engine }) {
  return Math.max(...engine.map((/** @type {number} */ made, /** @type {number} */ i) =>
    Math.abs(made - sum.parts.reduce((/** @type {number} */ all, /** @type {any} */ part) => all + part.map[i], sum.bias ?? 0))));
}

/** Clicks a cell of a map that is a widget. @param {Page} page @param {string} id @param {number} row @param {number} column @param {any} sum */
async function clickCell(page, id, row, column, { height, width }) {
  const { rect } = await widget(page, id);
  await page.mouse.move(rect.x + rect.width * (column + 0.5) / width, rect.y + rect.height * (row + 0.5) / height);
  await page.evaluate('convoscope.idle()');
  await page.mouse.down();
  await page.evaluate('convoscope.idle()');
  await page.mouse.up();
}

/** Turns the wheel over the stage until the state is as expected: no turn counts while a map is on its way. @param {Page} page @param {number} turn @param {string} condition */
async function wheelUntil(page, turn, condition) {
  for (let tries = 0; tries < 8; tries++) {
    await page.mouse.wheel(0, turn);
    if (await becomesTrue(page, `(() => { const s = convoscope.state(); return ${condition}; })()`, 2)) return;
    await page.evaluate('convoscope.idle()');
  }
  throw new Error(`the wheel does not lead to: ${condition}`);
}

test('inspect: all layers, a layer, one number, and back; the partial maps add up to the engine\'s', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#v=1&room=inspect&image=3`, { options: kDesk });
  await waitForState(page, 's.ready_weights && s.inspect.neuron !== undefined', 60);
  await clickWidget(page, 'inspect.open.conv2');
  await waitForState(page, 's.inspect.opened?.layer === "conv2"');
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'inspect.channel.5');
  await waitForState(page, 's.inspect.opened.channel === 5');
  const { opened } = (await stateOf(page)).inspect;
  expect(opened.sum.parts.length === 6 && opened.sum.height === 10, `${opened.sum.parts.length} parts of ${opened.sum.height} rows`);
  const off = difference(opened);
  expect(off < 1e-5, `the partial maps and the bias are off by ${off}`);

  await page.evaluate('convoscope.idle()');
  await clickCell(page, 'inspect.part.2', 4, 7, opened.sum);
  await waitForState(page, 's.inspect.pinned && s.inspect.neuron.row === 4 && s.inspect.neuron.column === 7');
  const { neuron } = (await stateOf(page)).inspect;
  expect(neuron.layer === 'conv2' && neuron.channel === 5, `${neuron.layer}, map ${neuron.channel} is opened`);
  opened.sum.parts.forEach((/** @type {any} */ part, /** @type {number} */ i) =>
    expect(Math.abs(part.map[47] - neuron.patches[i].sum) < 1e-5, `part ${i} is ${part.map[47]} there, its products give ${neuron.patches[i].sum}`));
  await page.evaluate('convoscope.idle()');
  const link = await page.evaluate('convoscope.link()');
  expect(/opened=conv2&map=5&layer=conv2&at=5\.4\.7/.test(link), link);
  expect((await widget(page, 'inspect.path.number')).label === '(4, 7)', 'the path does not end at the number');

  await page.keyboard.press('Escape');
  await waitForState(page, '!s.inspect.pinned && s.inspect.opened?.channel === 5');
  await page.keyboard.press('Escape');
  await waitForState(page, 's.inspect.opened === undefined');
  await page.evaluate('convoscope.idle()');
  await widget(page, 'inspect.conv2.5');

  const again = await openLab(link, { options: kDesk });
  await waitForState(again.page, 's.inspect?.opened?.channel === 5 && s.inspect.neuron?.column === 7 && s.inspect.pinned', 60);
  expectNoProblems([...problems, ...again.problems]);
  return `off by ${off.toExponential(1)}`;
}, 120);

test('inspect: wheel, double click, path, buttons and undo lead through the levels', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#v=1&room=inspect&image=3`, { options: kDesk });
  await waitForState(page, 's.ready_weights && s.inspect.neuron !== undefined', 60);
  await page.evaluate('convoscope.idle()');
  const { rect } = await widget(page, 'inspect.conv1.2');
  await page.mouse.dblclick(rect.x + rect.width / 2, rect.y + rect.height / 2, { delay: 40 });
  await waitForState(page, 's.inspect.opened?.layer === "conv1" && s.inspect.opened.channel === 2');
  expect(difference((await stateOf(page)).inspect.opened) < 1e-5, 'conv1 is not its sum');
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'inspect.deeper');
  await waitForState(page, 's.inspect.pinned');
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'inspect.path.map');
  await waitForState(page, '!s.inspect.pinned && s.inspect.opened !== undefined');
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'inspect.up');
  await waitForState(page, 's.inspect.opened === undefined');

  await page.evaluate('convoscope.idle()');
  const stage = (await widget(page, 'inspect.conv2.3')).rect;
  await page.mouse.move(stage.x + 10, stage.y + 10);
  await wheelUntil(page, -100, 's.inspect.opened !== undefined');
  await wheelUntil(page, -100, 's.inspect.pinned');
  await wheelUntil(page, 100, '!s.inspect.pinned');
  await wheelUntil(page, 100, 's.inspect.opened === undefined');
  await page.evaluate('convoscope.idle()');

  await dispatch(page, { command: 'focus_widget', id: 'inspect.open.pool1' });
  await page.evaluate('convoscope.idle()');
  await page.keyboard.press('Enter');
  await waitForState(page, 's.inspect.opened?.layer === "pool1"');
  const { sum } = (await stateOf(page)).inspect.opened;
  expect(sum.rule === 'maximum' && sum.total.length === 0, `pool1 makes its maps by ${sum.rule}`);
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'inspect.reads.0');
  await waitForState(page, 's.inspect.opened?.layer === "conv1"');
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'inspect.path.network');
  await waitForState(page, 's.inspect.opened === undefined');

  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'inspect.open.fc2');
  await waitForState(page, 's.inspect.opened?.layer === "fc2"');
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'inspect.channel.7');
  await waitForState(page, 's.inspect.opened.channel === 7 && s.inspect.neuron.channel === 7');
  const { neuron } = (await stateOf(page)).inspect;
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'inspect.product.0');
  await waitForState(page, 's.inspect.neuron.layer === "fc1"');
  const products = neuron.patches[0].inputs.map((/** @type {number} */ input, /** @type {number} */ i) => Math.abs(input * neuron.patches[0].weights[i]));
  const { inspect } = await stateOf(page);
  expect(products[inspect.neuron.channel] === Math.max(...products), 'the first product is not the greatest');
  await page.keyboard.press('Control+z');
  await waitForState(page, 's.inspect.opened?.layer !== "fc1"');  // steps that follow each other quickly are one
  expectNoProblems(problems);
}, 120);
