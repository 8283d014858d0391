// @ts-check
// The page on plain hosts: isolation by the service worker, one thread without it, any folder, no network.

import { request } from 'node:http';
import { join } from 'node:path';
import { becomesTrue, clickWidget, dispatch, expectNoProblems, newPage, openLab, ready, root, serve, stateOf, waitForState } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

const kAllLoaded = 's.configured && s.data.bytes_loaded === s.data.bytes_total && s.data.bytes_total > 0';

/** A request whose path nobody tidies up first. @param {number} port @param {string} path @param {string} [method] */
const ask = (port, path, method = 'GET') => new Promise((resolve, reject) => {
  const asked = request({ port, path, method, headers: { 'Accept-Encoding': 'gzip' } }, (response) => {
    response.resume();
    response.on('end', () => resolve({ status: response.statusCode, headers: response.headers }));
  });
  asked.on('error', reject);
  asked.end();
});

test('server: types, isolation headers, compression', async () => {
  const { port } = await serve();
  const expected = {
    '/': ['text/html; charset=utf-8', 'gzip'],
    '/boot.js': ['text/javascript; charset=utf-8', 'gzip'],
    '/app/app.wasm': ['application/wasm', 'gzip'],
    '/data/mnist/train-00.bin.gz': ['application/octet-stream', undefined],
    '/manifest.webmanifest': ['application/manifest+json', 'gzip'],
    '/icon.svg': ['image/svg+xml', 'gzip'],
  };
  for (const [path, [type, encoding]] of Object.entries(expected)) {
    const { status, headers } = await ask(port, path);
    expectEqual([status, headers['content-type'], headers['content-encoding']], [200, type, encoding], path);
    expectEqual(headers['cross-origin-opener-policy'], 'same-origin', `COOP of ${path}`);
    expectEqual(headers['cross-origin-embedder-policy'], 'require-corp', `COEP of ${path}`);
    expectEqual(headers['cross-origin-resource-policy'], 'same-origin', `CORP of ${path}`);
  }
  const plain = await serve({ isolation: false });
  expectEqual((await ask(plain.port, '/')).headers['cross-origin-opener-policy'], undefined, 'COOP of a plain server');
});

test('server: serves nothing outside its folder', async () => {
  const { port } = await serve();
  for (const path of ['/../../CMakeLists.txt', '/..%2f..%2fCMakeLists.txt', '/%2e%2e/%2e%2e/CMakeLists.txt', '/%00', '/%', '/engine/../../app/app.js', '/nothing']) {
    expectEqual((await ask(port, path)).status, 404, path);
  }
  expectEqual((await ask(port, '/', 'POST')).status, 405, 'POST');
  const moved = await ask(port, '//example.com/..');
  expect(!String(moved.headers.location ?? '').startsWith('//'), `a redirect to ${moved.headers.location}`);
});

test('plain host: the service worker isolates the page, and keeps it for use without a network', async () => {
  const server = await serve({ isolation: false });
  const { page, problems } = await newPage();
  await page.goto(server.url);
  expect(await becomesTrue(page, 'crossOriginIsolated && globalThis.convoscope !== undefined', 40), 'the page does not become isolated');
  await ready(page);
  const { engine } = await stateOf(page);
  expect(/threads/.test(engine.variant), `the variant is ${engine.variant}`);
  await waitForState(page, kAllLoaded);
  await dispatch(page, { command: 'step', count: 5 });
  expectNoProblems(problems);

  // Everything that this visit used is kept; then the server goes.
  expect(await becomesTrue(page, `(async () => {
    const names = await caches.keys();
    const kept = (await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map((key) => new URL(key.url).pathname)))).flat();
    return ['/', '/boot.js', '/app/app.js', '/app/app.wasm', '/data/mnist/train-06.bin.gz'].every((path) => kept.includes(path));
  })()`), 'not everything is kept');
  await server.close();
  await page.reload();
  await ready(page);
  await waitForState(page, kAllLoaded);
  await dispatch(page, { command: 'step', count: 5 });
  expect(await page.evaluate('crossOriginIsolated'), 'not isolated without a network');
});

test('plain host: one thread trains MNIST to 97 %, and gives the losses of many threads', async () => {
  const plain = await serve({ isolation: false });
  const { page, problems } = await openLab(`${plain.url}?threads=0#room=train`);
  expect(!(await page.evaluate('crossOriginIsolated')), 'the page is isolated');
  const { engine } = await stateOf(page);
  expect(/^one thread/.test(engine.variant), `the variant is ${engine.variant}`);
  expectEqual(engine.threads, 1, 'threads');
  await waitForState(page, kAllLoaded);
  await clickWidget(page, 'train.epoch');
  await waitForState(page, 's.validation.some((evaluation) => evaluation.epoch === 1) && s.status === "paused"', 120);
  expectEqual((await stateOf(page)).test.length, 0, 'readings of the test set before anyone asks');
  await dispatch(page, { command: 'evaluate', split: 'test' });
  await waitForState(page, 's.test.some((evaluation) => evaluation.epoch === 1) && s.status === "paused"', 60);
  const state = await stateOf(page);
  const { accuracy } = state.test.find((/** @type {any} */ evaluation) => evaluation.epoch === 1);
  expect(accuracy >= 0.97, `test accuracy ${accuracy}`);
  expectNoProblems(problems);

  const isolated = await serve();
  const threaded = await openLab(`${isolated.url}#room=train`);
  await waitForState(threaded.page, kAllLoaded);
  await dispatch(threaded.page, { command: 'step', count: 60 });
  const { losses } = await stateOf(threaded.page);
  expectEqual(losses.slice(0, 60), state.losses.slice(0, 60), 'losses of the threaded build');
  return `${(100 * accuracy).toFixed(2)} %, ${Math.round(55000 / state.engine.seconds)} images/s, ${engine.variant}`;
}, 180);

test('plain host: embedded, the page does not reload itself', async () => {
  const { url } = await serve({ isolation: false });
  const { page, problems } = await newPage();
  let loads = 0;
  page.on('load', () => loads++);
  await page.goto(`${url}?embed=1`);
  await ready(page);
  await page.waitForTimeout(500);
  expectEqual(loads, 1, 'loads');
  expectEqual(await page.evaluate('navigator.serviceWorker.controller === null'), true, 'no service worker');
  expectNoProblems(problems);
});

test('every variant of the engine starts and trains', async () => {
  const { url } = await serve();
  for (const variant of ['st', 'st-relaxed', 'mt', 'mt-relaxed']) {
    const { page, problems } = await openLab(`${url}?variant=${variant}`);
    await waitForState(page, 's.data.train_loaded > 0 && s.configured');
    await dispatch(page, { command: 'step', count: 10 });
    const { engine, losses } = await stateOf(page);
    expectEqual([/threads/.test(engine.variant), /relaxed/.test(engine.variant)], [variant.startsWith('mt'), variant.endsWith('relaxed')],
      `${variant} is called ${engine.variant}`);
    expect(losses.length === 10 && losses.every(Number.isFinite), `losses of ${variant}: ${losses}`);
    expectNoProblems(problems);
    await page.close();
  }
}, 90);

test('any folder: all addresses are relative', async () => {
  const { url } = await serve({ directory: join(root, 'build') });
  const { page, problems } = await newPage();
  /** @type {string[]} */
  const strays = [];
  page.on('request', (asked) => { if (!asked.url().startsWith(`${url}site/`) && !/^(blob|data):/.test(asked.url())) strays.push(asked.url()); });
  await page.goto(`${url}site/?threads=1`);
  await ready(page);
  await waitForState(page, 's.data.train_loaded > 0');
  expectEqual(strays, [], 'requests outside the folder');
  expectNoProblems(problems);
});
