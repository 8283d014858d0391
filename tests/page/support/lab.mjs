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

/**
 * Waits for an expression to become true. Asks again and again from here: the page's policy forbids the `eval` that a
 * wait inside it would take, and a page that reloads meanwhile is no failure.
 * @param {Page} page @param {string} expression @param {number} [seconds] @returns {Promise<boolean>} false: in vain
 */
export async function becomesTrue(page, expression, seconds = 30) {
  const end = performance.now() + 1000 * seconds;
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

/** A real click of the mouse on a widget. @param {Page} page @param {string} id @param {number} [across] 0 left to 1 right */
export async function clickWidget(page, id, across = 0.5) {
  // The state is ahead of the picture by a frame or two.
  await becomesTrue(page, `convoscope.widgets().some((widget) => widget.id === ${JSON.stringify(id)} && !widget.disabled)`, 5);
  const { rect, disabled } = await widget(page, id);
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

/** Real fingers, each at a place of the screen. @param {Page} page */
export async function fingers(page) {
  const session = await page.context().newCDPSession(page);
  return (/** @type {'touchStart' | 'touchMove' | 'touchEnd'} */ type, /** @type {number[][]} */ places) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: places.map(([x, y], id) => ({ x, y, id })) });
}

/** Nothing may have been reported as an error. @param {string[]} problems */
export function expectNoProblems(problems) {
  expect(problems.length === 0, `errors on the page:\n        ${problems.join('\n        ')}`);
}
