// @ts-check
// What the page shows when it waits, asks, tells or cannot go on, and as a reader prefers it.

import { clickWidget, dispatch, waitForState } from '../support/lab.mjs';
import { comeBack, crash, evaluate, goOffline, holdImages, leadCursor, loaded, offerVersion, prefer, readyMade } from './acts.mjs';
import { kFrame, kPhone } from './scene.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('./scene.mjs').Scene} Scene */

const kConvolve = 'v=1&room=convolve';
const kTrain = 'v=1&room=train';

/** @param {Page} page */
const refused = (page) => page.locator('#unsupported').waitFor({ state: 'visible' });

/** @param {Page} page */
async function cancelLoading(page) {
  await waitForState(page, 's.data.train_loaded > 0 && s.configured');
  await dispatch(page, { command: 'cancel_loading' });
  await waitForState(page, 's.data.loading === "cancelled"');
}

/** What a link that means nothing answers. @param {Page} page */
async function complain(page) {
  await page.evaluate(`location.hash = '#v=1&room=convolve&k=banana'`);
  await page.waitForTimeout(400);
}

/** Its dialog says how long it will take. @param {Page} page */
async function animate(page) {
  void page.evaluate('convoscope.dispatch({ command: "export", what: "animation" }).then(() => true)').catch(() => {});
  await page.locator('#progress').waitFor({ state: 'visible' });
  await page.waitForTimeout(1500);
}

/** @type {Scene[]} */
export const stateScenes = [
  { name: 'state-welcome', link: '' },
  { name: 'state-loading', link: kTrain, prepare: holdImages, act: (page) => waitForState(page, 's.data.train_loaded > 0') },
  { name: 'state-loading-cancelled', link: kTrain, prepare: holdImages, act: cancelLoading },
  { name: 'state-loading-inspect', link: 'v=1&room=inspect', prepare: (page) => page.route('**/*.bin.gz', () => {}) },
  { name: 'state-evaluating', link: `${kTrain}&data=cifar10`, query: 'threads=0', rests: false, act: evaluate },
  { name: 'state-engine-crashed', link: kTrain, act: crash },
  { name: 'state-no-webgl', link: '', starts: false, act: refused,
    prepare: (page) => page.addInitScript('HTMLCanvasElement.prototype.getContext = () => null') },
  { name: 'state-no-simd', link: '', starts: false, act: refused,
    prepare: (page) => page.addInitScript('WebAssembly.validate = () => false') },
  { name: 'state-offline', link: kTrain, isolation: false, act: goOffline },
  { name: 'state-version', link: kConvolve, act: offerVersion },
  { name: 'state-kept-run', link: kTrain, act: comeBack },
  { name: 'state-link-ignored', link: kConvolve, rests: false, act: complain },
  { name: 'state-embed', link: kConvolve, query: 'embed=1', layouts: [kFrame, kPhone] },
  { name: 'state-contrast', link: kConvolve, act: (page) => prefer(page, 'contrast', 'high') },
  { name: 'state-contrast-inspect', link: 'v=1&room=inspect&image=3',
    act: async (page) => { await readyMade(page); await prefer(page, 'contrast', 'high'); } },
  { name: 'state-colour-blind', link: `${kConvolve}&direction=backward`, act: (page) => prefer(page, 'palette', 'colour_blind_safe') },
  { name: 'state-text-200', link: kConvolve, act: (page) => prefer(page, 'text_scale', '2') },
  { name: 'state-text-200-inspect', link: 'v=1&room=inspect&image=3',
    act: async (page) => { await readyMade(page); await prefer(page, 'text_scale', '2'); } },
  { name: 'state-text-80', link: kTrain, act: async (page) => { await loaded(page); await prefer(page, 'text_scale', '0.8'); } },
  { name: 'state-keyboard', link: kConvolve, act: leadCursor },
  { name: 'state-more', link: kTrain, layouts: [kPhone], act: async (page) => { await loaded(page); await clickWidget(page, 'app.more'); } },
  { name: 'state-export', link: kConvolve, act: (page) => dispatch(page, { command: 'open_export' }) },
  { name: 'state-animation', link: `${kConvolve}&i=32&k=3&s=1`, rests: false, act: animate },
  { name: 'state-share', link: kConvolve, act: (page) => dispatch(page, { command: 'open_share' }) },
  { name: 'state-settings', link: kConvolve, act: (page) => dispatch(page, { command: 'open_settings' }) },
];
