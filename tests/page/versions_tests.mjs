// @ts-check
// What a site does to its readers over time and in other people's pages: new versions, refused helpers, frames.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { becomesTrue, expectNoProblems, newPage, ready, serve, site, stateOf, waitForState } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

/** A copy of the site that a test may change; `publish` makes it another version. */
function copyOfSite() {
  const directory = mkdtempSync(join(tmpdir(), 'convoscope-site-'));
  cpSync(site, directory, { recursive: true });
  const worker = join(directory, 'service-worker.js');
  const text = readFileSync(worker, 'utf8');
  const version = /const kVersion="([^"]+)"/.exec(text)?.[1] ?? '';
  expect(version.length > 4, `the service worker is of version "${version}"`);
  return {
    directory,
    publish: (/** @type {string} */ name) => writeFileSync(worker, text.replaceAll(version, name)),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** The page says once that nothing is kept, and in the settings for good. @param {import('playwright-core').Page} page */
async function expectNotOffline(page) {
  await page.evaluate('convoscope.dispatch({ command: "open_settings" })');
  expect(await becomesTrue(page, 'convoscope.widgets().some((w) => w.id === "settings.offline" && /will not open/.test(w.value))', 20), 'the settings do not say it');
}

test('versions: a later one is offered, the old one goes on until the reader takes it', async () => {
  const copy = copyOfSite();
  try {
    const { url } = await serve({ directory: copy.directory, isolation: false });
    const { page, problems } = await newPage();
    const keptVersions = () => page.evaluate('caches.keys().then((names) => names.join(" "))');
    let loads = 0;
    page.on('load', () => loads++);
    await page.goto(`${url}#room=train`);
    expect(await becomesTrue(page, 'crossOriginIsolated && globalThis.convoscope !== undefined', 60), 'the page does not become isolated');
    await ready(page);
    await waitForState(page, 's.configured && s.data.train_loaded > 0');
    const before = String(await keptVersions());

    copy.publish('a-later-one');
    loads = 0;
    await page.evaluate('navigator.serviceWorker.getRegistration().then((registration) => registration.update()).then(() => true)');
    const notice = page.locator('#notice');
    await notice.waitFor({ state: 'visible', timeout: 60_000 });
    expect(/new version/i.test(await notice.innerText()), `the notice says: ${await notice.innerText()}`);
    await page.evaluate('convoscope.dispatch({ command: "step", count: 3 })');
    expectEqual([(await stateOf(page)).losses.length, loads], [3, 0], 'steps and reloads of the old version');
    expect(String(await keptVersions()).includes(before), 'the old version was thrown away');

    await notice.getByRole('button', { name: 'Reload' }).click();
    expect(await becomesTrue(page, 'caches.keys().then((names) => names.length === 1 && names[0].includes("a-later-one"))', 60), 'the new version is not taken');
    await ready(page);
    expect(await page.evaluate('crossOriginIsolated'), 'the new version is not isolated');
    expectEqual(loads, 1, 'reloads');
    expectNoProblems(problems);
  } finally {
    copy.remove();
  }
}, 180);

test('versions: a browser that refuses the service worker trains with one thread, without a reload', async () => {
  const { url } = await serve({ isolation: false });
  const { page, problems } = await newPage();
  await page.addInitScript(`ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException('blocked', 'SecurityError'))`);
  let loads = 0;
  page.on('load', () => loads++);
  await page.goto(`${url}#room=train`);
  await ready(page);
  await waitForState(page, 's.configured && s.data.train_loaded > 0');
  await page.evaluate('convoscope.dispatch({ command: "step", count: 3 })');
  const { losses, engine } = await stateOf(page);
  expectEqual([losses.length, engine.threads, loads], [3, 1, 1], 'steps, threads and loads');
  await expectNotOffline(page);
  expectNoProblems(problems);
}, 90);

test('versions: a host that isolates nothing is reloaded once, never again', async () => {
  const copy = copyOfSite();
  try {
    // The worker runs and answers, but adds no headers: what a reload was to bring does not come.
    const worker = join(copy.directory, 'service-worker.js');
    const text = readFileSync(worker, 'utf8');
    const without = text.replaceAll('"Cross-Origin-', '"X-Cross-Origin-');
    expect(without !== text, 'the service worker adds no headers that could be left out');
    writeFileSync(worker, without);
    const { url } = await serve({ directory: copy.directory, isolation: false });
    const { page, problems } = await newPage();
    let loads = 0;
    page.on('load', () => loads++);
    await page.goto(`${url}#room=train`);
    expect(await becomesTrue(page, 'globalThis.convoscope !== undefined', 60), 'the page does not start');
    await ready(page);
    await waitForState(page, 's.configured && s.data.train_loaded > 0');
    await page.evaluate('convoscope.dispatch({ command: "step", count: 3 })');
    expectEqual([loads <= 2, (await stateOf(page)).engine.threads], [true, 1], `${loads} loads; threads`);
    expect(!(await page.evaluate('crossOriginIsolated')), 'it is isolated after all: the test tests nothing');
    expectNoProblems(problems);
  } finally {
    copy.remove();
  }
}, 120);

test('versions: in a frame of another site it starts paused, trains, and keeps nothing', async () => {
  const { url } = await serve({ isolation: false });
  const course = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(`<!doctype html><title>A course</title><iframe src="${url}?embed=1#room=train" width="1000" height="700"></iframe>`);
  });
  await new Promise((listening) => course.listen(0, '127.0.0.1', () => listening(undefined)));
  try {
    const { port } = /** @type {import('node:net').AddressInfo} */ (course.address());
    const { page, problems } = await newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    const frame = page.frames().find((one) => one.url().startsWith(url));
    expect(frame, 'there is no frame');
    const state = async () => /** @type {any} */ (await frame.evaluate('convoscope.state()'));
    for (let i = 0; i < 400 && !(await frame.evaluate('globalThis.convoscope !== undefined && convoscope.state().configured && convoscope.state().data.train_loaded > 0')); i++) {
      await page.waitForTimeout(100);
    }
    const first = await state();
    expectEqual([first.status, first.step, first.page.embedded, first.engine.threads], ['paused', 0, true, 1], 'the frame at its start');
    const start = /** @type {any} */ (await frame.evaluate('convoscope.widgets().find((widget) => widget.id === "train.start").rect'));
    const box = await (await frame.frameElement()).boundingBox();
    expect(box, 'the frame has no place');
    await page.mouse.click(box.x + start.x + start.width / 2, box.y + start.y + start.height / 2);
    for (let i = 0; i < 300 && (await state()).step < 3; i++) await page.waitForTimeout(100);
    expect((await state()).step >= 3, 'it does not train');
    // A browser may refuse storage in a frame of another site altogether.
    expectEqual(await frame.evaluate('(() => { try { return Object.keys(localStorage); } catch { return []; } })()'), [], 'what it keeps');
    expectEqual(await frame.evaluate('navigator.serviceWorker.getRegistrations().then((all) => all.length, () => 0)'), 0, 'service workers');
    expectNoProblems(problems);
  } finally {
    course.closeAllConnections();
    await new Promise((closed) => course.close(closed));
  }
}, 120);

test('versions: the browser finds nothing that keeps the page from being installed', async () => {
  const { url } = await serve();
  const { page } = await newPage();
  await page.goto(url);
  await ready(page);
  const session = await page.context().newCDPSession(page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // Each test has a window like a private one, in which nothing can be installed.
  expectEqual(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito'), [], 'complaints');
  const { errors } = await session.send('Page.getAppManifest');
  expectEqual(errors, [], 'errors of the manifest');
});
