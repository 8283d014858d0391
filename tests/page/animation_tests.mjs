// @ts-check
// An animation of a convolution, as a file.

import { readFileSync, statSync } from 'node:fs';
// @ts-expect-error The package has no types.
import { PNG } from 'pngjs';
import { becomesTrue, clickWidget, dispatch, expectNoProblems, openLab, serve, stateOf, widget } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @param {Page} page @param {string} what */
async function choose(page, what) {
  await clickWidget(page, 'app.export');
  expect(await becomesTrue(page, `convoscope.widgets().some((w) => w.id === "export.${what}")`), 'it is not offered');
  await clickWidget(page, `export.${what}`);
}

/** @param {Page} page @param {string} what */
async function downloaded(page, what) {
  const coming = page.waitForEvent('download', { timeout: 60_000 });
  await choose(page, what);
  const download = await coming;
  return { name: download.suggestedFilename(), path: await download.path() };
}

/**
 * What a browser makes of a GIF: its extent, and each frame's RGBA, whole.
 * @param {Page} page @param {string} path @returns {Promise<{width: number, height: number, seconds: number, frames: Buffer[]}>}
 */
async function decode(page, path) {
  const { width, height, seconds, frames } = /** @type {any} */ (await page.evaluate(`(async () => {
    const data = Uint8Array.from(atob('${readFileSync(path).toString('base64')}'), (letter) => letter.charCodeAt(0));
    const decoder = new ImageDecoder({ data, type: 'image/gif' });
    await decoder.tracks.ready;
    await decoder.completed;
    const base64 = (bytes) => { let text = ''; for (let i = 0; i < bytes.length; i += 32768) text += String.fromCharCode(...bytes.subarray(i, i + 32768)); return btoa(text); };
    const frames = [];
    let seconds = 0, width = 0, height = 0;
    for (let frameIndex = 0; frameIndex < decoder.tracks.selectedTrack.frameCount; frameIndex++) {
      const { image } = await decoder.decode({ frameIndex });
      ({ displayWidth: width, displayHeight: height } = image);
      seconds += image.duration / 1e6;
      const context = new OffscreenCanvas(width, height).getContext('2d');
      context.drawImage(image, 0, 0);
      image.close();
      frames.push(base64(context.getImageData(0, 0, width, height).data));
    }
    return { width, height, seconds, frames };
  })()`));
  return { width, height, seconds, frames: frames.map((/** @type {string} */ text) => Buffer.from(text, 'base64')) };
}

/** Mean difference of a colour's value, 0 to 255. @param {Buffer} a @param {Buffer} b */
function difference(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i] - b[i]);
  return sum / a.length;
}

test('animation: a GIF has a frame for each step, and the frames are what the page shows', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#v=1&room=convolve&i=5&k=3&s=1&p=0`);
  await dispatch(page, { command: 'convolve_step', to: 4, at_once: true });
  const { name, path } = await downloaded(page, 'animation');
  expectEqual(name, 'convolution.gif', 'name');
  expectEqual(readFileSync(path).subarray(0, 6).toString(), 'GIF89a', 'header');

  const { width, height, seconds, frames } = await decode(page, path);
  expectEqual(frames.length, 9, 'frames');
  expect(Math.abs(seconds - 9 * 0.96) < 0.1, `it takes ${seconds} s`);
  for (let i = 1; i < frames.length; i++) expect(!frames[i].equals(frames[i - 1]), `frame ${i} is as the one before`);

  expect((await stateOf(page)).convolve.step === 4, 'the page does not stand where it stood');
  for (const step of [0, 8]) {
    await dispatch(page, { command: 'convolve_step', to: step, at_once: true });
    await page.mouse.move(2, 2);
    await page.evaluate('convoscope.idle()');
    const whole = PNG.sync.read(await page.screenshot());
    const grid = (await widget(page, 'convolve.grid.input')).rect;
    const left = Math.round(grid.x - 36);
    const input = { x: left, y: Math.round((await uppermost(page)) - 36), width, height };
    const shown = Buffer.alloc(4 * width * height);
    for (let row = 0; row < height; row++) {
      const from = 4 * ((input.y + row) * whole.width + input.x);
      whole.data.copy(shown, 4 * row * width, from, from + 4 * width);
    }
    const mean = difference(frames[step], shown);
    expect(mean < 1.5, `frame ${step} differs from the page by ${mean.toFixed(2)} of 255`);
  }
  expectNoProblems(problems);
}, 60);

/** The upper edge of what is recorded, without its margin. @param {Page} page */
async function uppermost(page) {
  const tops = await Promise.all(['input', 'kernel', 'output'].map(async (grid) => (await widget(page, `convolve.grid.${grid}`)).rect.y));
  return Math.min(...tops);
}

test('animation: twice the size has twice the pixels, and leaves no step in the history', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#v=1&room=convolve&i=4&k=3&s=1&p=0`);
  const small = await downloaded(page, 'animation');
  const large = await downloaded(page, 'animation_2');
  const [one, two] = [await decode(page, small.path), await decode(page, large.path)];
  expect(Math.abs(two.width - 2 * one.width) <= 2 && Math.abs(two.height - 2 * one.height) <= 2, `${two.width} × ${two.height}`);
  expect(statSync(large.path).size < 3_000_000, 'the file is too large');
  const undo = await widget(page, 'app.undo');
  expect(undo.disabled, 'the steps can be undone');
  expectNoProblems(problems);
}, 60);

test('animation: it says how far it is, and can be cancelled', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#v=1&room=convolve&i=24&k=3&s=1&p=0`);
  const before = (await stateOf(page)).convolve.step;
  let downloads = 0;
  page.on('download', () => { downloads++; });
  await choose(page, 'animation');
  const dialog = page.locator('#progress');
  await dialog.waitFor({ state: 'visible' });
  expect(await becomesTrue(page, '/step [1-9].* of 484.*s to go/.test(document.getElementById("progress")?.textContent)'), 'it does not say how far it is');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
  expectEqual((await stateOf(page)).convolve.step, before, 'step');
  await page.waitForTimeout(500);
  expectEqual(downloads, 0, 'files');
  expectNoProblems(problems);
}, 60);
