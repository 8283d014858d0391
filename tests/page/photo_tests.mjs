// @ts-check
// Real pictures in the room of convolutions: rings, the data set, the reader's own file, the camera.

// @ts-expect-error The package has no types.
import { PNG } from 'pngjs';
import { photoConvolved } from './support/convolve_arithmetic.mjs';
import { clickWidget, dispatch, expectNoProblems, fingers, launch, openLab, serve, stateOf, waitForState, widget } from './support/lab.mjs';
import { expect, expectEqual, measured, test } from './support/runner.mjs';

/** @typedef {import('playwright-core').Page} Page */

const kDesk = { viewport: { width: 1440, height: 900 } };
const kCamera = ['--use-fake-device-for-media-stream'];

/** @param {Page} page */
const photoOf = async (page) => (await stateOf(page)).convolve.photo;

/** @param {Page} page @param {string} what */
async function expectConvolved(page, what) {
  const { convolve } = await stateOf(page);
  const expected = photoConvolved(convolve);
  const [output] = convolve.photo.output;
  expectEqual([output.length, output[0].length], [expected.length, expected[0].length], `${what}: the output's size`);
  const sums = expected.flat();
  const odd = output.flat().findIndex((/** @type {number} */ value, /** @type {number} */ i) => Math.abs(value - sums[i]) > 0.01);
  expectEqual(odd, -1, `${what}: outputs that are another sum`);
}

test('photo: a picture is convolved by every choice of the panel, and the lens shows each sum', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#v=1&room=convolve&kernel=sobel-x&s=1&p=1`, { options: kDesk });
  await clickWidget(page, 'convolve.scene.picture');
  await waitForState(page, 's.convolve.scene === "picture"');
  await expectConvolved(page, 'rings');
  await page.evaluate('convoscope.idle()');  // the panel of the numbers is gone from the screen
  await clickWidget(page, 'convolve.kernel.gabor');
  await page.evaluate('convoscope.idle()');  // another kernel moves what is below it
  await clickWidget(page, 'convolve.photo.side.64');
  await dispatch(page, { command: 'convolve_set', parameter: 'stride', value: 2 });
  await dispatch(page, { command: 'convolve_set', parameter: 'dilation', value: 2 });
  await waitForState(page, 's.convolve.photo.rows === 64 && s.convolve.kernel === "gabor"');
  await expectConvolved(page, 'Gabor, stride 2, dilation 2');

  await page.evaluate('convoscope.idle()');
  const { rect } = await widget(page, 'convolve.photo.output');
  await page.mouse.move(rect.x + 0.31 * rect.width, rect.y + 0.62 * rect.height);
  const { output } = await photoOf(page);
  const place = [Math.floor(0.62 * output[0].length), Math.floor(0.31 * output[0][0].length)];
  await waitForState(page, `JSON.stringify(s.convolve.photo.place) === '${JSON.stringify(place)}'`);
  const { convolve } = await stateOf(page);
  const told = convolve.photo.terms.reduce((/** @type {number} */ sum, /** @type {any} */ term) => sum + term.value * term.factor, convolve.bias);
  expect(Math.abs(told - convolve.photo.output[0][place[0]][place[1]]) < 0.01, `the products add up to ${told}`);

  expectNoProblems(problems);
});

test('photo: the camera is convolved live, and stops when its picture is left', async () => {
  const { url } = await serve();
  const browser = await launch([...kCamera, '--use-fake-ui-for-media-stream']);
  const { page, problems } = await openLab(`${url}#v=1&room=convolve&scene=picture&kernel=edge&s=1`, { browser, options: kDesk });
  await clickWidget(page, 'convolve.photo.camera');
  await waitForState(page, 's.convolve.photo.camera === "live" && s.convolve.photo.rows === 128', 20);
  await expectConvolved(page, 'a picture of the camera');
  await clickWidget(page, 'convolve.photo.rings');
  await page.evaluate('convoscope.idle()');  // no picture comes any more
  expectNoProblems(problems);
});

test('photo: a refused camera is explained, and a file of the reader is convolved in its colours', async () => {
  const { url } = await serve();
  const browser = await launch(['--deny-permission-prompts']);
  const { page } = await openLab(`${url}#v=1&room=convolve&scene=picture&kernel=identity&s=1`, { browser, options: kDesk });
  await clickWidget(page, 'convolve.photo.camera');
  const notice = page.locator('#notice');
  await notice.waitFor({ state: 'visible' });  // a browser that has just begun takes a while to say no
  expect(/camera/.test(await notice.innerText()), 'the notice speaks of the camera');
  await notice.getByRole('button').click();
  expectEqual((await photoOf(page)).camera, 'refused', 'the camera');

  const png = new PNG({ width: 128, height: 128 });
  for (let i = 0; i < 128 * 128; i++) png.data.set([i % 128, Math.floor(i / 128), 200, 255], 4 * i);
  const coming = page.waitForEvent('filechooser');
  await clickWidget(page, 'convolve.photo.own');
  await (await coming).setFiles({ name: 'ramp.png', mimeType: 'image/png', buffer: PNG.sync.write(png) });
  await waitForState(page, 's.convolve.photo.source === "own"', 15);
  await clickWidget(page, 'convolve.photo.colour.colour');
  await waitForState(page, 's.convolve.photo.channels === 3 && s.convolve.photo.output.length === 3');
  const { convolve } = await stateOf(page);
  const bias = convolve.bias;
  expectEqual(convolve.photo.output.map((/** @type {number[][]} */ plane) => plane[90][20] - bias), [20, 90, 200], 'red, green and blue');
});

test('photo: on a phone a finger paints downwards, and moves the lens', async () => {
  const { url } = await serve();
  const options = { viewport: { width: 390, height: 844 }, hasTouch: true, deviceScaleFactor: 2 };
  const { page, problems } = await openLab(`${url}#v=1&room=convolve&i=6&k=3&s=1&p=0`, { options });
  const touch = await fingers(page);
  const stroke = async (/** @type {number[][]} */ way) => {
    await touch('touchStart', [way[0]]);
    for (const place of way.slice(1)) {
      await touch('touchMove', [place]);
      await page.waitForTimeout(30);
    }
    await touch('touchEnd', []);
    await page.evaluate('convoscope.idle()');
  };
  await dispatch(page, { command: 'convolve_tool', tool: 'paint' });
  await dispatch(page, { command: 'convolve_brush', value: -4 });
  await page.evaluate('convoscope.idle()');
  const { rect } = await widget(page, 'convolve.grid.input');
  const cell = rect.width / 6;
  const column = (/** @type {number} */ y) => [rect.x + 2.5 * cell, rect.y + y * cell];
  await stroke([column(0.5), column(1.2), column(2), column(3), column(4.5)]);
  const { convolve } = await stateOf(page);
  expectEqual(convolve.image.map((/** @type {number[]} */ row) => row[2]).slice(0, 5), [-4, -4, -4, -4, -4], 'a vertical stroke');
  expectEqual((await widget(page, 'convolve.grid.input')).rect.y, rect.y, 'nothing has scrolled');

  await clickWidget(page, 'convolve.scene.picture');
  await waitForState(page, 's.convolve.scene === "picture"');
  await page.evaluate('convoscope.idle()');
  const pane = (await widget(page, 'convolve.photo.output')).rect;
  const at = (/** @type {number} */ share) => [pane.x + 0.5 * pane.width, pane.y + share * pane.height];
  await stroke([at(0.1), at(0.3), at(0.6), at(0.9)]);
  const photo = await photoOf(page);
  expect(Math.abs(photo.place[0] - 0.9 * photo.output[0].length) < 2, 'the lens has followed the finger');
  expectNoProblems(problems);
});

measured('photo: 128 × 128 pixels are convolved in less than 4 ms of a frame', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#v=1&room=convolve&scene=picture&photo=rings&side=128&kernel=sobel-x&s=1&p=1`, { options: kDesk });
  await page.evaluate('convoscope.idle()');
  /** The median of the last frames, at most 600, most of them after a command. @param {string} command @param {number} frames */
  const median = async (command, frames) => Number(await page.evaluate(`(async () => {
    for (let i = 0; i < ${frames}; i++) {
      convoscope.dispatch(${command});
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return convoscope.state().frames.p50;
  })()`));
  const still = await median('{ command: "photo_point", row: i % 128, column: i % 128 }', 200);
  const convolving = await median('{ command: "convolve_bias", value: i % 7 }', 450);
  expect(convolving - still < 4, `${convolving.toFixed(2)} ms with, ${still.toFixed(2)} ms without`);
  expectNoProblems(problems);
  return `${(convolving - still).toFixed(2)} ms`;
}, 90);
