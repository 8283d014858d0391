// @ts-check
// Takes the pictures of docs/screens/ from the built page (make site), each in a state that it trains or steps to.
//
//   node tests/page/screens.mjs [WORD...]        only the pictures whose names contain one of the words

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { becomesTrue, cleanUp, closeSharedBrowser, clickWidget, dispatch, newPage, openLab, serve, site, stateOf, waitForState } from './support/lab.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{name: string, link: string, size?: [number, number], theme?: 'dark' | 'light', ratio?: number, query?: string, prepare?: (page: Page) => Promise<unknown>, starts?: boolean, act?: (page: Page) => Promise<unknown>}} Screen  with `prepare`, the page need not become ready; `starts`: false where it cannot */

const folder = join(site, '..', '..', 'docs', 'screens');
/** @type {[number, number]} */
const kDesk = [1440, 900];
/** @type {[number, number]} */
const kTablet = [1024, 768];
/** @type {[number, number]} */
const kPhone = [390, 844];

/** Trains, looks at the validation images and pins the cell with the most mistakes. @param {Page} page @param {number} steps */
async function train(page, steps) {
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
async function learn(page, steps) {
  await waitForState(page, 's.configured && s.data.bytes_total > 0 && s.data.bytes_loaded === s.data.bytes_total', 120);
  await dispatch(page, { command: 'step', count: steps });
  await waitForState(page, 's.inspect?.neuron !== undefined');
}

/** The network that comes with the page, and how well it reads. @param {Page} page */
async function readyMade(page) {
  await waitForState(page, 's.ready_weights && s.inspect?.neuron !== undefined && s.test.length > 0', 120);
}

/** Why it reads what it reads, as soon as the last of the answers is there. @param {Page} page */
async function askWhy(page) {
  await readyMade(page);
  await page.waitForTimeout(6000);
}

/** The loss of one picture in the first step. @param {Page} page */
async function takeApart(page) {
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
async function race(page) {
  await waitForState(page, 's.configured && s.data.bytes_total > 0 && s.data.bytes_loaded === s.data.bytes_total', 120);
  await clickWidget(page, 'train.race');
  await waitForState(page, '!s.runs.racing && s.runs.kept.length >= 2 && s.status === "paused"', 120);
}

/** @param {Page} page */
async function measure(page) {
  await waitForState(page, 's.configured && s.data.train_loaded > 0 && s.status === "paused"');
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'train.engine.exhibit');
  await waitForState(page, 's.exhibit.open');
  await clickWidget(page, 'exhibit.measure');
  await waitForState(page, 's.exhibit.status === "finished"', 120);
}

const kLearning = 'v=1&room=convolve&i=8&k=3&s=1&p=1&picture=ghost&bias=0&w=0,0,0,0,0,0,0,0,0';

/** A filter that has found the hidden kernel, or is on its way. @param {Page} page @param {number} [steps] */
async function learnFilter(page, steps = 1000) {
  await dispatch(page, { command: 'convolve_descend', count: steps });
  await waitForState(page, 's.convolve.learning.steps > 30');
}

/** @param {Page} page @param {string} name @param {string} value */
const prefer = (page, name, value) => dispatch(page, { command: 'set_preference', name, value });

/** @param {Page} page */
const loaded = (page) => waitForState(page, 's.configured && s.data.loading === "complete"', 120);

/** Part of the images only. @param {Page} page */
const holdImages = (page) => page.route(/train-0[1-9]\.bin\.gz$/, () => {});

/** @param {Page} page */
async function crash(page) {
  await loaded(page);
  const engine = page.workers().find((worker) => /engine-worker/.test(worker.url()));
  await engine?.evaluate(`void setTimeout(() => { throw new RangeError('WebAssembly.Memory.grow(): out of memory'); })`);
  await page.locator('#notice').waitFor({ state: 'visible' });
}

/** As after the last visit: its run is kept, and the link is of another one. @param {Page} page */
async function comeBack(page) {
  await loaded(page);
  await dispatch(page, { command: 'step', count: 60 });
  await page.waitForTimeout(800);
  const link = page.url().replace(/#.*/, '#v=1&room=train&seed=99');
  await page.goto('about:blank');
  await page.goto(link);
  await page.locator('#notice').waitFor({ state: 'visible' });
}

/** @param {Page} page */
async function leadCursor(page) {
  await dispatch(page, { command: 'focus_widget', id: 'convolve.grid.input' });
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight']) {
    await page.keyboard.press(key, { delay: 60 });
    await page.waitForTimeout(60);
  }
}

/** @param {Page} page */
async function evaluate(page) {
  await waitForState(page, 's.configured && s.data.test_loaded >= 5000', 120);
  await dispatch(page, { command: 'step', count: 30 });
  void page.evaluate('convoscope.dispatch({ command: "evaluate", split: "test" }).then(() => true)').catch(() => {});
  await waitForState(page, 's.evaluating?.share > 0');
}

/** What a later version says when it is there (tests/page/versions_tests.mjs brings a real one). @param {Page} page */
const offerVersion = (page) => page.evaluate(`import(new URL('messages.js', document.baseURI).href).then(({ showNews }) =>
  showNews('A new version of Convoscope is ready. A reload takes it.', { label: 'Reload', act: () => {} }))`);

/** @type {Screen[]} */
const states = [
  { name: 'state-loading-cancelled', link: 'v=1&room=train', theme: 'light', size: kTablet, prepare: holdImages,
    act: async (page) => {
      await waitForState(page, 's.data.train_loaded > 0 && s.configured');
      await page.waitForTimeout(500);
      await clickWidget(page, 'train.data.loading');
      await waitForState(page, 's.data.loading === "cancelled"');
    } },
  { name: 'state-loading-phone', link: 'v=1&room=inspect', size: kPhone, prepare: (page) => page.route('**/*.bin.gz', () => {}) },
  { name: 'state-evaluating', link: 'v=1&room=train&data=cifar10', query: 'threads=0', size: kTablet, act: evaluate },
  { name: 'state-engine-crashed', link: 'v=1&room=train', theme: 'light', size: kTablet, act: crash },
  { name: 'state-no-webgl', link: '', size: kTablet, starts: false,
    prepare: (page) => page.addInitScript('HTMLCanvasElement.prototype.getContext = () => null'),
    act: (page) => page.locator('#unsupported').waitFor({ state: 'visible' }) },
  { name: 'state-no-simd-phone', link: '', size: kPhone, theme: 'light', starts: false,
    prepare: (page) => page.addInitScript('WebAssembly.validate = () => false'),
    act: (page) => page.locator('#unsupported').waitFor({ state: 'visible' }) },
  { name: 'state-version', link: 'v=1&room=convolve', size: kTablet, act: offerVersion },
  { name: 'state-kept-run', link: 'v=1&room=train', size: kTablet, theme: 'light', act: comeBack },
  { name: 'state-embed', link: 'v=1&room=convolve', query: 'embed=1', size: [800, 600], theme: 'light' },
  { name: 'state-contrast', link: 'v=1&room=convolve', act: (page) => prefer(page, 'contrast', 'high') },
  { name: 'state-contrast-light', link: 'v=1&room=inspect&image=3', size: kTablet, theme: 'light',
    act: async (page) => { await readyMade(page); await prefer(page, 'contrast', 'high'); } },
  { name: 'state-colour-blind', link: 'v=1&room=convolve&direction=backward', theme: 'light', size: kTablet,
    act: (page) => prefer(page, 'palette', 'colour_blind_safe') },
  { name: 'state-text-200', link: 'v=1&room=convolve', act: (page) => prefer(page, 'text_scale', '2') },
  { name: 'state-text-200-phone', link: 'v=1&room=inspect&image=3', size: kPhone, theme: 'light',
    act: async (page) => { await readyMade(page); await prefer(page, 'text_scale', '2'); } },
  { name: 'state-text-80', link: 'v=1&room=train', size: kTablet, act: async (page) => { await loaded(page); await prefer(page, 'text_scale', '0.8'); } },
  { name: 'state-keyboard', link: 'v=1&room=convolve', size: kTablet, act: leadCursor },
  { name: 'state-more-phone', link: 'v=1&room=train', size: kPhone, act: async (page) => { await loaded(page); await clickWidget(page, 'app.more'); } },
  { name: 'state-export', link: 'v=1&room=convolve', act: (page) => clickWidget(page, 'app.export') },
  { name: 'state-share', link: 'v=1&room=convolve', theme: 'light', act: (page) => clickWidget(page, 'app.share') },
  { name: 'state-settings', link: 'v=1&room=convolve', act: (page) => dispatch(page, { command: 'open_settings' }) },
  { name: 'state-loading', link: 'v=1&room=train',
    prepare: (page) => page.route(/train-0[1-9]\.bin\.gz$/, () => {}),
    act: (page) => waitForState(page, 's.data.train_loaded > 0') },
];

/** @type {Screen[]} */
const screens = [
  { name: 'convolve', link: 'v=1&room=convolve' },
  { name: 'convolve-light', link: 'v=1&room=convolve', theme: 'light' },
  { name: 'convolve-tablet', link: 'v=1&room=convolve', size: kTablet },
  { name: 'convolve-phone', link: 'v=1&room=convolve', size: kPhone, ratio: 2 },
  { name: 'convolve-backward', link: 'v=1&room=convolve&direction=backward' },
  { name: 'convolve-backward-phone', link: 'v=1&room=convolve&direction=backward', size: kPhone, ratio: 2, theme: 'light' },
  { name: 'convolve-matrix', link: 'v=1&room=convolve&lens=matrix', theme: 'light' },
  { name: 'convolve-im2col', link: 'v=1&room=convolve&lens=im2col' },
  { name: 'convolve-learning', link: `${kLearning}&learn=sobel-x`, act: (page) => learnFilter(page) },
  { name: 'convolve-learning-light', link: `${kLearning}&learn=sobel-x`, theme: 'light', act: (page) => learnFilter(page, 40) },
  { name: 'convolve-learning-phone', link: `${kLearning}&learn=sobel-x`, size: kPhone, ratio: 2, act: (page) => learnFilter(page) },
  { name: 'convolve-volumes', link: 'v=1&room=convolve&channels=3&filters=4&lens=volumes' },
  { name: 'convolve-volumes-light', link: 'v=1&room=convolve&channels=6&filters=4&groups=2&i=9&s=1&lens=volumes&step=25', theme: 'light' },
  { name: 'convolve-volumes-phone', link: 'v=1&room=convolve&channels=3&lens=volumes', size: kPhone, ratio: 2, theme: 'light' },
  { name: 'convolve-picture', link: 'v=1&room=convolve&scene=picture&kernel=sobel-x&s=1' },
  { name: 'convolve-picture-phone', link: 'v=1&room=convolve&scene=picture&kernel=emboss&s=1', size: kPhone, ratio: 2, theme: 'light' },
  { name: 'convolve-impossible', link: 'v=1&room=convolve&i=3&k=5&s=1&p=0', theme: 'light' },
  { name: 'train', link: 'v=1&room=train', act: (page) => train(page, 860) },
  { name: 'train-light', link: 'v=1&room=train', theme: 'light', act: (page) => train(page, 860) },
  { name: 'train-cifar', link: 'v=1&room=train&data=cifar10', act: (page) => train(page, 400) },
  { name: 'train-tablet', link: 'v=1&room=train', size: kTablet, act: (page) => train(page, 300) },
  { name: 'train-phone', link: 'v=1&room=train', size: kPhone, ratio: 2, act: (page) => train(page, 300) },
  { name: 'train-exhibit', link: 'v=1&room=train', theme: 'light', act: measure },
  { name: 'train-race', link: 'v=1&room=train', act: race },
  { name: 'train-experiments', link: 'v=1&room=train', act: async (page) => { await loaded(page); await clickWidget(page, 'train.experiments'); } },
  { name: 'train-slow-motion', link: 'v=1&room=train', act: takeApart },
  { name: 'train-slow-motion-phone', link: 'v=1&room=train', size: kPhone, theme: 'light', ratio: 2, act: takeApart },
  { name: 'inspect-why', link: 'v=1&room=inspect&image=0&scene=why', act: askWhy },
  { name: 'inspect-why-light', link: 'v=1&room=inspect&network=cifar-quick&scene=why', theme: 'light', act: askWhy },
  { name: 'inspect', link: 'v=1&room=inspect&image=3', act: readyMade },
  { name: 'inspect-light', link: 'v=1&room=inspect&layer=fc3&at=9.0.0&image=9', theme: 'light', act: (page) => learn(page, 860) },
  { name: 'inspect-cifar', link: 'v=1&room=inspect&network=cifar-quick', act: readyMade },
  { name: 'inspect-tablet', link: 'v=1&room=inspect', size: kTablet, act: (page) => learn(page, 300) },
  { name: 'inspect-phone', link: 'v=1&room=inspect', size: kPhone, ratio: 2, theme: 'light', act: readyMade },
  ...states,
];

mkdirSync(folder, { recursive: true });
const words = process.argv.slice(2);
for (const { name, link, query = '', size = kDesk, theme = 'dark', ratio = 1, prepare, starts = true, act } of screens) {
  if (words.length > 0 && !words.some((word) => name.includes(word))) continue;
  const { url } = await serve();
  const viewport = { width: size[0], height: size[1] };
  /** @type {import('playwright-core').BrowserContextOptions} */
  const options = { viewport, colorScheme: theme, deviceScaleFactor: ratio };
  const address = `${url}${query && `?${query}`}#${link}`;
  const { page } = prepare ? await newPage({ options }) : await openLab(address, { options });
  if (prepare) {
    await prepare(page);
    await page.goto(address);
    if (starts) await becomesTrue(page, 'globalThis.convoscope !== undefined', 30);
  }
  await act?.(page);
  await page.mouse.move(2, 2);
  if (!prepare && name !== 'state-evaluating') await page.evaluate('convoscope.idle()');
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  console.log(`docs/screens/${name}.png`);
  await cleanUp();
}
await closeSharedBrowser();
