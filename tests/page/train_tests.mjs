// @ts-check
// Training in the isolated page: by real clicks, on real digits, and the same every time.

import { expectShortFrames, frameCosts } from './support/frame_costs.mjs';
import { becomesTrue, clickWidget, dispatch, expectNoProblems, framesAtRest, openLab, serve, stateOf, waitForState, widget } from './support/lab.mjs';
import { expect, expectEqual, measured, test } from './support/runner.mjs';

/** @typedef {import('playwright-core').Page} Page */

const kAllLoaded = 's.configured && s.data.train_loaded > 0 && s.data.bytes_loaded === s.data.bytes_total && s.data.bytes_total > 0';
/** Below this the page would be seen to stutter beside the browser's own work on a frame. */
const kFrameMilliseconds = 4;
const kStretchFrames = 60;

/** The losses of the first steps after a reset. @param {Page} page @param {number} seed @param {number} count */
async function lossesOf(page, seed, count) {
  await dispatch(page, { command: 'reset', seed });
  await dispatch(page, { command: 'step', count });
  const { losses } = await stateOf(page);
  expectEqual(losses.length, count, 'number of losses');
  return losses;
}

test('isolated: one epoch of MNIST by clicks, to 97 %', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train`);
  expect(await page.evaluate('crossOriginIsolated'), 'the page is not isolated');
  const { engine } = await stateOf(page);
  expect(/threads/.test(engine.variant), `the variant is ${engine.variant}`);
  await waitForState(page, kAllLoaded);

  await dispatch(page, { command: 'set', epochs: 1 });
  await clickWidget(page, 'train.test.each_epoch');
  await waitForState(page, 's.settings.test_each_epoch');
  await clickWidget(page, 'train.start');
  await waitForState(page, 's.step > 50');
  await waitForState(page, 's.test.some((evaluation) => evaluation.epoch === 1) && s.status === "paused"', 90);
  const state = await stateOf(page);
  const { accuracy, count } = state.test.find((/** @type {any} */ evaluation) => evaluation.epoch === 1);
  expectEqual(count, 10000, 'images of the test');
  expect(accuracy >= 0.97, `test accuracy ${accuracy}`);
  expectEqual(state.losses.length, state.steps_per_epoch, 'one loss a step');
  expectNoProblems(problems);
  return `${(100 * accuracy).toFixed(2)} %, ${Math.round(55000 / state.engine.seconds)} images/s, ` +
    `${engine.variant}, ${engine.threads} threads`;
}, 150);

measured(`isolated: frames take less than ${kFrameMilliseconds} ms while it trains on all cores`, async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train`);
  await waitForState(page, kAllLoaded);
  await dispatch(page, { command: 'set', epochs: 0 });
  const told = await expectShortFrames(page, kFrameMilliseconds, async () => {
    await clickWidget(page, 'train.start');
    await waitForState(page, 's.status === "running"');
    const costs = await frameCosts(page, () => waitForState(page, `s.training_frames.frames_drawn >= ${kStretchFrames}`, 60));
    await clickWidget(page, 'train.start');
    await waitForState(page, 's.status === "paused"');
    return costs;
  });
  expectNoProblems(problems);
  return told;
}, 150);

test('isolated: the learning rate changes while training goes on', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train`);
  await waitForState(page, kAllLoaded);
  await dispatch(page, { command: 'set', epochs: 0 });
  const before = (await widget(page, 'train.learning_rate')).now;
  await clickWidget(page, 'train.start');
  await waitForState(page, 's.step > 20');
  const { step } = await stateOf(page);
  await clickWidget(page, 'train.learning_rate', 0.2);
  await waitForState(page, `s.settings.optimizer.learning_rate !== ${before}`);
  await dispatch(page, { command: 'set', learning_rate: 0.005 });
  await waitForState(page, 's.settings.optimizer.learning_rate === 0.005');
  await waitForState(page, `s.step > ${step + 20}`);
  const after = await stateOf(page);
  expectEqual(after.status, 'running', 'status');
  expectEqual(after.losses.length, after.step, 'no step was lost by a reset');
  expect(await becomesTrue(page, 'convoscope.widgets().find((w) => w.id === "train.learning_rate").now.toFixed(4) === "0.0050"'),
    'the slider does not follow');
  expectNoProblems(problems);
});

test('isolated: draws nothing when nothing moves', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train`);
  await waitForState(page, kAllLoaded);
  await clickWidget(page, 'train.start');
  await waitForState(page, 's.step > 10');
  await clickWidget(page, 'train.start');
  await waitForState(page, 's.status === "paused"');
  await page.mouse.move(2, 2);
  await page.evaluate('convoscope.idle()');
  const { step } = await stateOf(page);
  expectEqual(await framesAtRest(page), 0, 'frames drawn in an idle second');
  expectEqual((await stateOf(page)).step, step, 'steps in a paused second');
  expectNoProblems(problems);
});

test('isolated: the same seed gives the same losses, at any number of threads', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train`);
  await waitForState(page, kAllLoaded);
  const first = await lossesOf(page, 7, 60);
  const second = await lossesOf(page, 7, 60);
  expect(first.every((/** @type {number} */ loss, /** @type {number} */ i) => Object.is(loss, second[i])), 'a repeated run differs');
  await dispatch(page, { command: 'set', threads: 1 });
  expectEqual(await lossesOf(page, 7, 60), first, 'losses with one thread');
  await dispatch(page, { command: 'set', threads: 2 });
  expectEqual(await lossesOf(page, 7, 60), first, 'losses with two threads');
  expect(JSON.stringify(await lossesOf(page, 8, 60)) !== JSON.stringify(first), 'another seed gives the same losses');
  expectNoProblems(problems);
});

test('isolated: a refused command is an error that says why', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train`);
  const refusal = (/** @type {object} */ command) => page.evaluate(
    `convoscope.dispatch(${JSON.stringify(command)}).then(() => "", (error) => error.message)`);
  expect(/learning_rate/.test(await refusal({ command: 'set', learning_rate: 'fast' })), 'a wrong learning rate');
  expect(/fly/.test(await refusal({ command: 'fly' })), 'an unknown command');
  expectNoProblems(problems);
});

test('isolated: a link reproduces the settings', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train`);
  await dispatch(page, { command: 'set', learning_rate: 0.0123, batch_size: 32 });
  await waitForState(page, 's.settings.batch_size === 32');
  const link = /** @type {string} */ (await page.evaluate('convoscope.link()'));
  expect(link.startsWith(url), `the link is ${link}`);
  const again = await openLab(link);
  await waitForState(again.page, 's.configured');
  const { settings } = await stateOf(again.page);
  expectEqual([settings.optimizer.learning_rate, settings.batch_size], [0.0123, 32], 'settings by the link');
  expectNoProblems([...problems, ...again.problems]);
});

test('isolated: screen readers find the controls, and use them', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train`);
  await waitForState(page, kAllLoaded);
  const start = page.locator('#mirror button[data-widget="train.start"]:not([disabled])');
  await start.waitFor({ state: 'attached' });
  await start.focus();
  await page.keyboard.press('Enter');
  await waitForState(page, 's.step > 5');
  const rate = page.locator('#mirror input[data-widget="train.learning_rate"]');
  expect((await rate.getAttribute('aria-label')) !== '', 'the slider has no name');
  const { settings } = await stateOf(page);
  await rate.focus();
  await page.keyboard.press('ArrowRight');
  await waitForState(page, `s.settings.optimizer.learning_rate > ${settings.optimizer.learning_rate}`);
  const unnamed = await page.evaluate(
    `[...document.querySelectorAll('#mirror button, #mirror input')].filter((e) => !e.textContent && !e.getAttribute('aria-label')).map((e) => e.dataset.widget)`);
  expectEqual(unnamed, [], 'controls without a name');
  expectNoProblems(problems);
});

test('isolated: a rate too high silences units, and the health card names the layer', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train`);
  await waitForState(page, kAllLoaded);
  await dispatch(page, { command: 'set', learning_rate: 0.02 });
  await dispatch(page, { command: 'step', count: 150 });
  await waitForState(page, 's.health.step > 50 && s.health.verdict === "learning well"');
  const names = (await stateOf(page)).health.layers.map((/** @type {any} */ layer) => layer.name);
  expectEqual(names, ['conv1', 'conv2', 'fc1', 'fc2', 'fc3'], 'layers with weights');
  await dispatch(page, { command: 'set', learning_rate: 0.5 });
  await dispatch(page, { command: 'step', count: 300 });
  await waitForState(page, 's.health.verdict === "silent units" || s.status === "diverged"');
  expectNoProblems(problems);
  return (await stateOf(page)).health.verdict;
}, 60);

test('isolated: a layer of the health card opens to its norms and its histogram over time, one at a time', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train`);
  await waitForState(page, kAllLoaded);
  for (let part = 0; part < 4; ++part) {
    await dispatch(page, { command: 'step', count: 20 });
    await page.waitForTimeout(300);  // looks are a quarter of a second apart
  }
  await waitForState(page, 's.health.step > 20');
  await clickWidget(page, 'train.health.conv1');
  await waitForState(page, 's.health.open === "conv1"');
  const { looks, layers, step: newest } = (await stateOf(page)).health;
  expect(looks.length >= 3, `${looks.length} looks`);
  const { output_norm: norm, gradient_norm: gradient, low, high, counts, step } = looks.at(-1);
  expectEqual([step, norm, gradient], [newest, layers[0].output_norm, layers[0].gradient_norm], 'the newest look');
  // 64 images of 6 maps of 28 × 28 outputs, all of which lie between the ends.
  expectEqual(counts.reduce((/** @type {number} */ a, /** @type {number} */ b) => a + b), 64 * 6 * 28 * 28, 'outputs counted');
  expect(low < 0 && high > norm, `outputs from ${low} to ${high}, of size ${norm}`);
  expect(await becomesTrue(page, 'convoscope.widgets().some((w) => w.id === "train.health.spread" && / to /.test(w.value))', 10), 'no spread');
  expect(/ → /.test((await widget(page, 'train.health.output_norm')).value), 'no range of the outputs');
  await clickWidget(page, 'train.health.fc1');
  await waitForState(page, 's.health.open === "fc1"');
  await page.evaluate('convoscope.idle()');
  expect((await widget(page, 'train.health.conv1')).value.startsWith('folded'), 'two are open');
  await clickWidget(page, 'train.health.fc1');
  await waitForState(page, 's.health.open === "" && s.health.looks.length === 0');
  expectNoProblems(problems);
});

test('isolated: a cell of the confusion opens its images, the surest first; an image opens in Inspect', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train`);
  await waitForState(page, kAllLoaded);
  await dispatch(page, { command: 'step', count: 150 });
  await dispatch(page, { command: 'evaluate', split: 'validation' });
  await waitForState(page, 's.validation.length > 0');
  const { validation } = await stateOf(page);
  const { confusion } = validation.at(-1);
  const largest = confusion.reduce((/** @type {number} */ best, /** @type {number} */ count, /** @type {number} */ cell) =>
    (cell % 11 !== 0 && count > confusion[best] ? cell : best), 1);
  const [row, column] = [Math.floor(largest / 10), largest % 10];
  await page.evaluate('convoscope.idle()');
  const { rect } = await widget(page, 'train.confusion');
  const cell = (rect.width + 2) / 10;
  await page.mouse.click(rect.x + (column + 0.5) * cell, rect.y + (row + 0.5) * cell);
  await waitForState(page, `s.mistakes.true === ${row} && s.mistakes.predicted === ${column}`);
  const { mistakes } = await stateOf(page);
  expectEqual(mistakes.count, confusion[largest], 'images of the cell');
  expect(mistakes.images.every((/** @type {any} */ image) => image.label === row && image.predicted === column), 'other images came');
  const sure = mistakes.images.map((/** @type {any} */ image) => image.confidence);
  expectEqual(sure, [...sure].sort((a, b) => b - a), 'confidences');
  expect(await becomesTrue(page, 'convoscope.widgets().some((w) => w.id === "train.mistake.0")'), 'no picture is shown');
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'train.mistake.0');
  const [first] = mistakes.images;
  await waitForState(page, `s.room === "inspect" && s.inspect.split === "train" && s.inspect.picture === ${first.index}`);
  await waitForState(page, `convoscope.widgets().some((w) => w.id === "inspect.reading" && w.value.startsWith("${column},"))`);
  expectNoProblems(problems);
}, 60);

test('isolated: the test set is read when asked; recall and precision stand at the matrix, the surest mistakes beside it', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train`, { options: { viewport: { width: 1440, height: 1400 } } });
  await waitForState(page, kAllLoaded);
  await dispatch(page, { command: 'step', count: 150 });
  await dispatch(page, { command: 'evaluate', split: 'validation' });
  await waitForState(page, 's.validation.length > 0 && s.test.length === 0 && s.confusion_split === "validation"');
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'train.test.read');
  await waitForState(page, 's.test.length === 1 && s.status === "paused" && s.mistakes.split === "test" && s.mistakes.true === -1');
  const { test: [read], mistakes } = await stateOf(page);
  const right = read.confusion.reduce((/** @type {number} */ sum, /** @type {number} */ count, /** @type {number} */ cell) => sum + (cell % 11 === 0 ? count : 0), 0);
  expectEqual(mistakes.count, read.count - right, 'misread test images');
  await page.evaluate('convoscope.idle()');
  const ofRow = read.confusion.slice(70, 80).reduce((/** @type {number} */ sum, /** @type {number} */ count) => sum + count, 0);
  expectEqual((await widget(page, 'train.recall.7')).value, `${(100 * read.confusion[77] / ofRow).toFixed(2)} %`, 'recall of 7');
  let ofColumn = 0;
  for (let row = 0; row < 10; row++) ofColumn += read.confusion[10 * row + 2];
  expectEqual((await widget(page, 'train.precision.2')).value, `${(100 * read.confusion[22] / ofColumn).toFixed(2)} %`, 'precision of 2');
  await widget(page, 'train.mistake.0');
  await clickWidget(page, 'train.split.validation');
  await waitForState(page, 's.confusion_split === "validation" && s.mistakes.split === "validation"');

  await dispatch(page, { command: 'select_confusion', true: 4, predicted: 9 });
  await waitForState(page, 's.mistakes.true === 4');
  await dispatch(page, { command: 'race', steps: 20 });
  await waitForState(page, '!s.runs.racing && s.status === "paused" && s.runs.name === "Adam"', 60);
  expect(!(await page.evaluate('convoscope.widgets().some((w) => w.id === "toast")')), 'the race says that something is wrong');
  expectNoProblems(problems);
}, 90);
