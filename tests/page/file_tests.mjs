// @ts-check
// Files of the reader's: opened by the picker, dropped, pasted; and what cannot be opened.

import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// @ts-expect-error The package has no types.
import { PNG } from 'pngjs';
import { becomesTrue, clickWidget, dispatch, expectNoProblems, openLab, serve, stateOf, waitForState } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{name: string, mimeType: string, buffer: Buffer}} Upload */

/** A PNG of flat squares. @param {number[][]} greys 0 to 255 @param {number} square pixels @returns {Upload} */
function pngOf(greys, square) {
  const png = new PNG({ width: greys[0].length * square, height: greys.length * square });
  for (let i = 0; i < png.width * png.height; i++) {
    const grey = greys[Math.floor(i / png.width / square)][Math.floor((i % png.width) / square)];
    png.data.set([grey, grey, grey, 255], 4 * i);
  }
  return { name: 'squares.png', mimeType: 'image/png', buffer: PNG.sync.write(png) };
}

/** The first bytes of a PNG, which say its size, and no more. @param {string} name @param {number} width @param {number} height @returns {Upload} */
function pngHead(name, width, height) {
  const { buffer } = pngOf([[0]], 1);
  buffer.writeUInt32BE(width, 16);
  buffer.writeUInt32BE(height, 20);
  return { name, mimeType: 'image/png', buffer: buffer.subarray(0, 40) };
}

/** By a real click, through the browser's picker. @param {Page} page @param {Upload} file */
async function pick(page, file) {
  const coming = page.waitForEvent('filechooser');
  await clickWidget(page, 'app.open');
  await (await coming).setFiles(file);
}

/** @param {Page} page @param {Upload} file @param {string[]} events */
async function drag(page, { name, mimeType, buffer }, events) {
  await page.evaluate(`(() => {
    const bytes = Uint8Array.from(atob('${buffer.toString('base64')}'), (letter) => letter.charCodeAt(0));
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([bytes], '${name}', { type: '${mimeType}' }));
    for (const type of ${JSON.stringify(events)}) document.getElementById('canvas').dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  })()`);
}

/** @param {Page} page @param {RegExp} words */
async function expectNotice(page, words) {
  const notice = page.locator('#notice');
  await notice.waitFor({ state: 'visible', timeout: 10_000 });
  const text = await notice.innerText();
  expect(words.test(text), `the notice says: ${text}`);
  await notice.getByRole('button').click();
}

const kGreys = [[0, 255, 85, 170], [255, 0, 0, 255], [28, 57, 113, 142], [198, 227, 255, 0]];
const kNumbers = [[0, 9, 3, 6], [9, 0, 0, 9], [1, 2, 4, 5], [7, 8, 9, 0]];

test('files: a picture that is picked becomes the input, in the numbers 0 to 9', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#v=1&room=convolve&i=4&k=3&s=1&p=0`);
  await pick(page, pngOf(kGreys, 1));
  expect(await becomesTrue(page, `JSON.stringify(convoscope.state().convolve.image.flat(2)) === '${JSON.stringify(kNumbers.flat())}'`, 10),
    `the input is ${JSON.stringify((await stateOf(page)).convolve.image)}`);
  const link = String(await page.evaluate('convoscope.link()'));
  await page.evaluate(`convoscope.dispatch({ command: 'undo' })`);
  expect(JSON.stringify((await stateOf(page)).convolve.image.flat(2)) !== JSON.stringify(kNumbers.flat()), 'it cannot be undone');
  const { page: other } = await openLab(link);
  expectEqual((await stateOf(other)).convolve.image.flat(2), kNumbers.flat(), 'the picture of the link');
  expectNoProblems(problems);
});

test('files: a picture that is dropped is cut to its middle and made smaller', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#v=1&room=train`);
  await dispatch(page, { command: 'open_link', link: 'v=1&room=convolve&i=2&k=1&s=1&p=0' });
  await dispatch(page, { command: 'open_room', room: 'train' });
  const wide = pngOf([[85, 255, 0, 85], [85, 0, 255, 85]], 50);  // its middle is a chequerboard
  await drag(page, wide, ['dragenter', 'dragover']);
  await page.locator('#drop').waitFor({ state: 'visible' });
  expect(/picture \(PNG or JPEG\).*checkpoint/.test(await page.locator('#drop').innerText()), 'it does not say what may be dropped');
  await drag(page, wide, ['drop']);
  await page.locator('#drop').waitFor({ state: 'hidden' });
  await waitForState(page, 's.room === "convolve" && s.convolve.image.flat(2).join() === "9,0,0,9"', 10);
  expectNoProblems(problems);
});

test('files: what cannot be opened is answered with what was expected, and changes nothing', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#v=1&room=convolve`);
  const before = JSON.stringify((await stateOf(page)).convolve.image);
  await pick(page, { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('nothing to see') });
  await expectNotice(page, /notes\.txt cannot be opened here\. A picture \(PNG or JPEG\).*checkpoint/);
  await pick(page, pngHead('huge.png', 8000, 5000));
  await expectNotice(page, /huge\.png was not opened: it has 40 megapixels \(8000 × 5000\); at most 32/);
  await pick(page, pngHead('half.png', 64, 64));
  await expectNotice(page, /half\.png was not opened: it is damaged/);
  await pick(page, { name: 'empty.png', mimeType: 'image/png', buffer: Buffer.alloc(0) });
  await expectNotice(page, /empty\.png cannot be opened/);
  expectEqual(JSON.stringify((await stateOf(page)).convolve.image), before, 'the input');
  expectNoProblems(problems);
});

test('files: a link that is pasted is opened', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#v=1&room=convolve`);
  await page.evaluate(`(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'https://example.org/lab/#v=1&room=convolve&i=5&k=2&s=1&p=0');
    document.getElementById('canvas').dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  })()`);
  await waitForState(page, 's.convolve.height.input === 5 && s.convolve.height.kernel === 2', 5);
  expectNoProblems(problems);
});

/** As the safetensors library writes a state_dict: its own metadata, spaces to a multiple of eight; the header's order is not the data's. @param {Record<string, {shape: number[], values: number[]}>} tensors @param {string} [dtype] */
function stateDict(tensors, dtype = 'F32') {
  const names = Object.keys(tensors).sort();
  /** @type {Record<string, object>} */
  const places = {};
  let offset = 0;
  const data = Buffer.concat(names.map((name) => {
    const bytes = Buffer.from(Float32Array.from(tensors[name].values).buffer);
    places[name] = { dtype, shape: tensors[name].shape, data_offsets: [offset, offset += bytes.length] };
    return bytes;
  }));
  const header = { __metadata__: { format: 'pt' }, ...Object.fromEntries(Object.keys(tensors).map((name) => [name, places[name]])) };
  const json = JSON.stringify(header).replaceAll('":', '": ');
  const text = Buffer.from(json.padEnd(Math.ceil(json.length / 8) * 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, data]);
}

/** LeNet-300 in PyTorch, with values that a float holds exactly. */
function lenet300() {
  const values = (/** @type {number} */ count, /** @type {number} */ seed) =>
    Array.from({ length: count }, (_, i) => ((i * 2654435761 + seed * 40503) % 4096 - 2048) / 32768);
  return {
    'fc2.weight': { shape: [10, 300], values: values(3000, 3) },
    'fc1.bias': { shape: [300], values: values(300, 2) },
    'fc1.weight': { shape: [300, 784], values: values(300 * 784, 1) },
    'fc2.bias': { shape: [10], values: values(10, 4) },
  };
}

/** @param {Page} page @param {string} what */
async function exported(page, what) {
  const [download] = await Promise.all([page.waitForEvent('download'), dispatch(page, { command: 'export', what })]);
  const parts = [];
  for await (const part of await download.createReadStream()) parts.push(part);
  return Buffer.concat(parts);
}

/** @param {Buffer} bytes @param {string} name */
function tensorOf(bytes, name) {
  const start = 8 + Number(bytes.readBigUInt64LE(0));
  const { data_offsets: [begin, end] } = JSON.parse(bytes.toString('utf8', 8, start))[name];
  return [...new Float32Array(Uint8Array.from(bytes.subarray(start + begin, start + end)).buffer)];
}

test('files: weights of PyTorch open in the network that they are of, and it predicts by them', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#v=1&room=train&data=cifar10`);
  await waitForState(page, 's.configured && s.network.name === "CIFAR quick"', 60);
  const tensors = lenet300();
  await pick(page, { name: 'model.safetensors', mimeType: 'application/octet-stream', buffer: stateDict(tensors) });
  await waitForState(page, 's.opened_weights === "model.safetensors" && s.configured && s.data.name === "MNIST" && s.picture.count === 30', 60);
  const { settings, network, step } = await stateOf(page);
  expectEqual([settings.network, settings.data, network.name, step], ['lenet-300', 'mnist', 'LeNet-300', 0], 'what is open');
  const file = await exported(page, 'safetensors');
  for (const [name, { values }] of Object.entries(tensors)) expectEqual(tensorOf(file, name), values, name);

  // The Inspect room lists the picture's pixels as fc1 reads them; with those this test computes the rest by itself.
  await dispatch(page, { command: 'open_link', link: 'v=1&room=inspect&data=mnist&network=lenet-300&layer=fc1&at=7.0.0' });
  await waitForState(page, 's.inspect?.neuron?.layer === "fc1" && s.inspect.neuron.channel === 7 && s.picture.probabilities.length === 10', 30);
  const { inspect: { neuron }, picture: { probabilities }, opened_weights: opened } = await stateOf(page);
  expectEqual(opened, 'model.safetensors', 'the weights that are looked into');
  const pixels = neuron.patches.flatMap((/** @type {any} */ patch) => patch.inputs);
  const row = tensors['fc1.weight'].values.slice(7 * 784, 8 * 784);
  expectEqual(neuron.patches.flatMap((/** @type {any} */ patch) => patch.weights), row, 'the weights of neuron 7');
  const linear = (/** @type {number[]} */ input, /** @type {'fc1' | 'fc2'} */ layer) => tensors[`${layer}.bias`].values.map((bias, i) =>
    input.reduce((sum, value, j) => sum + value * tensors[`${layer}.weight`].values[i * input.length + j], bias));
  const logits = linear(linear(pixels, 'fc1').map((value) => Math.max(0, value)), 'fc2');
  const powers = logits.map(Math.exp);
  const whole = powers.reduce((sum, power) => sum + power, 0);
  for (const [i, power] of powers.entries()) {
    expect(Math.abs(probabilities[i] - power / whole) < 1e-4, `class ${i}: ${probabilities[i]}, expected ${power / whole}`);
  }
  expectNoProblems(problems);
}, 90);

test('files: weights that fit no network are answered in a sentence, and the run goes on', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#v=1&room=train`);
  await waitForState(page, 's.configured && s.data.train_loaded > 0');
  await dispatch(page, { command: 'step', count: 6 });
  const { losses } = await stateOf(page);
  const before = tensorOf(await exported(page, 'safetensors'), 'conv1.weight');
  const file = (/** @type {Buffer} */ buffer) => ({ name: 'theirs.safetensors', mimeType: 'application/octet-stream', buffer });
  await pick(page, file(stateDict({ 'conv1.weight': { shape: [8, 1, 3, 3], values: Array(72).fill(0.5) }, 'conv1.bias': { shape: [8], values: Array(8).fill(0) } })));
  await expectNotice(page, /theirs\.safetensors fits none of the networks here\. LeNet-5 wants conv1\.bias with 6 numbers; the file has 8\. Nothing has changed\./);
  await pick(page, file(stateDict({ '0.weight': { shape: [2], values: [1, 2] } })));
  await expectNotice(page, /wants conv1\.bias with 6 numbers; the file has none of that name/);
  await pick(page, file(stateDict(lenet300()).subarray(0, 5000)));
  expect(await becomesTrue(page, 'convoscope.widgets().some((w) => w.id === "toast" && /weights: the data has \\d+ bytes; expected as its header says \\d+/.test(w.label))', 10), 'a file that ends early is not answered');
  const { step, network, losses: after, opened_weights: opened } = await stateOf(page);
  expectEqual([step, network.name, after, opened], [6, 'LeNet-5', losses, ''], 'the run');
  expectEqual(tensorOf(await exported(page, 'safetensors'), 'conv1.weight'), before, 'its weights');
  await dispatch(page, { command: 'step', count: 2 });
  expectEqual((await stateOf(page)).losses.length, 8, 'steps after it');
  expectNoProblems(problems);
}, 60);

test('files: training goes on from a checkpoint, bit for bit', async () => {
  const { url } = await serve();
  const link = `${url}#v=1&room=train&network=lenet1`;
  const { page, problems } = await openLab(link);
  await waitForState(page, 's.configured && s.data.bytes_total > 0 && s.data.bytes_loaded === s.data.bytes_total', 60);
  await dispatch(page, { command: 'step', count: 24 });
  const coming = page.waitForEvent('download');
  await dispatch(page, { command: 'export', what: 'checkpoint' });
  const path = join(tmpdir(), `convoscope-${process.pid}.safetensors`);
  await (await coming).saveAs(path);
  await dispatch(page, { command: 'step', count: 8 });
  const uninterrupted = (await stateOf(page)).losses.slice(24);

  const { page: other, problems: otherProblems } = await openLab(`${url}#v=1&room=train`);
  await waitForState(other, 's.configured && s.data.bytes_total > 0 && s.data.bytes_loaded === s.data.bytes_total', 60);
  await pick(other, { name: 'mine.safetensors', mimeType: 'application/octet-stream', buffer: readFileSync(path) });
  await waitForState(other, 's.step === 24 && s.configured');
  const restored = await stateOf(other);
  expectEqual(restored.settings.network, 'lenet1', 'network');
  expectEqual(restored.losses.length, 24, 'steps of its curve');
  await dispatch(other, { command: 'step', count: 8 });
  expectEqual((await stateOf(other)).losses.slice(24), uninterrupted, 'losses after it');

  const broken = readFileSync(path).subarray(0, 5000);
  writeFileSync(path, broken);
  await pick(other, { name: 'broken.safetensors', mimeType: 'application/octet-stream', buffer: broken });
  expect(await becomesTrue(other, `/safetensors|checkpoint/i.test(document.getElementById('notice').textContent + convoscope.widgets().filter((w) => w.id === 'toast').map((w) => w.label))`, 10), 'the broken file is not answered');
  expectEqual((await stateOf(other)).step, 32, 'step after a broken file');
  expectNoProblems([...problems, ...otherProblems]);
}, 90);
