// @ts-check
// What the Train room hands out: real downloads, by clicks.

import { readFileSync } from 'node:fs';
import { readSafetensors } from '../cli/safetensors.mjs';
import { becomesTrue, clickWidget, dispatch, expectNoProblems, openLab, serve, waitForState } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

/** @typedef {import('playwright-core').Page} Page */

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
