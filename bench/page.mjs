// @ts-check
// Trains in the page, in headless Chromium, and reads the speed from the page's own step counter.

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSiteServer } from '../tools/serve.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { chromium } = createRequire(join(root, 'tests', 'page', 'package.json'))('playwright-core');

/** Longer than the browser needs to replace its quick compiler's code by the optimising one's. */
const kWarmUpSeconds = 3;
const kBrowserArguments = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--no-sandbox'];
const kVariants = ['st', 'st-relaxed', 'mt', 'mt-relaxed'];

/** @param {string} site @returns {Promise<{address: string, stop: () => void}>} */
async function serve(site) {
  const server = createSiteServer(site);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(null)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { address: `http://localhost:${port}/`, stop: () => { server.close(); server.closeAllConnections(); } };
}

/** @param {any} page @param {(state: any) => boolean} isReached @param {string} what */
async function waitForState(page, isReached, what) {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const state = await page.evaluate('window.convoscope.state()');
    if (isReached(state)) return state;
    if (Date.now() > deadline) throw new Error(`the page never came to: ${what}; ${JSON.stringify(state).slice(0, 600)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** @param {any} page @param {object} command */
const dispatch = (page, command) =>
  page.evaluate((/** @type {object} */ wish) => /** @type {any} */ (window).convoscope.dispatch(wish), command);

/** Steps a second over one round, by the page's clock. @param {any} page @param {number} seconds */
function measureRound(page, seconds) {
  return page.evaluate(async (/** @type {number} */ duration) => {
    const lab = /** @type {any} */ (window).convoscope;
    const look = () => ({ step: lab.state().step, time: performance.now() });
    const begin = look();
    await new Promise((resolve) => setTimeout(resolve, duration * 1000));
    const end = look();
    return (end.step - begin.step) / ((end.time - begin.time) / 1000);
  }, seconds);
}

/** @param {any} browser @param {string} address @param {string} variant @param {any} wish */
async function measureVariant(browser, address, variant, { network, batch, seconds, rounds, threads }) {
  const page = await browser.newPage();
  await page.goto(`${address}?variant=${variant}&threads=${threads}`);
  while (!await page.evaluate('window.convoscope !== undefined')) await page.waitForTimeout(50);
  await page.evaluate('window.convoscope.ready.then(() => true)');
  await dispatch(page, { command: 'configure', network, batch_size: batch, seed: 1, threads, epochs: 0,
    validation_interval: 1_000_000, optimizer: { type: 'momentum', learning_rate: 0.02, momentum: 0.9 } });
  await waitForState(page, (state) => state.data.train_loaded >= 60000, 'a complete data set');
  await dispatch(page, { command: 'start' });
  await waitForState(page, (state) => state.step > 0, 'a first step');
  await new Promise((resolve) => setTimeout(resolve, kWarmUpSeconds * 1000));
  const rates = [];
  for (let round = 0; round < rounds; round += 1) rates.push(batch * await measureRound(page, seconds));
  const state = await page.evaluate('window.convoscope.state()');
  await page.close();
  rates.sort((a, b) => a - b);
  return {
    folder: variant, variant: state.engine.variant, threads: state.engine.threads,
    images_per_second: rates[rates.length >> 1], lowest: rates[0], highest: rates[rates.length - 1],
    steps: state.step, loss: state.losses.at(-1),
  };
}

/**
 * Images a second of LeNet-5 in each variant of the engine: the median of the rounds.
 * @param {{site: string, network: object, batch: number, seconds: number, rounds: number, threads: number}} wish
 */
export async function measurePage(wish) {
  const { address, stop } = await serve(wish.site);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: kBrowserArguments });
  try {
    const rows = [];
    for (const variant of kVariants) {
      rows.push(await measureVariant(browser, address, variant, { ...wish, threads: variant.startsWith('mt') ? wish.threads : 1 }));
    }
    return rows;
  } finally {
    await browser.close();
    stop();
  }
}
