// @ts-check
// What the page's frames cost, by the browser's own record of them.

import { stateOf } from './lab.mjs';
import { slowness } from './machine.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** Of sorted numbers. @param {number[]} sorted @param {number} share */
const quantile = (sorted, share) => sorted[Math.floor(share * (sorted.length - 1))];

/**
 * The milliseconds for which a frame's thread had a processor, over the frames that are drawn while `act` goes on.
 * Unlike the time on the clock they do not grow when another program, or the one that draws the pixels, has the
 * processor in between.
 * @param {Page} page @param {() => Promise<unknown>} act @returns {Promise<{frames: number, p50: number, p95: number}>}
 */
export async function frameCosts(page, act) {
  const browser = page.context().browser();
  if (!browser) throw new Error('the page has no browser');
  const { frames_drawn: before } = await stateOf(page);
  await browser.startTracing(page, { categories: ['devtools.timeline'] });
  await act();
  const record = JSON.parse((await browser.stopTracing()).toString());
  const { frames_drawn: after } = await stateOf(page);
  /** @type {{name: string, tdur?: number}[]} */
  const events = record.traceEvents;
  const times = events.filter(({ name, tdur }) => name === 'FireAnimationFrame' && tdur !== undefined).map(({ tdur }) => (tdur ?? NaN) / 1000).sort((a, b) => a - b);
  const drawn = times.slice(-Math.max(1, after - before));  // calls that draw nothing are the shortest
  if (drawn.length === 0) throw new Error('the browser has recorded no frame');
  return { frames: drawn.length, p50: quantile(drawn, 0.5), p95: quantile(drawn, 0.95) };
}

// Another program beside it empties its caches: of several stretches one has to be undisturbed.
const kStretches = 4;

/**
 * Of one stretch of frames at least, 95 of 100 take less than so many milliseconds of this machine; returns what was seen.
 * @param {Page} page @param {number} milliseconds @param {() => Promise<{frames: number, p50: number, p95: number}>} stretch
 */
export async function expectShortFrames(page, milliseconds, stretch) {
  const limit = milliseconds * await slowness(page);
  /** @type {{p50: number, p95: number}[]} */
  const seen = [];
  const told = () => `${seen.map(({ p50, p95 }) => `p50 ${p50.toFixed(2)}, p95 ${p95.toFixed(2)}`).join('; ')} of ${limit.toFixed(2)} ms`;
  while (seen.length < kStretches) {
    const costs = await stretch();
    seen.push(costs);
    if (costs.p95 < limit) return told();
  }
  throw new Error(`frames are long: ${told()}`);
}
