// @ts-check
// Limits of time are set for one machine, and hold on a slower one in proportion.

/** What the loop below takes where the limits were set: one of two virtual processors of an AMD EPYC, nothing beside it. */
const kReferenceMilliseconds = 3.3;
const kTurns = 15;
/** A slower machine than that tells nothing. */
const kMost = 3;

/**
 * How much more time this machine may take at this moment: 1 where it is as fast as the one of the limits, at most 3.
 * @param {import('playwright-core').Page} page @returns {Promise<number>}
 */
export async function slowness(page) {
  const milliseconds = await page.evaluate((turns) => {
    const times = [];
    // One function with both loops: the browser compiles it well in its first turns, and a function called anew in each turn never.
    for (let turn = 0; turn < turns; turn++) {
      const begin = performance.now();
      let number = 1;
      for (let i = 0; i < 3_000_000; i++) number = (Math.imul(number, 1664525) + i) >>> 0;
      const end = performance.now();
      times.push(number >= 0 ? end - begin : Infinity);  // so that the loop has a use
    }
    return times.sort((a, b) => a - b)[turns >> 1];
  }, kTurns);
  return Math.min(kMost, Math.max(1, milliseconds / kReferenceMilliseconds));
}
