// @ts-check
// Which picture is convolved, and which of its colours is taken apart: by clicks and taps, against the data set's own files.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
// @ts-expect-error The package has no types.
import { PNG } from 'pngjs';
import { photoConvolved } from './support/convolve_arithmetic.mjs';
import { handOf } from './support/convolve_hand.mjs';
import { openRoom, roomOf } from './support/convolve_room.mjs';
import { becomesTrue, clickWidget, expectNoProblems, openLab, site, stateOf, steadyWidget, waitForState, widget } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

/** @typedef {import('playwright-core').Page} Page */

const kColours = ['red', 'green', 'blue'];
const kSide = 128;

/** The colour of a pixel of the picture that the tests open. @param {number} plane @param {number} row @param {number} column */
const pixelOf = (plane, row, column) => [(7 * column + 3 * row) % 256, (5 * row) % 256, (column * row) % 256][plane];

/** Opens a picture of the reader's, by `press` on its tile, in its colours. @param {Page} page @param {(id: string) => Promise<unknown>} press */
async function openColours(page, press) {
  const png = new PNG({ width: kSide, height: kSide });
  for (let row = 0; row < kSide; row++) {
    for (let column = 0; column < kSide; column++) png.data.set([0, 1, 2].map((plane) => pixelOf(plane, row, column)).concat(255), 4 * (kSide * row + column));
  }
  const coming = page.waitForEvent('filechooser');
  await press('convolve.photo.own');
  await (await coming).setFiles({ name: 'colours.png', mimeType: 'image/png', buffer: PNG.sync.write(png) });
  await waitForState(page, 's.convolve.photo.source === "own"');
  await press('convolve.photo.colour.colour');
  await waitForState(page, 's.convolve.photo.channels === 3 && s.convolve.photo.output.length === 3');
}

/** What is written, as a number. @param {string} text */
const numberIn = (text) => Number(text.replaceAll('\u2212', '-'));

/** The products under the lens are those of one colour, and so is each sum on the switch. @param {Page} page @param {number} plane */
async function expectProducts(page, plane) {
  await page.evaluate('convoscope.idle()');
  const { photo, weights, bias } = await roomOf(page);
  const [row, column] = photo.place;
  /** By the definition, with a ring of zeros one pixel wide. @param {number} of */
  const products = (of) => weights.flatMap((/** @type {number[]} */ line, /** @type {number} */ i) => line.map((weight, j) => {
    const [y, x] = [row + i - 1, column + j - 1];
    return [y < 0 || x < 0 || y >= kSide || x >= kSide ? 0 : pixelOf(of, y, x), weight];
  }));
  const sums = [0, 1, 2].map((of) => products(of).reduce((/** @type {number} */ all, /** @type {number[]} */ [value, weight]) => all + value * weight, bias));
  const what = `${kColours[plane]} at ${row}, ${column}`;
  expectEqual(photo.terms.map((/** @type {any} */ term) => [term.value, term.factor]), products(plane), `${what}: products`);
  expectEqual([photo.sum, ...photo.output.map((/** @type {number[][]} */ output) => output[row][column])], [sums[plane], ...sums], `${what}: the sum under the lens, and those of all colours`);
  const cards = /** @type {string[]} */ (await page.evaluate('convoscope.widgets().filter((w) => w.id.startsWith("convolve.product.")).map((w) => w.value)'));
  expectEqual(cards.map((card) => card.split(/ · | = /).map(numberIn)), products(plane).map((/** @type {number[]} */ [value, weight]) => [value, weight, value * weight]), `${what}: the cards`);
  for (const [of, colour] of kColours.entries()) {
    const { label, selected } = await widget(page, `convolve.photo.plane.${colour}`);
    expectEqual([label.split(' ')[0], numberIn(label.split(' ')[1]), selected], [colour, sums[of], of === plane], `${what}: what the switch says of ${colour}`);
  }
}

test('photo colours: the switch shows the products of red, green or blue, wherever the lens is; a link keeps it', async () => {
  const { page, problems } = await openRoom('&scene=picture&kernel=sobel-x&bias=2&s=1&p=1');
  await openColours(page, (id) => clickWidget(page, id));
  await expectProducts(page, 1);  // green is in front until another is chosen
  await clickWidget(page, 'convolve.photo.plane.red');
  await waitForState(page, 's.convolve.photo.plane === 0');
  await expectProducts(page, 0);
  const { rect } = await steadyWidget(page, 'convolve.photo.output');
  await page.mouse.move(rect.x + 1, rect.y + 1);  // the corner, whose window lies partly beside the picture
  await waitForState(page, 's.convolve.photo.place.join() === "0,0"');
  await expectProducts(page, 0);
  await page.mouse.move(rect.x + 40.5 / kSide * rect.width, rect.y + 10.5 / kSide * rect.height);
  await waitForState(page, 's.convolve.photo.place.join() === "10,40"');
  await clickWidget(page, 'convolve.photo.plane.blue');
  await waitForState(page, 's.convolve.photo.plane === 2');
  await expectProducts(page, 2);
  expect(/[&#]plane=2(&|$)/.test(String(await page.evaluate('convoscope.link()'))), 'the link does not say which colour');
  await clickWidget(page, 'convolve.photo.colour.grey');
  await waitForState(page, 's.convolve.photo.channels === 1');
  await page.evaluate('convoscope.idle()');
  expect(!(await page.evaluate('convoscope.widgets().some((w) => w.id.startsWith("convolve.photo.plane."))')), 'a grey picture has colours to choose');
  expectNoProblems(problems);
});

test('photo colours: on a phone a tap chooses the colour', async () => {
  const { page, problems } = await openRoom('&scene=picture&kernel=emboss&s=1&p=1', { viewport: { width: 390, height: 844 }, hasTouch: true, deviceScaleFactor: 2 });
  const hand = handOf(page, true);
  await openColours(page, (id) => hand.tap(id));
  for (const plane of [2, 0, 1]) {
    await hand.tap(`convolve.photo.plane.${kColours[plane]}`);
    await waitForState(page, `s.convolve.photo.plane === ${plane}`);
    await hand.reach('convolve.product.8');
    await expectProducts(page, plane);
  }
  expectNoProblems(problems);
}, 120);

/** The pictures of a data set that the page shows, in its order: the first three of each class of its first file. @param {string} name */
function dataSet(name) {
  const folder = join(site, 'data', name);
  const { input, classes, splits } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const { file, count } = splits.train.shards[0];
  const bytes = gunzipSync(readFileSync(join(folder, file)));
  const size = input.reduce((/** @type {number} */ a, /** @type {number} */ b) => a * b, 1);
  const labels = [...bytes.subarray(0, count)];
  const shown = classes.flatMap((/** @type {string} */ _, /** @type {number} */ type) => labels.flatMap((label, image) => label === type ? [image] : []).slice(0, 3));
  return {
    classOf: (/** @type {number} */ index) => classes[labels[shown[index]]],
    pixels: (/** @type {number} */ index) => [...bytes.subarray(count + shown[index] * size, count + (shown[index] + 1) * size)],
  };
}

/** Luma of ITU-R BT.601. @param {number[]} pixels  red, green and blue, one after another */
const greyOf = (pixels) => Array.from({ length: pixels.length / 3 }, (_, i) =>
  Math.round(0.299 * pixels[i] + 0.587 * pixels[i + pixels.length / 3] + 0.114 * pixels[i + 2 * pixels.length / 3]));

/** The picture is that of the file, and its outputs are its sums. @param {Page} page @param {number[]} pixels @param {string} what */
async function expectPicture(page, pixels, what) {
  const room = await roomOf(page);
  expectEqual(room.photo.input, pixels, `${what}: its pixels`);
  const cells = room.photo.rows * room.photo.columns;
  for (let plane = 0; plane < room.photo.channels; plane++) {
    const sums = photoConvolved({ ...room, photo: { ...room.photo, input: pixels.slice(plane * cells, (plane + 1) * cells) } }).flat();
    const odd = room.photo.output[plane].flat().findIndex((/** @type {number} */ value, /** @type {number} */ i) => Math.abs(value - sums[i]) > 0.01);
    expectEqual([room.photo.output[plane].flat().length, odd], [sums.length, -1], `${what}, plane ${plane}: outputs, and the first that is another sum`);
  }
}

/** Chooses a data set in the list of images. @param {Page} page @param {string} id */
async function chooseSet(page, id) {
  await clickWidget(page, 'convolve.photo.set');
  expect(await becomesTrue(page, `convoscope.widgets().some((w) => w.id === "convolve.photo.set.${id}")`), 'the list does not open');
  await clickWidget(page, `convolve.photo.set.${id}`);
}

test('photo data: a digit of MNIST or a picture of CIFAR-10 is chosen by clicks, and convolved; a link opens it again', async () => {
  const { page, problems } = await openRoom('&scene=picture&kernel=sharpen&s=1&p=1');
  const mnist = dataSet('mnist');
  const cifar = dataSet('cifar10');
  await clickWidget(page, 'convolve.photo.data.3');
  await waitForState(page, 's.convolve.photo.source === "data" && s.convolve.photo.index === 3 && s.convolve.photo.rows === 28');
  await expectPicture(page, mnist.pixels(3), 'MNIST, 3');
  expectEqual((await widget(page, 'convolve.photo.data.3')).label, `MNIST: ${mnist.classOf(3)}`, 'what the tile is called');

  await chooseSet(page, 'cifar10');
  await waitForState(page, 's.data.name === "CIFAR-10" && s.convolve.photo.rows === 32', 60);
  await expectPicture(page, greyOf(cifar.pixels(3)), 'CIFAR-10, 3, in grey');
  await clickWidget(page, 'convolve.photo.colour.colour');
  await waitForState(page, 's.convolve.photo.channels === 3');
  await expectPicture(page, cifar.pixels(3), 'CIFAR-10, 3');
  await clickWidget(page, 'convolve.photo.data.5');
  await waitForState(page, 's.convolve.photo.index === 5');
  await expectPicture(page, cifar.pixels(5), 'CIFAR-10, 5');
  expectEqual((await steadyWidget(page, 'convolve.photo.data.5')).label, `CIFAR-10: ${cifar.classOf(5)}`, 'what the tile is called');
  expect(await becomesTrue(page, 'convoscope.widgets().find((w) => w.id === "convolve.photo.set")?.value === "CIFAR-10"'), 'the choice does not show CIFAR-10');

  const again = await openLab(String(await page.evaluate('convoscope.link()')));
  await waitForState(again.page, 's.convolve.photo.channels === 3 && s.convolve.photo.rows === 32', 60);
  await expectPicture(again.page, cifar.pixels(5), 'CIFAR-10, 5, by the link');

  await chooseSet(page, 'mnist');
  await waitForState(page, 's.data.name === "MNIST" && s.convolve.photo.rows === 28 && s.convolve.photo.channels === 1', 60);
  await expectPicture(page, mnist.pixels(5), 'MNIST, 5');
  await clickWidget(page, 'convolve.photo.rings');
  await waitForState(page, 's.convolve.photo.source === "rings"');
  expectEqual((await stateOf(page)).data.name, 'MNIST', 'the data set stays');
  expectNoProblems([...problems, ...again.problems]);
}, 120);
