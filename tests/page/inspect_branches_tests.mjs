// @ts-check
// A network with branches in the Inspect room: what add and concat join is opened layer by layer, and what is handed on
// says whence it comes.

import { clickWidget, dispatch, expectNoProblems, openLab, serve, stateOf, waitForState, widget } from './support/lab.mjs';
import { expect, test } from './support/runner.mjs';

const kNetwork = {
  format: 'convoscope/1', name: 'Branches', input: [1, 28, 28],
  layers: [
    { name: 'stem', type: 'conv2d', out_channels: 4, kernel_size: 5, stride: 2 },
    { name: 'stem_relu', type: 'relu' },
    { name: 'narrow', type: 'conv2d', inputs: ['stem_relu'], out_channels: 4, kernel_size: 1 },
    { name: 'wide', type: 'conv2d', inputs: ['stem_relu'], out_channels: 3, kernel_size: 3, padding: 1 },
    { name: 'sum', type: 'add', inputs: ['stem_relu', 'narrow'] },
    { name: 'joined', type: 'concat', inputs: ['sum', 'wide'] },
    { name: 'mean', type: 'adaptive_avg_pool2d', output_size: 3 },
    { name: 'flat', type: 'flatten' },
    { name: 'fc', type: 'linear', out_features: 10 },
  ],
};

test('inspect: a network with add and concat opens in all its layers, and behind the concat it says whence a number comes', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#v=1&room=inspect&image=3&weights=untrained`, { options: { viewport: { width: 1440, height: 900 } } });
  await waitForState(page, 's.configured && s.inspect.neuron !== undefined && s.data.train_loaded >= 2000', 60);
  await dispatch(page, { command: 'configure', network: kNetwork, seed: 1, threads: 0 });
  await waitForState(page, 's.inspect.stages.includes("joined") && s.inspect.neuron !== undefined');
  await dispatch(page, { command: 'step', count: 30 });
  const { inspect: { stages } } = await stateOf(page);
  expect(stages.join(' ') === 'stem narrow wide sum joined mean fc', stages.join(' '));
  const told = [];
  for (const layer of stages) {
    await page.evaluate('convoscope.idle()');
    await clickWidget(page, `inspect.open.${layer}`);
    await waitForState(page, `s.inspect.opened?.layer === "${layer}" && s.inspect.neuron.layer === "${layer}"`);
    const { inspect: { opened: { sum, engine }, neuron } } = await stateOf(page);
    expect(Math.abs(neuron.base - neuron.engine_base) < 1e-4, `${layer}: ${neuron.base} beside the engine's ${neuron.engine_base}`);
    if (sum?.total.length > 0) {
      const off = Math.max(...engine.map((/** @type {number} */ made, /** @type {number} */ i) =>
        Math.abs(made - sum.parts.reduce((/** @type {number} */ all, /** @type {any} */ part) => all + part.map[i], sum.bias ?? 0))));
      expect(off < 1e-5, `${layer}: its parts are off by ${off}`);
      told.push(`${layer} ${sum.parts.length} parts`);
    }
    await page.evaluate('convoscope.idle()');
    await clickWidget(page, 'inspect.up');
    await waitForState(page, 's.inspect.opened === undefined');
  }

  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'inspect.joined.5');
  await waitForState(page, 's.inspect.pinned && s.inspect.neuron.layer === "joined" && s.inspect.neuron.channel === 5');
  const { inspect: { neuron } } = await stateOf(page);
  expect(neuron.rule === 'copy' && neuron.patches.length === 1 && neuron.patches[0].channel === 1 && neuron.patches[0].value === 4,
    `map 5 comes of value ${neuron.patches[0].value}, map ${neuron.patches[0].channel}`);
  await page.evaluate('convoscope.idle()');
  const origin = await widget(page, 'inspect.origin');
  expect(origin.label.includes('wide, map 1'), `it says: ${origin.label}`);
  await clickWidget(page, 'inspect.origin');
  await waitForState(page, `s.inspect.neuron.layer === "wide" && s.inspect.neuron.channel === 1 && s.inspect.neuron.row === ${neuron.row}`);
  expect((await stateOf(page)).inspect.neuron.value === neuron.value, 'the number is another where it comes from');
  expectNoProblems(problems);
  return told.join(', ');
}, 150);
