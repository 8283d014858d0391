// @ts-check
// Browsers, servers and the page's own interface, for tests.

import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { createSiteServer } from '../../../tools/serve.mjs';
import { expect } from './runner.mjs';

/** @typedef {import('playwright-core').Page} Page */

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
export const site = join(root, 'build', 'site');
const kArguments = [
  '--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** @type {(() => Promise<unknown>)[]} */
const cleanups = [];

/** Closes what a test has opened, the last first. */
export async function cleanUp() {
  for (const close of cleanups.splice(0).reverse()) await close().catch(() => {});
}

function chromiumPath() {
  const paths = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const path = paths.find((candidate) => candidate && existsSync(candidate));
  expect(path, 'no Chromium found; name it in the environment variable CHROMIUM');
  return path;
}

/** @param {string[]} [more] */
export async function launch(more = []) {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...kArguments, ...more] });
  cleanups.push(() => browser.close());
  return browser;
}

/** The one browser that most tests share. @type {import('playwright-core').Browser | null} */
let shared = null;
export async function sharedBrowser() {
  shared ??= await chromium.launch({ executablePath: chromiumPath(), args: kArguments });
  return shared;
}
export async function closeSharedBrowser() {
  await shared?.close();
  shared = null;
}

/** @param {{directory?: string, isolation?: boolean}} [options] */
export async function serve({ directory = site, isolation = true } = {}) {
  const server = createSiteServer(directory, { isolation });
  await new Promise((resolveListening) => server.listen(0, '127.0.0.1', () => resolveListening(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const close = async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  cleanups.push(close);
  return { url: `http://localhost:${port}/`, port, close };
}

/**
 * A page in a context of its own; `problems` collects whatever went wrong in it.
 * @param {{browser?: import('playwright-core').Browser, options?: import('playwright-core').BrowserContextOptions}} [settings]
 */
export async function newPage({ browser, options = {} } = {}) {
  const context = await (browser ?? (await sharedBrowser())).newContext({
    viewport: { width: 1280, height: 800 }, colorScheme: 'dark', ...options,
  });
  cleanups.push(() => context.close());
  const page = await context.newPage();
  /** @type {string[]} */
  const problems = [];
  page.on('console', (message) => { if (message.type() === 'error') problems.push(`console: ${message.text()} (${message.location().url})`); });
  page.on('pageerror', (error) => problems.push(`page: ${error.message}`));
  page.on('crash', () => problems.push('the tab crashed'));
  return { page, context, problems };
}

/** Opens the lab and waits until it can be used. @param {string} url @param {Parameters<typeof newPage>[0]} [settings] */
export async function openLab(url, settings) {
  const opened = await newPage(settings);
  await opened.page.goto(url);
  await ready(opened.page);
  return opened;
}

/** A slow machine is no failure: nothing is waited for in vain sooner than this. */
const kLeastSeconds = 20;

/**
 * Waits for an expression to become true. Asks again and again from here: the page's policy forbids the `eval` that a
 * wait inside it would take, and a page that reloads meanwhile is no failure.
 * @param {Page} page @param {string} expression @param {number} [seconds] @returns {Promise<boolean>} false: in vain
 */
export async function becomesTrue(page, expression, seconds = 30) {
  const end = performance.now() + 1000 * Math.max(seconds, kLeastSeconds);
  while (performance.now() < end) {
    try {
      if (await page.evaluate(`(async () => Boolean(await (${expression})))()`)) return true;
    } catch (problem) {
      if (!/context was destroyed|navigat/i.test(String(problem))) throw problem;
    }
    await new Promise((resolveTime) => setTimeout(resolveTime, 100));
  }
  return false;
}

/** @param {Page} page */
export async function ready(page) {
  expect(await becomesTrue(page, 'globalThis.convoscope !== undefined', 40), 'the page does not get as far as its API');
  await page.evaluate('convoscope.ready');
}

/** @param {Page} page @returns {Promise<any>} */
export const stateOf = (page) => page.evaluate('convoscope.state()');

/** @param {Page} page @param {object} command @returns {Promise<any>} */
export const dispatch = (page, command) => page.evaluate(`convoscope.dispatch(${JSON.stringify(command)})`);

/** Waits for a condition on the page's state `s`. @param {Page} page @param {string} condition @param {number} [seconds] */
export async function waitForState(page, condition, seconds = 30) {
  if (await becomesTrue(page, `(() => { const s = convoscope.state(); return ${condition}; })()`, seconds)) return;
  const { status, reason, step, epoch, data, error, test } = await stateOf(page);
  throw new Error(`waited ${seconds} s for: ${condition}; the state is ` +
    JSON.stringify({ status, reason, step, epoch, error, loaded: [data.train_loaded, data.test_loaded], test: test.map((/** @type {any} */ t) => t.accuracy) }));
}

/** @param {Page} page @param {string} id @returns {Promise<any>} */
export async function widget(page, id) {
  const found = await page.evaluate(`convoscope.widgets().find((widget) => widget.id === ${JSON.stringify(id)})`);
  if (!found) {
    const ids = await page.evaluate('convoscope.widgets().map((widget) => widget.id).join(" ")');
    throw new Error(`there is no widget ${id} among: ${ids}`);
  }
  return found;
}

/**
 * A widget that can be pressed, where it is when the picture has caught up with the state: nothing is left to draw, or
 * frames come and go and it stays where it is.
 * @param {Page} page @param {string} id
 */
export async function steadyWidget(page, id) {
  await page.evaluate(`(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const place = () => JSON.stringify(convoscope.widgets().find((w) => w.id === ${JSON.stringify(id)} && !w.disabled)?.rect);
    await frame();  // a press of just now has not been seen by the program yet
    let last;
    for (const end = performance.now() + ${1000 * kLeastSeconds}; performance.now() < end; ) {
      const now = place();
      const { idle, frames_drawn: drawn } = convoscope.state();
      if (now && (idle || now === last)) return;
      last = now;
      while (convoscope.state().frames_drawn < drawn + 2 && !convoscope.state().idle && performance.now() < end) await frame();
    }
  })()`);
  return widget(page, id);
}

/** A real click of the mouse on a widget. @param {Page} page @param {string} id @param {number} [across] 0 left to 1 right */
export async function clickWidget(page, id, across = 0.5) {
  const { rect, disabled } = await steadyWidget(page, id);
  expect(!disabled, `${id} is disabled`);
  const { width, height } = /** @type {{width: number, height: number}} */ (page.viewportSize());
  const x = rect.x + across * rect.width;
  const y = rect.y + rect.height / 2;
  expect(x > 0 && y > 0 && x < width && y < height, `${id} is off the screen at ${x}, ${y}`);
  await page.mouse.move(x, y);
  await page.waitForTimeout(60);
  await page.mouse.down();
  await page.waitForTimeout(60);
  await page.mouse.up();
}

/** Changes that follow each other more closely are one step of the history (`History::kTogetherSeconds`), in milliseconds. */
const kTogether = 600;

/** Until the next change will be a step of the history of its own. @param {Page} page */
export async function nextStep(page) {
  await page.evaluate('convoscope.idle()');  // the last change is in the history when its frame has been drawn
  await page.waitForTimeout(kTogether + 100);
}

/** Real fingers, each at a place of the screen; with a time (seconds since 1970) if it matters. @param {Page} page */
export async function fingers(page) {
  const session = await page.context().newCDPSession(page);
  return (/** @type {'touchStart' | 'touchMove' | 'touchEnd'} */ type, /** @type {number[][]} */ places, /** @type {number | undefined} */ timestamp = undefined) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: places.map(([x, y], id) => ({ x, y, id })), timestamp });
}

/** What the browser keeps of the last run for the next visit. @param {Page} page @param {string} act of the store @returns {Promise<any>} its step, or null */
export const inStore = (page, act) => page.evaluate(`new Promise((resolve, reject) => {
  const opening = indexedDB.open('convoscope', 1);
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const request = opening.result.transaction('runs', 'readwrite').objectStore('runs').${act};
    request.onsuccess = () => { opening.result.close(); resolve(request.result?.step ?? null); };
    request.onerror = () => reject(request.error);
  };
})`);

/** @param {Page} page @param {number} step */
export async function untilKept(page, step) {
  const end = performance.now() + 1000 * kLeastSeconds;
  while ((await inStore(page, `get('present')`)) !== step) {
    expect(performance.now() < end, `the browser keeps step ${await inStore(page, `get('present')`)}, not ${step}`);
    await new Promise((resolveTime) => setTimeout(resolveTime, 100));
  }
}

/** Takes the graphics context away and gives it back. @param {Page} page */
export const loseGraphics = (page) => page.evaluate(`(async () => {
  const canvas = document.getElementById('canvas');
  const loss = canvas.getContext('webgl2').getExtension('WEBGL_lose_context');
  const heard = (event) => new Promise((resolve) => canvas.addEventListener(event, () => setTimeout(resolve), { once: true }));
  const lost = heard('webglcontextlost');
  loss.loseContext();
  await lost;
  const restored = heard('webglcontextrestored');
  loss.restoreContext();
  await restored;
})()`);

/**
 * How many frames are drawn in a second of rest; what the engine has still to say, and the browser to keep, may come first.
 * @param {Page} page
 */
export async function framesAtRest(page) {
  let drawn = -1;
  for (let stretch = 0; stretch < 10 && drawn !== 0; stretch++) {
    const { frames_drawn: before } = await stateOf(page);
    await page.waitForTimeout(1000);
    drawn = (await stateOf(page)).frames_drawn - before;
  }
  return drawn;
}

/** Nothing may have been reported as an error. @param {string[]} problems */
export function expectNoProblems(problems) {
  expect(problems.length === 0, `errors on the page:\n        ${problems.join('\n        ')}`);
}
