// @ts-check
// What the page says when something is missing or broken.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
// @ts-expect-error The package has no types.
import { PNG } from 'pngjs';
import { becomesTrue, dispatch, expectNoProblems, launch, loseGraphics, newPage, openLab, ready, root, serve, site, stateOf, waitForState } from './support/lab.mjs';
import { expect, test } from './support/runner.mjs';

/** @typedef {import('playwright-core').Page} Page */
const kShard = join(site, 'data', 'mnist', 'train-00.bin.gz');

/** @param {import('playwright-core').Page} page @param {string} selector @param {RegExp[]} patterns */
async function expectText(page, selector, ...patterns) {
  const element = page.locator(selector);
  await element.waitFor({ state: 'visible', timeout: 30_000 });
  const text = await element.innerText();
  for (const pattern of patterns) expect(pattern.test(text), `${selector} says: ${text}`);
}

test('missing: without WebGL 2 the page says so', async () => {
  const { url } = await serve();
  const browser = await launch(['--disable-3d-apis']);
  const { page, problems } = await newPage({ browser });
  await page.goto(url);
  await expectText(page, '#unsupported', /WebGL 2/, /Firefox/, /Safari/);
  expectNoProblems(problems);
});

test('missing: without WebAssembly SIMD the page says so', async () => {
  const { url } = await serve();
  const { page, problems } = await newPage();
  await page.addInitScript('WebAssembly.validate = () => false');
  await page.goto(url);
  await expectText(page, '#unsupported', /WebAssembly with SIMD/);
  expectNoProblems(problems);
});

test('missing: without JavaScript the page says so', async () => {
  const { url } = await serve();
  const { page } = await newPage({ options: { javaScriptEnabled: false } });
  await page.goto(url);
  await expectText(page, '.plain', /needs JavaScript/);
});

test('broken: a truncated shard is named, and can be loaded again', async () => {
  const { url } = await serve();
  const { page, problems } = await newPage();
  await page.route('**/train-00.bin.gz', (route) => route.fulfill({ body: readFileSync(kShard).subarray(0, 100_000), contentType: 'application/octet-stream' }));
  await page.goto(url);
  await expectText(page, '#notice', /train-00\.bin\.gz/, /damaged/);
  await page.unroute('**/train-00.bin.gz');
  await page.locator('#notice button').click();
  await waitForState(page, 's.data.train_loaded >= 2000');
  await waitForState(page, 's.configured');
  await dispatch(page, { command: 'step', count: 3 });
  expectNoProblems(problems);
});

test('broken: a changed shard is refused by the engine', async () => {
  const { url } = await serve();
  const { page, problems } = await newPage();
  const bytes = gunzipSync(readFileSync(kShard));
  bytes[bytes.length - 1] ^= 1;
  await page.route('**/train-00.bin.gz', (route) => route.fulfill({ body: gzipSync(bytes), contentType: 'application/octet-stream' }));
  await page.goto(url);
  await expectText(page, '#notice', /train/, /SHA-256/);
  expectNoProblems(problems);
});

test('broken: when the network drops a request, the page tries again by itself', async () => {
  const { url } = await serve();
  const { page } = await newPage();
  let drops = 0;
  await page.route('**/train-00.bin.gz', (route) => (drops++ === 0 ? route.abort('connectionreset') : route.continue()));
  await page.goto(url);
  await ready(page);
  await waitForState(page, 's.data.train_loaded >= 2000');
  expect(drops === 2, `${drops} requests`);
  expect(await page.locator('#notice').isHidden(), 'there is a notice');
});

test('missing: without a network the page says so, trains on, and notices when it is back', async () => {
  const { url } = await serve();
  const { page, context, problems } = await openLab(`${url}#room=train`);
  await waitForState(page, 's.configured && s.data.bytes_loaded === s.data.bytes_total && s.data.bytes_total > 0');
  const engineSays = (/** @type {string} */ condition) => becomesTrue(page, `(({ value }) => ${condition})(convoscope.widgets().find((w) => w.id === 'app.engine'))`, 10);
  expect(await engineSays('!/network/.test(value)'), 'it speaks of a network that is there');
  await context.setOffline(true);
  expect(await engineSays('/no network/.test(value)'), 'the top bar does not show it');
  expect(await becomesTrue(page, 'convoscope.widgets().some((w) => w.id === "toast" && /There is no network/.test(w.label))', 10), 'it is not said');
  await dispatch(page, { command: 'step', count: 3 });
  expect((await stateOf(page)).losses.length === 3, 'it does not train');
  await context.setOffline(false);
  expect(await engineSays('!/network/.test(value)'), 'the network is not noticed');
  expectNoProblems(problems);
});

test('broken: an engine that cannot be loaded is said, with a way out', async () => {
  const { url } = await serve();
  const { page } = await newPage();
  await page.route('**/engine/*/engine.wasm', (route) => route.abort());
  await page.goto(url);
  await expectText(page, '#notice', /engine does not run/, /one thread/i);
});

test('broken: a crashed engine is started again, and trains', async () => {
  const { url } = await serve();
  const { page } = await newPage();
  await page.addInitScript(`
    const Original = Worker;
    globalThis.Worker = class extends Original {
      constructor(...options) { super(...options); if (options[1]?.name === 'engine') globalThis.engineWorker = this; }
    };`);
  await page.goto(url);
  await ready(page);
  await waitForState(page, 's.configured && s.data.train_loaded > 0');
  await page.evaluate('engineWorker.onmessage({ data: { crash: "out of memory" } })');
  await expectText(page, '#notice', /started again/, /out of memory/);
  await waitForState(page, 's.configured && s.data.bytes_loaded === s.data.bytes_total');
  await dispatch(page, { command: 'reset' });
  await dispatch(page, { command: 'step', count: 5 });
  expect((await stateOf(page)).losses.length === 5, 'it does not train');
});

test('broken: an engine that dies of itself is started again; settings and the other room keep what they had', async () => {
  const { url } = await serve();
  const { page } = await openLab(`${url}#room=convolve&stride=2`);
  await waitForState(page, 's.configured && s.data.bytes_loaded === s.data.bytes_total && s.data.bytes_total > 0');
  await dispatch(page, { command: 'set', learning_rate: 0.0123 });
  await page.evaluate('convoscope.idle()');
  const before = (await stateOf(page)).convolve;
  const engine = page.workers().find((worker) => /engine-worker/.test(worker.url()));
  expect(engine, 'there is no worker of the engine');
  await engine.evaluate(`void setTimeout(() => { throw new RangeError('WebAssembly.Memory.grow(): out of memory'); })`);
  await expectText(page, '#notice', /started again/, /out of memory/);
  await waitForState(page, 's.configured && s.data.bytes_loaded === s.data.bytes_total && s.data.bytes_total > 0');
  const after = await stateOf(page);
  expect(after.settings.optimizer.learning_rate === 0.0123, `the rate is ${after.settings.optimizer.learning_rate}`);
  expect(JSON.stringify(after.convolve) === JSON.stringify(before), 'the room of convolutions has changed');
  await dispatch(page, { command: 'open_room', room: 'train' });
  await dispatch(page, { command: 'step', count: 3 });
  expect((await stateOf(page)).losses.length === 3, 'it does not train');
});

/** Two hidden layers of so many numbers. @param {number} width */
const networkOf = (width) => ({
  ...JSON.parse(readFileSync(join(root, 'assets', 'presets', 'lenet-300-100.json'), 'utf8')),
  layers: [{ type: 'flatten' }, { type: 'linear', out_features: width }, { type: 'relu' }, { type: 'linear', out_features: width }, { type: 'relu' }, { type: 'linear', out_features: 10 }],
});

/** @param {Page} page @param {object} network @returns {Promise<string>} what the engine says of it */
const refusal = (page, network) => page.evaluate(`convoscope.dispatch(${JSON.stringify({ command: 'configure', network })}).then(() => '', (problem) => problem.message)`);

test('broken: a network that is too large is refused with a sentence, one that the device has no memory for too; the page goes on', async () => {
  const { url } = await serve();
  const { page } = await newPage();
  // A device with little memory: what is asked for beyond is refused, as browsers do.
  const kPages = 6400;  // of 64 KiB
  await page.route('**/engine/engine-worker.js', async (route) => {
    const body = await (await route.fetch()).text();
    await route.fulfill({ contentType: 'text/javascript', headers: { 'Cross-Origin-Embedder-Policy': 'require-corp' }, body: `
      const grow = WebAssembly.Memory.prototype.grow;
      WebAssembly.Memory.prototype.grow = function (pages) {
        if (this.buffer.byteLength / 65536 + pages > ${kPages}) throw new RangeError('WebAssembly.Memory.grow(): Maximum memory size exceeded');
        return grow.call(this, pages);
      };
      ${body}` });
  });
  await page.goto(`${url}?variant=st#room=train`);
  await ready(page);
  await waitForState(page, 's.configured && s.data.train_loaded >= 2000');
  const tooLarge = await refusal(page, networkOf(100_000));
  expect(/layer|parameters|large/i.test(tooLarge), `of the one that is too large it says: ${tooLarge}`);
  await dispatch(page, { command: 'step', count: 2 });
  const refused = await refusal(page, networkOf(5000));
  expect(refused !== '', 'there is memory for the other');
  await expectText(page, '#notice', /started again/, /memory|stopped/i);
  await waitForState(page, 's.configured && s.data.train_loaded >= 2000', 60);
  await dispatch(page, { command: 'step', count: 3 });
  expect((await stateOf(page)).losses.length === 3, 'it does not train');
  return `${tooLarge} / ${refused}`;
}, 120);

test('broken: with no room left in the browser nothing is kept, which is said, and the page goes on, isolated all the same', async () => {
  const { url } = await serve({ isolation: false });
  const { page } = await newPage();
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(url).origin, quotaSize: 1000 });
  await page.addInitScript(`
    for (let length = 1 << 22; length > 0; length >>= 1) {
      for (let fits = true; fits; ) {
        try { localStorage.setItem('full.' + length + '.' + localStorage.length, 'x'.repeat(length)); } catch { fits = false; }
      }
    }`);
  await page.goto(`${url}#room=train`);
  await ready(page);
  await waitForState(page, 's.configured && s.data.train_loaded >= 2000');
  expect(await becomesTrue(page, 'convoscope.widgets().some((w) => w.id === "toast" && /keeps nothing/.test(w.label))', 20), 'it is not said');
  expect(await page.evaluate('crossOriginIsolated'), 'the service worker does not work without a cache');
  await dispatch(page, { command: 'open_settings' });
  expect(await becomesTrue(page, 'convoscope.widgets().some((w) => w.id === "settings.offline" && /will not open/.test(w.value))', 20), 'the settings say nothing of the network');
  await dispatch(page, { command: 'step', count: 3 });
  expect((await stateOf(page)).losses.length === 3, 'it does not train');
}, 120);

for (const room of ['convolve', 'train', 'inspect']) {
  test(`a lost graphics context is restored, to the pixel, in the room ${room}`, async () => {
    const { url } = await serve();
    const { page, problems } = await openLab(`${url}#room=${room}`);
    await waitForState(page, 's.configured && s.data.bytes_loaded === s.data.bytes_total && s.data.bytes_total > 0');
    await page.mouse.move(2, 2);
    await page.evaluate('convoscope.idle()');
    const picture = async () => PNG.sync.read(await page.screenshot()).data;
    const before = await picture();
    await loseGraphics(page);
    const { frames_drawn: drawn } = await stateOf(page);
    await page.mouse.move(3, 3);
    await waitForState(page, `s.frames_drawn > ${drawn}`);
    await page.evaluate('convoscope.idle()');
    const after = await picture();
    let others = 0;
    for (let i = 0; i < before.length; i += 4) others += Number(before[i] !== after[i] || before[i + 1] !== after[i + 1] || before[i + 2] !== after[i + 2]);
    expect(others < 50, `${others} pixels are others than before`);
    expectNoProblems(problems);
    return `${others} pixels differ`;
  });
}
