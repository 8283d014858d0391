// @ts-check
// Takes the pictures of docs/screens/ from the built page (make site), each in a state that it trains or steps to.
//
//   node tests/page/screens.mjs [WORD...]        only the pictures whose names contain one of the words

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cleanUp, closeSharedBrowser, dispatch, openLab, serve, site, stateOf, waitForState } from './support/lab.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{name: string, link: string, size?: [number, number], theme?: 'dark' | 'light', ratio?: number, act?: (page: Page) => Promise<void>}} Screen */

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

/** @type {Screen[]} */
const screens = [
  { name: 'convolve', link: 'v=1&room=convolve' },
  { name: 'convolve-light', link: 'v=1&room=convolve', theme: 'light' },
  { name: 'convolve-tablet', link: 'v=1&room=convolve', size: kTablet },
  { name: 'convolve-phone', link: 'v=1&room=convolve', size: kPhone, ratio: 2 },
  { name: 'convolve-impossible', link: 'v=1&room=convolve&i=3&k=5&s=1&p=0', theme: 'light' },
  { name: 'train', link: 'v=1&room=train', act: (page) => train(page, 860) },
  { name: 'train-light', link: 'v=1&room=train', theme: 'light', act: (page) => train(page, 860) },
  { name: 'train-cifar', link: 'v=1&room=train&data=cifar10', act: (page) => train(page, 400) },
  { name: 'train-tablet', link: 'v=1&room=train', size: kTablet, act: (page) => train(page, 300) },
  { name: 'train-phone', link: 'v=1&room=train', size: kPhone, ratio: 2, act: (page) => train(page, 300) },
];

mkdirSync(folder, { recursive: true });
const words = process.argv.slice(2);
for (const { name, link, size = kDesk, theme = 'dark', ratio = 1, act } of screens) {
  if (words.length > 0 && !words.some((word) => name.includes(word))) continue;
  const { url } = await serve();
  const viewport = { width: size[0], height: size[1] };
  const { page } = await openLab(`${url}#${link}`, { options: { viewport, colorScheme: theme, deviceScaleFactor: ratio } });
  await act?.(page);
  await page.mouse.move(2, 2);
  await page.evaluate('convoscope.idle()');
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  console.log(`docs/screens/${name}.png`);
  await cleanUp();
}
await closeSharedBrowser();
