// @ts-check
// What a visitor waits for: the first frame, the first training step, 99 % of MNIST; and what the network carries.

import { dispatch, openLab, stateOf, waitForData, waitForState, withSite } from './lab_page.mjs';
import { median } from './statistics.mjs';

/** @typedef {import('./lab_page.mjs').Transfer} Transfer */
/** @typedef {import('./browser.mjs').Browser} Browser */

const kVisits = 5;
const kLongestSeconds = 240;
/** Reaches 99 % in few epochs; the schedule falls to nothing at the last one's end. */
const kRecipe = {
  epochs: 3, batch_size: 64, validation_interval: 1_000_000,
  optimizer: { type: 'momentum', learning_rate: 0.05, momentum: 0.9 }, schedule: { type: 'one_cycle' },
};

/** @param {Transfer[]} transfers @param {(path: string) => boolean} isWanted */
const bytesOf = (transfers, isWanted) => transfers.filter(({ path }) => isWanted(path)).reduce((sum, { bytes }) => sum + bytes, 0);
const isData = (/** @type {string} */ path) => /\/data\/.*\.gz/.test(path);

/** A visit with an empty cache: milliseconds from the navigation's start. @param {Browser} browser @param {string} address @param {Transfer[]} transfers */
async function visit(browser, address, transfers) {
  transfers.length = 0;
  const page = await openLab(browser, address);
  await waitForState(page, ({ configured, data }) => configured && data.train_count > 0, 'a network and a data set');
  await dispatch(page, { command: 'start' });
  const firstStep = await page.evaluate(`(async () => {
    while (!(convoscope.state().step > 0)) await new Promise((resolve) => setTimeout(resolve, 5));
    return performance.now();
  })()`);
  const { firstFrame, ready, origin } = await page.evaluate(`({
    firstFrame: performance.getEntriesByName('first-frame')[0].startTime,
    ready: performance.getEntriesByName('ready')[0].startTime, origin: performance.timeOrigin })`);
  const before = transfers.filter(({ end }) => end <= origin + firstFrame);
  await page.context().close();
  return { firstFrame, ready, firstStep, program: bytesOf(before, (path) => !isData(path)), data: bytesOf(before, isData) };
}

/** Wall-clock seconds from the start of the training to the evaluation with that accuracy. @param {Browser} browser @param {string} address @param {object} network @param {number} threads */
async function timeToAccuracy(browser, address, network, threads) {
  const page = await openLab(browser, `${address}?threads=${threads}#room=train`);
  await waitForData(page);
  await dispatch(page, { command: 'configure', network, seed: 1, threads, ...kRecipe });
  const begin = Date.now();
  await dispatch(page, { command: 'start' });
  const best = (/** @type {any} */ state) => Math.max(0, ...state.test.map((/** @type {any} */ { accuracy }) => accuracy));
  await waitForState(page, (state) => best(state) >= 0.99 || state.epoch >= kRecipe.epochs && state.status === 'paused', '99 % or the end', kLongestSeconds);
  const seconds = (Date.now() - begin) / 1000;
  const state = await stateOf(page);
  await page.context().close();
  return { seconds, accuracy: best(state), epochs: state.epoch, images_per_second: (state.step * kRecipe.batch_size) / seconds };
}

/** @param {{site: string, network: object, threads: number}} wish */
export function measureVisit({ site, network, threads }) {
  return withSite(site, async ({ browser, address, transfers }) => {
    await visit(browser, address, transfers);  // the server and the browser's own start are not what is measured
    /** @type {Awaited<ReturnType<typeof visit>>[]} */
    const visits = [];
    for (let i = 0; i < kVisits; i += 1) visits.push(await visit(browser, address, transfers));
    const middle = (/** @type {keyof typeof visits[0]} */ key) => median(visits.map((one) => one[key]));
    const accuracy = await timeToAccuracy(browser, address, network, threads);
    return [
      { what: 'first frame', unit: 'ms', value: middle('firstFrame') },
      { what: 'page and engine ready', unit: 'ms', value: middle('ready') },
      { what: 'first training step', unit: 'ms', value: middle('firstStep') },
      { what: 'transfer before the first frame, program', unit: 'kB', value: middle('program') / 1000 },
      { what: 'transfer before the first frame, data set', unit: 'kB', value: middle('data') / 1000 },
      { what: '99 % of MNIST from Train', unit: 's', value: accuracy.seconds,
        note: `${(100 * accuracy.accuracy).toFixed(2)} % after ${accuracy.epochs} epochs, ${Math.round(accuracy.images_per_second)} images/s with evaluations` },
    ];
  });
}
