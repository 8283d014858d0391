// @ts-check
// How the page gets into the states of docs/screens/, by what its reader does.

import { becomesTrue, clickWidget, dispatch, ready, stateOf, waitForState } from '../support/lab.mjs';
import { expect } from '../support/runner.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** Trains, looks at the validation images and pins the cell with the most mistakes. @param {Page} page @param {number} steps */
export async function train(page, steps) {
  await waitForState(page, 's.configured && s.data.bytes_total > 0 && s.data.bytes_loaded === s.data.bytes_total', 120);
  await dispatch(page, { command: 'step', count: steps });
  await dispatch(page, { command: 'evaluate', split: 'validation' });
  const { confusion } = (await stateOf(page)).validation.at(-1);
  const worst = confusion.reduce((/** @type {number} */ best, /** @type {number} */ count, /** @type {number} */ cell) =>
    (cell % 11 !== 0 && count > confusion[best] ? cell : best), 1);
  await dispatch(page, { command: 'select_confusion', true: Math.floor(worst / 10), predicted: worst % 10 });
  await page.waitForTimeout(500);
}

/** Trains until the numbers mean something. @param {Page} page @param {number} steps */
export async function learn(page, steps) {
  await waitForState(page, 's.configured && s.data.bytes_total > 0 && s.data.bytes_loaded === s.data.bytes_total', 120);
  await dispatch(page, { command: 'step', count: steps });
  await waitForState(page, 's.inspect?.neuron !== undefined');
}

/** The network that comes with the page, and how well it reads. @param {Page} page */
export async function readyMade(page) {
  await waitForState(page, 's.ready_weights && s.inspect?.neuron !== undefined && s.test.length > 0', 120);
}

/** Its gradients, of a class that it does not read, and one of them checked. @param {Page} page */
export async function goBack(page) {
  await readyMade(page);
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'inspect.class.8');
  await waitForState(page, 's.inspect.class === 8 && s.inspect.checked !== undefined');
}

/** Why it reads what it reads, as soon as the last of the answers is there. @param {Page} page */
export async function askWhy(page) {
  await readyMade(page);
  await page.waitForTimeout(6000);
}

/** The loss of one picture in the first step. @param {Page} page */
export async function takeApart(page) {
  await loaded(page);
  await clickWidget(page, 'train.slow_motion');
  await waitForState(page, 's.slow_motion.step === 1 && s.status === "paused"');
  for (const stage of ['forward', 'loss']) {
    await page.evaluate('convoscope.idle()');
    await clickWidget(page, 'slow.next');
    await waitForState(page, `s.slow_motion.stage === "${stage}"`);
  }
}

/** Three optimisers, one after the other. @param {Page} page */
export async function race(page) {
  await waitForState(page, 's.configured && s.data.bytes_total > 0 && s.data.bytes_loaded === s.data.bytes_total', 120);
  await dispatch(page, { command: 'race', steps: 200 });  // on a phone its button is in the sheet of settings
  await dispatch(page, { command: 'show_steps', first: 0, last: 200 });
  await waitForState(page, '!s.runs.racing && s.runs.kept.length >= 2 && s.status === "paused"', 120);
}

/** A layer's norms and outputs from its first step on, and the test set read. @param {Page} page */
export async function lookInside(page) {
  await waitForState(page, 's.configured && s.data.bytes_total > 0 && s.data.bytes_loaded === s.data.bytes_total', 120);
  for (let part = 0; part < 10; ++part) {
    await dispatch(page, { command: 'step', count: 40 });
    await page.waitForTimeout(300);  // looks are a quarter of a second apart
  }
  await dispatch(page, { command: 'evaluate', split: 'test' });
  await dispatch(page, { command: 'show_confusion', split: 'test' });
  await dispatch(page, { command: 'show_health', layer: 'conv1' });
  await waitForState(page, 's.test.length > 0 && s.status === "paused" && s.mistakes.split === "test"');
}

/** A rate with which no network learns. @param {Page} page */
export async function diverge(page) {
  await loaded(page);
  await dispatch(page, { command: 'step', count: 60 });
  await dispatch(page, { command: 'set', learning_rate: 10 });
  await dispatch(page, { command: 'start' });
  await waitForState(page, 's.status === "diverged"');
}

/** Long enough that its line can be smoothed, over epochs. @param {Page} page */
export async function smooth(page) {
  await train(page, 860);
  await dispatch(page, { command: 'show_over', axis: 'epoch' });
  await dispatch(page, { command: 'smooth_curves', smoothing: 0.9 });
}

/** The picture as it is, and as the network reads it. @param {Page} page */
export async function preprocess(page) {
  await loaded(page);
  await dispatch(page, { command: 'choose_preprocessing', type: 'channel' });
  await waitForState(page, 's.settings.preprocess === "channel" && s.configured');
  await dispatch(page, { command: 'show_tuning', open: true });
  await page.evaluate('convoscope.idle()');
  await page.mouse.move(150, 400);  // over the settings, whose last part it is
  await page.mouse.wheel(0, 4000);
}

/** @param {Page} page */
export async function measure(page) {
  await waitForState(page, 's.configured && s.data.train_loaded > 0 && s.status === "paused"');
  await page.evaluate('convoscope.idle()');
  await dispatch(page, { command: 'activate_widget', id: 'train.engine.exhibit' });  // far down on a phone
  await waitForState(page, 's.exhibit.open');
  await clickWidget(page, 'exhibit.measure');
  await waitForState(page, 's.exhibit.status === "finished"', 120);
}

/** A filter that has found the hidden kernel, or is on its way. @param {Page} page @param {number} [steps] */
export async function learnFilter(page, steps = 1000) {
  await dispatch(page, { command: 'convolve_descend', count: steps });
  await waitForState(page, 's.convolve.learning.steps > 30');
}

/** @param {Page} page @param {string} name @param {string} value */
export const prefer = (page, name, value) => dispatch(page, { command: 'set_preference', name, value });

/** @param {Page} page */
export const loaded = (page) => waitForState(page, 's.configured && s.data.loading === "complete"', 120);

/** Part of the images only. @param {Page} page */
export const holdImages = (page) => page.route(/train-0[1-9]\.bin\.gz$/, () => {});

/** @param {Page} page */
export async function crash(page) {
  await loaded(page);
  const engine = page.workers().find((worker) => /engine-worker/.test(worker.url()));
  await engine?.evaluate(`void setTimeout(() => { throw new RangeError('WebAssembly.Memory.grow(): out of memory'); })`);
  await page.locator('#notice').waitFor({ state: 'visible' });
}

/** As after the last visit: its run is kept, and the link is of another one. @param {Page} page */
export async function comeBack(page) {
  await loaded(page);
  await dispatch(page, { command: 'step', count: 60 });
  await page.waitForTimeout(800);
  const link = page.url().replace(/#.*/, '#v=1&room=train&seed=99');
  await page.goto('about:blank');
  await page.goto(link);
  await page.locator('#notice').waitFor({ state: 'visible' });
}

/** @param {Page} page */
export async function leadCursor(page) {
  await dispatch(page, { command: 'focus_widget', id: 'convolve.grid.input' });
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight']) {
    await page.keyboard.press(key, { delay: 60 });
    await page.waitForTimeout(60);
  }
}

/** @param {Page} page */
export async function evaluate(page) {
  await waitForState(page, 's.configured && s.data.test_loaded >= 5000', 120);
  await dispatch(page, { command: 'step', count: 30 });
  void page.evaluate('convoscope.dispatch({ command: "evaluate", split: "test" }).then(() => true)').catch(() => {});
  await waitForState(page, 's.evaluating?.share > 0');
}

/** What a later version says when it is there (tests/page/versions_tests.mjs brings a real one). @param {Page} page */
export const offerVersion = (page) => page.evaluate(`import(new URL('messages.js', document.baseURI).href).then(({ showNews }) =>
  showNews('A new version of Convoscope is ready. A reload takes it.', { label: 'Reload', act: () => {} }))`);

/** A picture of CIFAR-10, in its colours. @param {Page} page */
export async function showColours(page) {
  await dispatch(page, { command: 'choose_data', data: 'cifar10' });
  await dispatch(page, { command: 'photo_choose', source: 'data', index: 7 });
  await waitForState(page, 's.convolve.photo.channels === 3 && s.convolve.photo.output.length === 3', 60);
}

/** The second visit, without a network: everything comes from what the first one has kept. @param {Page} page */
export async function goOffline(page) {
  await loaded(page);
  const isKept = `(async () => {
    const caches = await globalThis.caches.keys();
    const kept = (await Promise.all(caches.map(async (name) => (await (await globalThis.caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))).flat();
    return ['/', '/app/app.wasm', '/data/mnist/train-06.bin.gz', '/data/mnist/test-00.bin.gz'].every((path) => kept.includes(path));
  })()`;
  expect(await becomesTrue(page, isKept, 60), 'not everything is kept');
  await page.context().setOffline(true);
  await page.reload();
  await ready(page);
  await loaded(page);
  await dispatch(page, { command: 'step', count: 120 });
  await dispatch(page, { command: 'open_settings' });
  expect(await becomesTrue(page, 'convoscope.widgets().some((w) => w.id === "settings.offline" && /opens without/.test(w.value))', 20), 'the settings do not say it');
}

/** Three classes that were drawn. @param {Page} page */
export async function drawOwn(page) {
  await loaded(page);
  await dispatch(page, { command: 'own_open', open: true });
  /** @type {Record<string, number[][]>} */
  const shapes = { bar: [[0.5, 0.2], [0.5, 0.8]], dash: [[0.2, 0.5], [0.8, 0.5]], corner: [[0.25, 0.2], [0.25, 0.8], [0.8, 0.8]] };
  for (const [name, places] of Object.entries(shapes)) {
    await dispatch(page, { command: 'own_class', name });
    for (let i = 0; i < 10; i++) {
      for (const [at, [x, y]] of places.entries()) {
        await dispatch(page, { command: 'own_draw', x: x + 0.02 * Math.sin(3 * i + at), y: y + 0.02 * Math.cos(5 * i + at), begins: at === 0 });
      }
      await dispatch(page, { command: 'own_add' });
    }
  }
}

/** And were learnt. @param {Page} page */
export async function trainOwn(page) {
  await drawOwn(page);
  await dispatch(page, { command: 'own_use' });
  await waitForState(page, 's.configured && s.data.test_loaded > 0 && s.data.test_loaded < 100');
  await dispatch(page, { command: 'step', count: 90 });
}

/** And there are more of them than were learnt. @param {Page} page */
export async function addOwn(page) {
  await trainOwn(page);
  await dispatch(page, { command: 'own_open', open: true });
  await dispatch(page, { command: 'own_class', name: 'bar' });
  await dispatch(page, { command: 'own_draw', x: 0.5, y: 0.25, begins: true });
  await dispatch(page, { command: 'own_draw', x: 0.45, y: 0.75, begins: false });
  await dispatch(page, { command: 'own_add' });
}
