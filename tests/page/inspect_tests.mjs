// @ts-check
// The Inspect room: a network learns, digits are drawn on the pad, a neuron is opened down to its products.

import { clickWidget, dispatch, expectNoProblems, openLab, serve, stateOf, waitForState, widget } from './support/lab.mjs';
import { expect, test } from './support/runner.mjs';

/** Digits as one would draw them, each stroke a line of places in the unit square. @type {Record<string, number[][][]>} */
const kStrokes = {
  0: [[[.5, .15], [.36, .22], [.29, .38], [.28, .55], [.33, .72], [.45, .82], [.58, .8], [.68, .68], [.72, .5], [.69, .32], [.6, .19], [.5, .15]]],
  1: [[[.52, .12], [.51, .3], [.5, .5], [.49, .7], [.48, .88]]],
  2: [[[.3, .28], [.38, .17], [.52, .13], [.64, .2], [.66, .33], [.58, .47], [.45, .62], [.31, .8], [.45, .79], [.6, .8], [.72, .81]]],
  3: [[[.32, .2], [.46, .13], [.61, .18], [.63, .32], [.53, .43], [.44, .46], [.57, .49], [.67, .6], [.64, .75], [.5, .84], [.33, .8]]],
  4: [[[.36, .14], [.33, .3], [.31, .48], [.45, .5], [.6, .49], [.7, .48]], [[.62, .2], [.61, .4], [.6, .6], [.59, .87]]],
  5: [[[.66, .15], [.5, .15], [.37, .16], [.35, .3], [.34, .43], [.48, .4], [.61, .47], [.66, .6], [.6, .76], [.46, .84], [.31, .8]]],
  6: [[[.6, .13], [.48, .24], [.38, .4], [.33, .58], [.36, .75], [.48, .84], [.61, .79], [.65, .66], [.58, .56], [.46, .55], [.36, .64]]],
  7: [[[.28, .18], [.42, .17], [.56, .17], [.69, .17], [.62, .35], [.54, .53], [.47, .7], [.42, .87]]],
  8: [[[.62, .24], [.5, .14], [.38, .22], [.4, .36], [.52, .46], [.64, .58], [.65, .74], [.52, .84], [.37, .76], [.37, .6], [.5, .47], [.61, .36], [.62, .24]]],
  9: [[[.64, .28], [.54, .16], [.4, .18], [.34, .32], [.4, .45], [.53, .46], [.63, .36], [.65, .25], [.64, .45], [.61, .65], [.57, .87]]],
};

/** @typedef {import('./support/lab.mjs').Page} Page */

/** @param {Page} page @param {number[][][]} strokes */
async function draw(page, strokes) {
  const { x, y, width, height } = (await widget(page, 'inspect.pad')).rect;
  for (const stroke of strokes) {
    const [first, ...rest] = stroke.map(([across, down]) => [x + across * width, y + down * height]);
    await page.mouse.move(first[0], first[1]);
    await page.mouse.down();
    for (const [across, down] of rest) await page.mouse.move(across, down, { steps: 3 });
    await page.mouse.up();
    await page.evaluate('convoscope.idle()');
  }
}

/** The class that the page says it reads. @param {Page} page */
const reading = async (page) => (await widget(page, 'inspect.reading')).value.split(',')[0];

/** Draws each digit; what was read of each, and how many were read right. @param {Page} page */
async function drawDigits(page) {
  let right = 0;
  const readings = [];
  for (const [digit, strokes] of Object.entries(kStrokes)) {
    await clickWidget(page, 'inspect.clear');
    await draw(page, strokes);
    const read = await reading(page);
    readings.push(`${digit}: ${read}`);
    right += read === digit ? 1 : 0;
  }
  return { right, readings: readings.join(', ') };
}

/** The page's own sum of products beside the one that this test makes of the listed numbers. @param {any} neuron */
function sumOf(neuron) {
  let sum = neuron.bias ?? 0;
  for (const { inputs, weights } of neuron.patches) {
    for (let i = 0; i < inputs.length; i += 1) sum += inputs[i] * weights[i];
  }
  return sum;
}

test('inspect: digits drawn on the pad are read, and a neuron opens down to its products', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train`);
  await waitForState(page, 's.configured && s.data.train_loaded >= 20000 && s.data.test_loaded > 0', 60);
  await dispatch(page, { command: 'step', count: 600 });
  await clickWidget(page, 'room.inspect');
  await waitForState(page, 's.inspect?.neuron !== undefined');

  const { right, readings } = await drawDigits(page);
  expect(right >= 9, `${right} of ten digits were read right: ${readings}`);

  await clickWidget(page, 'inspect.conv2.5');
  let { inspect } = await stateOf(page);
  expect(inspect.pinned && inspect.neuron.layer === 'conv2' && inspect.neuron.channel === 5, 'the map that was clicked is not opened');
  expect(inspect.neuron.patches.length === 6, 'a map of conv2 does not read six channels');
  const sum = sumOf(inspect.neuron);
  expect(Math.abs(sum - inspect.neuron.engine_base) < 1e-4, `the products add up to ${sum}, the engine says ${inspect.neuron.engine_base}`);
  const relu = Math.max(0, sum);
  expect(Math.abs(relu - inspect.neuron.value) < 1e-4, `max(0, z) is ${relu}, the page says ${inspect.neuron.value}`);
  const { row, column } = inspect.neuron;
  expect(JSON.stringify(inspect.neuron.field) === JSON.stringify([2 * row - 2, 2 * column - 2, 2 * row + 12, 2 * column + 12]),
    `the field of conv2 [${row}, ${column}] is ${inspect.neuron.field}`);

  await clickWidget(page, 'inspect.fc3');
  ({ inspect } = await stateOf(page));
  expect(inspect.neuron.layer === 'fc3' && Math.abs(sumOf(inspect.neuron) - inspect.neuron.value) < 1e-4, 'the logit is not its sum');
  await clickWidget(page, 'inspect.unpin');
  expect(!(await stateOf(page)).inspect.pinned, 'it is still pinned');
  expectNoProblems(problems);
  return readings;
});

test('inspect: the first visit finds a trained network, the Train room a fresh one', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=inspect`);
  await waitForState(page, 's.ready_weights && s.configured && s.inspect.neuron !== undefined', 60);
  await waitForState(page, 's.test.length === 1', 60);
  const { test: [evaluation] } = await stateOf(page);
  expect(evaluation.accuracy > 0.99, `the trained network reads ${evaluation.accuracy} of the test images`);
  const { right, readings } = await drawDigits(page);
  expect(right >= 9, `${right} of ten digits were read right: ${readings}`);

  await clickWidget(page, 'inspect.weights.untrained');
  await waitForState(page, '!s.ready_weights && s.configured && s.test.length === 0');
  await dispatch(page, { command: 'evaluate', split: 'test' });
  await waitForState(page, 's.test.length === 1', 60);
  const untrained = (await stateOf(page)).test[0].accuracy;
  expect(untrained < 0.35, `untrained it reads ${untrained} of them`);
  await clickWidget(page, 'inspect.weights.trained');
  await waitForState(page, 's.ready_weights && s.configured');

  await clickWidget(page, 'room.train');
  await waitForState(page, '!s.ready_weights && s.configured');
  await dispatch(page, { command: 'step', count: 1 });
  const { losses: [loss] } = await stateOf(page);
  expect(loss > 2 && loss < 2.8, `the first step's loss is ${loss}, not that of chance`);
  await clickWidget(page, 'room.inspect');
  await page.evaluate('convoscope.idle()');
  expect(!(await stateOf(page)).ready_weights, 'the run that has begun was replaced');
  expectNoProblems(problems);
  return `${(100 * evaluation.accuracy).toFixed(2)} % trained, ${(100 * untrained).toFixed(2)} % untrained; ${readings}`;
});

test('inspect: every network that is offered opens, and its sums are the engine\'s', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=inspect`);
  await waitForState(page, 's.configured');
  const told = [];
  for (const network of ['lenet1', 'lenet-300-100', 'cifar-quick', 'cifar-residual']) {
    await dispatch(page, { command: 'choose_network', network });
    await waitForState(page, `s.settings.network === '${network}' && s.configured && s.inspect.neuron !== undefined`, 90);
    const { inspect } = await stateOf(page);
    for (const layer of inspect.stages) {
      await dispatch(page, { command: 'inspect_pin', layer, channel: 1, row: 0, column: 0 });
      const { neuron } = (await stateOf(page)).inspect;
      expect(neuron.layer === layer && Math.abs(neuron.base - neuron.engine_base) <= 1e-4 * Math.max(1, Math.abs(neuron.base)),
        `${network}, ${layer}: ${neuron.base} beside the engine's ${neuron.engine_base}`);
    }
    told.push(`${network}: ${inspect.stages.length} stages`);
  }
  expectNoProblems(problems);
  return told.join(', ');
});

test('inspect: why this answer, in seven ways, and why another class', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=inspect`);
  await waitForState(page, 's.ready_weights && s.configured && s.inspect.neuron !== undefined && s.data.train_loaded >= 2000', 60);
  await clickWidget(page, 'inspect.scene.why');
  const kinds = ['saliency', 'occlusion', 'grad_cam', 'nearest_images', 'projection', 'exciting_images', 'gradient_ascent'];
  await waitForState(page, `${JSON.stringify(kinds)}.every((kind) => s.inspect.why?.[kind].found)`, 60);
  const { inspect: { why, own_image: drawing } } = await stateOf(page);
  expect(drawing.length === 0, 'the room begins with a drawing');
  const read = why.saliency.class;
  expect(why.occlusion.class === read && why.grad_cam.class === read, 'the three maps speak of different classes');
  for (const kind of ['saliency', 'occlusion', 'grad_cam']) {
    expect(why[kind].map.length === 784 && Math.max(...why[kind].map) > 0, `${kind} has no map`);
  }
  const distances = why.nearest_images.images.map((/** @type {any} */ image) => image.figure);
  expect(distances.length === 8 && distances.every((/** @type {number} */ d, /** @type {number} */ i) => i === 0 || d >= distances[i - 1]),
    `the nearest images are not in order: ${distances}`);
  const alike = why.nearest_images.images.filter((/** @type {any} */ image) => image.label === read).length;
  expect(alike >= 6, `${alike} of the eight nearest images are of the class that is read`);
  expect(why.projection.points === 2000, `${why.projection.points} points by PCA`);
  expect(why.gradient_ascent.after > why.gradient_ascent.before + 1, 'the picture that the filter wants does not move it');

  const other = (read + 1) % 10;
  await clickWidget(page, `inspect.class.${other}`);
  await waitForState(page, `s.inspect.why.saliency.class === ${other} && s.inspect.why.grad_cam.found && s.inspect.why.occlusion.found`);
  await clickWidget(page, 'inspect.projection.tsne');
  await waitForState(page, 's.inspect.why.projection.found && s.inspect.why.projection.points === 600', 60);
  await clickWidget(page, 'inspect.scene.layers');
  expect((await stateOf(page)).inspect.scene === 'layers', 'the layers do not come back');
  expectNoProblems(problems);
  return `${alike} of 8 nearest are a ${read}; ascent ${why.gradient_ascent.before.toFixed(2)} to ${why.gradient_ascent.after.toFixed(2)}`;
});

test('inspect: a bar of the reading opens its score and, by the exponentials of all scores, its share, on all three layouts', async () => {
  const { url } = await serve();
  const told = [];
  for (const viewport of [{ width: 1440, height: 900 }, { width: 1024, height: 768 }, { width: 390, height: 844 }]) {
    const { page, problems } = await openLab(`${url}#v=1&room=inspect&image=3`, { options: { viewport } });
    await waitForState(page, 's.ready_weights && s.inspect.neuron !== undefined && s.test.length > 0', 60);
    const before = await stateOf(page);
    expect(before.inspect.softmax === undefined, 'a map has a share');
    await page.evaluate('convoscope.idle()');
    await clickWidget(page, 'inspect.class.4');
    await waitForState(page, 's.inspect.softmax?.class === 4');
    const { inspect: { softmax, neuron }, picture: { probabilities } } = await stateOf(page);
    const greatest = Math.max(...softmax.scores);
    const exponentials = softmax.scores.map((/** @type {number} */ score) => Math.exp(score - greatest));
    const sum = exponentials.reduce((/** @type {number} */ a, /** @type {number} */ b) => a + b, 0);
    expect(neuron.value === softmax.scores[4], `the score is ${softmax.scores[4]}, the neuron ${neuron.value}`);
    expect(Math.abs(softmax.sum - sum) < 1e-12 * sum, `the exponentials add up to ${sum}, not ${softmax.sum}`);
    expect(Math.abs(softmax.probability - exponentials[4] / sum) <= 1e-12, `share ${softmax.probability}`);
    expect(Math.abs(softmax.probability - probabilities[4]) <= 1e-6, `the strip says ${probabilities[4]}`);
    await page.evaluate('convoscope.idle()');
    const row = await widget(page, 'inspect.softmax.4');
    expect(/10[⁻⁰-⁹¹²³]+$|^[\d.]+$/.test(row.value), `its exponential is told as ${row.value}`);
    told.push(`${viewport.width}: ${softmax.probability.toPrecision(3)}`);
    expectNoProblems(problems);
  }
  return told.join(', ');
}, 180);
