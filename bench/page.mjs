// @ts-check
// Trains in the page, in headless Chromium, and reads the speed from the page's own step counter.

import { dispatch, openLab, stateOf, waitForData, waitForState, withSite } from './lab_page.mjs';
import { median, summarize } from './statistics.mjs';

/** @typedef {import('./browser.mjs').Page} Page */
/** @typedef {{network: object, batch: number, seconds: number, rounds: number, threads: number}} Wish */

/** Longer than the browser needs to replace its quick compiler's code by the optimising one's. */
const kWarmUpSeconds = 3;
/** A round that nothing else on the machine disturbs is among so many. */
const kLeastRounds = 5;
const kVariants = ['st', 'st-relaxed', 'mt', 'mt-relaxed'];

/** Steps a second over one round, by the page's clock, and how long its frames took in it. @param {Page} page @param {number} seconds */
async function measureRound(page, seconds) {
  await dispatch(page, { command: 'pause' });
  await waitForState(page, ({ status }) => status === 'paused', 'a pause');
  await dispatch(page, { command: 'start' });  // the page counts its training frames anew
  await waitForState(page, ({ status }) => status === 'running', 'training');
  return page.evaluate(async (duration) => {
    const lab = /** @type {any} */ (window).convoscope;
    const look = () => ({ step: lab.state().step, time: performance.now() });
    const begin = look();
    await new Promise((resolve) => setTimeout(resolve, duration * 1000));
    const end = look();
    return { rate: (end.step - begin.step) / ((end.time - begin.time) / 1000), frames: lab.state().training_frames };
  }, seconds);
}

/** @param {import('./browser.mjs').Browser} browser @param {string} address @param {string} variant @param {Wish} wish */
async function measureVariant(browser, address, variant, { network, batch, seconds, rounds, threads }) {
  const page = await openLab(browser, `${address}?variant=${variant}&threads=${threads}#room=train`);
  await dispatch(page, { command: 'configure', network, batch_size: batch, seed: 1, threads, epochs: 0,
    validation_interval: 1_000_000, optimizer: { type: 'momentum', learning_rate: 0.02, momentum: 0.9 } });
  await waitForData(page);
  await dispatch(page, { command: 'start' });
  await waitForState(page, ({ step }) => step > 0, 'a first step');
  await page.waitForTimeout(1000 * kWarmUpSeconds);
  const measured = [];
  for (let round = 0; round < Math.max(rounds, kLeastRounds); round += 1) measured.push(await measureRound(page, seconds));
  const { engine, step, losses } = await stateOf(page);
  await page.context().close();
  const p95 = measured.map(({ frames }) => frames.p95);
  return {
    folder: variant, variant: engine.variant, threads: engine.threads, ...summarize(measured.map(({ rate }) => batch * rate)),
    frame_milliseconds: {
      p50: median(measured.map(({ frames }) => frames.p50)), p95: median(p95), p95_of_best_round: Math.min(...p95),
      count: Math.min(...measured.map(({ frames }) => frames.frames_drawn)),
    },
    steps: step, loss: losses.at(-1),
  };
}

/**
 * Images a second in each variant of the engine, and how long the page's frames take meanwhile.
 * @param {Wish & {site: string}} wish
 */
export function measurePage({ site, ...wish }) {
  return withSite(site, async ({ browser, address }) => {
    const rows = [];
    for (const variant of kVariants) {
      rows.push(await measureVariant(browser, address, variant, { ...wish, threads: variant.startsWith('mt') ? wish.threads : 1 }));
    }
    return rows;
  });
}
