// @ts-check
// What the rooms hand out: real downloads, by clicks.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readSafetensors } from '../cli/safetensors.mjs';
import { becomesTrue, clickWidget, dispatch, expectNoProblems, openLab, serve, stateOf, waitForState } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** ONNX Runtime, which the tests of exchange bring. */
const onnxRuntime = () => createRequire(new URL('../exchange/exchange_test.mjs', import.meta.url))('onnxruntime-web');

/** Chooses a row of the Export menu; the file that comes. @param {Page} page @param {string} what */
async function exported(page, what) {
  await clickWidget(page, 'app.export');
  const id = `export.${what}`;
  expect(await becomesTrue(page, `convoscope.widgets().some((w) => w.id === "${id}")`), `the menu has no ${id}`);
  const coming = page.waitForEvent('download');
  await clickWidget(page, id);
  const download = await coming;
  return { name: download.suggestedFilename(), path: await download.path() };
}

test('export: weights, checkpoint, ONNX and code come as files that hold the trained network', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train`);
  await waitForState(page, 's.configured && s.data.train_loaded > 0');
  await dispatch(page, { command: 'step', count: 20 });
  const shown = /** @type {number[]} */ (await page.evaluate(`new Promise((resolve) => {
    const end = convoscope.on('snapshot', (event, payload) => {
      const { offset, count } = event.tensors.find((tensor) => tensor.name === 'conv1.weight');
      end();
      resolve([...new Float32Array(payload.buffer.slice(payload.byteOffset), 4 * offset, count)]);
    });
    convoscope.dispatch({ command: 'capture', parameters: ['conv1.weight'] });
  })`));

  const weights = await exported(page, 'safetensors');
  expectEqual(weights.name, 'weights.safetensors', 'name');
  const tensors = readSafetensors(weights.path);
  expectEqual(tensors['conv1.weight'].shape, [6, 1, 5, 5], 'shape of conv1.weight');
  expectEqual([...tensors['conv1.weight'].data], shown, 'conv1.weight');

  const checkpoint = await exported(page, 'checkpoint');
  const bytes = readFileSync(checkpoint.path);
  expect(bytes.includes('convoscope-checkpoint/1'), 'no checkpoint');
  expect('optimizer.first.conv1.weight' in readSafetensors(checkpoint.path), 'the checkpoint lacks the velocity');

  const onnx = readFileSync((await exported(page, 'onnx')).path);
  expect(onnx.includes('Conv') && onnx.includes('conv1.weight'), 'no ONNX file');
  const pytorch = readFileSync((await exported(page, 'pytorch')).path, 'utf8');
  expect(/nn\.Conv2d\(1, 6/.test(pytorch) && /load/.test(pytorch), `PyTorch code:\n${pytorch}`);
  const keras = readFileSync((await exported(page, 'keras')).path, 'utf8');
  expect(/Conv2D\(/.test(keras), `Keras code:\n${keras}`);
  expectNoProblems(problems);
}, 60);

/** What the network is given and answers for one test image. @param {Page} page @param {number} index @returns {Promise<{input: number[], output: number[]}>} */
const passOf = (page, index) => page.evaluate(`new Promise((resolve) => {
  const end = convoscope.on('snapshot', (event, payload) => {
    const numbers = (name) => {
      const tensor = event.tensors.find((each) => each.name === name);
      return tensor && [...new Float32Array(payload.buffer.slice(payload.byteOffset), 4 * tensor.offset, tensor.count)];
    };
    const [input, output] = [numbers('input'), numbers('activation.fc3')];
    if (!input || !output) return;
    end();
    resolve({ input, output });
  });
  convoscope.dispatch({ command: 'capture', activations: ['fc3'], image: { split: 'test', index: ${index} } });
})`);

test('export: the page\'s ONNX file gives the page\'s own outputs in ONNX Runtime', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train`);
  await waitForState(page, 's.configured && s.data.train_loaded > 0 && s.data.test_loaded > 0');
  await dispatch(page, { command: 'step', count: 60 });
  await page.evaluate('convoscope.idle()');
  const onnx = onnxRuntime();
  const session = await onnx.InferenceSession.create(readFileSync((await exported(page, 'onnx')).path));
  let greatest = 0;
  for (let index = 0; index < 5; index++) {
    const { input, output } = await passOf(page, index);
    expectEqual([input.length, output.length], [784, 10], 'numbers of the input and the output');
    const results = await session.run({ [session.inputNames[0]]: new onnx.Tensor('float32', Float32Array.from(input), [1, 1, 28, 28]) });
    const answers = [...results[session.outputNames[0]].data];
    for (const [place, value] of output.entries()) greatest = Math.max(greatest, Math.abs(value - answers[place]));
  }
  expect(greatest < 1e-4, `the outputs differ by ${greatest}`);
  expectNoProblems(problems);
  return `greatest difference ${greatest.toExponential(1)}`;
}, 60);

/** @param {string} path @returns {number[][]} */
const numbersOf = (path) => readFileSync(path, 'utf8').split('\r\n').filter(Boolean).map((line) => line.split(',').map(Number));

test('export: input, kernel and output of a convolution come as CSV, the numbers that the page computes with', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#v=1&room=convolve&i=7&k=3&s=2&p=1&bias=0.5&picture=pacman&kernel=sobel-x`);
  await page.evaluate('convoscope.idle()');
  const files = [];
  for (const what of ['input_csv', 'kernel_csv', 'output_csv']) files.push(await exported(page, what));
  expectEqual(files.map((file) => file.name), ['input.csv', 'kernel.csv', 'output.csv'], 'names');
  const [input, kernel, output] = files.map((file) => numbersOf(file.path));
  expectEqual(kernel, [[1, 0, -1], [2, 0, -2], [1, 0, -1]], 'kernel');
  const at = (/** @type {number} */ row, /** @type {number} */ column) => input[row]?.[column] ?? 0;
  const wanted = [0, 1, 2, 3].map((row) => [0, 1, 2, 3].map((column) => kernel.reduce((sum, line, y) =>
    line.reduce((part, weight, x) => part + weight * at(2 * row + y - 1, 2 * column + x - 1), sum), 0.5)));
  expectEqual(input.map((row) => row.length), Array(7).fill(7), 'columns of the input');
  expectEqual(output, wanted, 'output');
  expectNoProblems(problems);
}, 60);

test('export: the products of the opened neuron come as CSV, add up to its number, and are a table for screen readers', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#v=1&room=inspect&image=3`);
  await waitForState(page, 's.ready_weights && s.inspect.neuron !== undefined', 60);
  await page.evaluate('convoscope.idle()');
  const { neuron } = (await stateOf(page)).inspect;
  const file = await exported(page, 'sum_csv');
  const [head, ...lines] = readFileSync(file.path, 'utf8').trimEnd().split('\r\n').map((line) => line.split(','));
  expectEqual([file.name, head.join()], ['sum.csv', 'channel,row,column,input,weight,product'], 'name and head');
  const sum = lines.reduce((total, line) => total + Number(line[5]), neuron.bias);
  expect(lines.length === 150 && Math.abs(sum - neuron.engine_base) < 1e-4, `${lines.length} products and the bias are ${sum}, not ${neuron.engine_base}`);
  expect(await becomesTrue(page, 'document.querySelectorAll("table tr").length > 25', 10), 'no table of the products');
  expectNoProblems(problems);
}, 90);

test('export: a real picture and its output come as CSV', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#v=1&room=convolve&scene=picture&photo=rings&side=32&k=3&s=1&p=1&kernel=sobel-x`);
  await waitForState(page, 's.convolve.photo.output.length > 0', 20);
  const { photo } = /** @type {any} */ (await page.evaluate('convoscope.state().convolve'));
  expectEqual(numbersOf((await exported(page, 'input_csv')).path).flat(), [...photo.input], 'input');
  const output = numbersOf((await exported(page, 'output_csv')).path);
  expectEqual(output.map((row) => row.map(Math.fround)), photo.output[0].map((/** @type {number[]} */ row) => row.map(Math.fround)), 'output');
  expectNoProblems(problems);
}, 60);
