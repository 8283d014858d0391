// @ts-check
// What the Train room hands out: real downloads, by clicks.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readSafetensors } from '../cli/safetensors.mjs';
import { becomesTrue, clickWidget, dispatch, expectNoProblems, openLab, serve, waitForState } from './support/lab.mjs';
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
