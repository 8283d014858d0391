// @ts-check
// The built page in headless Chromium, driven through `window.convoscope`.

import { dispatch, stateOf } from '../tests/page/support/lab.mjs';
import { createSiteServer } from '../tools/serve.mjs';
import { kGraphics, launch, listen } from './browser.mjs';

export { dispatch, stateOf };

/** @typedef {import('./browser.mjs').Page} Page */
/** @typedef {{path: string, bytes: number, end: number}} Transfer of one file, head included; when by the computer's clock, ms */

/**
 * Serves the site, opens a browser, and closes both after the work.
 * @template Result @param {string} site
 * @param {(lab: {browser: import('./browser.mjs').Browser, address: string, transfers: Transfer[]}) => Promise<Result>} work
 */
export async function withSite(site, work) {
  const server = createSiteServer(site);
  /** @type {Transfer[]} */
  const transfers = [];
  server.on('request', (request, response) => {
    const { socket } = request;
    const before = socket.bytesWritten;
    response.on('close', () => transfers.push({ path: request.url ?? '', bytes: socket.bytesWritten - before, end: Date.now() }));
  });
  const { address, stop } = await listen(server);
  const browser = await launch(kGraphics);
  try {
    return await work({ browser, address, transfers });
  } finally {
    await browser.close();
    stop();
  }
}

/** Opens the page and waits until its API is ready. @param {import('./browser.mjs').Browser} browser @param {string} address */
export async function openLab(browser, address) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(address);
  while (!await page.evaluate('window.convoscope !== undefined')) await page.waitForTimeout(10);
  await page.evaluate('window.convoscope.ready.then(() => true)');
  return page;
}

/** Looks again and again. @param {Page} page @param {(state: any) => boolean} isReached @param {string} what @param {number} [seconds] */
export async function waitForState(page, isReached, what, seconds = 120) {
  const deadline = Date.now() + 1000 * seconds;
  for (;;) {
    const state = await stateOf(page);
    if (isReached(state)) return state;
    if (Date.now() > deadline) throw new Error(`the page never came to: ${what}; ${JSON.stringify(state).slice(0, 600)}`);
    await page.waitForTimeout(20);
  }
}

export const waitForData = (/** @type {Page} */ page) =>
  waitForState(page, ({ data }) => data.bytes_total > 0 && data.bytes_loaded === data.bytes_total, 'a complete data set');
