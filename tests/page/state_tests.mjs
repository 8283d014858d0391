// @ts-check
// Where the state lives: in the address, in the history, and in what the browser keeps.

import { becomesTrue, clickWidget, dispatch, expectNoProblems, newPage, openLab, ready, serve, stateOf, waitForState, widget } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

const kConfigured = 's.configured';
/** @param {import('playwright-core').Page} page */
const rateOf = async (page) => (await stateOf(page)).settings.optimizer.learning_rate;

test('state: it stands in the address, and comes back on the next visit', async () => {
  const { url } = await serve();
  const { page, context, problems } = await openLab(`${url}#room=train`);
  await waitForState(page, kConfigured);
  await dispatch(page, { command: 'set', learning_rate: 0.0321 });
  expect(await becomesTrue(page, 'location.hash.includes("learning_rate=0.0321")'), `the address is ${page.url()}`);
  await dispatch(page, { command: 'set_preference', name: 'theme', value: 'light' });
  await page.close();
  const again = await context.newPage();
  await again.goto(url);
  await ready(again);
  expectEqual([await rateOf(again), (await stateOf(again)).theme], [0.0321, 'light'], 'rate and theme of the next visit');
  expectNoProblems(problems);
});

test('state: undo and redo by keys and by buttons', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train`);
  await waitForState(page, kConfigured);
  const before = await rateOf(page);
  await clickWidget(page, 'train.learning_rate', 0.2);
  await waitForState(page, `s.settings.optimizer.learning_rate !== ${before} && s.page.can_undo`);
  const after = await rateOf(page);
  await page.keyboard.press('Control+z');
  await waitForState(page, `s.settings.optimizer.learning_rate === ${before}`);
  await page.keyboard.press('Control+Shift+Z');
  await waitForState(page, `s.settings.optimizer.learning_rate === ${after}`);
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'app.undo');
  await waitForState(page, `s.settings.optimizer.learning_rate === ${before}`);
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'app.redo');
  await waitForState(page, `s.settings.optimizer.learning_rate === ${after}`);
  expectNoProblems(problems);
});

test('state: a link in the address bar is opened, what it cannot say is said', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#v=1&room=train&learning_rate=0.004&colour=red`);
  expectEqual(await rateOf(page), 0.004, 'rate');
  expect(await becomesTrue(page, 'convoscope.widgets().some((w) => w.id === "toast" && w.label.includes("colour=red"))'), 'no notice');
  await page.evaluate('location.hash = "#v=1&room=train&learning_rate=0.006"');
  await waitForState(page, 's.settings.optimizer.learning_rate === 0.006');
  expectNoProblems(problems);
});

test('share: link and frame are copied, with parts left out', async () => {
  const { url } = await serve();
  const { page, context, problems } = await openLab(`${url}#room=train`);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await waitForState(page, kConfigured);
  await clickWidget(page, 'app.share');
  expect(await becomesTrue(page, 'convoscope.widgets().some((w) => w.id === "share.copy_link")'), 'nothing opens');
  await clickWidget(page, 'share.show.settings', 0.1);
  await clickWidget(page, 'share.copy_link');
  expect(await becomesTrue(page, 'navigator.clipboard.readText().then((text) => text.includes("hide=settings"))'), 'no link on the clipboard');
  const link = /** @type {string} */ (await page.evaluate('navigator.clipboard.readText()'));
  await clickWidget(page, 'share.copy_embed');
  expect(await becomesTrue(page, 'navigator.clipboard.readText().then((text) => text.startsWith("<iframe src="))'), 'no code on the clipboard');
  const { page: taught } = await openLab(link);
  await taught.evaluate('convoscope.idle()');
  const ids = /** @type {string[]} */ (await taught.evaluate('convoscope.widgets().map((w) => w.id)'));
  expect(!ids.includes('train.learning_rate') && ids.includes('train.start'), `widgets: ${ids.join(' ')}`);
  expectNoProblems(problems);
});

test('settings: theme, text size, contrast and motion follow the system or the reader', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train`, { options: { colorScheme: 'light', reducedMotion: 'reduce', contrast: 'more' } });
  const first = await stateOf(page);
  expectEqual([first.theme, first.page.reduced_motion, first.page.high_contrast], ['light', true, true], 'the system');
  await page.emulateMedia({ colorScheme: 'dark' });
  await waitForState(page, 's.theme === "dark"');
  await clickWidget(page, 'app.settings');
  expect(await becomesTrue(page, 'convoscope.widgets().some((w) => w.id === "settings.theme.light")'), 'nothing opens');
  await clickWidget(page, 'settings.theme.light');
  await waitForState(page, 's.theme === "light" && s.page.preferences.theme === "light"');
  await page.evaluate('convoscope.idle()');
  const { rect: small } = await widget(page, 'train.start');
  await clickWidget(page, 'settings.larger');
  await waitForState(page, 's.page.preferences.text_scale > 1.05');
  await page.evaluate('convoscope.idle()');
  const { rect: large } = await widget(page, 'train.start');
  expect(large.height > 1.05 * small.height, `${small.height} px became ${large.height} px`);
  expectNoProblems(problems);
});

test('export: a picture, a drawing and figures reach the reader', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train`);
  await waitForState(page, 's.configured && s.data.train_loaded > 0');
  await dispatch(page, { command: 'step', count: 12 });
  const take = async (/** @type {string} */ what) => {
    const [download] = await Promise.all([page.waitForEvent('download'), dispatch(page, { command: 'export', what })]);
    const stream = await download.createReadStream();
    const parts = [];
    for await (const part of stream) parts.push(part);
    return { name: download.suggestedFilename(), bytes: Buffer.concat(parts) };
  };
  const picture = await take('picture');
  expectEqual([picture.name, picture.bytes.readUInt32BE(16), picture.bytes.readUInt32BE(20)], ['convoscope.png', 1280, 800], 'picture');
  const csv = await take('metrics_csv');
  const lines = csv.bytes.toString().trim().split('\r\n');
  const { losses } = await stateOf(page);
  expectEqual(lines.length, 13, 'lines');
  expectEqual(Math.fround(Number(lines[12].split(',')[3])), Math.fround(losses[11]), 'the last loss');
  const drawing = (await take('loss_svg')).bytes.toString();
  expect(drawing.startsWith('<svg '), 'no drawing');
  const [, width, height] = /** @type {string[]} */ (/viewBox="0 0 (\d+) (\d+)"/.exec(drawing));
  for (const chart of ['loss', 'accuracy']) {
    const { name, bytes } = await take(`${chart}_png`);
    expectEqual([name, bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [`${chart}.png`, 2 * Number(width), 2 * Number(height)], 'picture of a chart');
    const colours = await page.evaluate(async (data) => {
      const picture = await createImageBitmap(new Blob([Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))]));
      const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(picture.width, picture.height).getContext('2d'));
      pen.drawImage(picture, 0, 0);
      return new Set(new Uint32Array(pen.getImageData(0, 0, picture.width, picture.height).data.buffer)).size;
    }, bytes.toString('base64'));
    expect(colours > 20, `${name} has ${colours} colours`);
  }
  expectNoProblems(problems);
});

test('state: a browser that keeps nothing is said once, and the page goes on', async () => {
  const { url } = await serve();
  const { page, problems } = await newPage();
  await page.addInitScript(`
    Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };
    Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('blocked', 'SecurityError'); } });`);
  await page.goto(`${url}#room=train`);
  await ready(page);
  expect(await becomesTrue(page, 'convoscope.widgets().some((w) => w.id === "toast" && w.label.includes("keeps nothing"))'), 'it is not said');
  await waitForState(page, 's.configured && s.data.train_loaded > 0');
  await dispatch(page, { command: 'step', count: 3 });
  expectEqual((await stateOf(page)).losses.length, 3, 'steps');
  expectNoProblems(problems);
});
