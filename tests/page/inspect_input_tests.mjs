// @ts-check
// What the Inspect room reads: the reader's file, the camera, test images by class and by mistake; and a network whose
// numbers are lost.

import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// @ts-expect-error The package has no types.
import { PNG } from 'pngjs';
import { clickWidget, dispatch, expectNoProblems, launch, openLab, serve, stateOf, waitForState, widget } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

const kDesk = { viewport: { width: 1440, height: 900 } };

/** @typedef {import('./support/lab.mjs').Page} Page */

/** A one, in dark ink on light paper. */
function sheet() {
  const png = new PNG({ width: 200, height: 160 });
  for (let y = 0; y < 160; y++) {
    for (let x = 0; x < 200; x++) {
      const ink = x >= 120 && x < 130 && y >= 30 && y < 120;
      const light = ink ? 40 : 215 - Math.floor(x / 10);  // with a shadow to the right
      png.data.set([light, light, light, 255], 4 * (200 * y + x));
    }
  }
  return PNG.sync.write(png);
}

/** @param {Page} page @param {string} widgetId @param {{name: string, mimeType: string, buffer: Buffer}} file */
async function pick(page, widgetId, file) {
  const coming = page.waitForEvent('filechooser');
  await clickWidget(page, widgetId);
  await (await coming).setFiles(file);
}

test('inspect: a photographed digit is cut out, turned bright and read; test images are offered by class and by mistake', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#v=1&room=inspect`, { options: kDesk });
  await waitForState(page, 's.ready_weights && s.inspect.neuron !== undefined && s.test.length > 0', 60);
  await pick(page, 'inspect.own', { name: 'one.png', mimeType: 'image/png', buffer: sheet() });
  await waitForState(page, 's.inspect.source === "own" && s.inspect.own_image.length === 784');
  const { inspect: { own_image: pixels } } = await stateOf(page);
  const inks = pixels.map((/** @type {number} */ value, /** @type {number} */ i) => (value > 0.5 ? i % 28 : -1)).filter((/** @type {number} */ column) => column >= 0);
  expect(inks.length >= 30 && inks.every((/** @type {number} */ column) => column >= 11 && column <= 16), `ink in the columns ${[...new Set(inks)]}`);
  await waitForState(page, 'convoscope.widgets().find((w) => w.id === "inspect.reading").value.startsWith("1,")', 20);

  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'inspect.offer.mistakes');
  await waitForState(page, 's.inspect.offer === "mistakes" && s.mistakes.true === -1 && s.mistakes.split === "test" && s.mistakes.images.length > 0');
  const { mistakes: { images: [mistake] } } = await stateOf(page);
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, `inspect.picture.${mistake.index}`);
  await waitForState(page, `s.inspect.source === "picture" && s.inspect.picture === ${mistake.index}`);
  await waitForState(page, `convoscope.widgets().find((w) => w.id === "inspect.reading").value.startsWith("${mistake.predicted},")`);

  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'inspect.offer.class');
  await waitForState(page, 's.inspect.offer === "class"');
  await page.evaluate('convoscope.idle()');
  const offered = await page.evaluate('convoscope.widgets().filter((w) => w.id.startsWith("inspect.picture.")).map((w) => w.label)');
  expect(offered.length >= 5 && offered.every((/** @type {string} */ label) => label.endsWith(': 0')), `offered: ${offered}`);
  expectNoProblems(problems);
  return `${mistake.label} read as ${mistake.predicted}`;
}, 90);

test('inspect: the camera is read live, and a network that reads points refuses photographs', async () => {
  const { url } = await serve();
  const browser = await launch(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']);
  const { page, problems } = await openLab(`${url}#v=1&room=inspect`, { browser, options: kDesk });
  await waitForState(page, 's.configured && s.inspect.neuron !== undefined', 60);
  await clickWidget(page, 'inspect.camera');
  await waitForState(page, 's.inspect.source === "camera" && s.inspect.own_image.length === 784', 20);
  await clickWidget(page, 'inspect.picture.2');  // it never rests while it films
  await waitForState(page, 's.inspect.source === "picture" && s.inspect.own_image.length === 0');
  expectNoProblems(problems);
}, 90);

test('inspect: a diverged network and one of lost numbers are told in sentences', async () => {
  const { url } = await serve();
  const { page } = await openLab(`${url}#v=1&room=train`);
  await waitForState(page, 's.configured && s.data.train_loaded >= 2000 && s.data.test_loaded > 0', 60);
  await dispatch(page, { command: 'step', count: 2 });
  await waitForState(page, 's.status === "paused" && s.step === 2');
  const download = page.waitForEvent('download');
  await dispatch(page, { command: 'export', what: 'checkpoint' });
  const path = join(tmpdir(), `convoscope-lost-${process.pid}.safetensors`);
  await (await download).saveAs(path);
  const file = readFileSync(path);
  rmSync(path);
  const length = Number(file.readBigUInt64LE(0));
  const { 'fc1.weight': { data_offsets: [first] } } = JSON.parse(file.subarray(8, 8 + length).toString());
  file.writeFloatLE(Number.NaN, 8 + length + first);

  await dispatch(page, { command: 'step', count: 60 });
  await waitForState(page, 's.status === "paused" && s.step === 62');
  await dispatch(page, { command: 'set', learning_rate: 10 });
  await dispatch(page, { command: 'start' });
  await waitForState(page, 's.status === "diverged"', 60);
  await clickWidget(page, 'room.inspect');
  for (const direction of ['forward', 'backward']) {
    await waitForState(page, 's.inspect.neuron !== undefined');
    await dispatch(page, { command: 'inspect_direction', direction });
    await page.evaluate('convoscope.idle()');
    await expectNoNonsense(page, `diverged, ${direction}`);
  }
  await dispatch(page, { command: 'open_room', room: 'inspect' });
  await pick(page, 'app.open', { name: 'lost.safetensors', mimeType: 'application/octet-stream', buffer: file });
  await waitForState(page, 's.step === 2 && s.room === "train"', 20);
  await clickWidget(page, 'room.inspect');
  await waitForState(page, '/no answer/.test(convoscope.widgets().find((w) => w.id === "inspect.reading")?.value)', 20);
  for (const scene of ['layers', 'space']) {
    await dispatch(page, { command: 'inspect_scene', scene });
    await page.evaluate('convoscope.idle()');
    await expectNoNonsense(page, `lost, ${scene}`);
  }
  return (await widget(page, 'inspect.reading')).value;
}, 120);

/** No widget says that something is not a number. @param {Page} page @param {string} what */
async function expectNoNonsense(page, what) {
  const nonsense = await page.evaluate('convoscope.widgets().filter((w) => /NaN|∞|undefined/.test(`${w.label} ${w.value}`)).map((w) => `${w.id}: ${w.value}`)');
  expectEqual(nonsense, [], what);
}
