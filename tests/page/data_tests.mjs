// @ts-check
// Another data set and another network: by clicks, by a link, and learning.

import { becomesTrue, clickWidget, dispatch, expectNoProblems, newPage, openLab, ready, serve, stateOf, waitForState } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

/** @param {number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

test('data: CIFAR-10 is chosen by clicks, loaded with its progress, and learnt', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train`);
  await waitForState(page, 's.configured && s.data.train_loaded > 0');
  await clickWidget(page, 'train.data.choice');
  expect(await becomesTrue(page, 'convoscope.widgets().some((w) => w.id === "train.data.choice.cifar10")'), 'the list does not open');
  await clickWidget(page, 'train.data.choice.cifar10');
  await waitForState(page, 's.settings.data === "cifar10" && s.configured && s.data.name === "CIFAR-10" && s.data.train_loaded > 0', 60);
  const { network, settings, data } = await stateOf(page);
  expectEqual([settings.network, network.name], ['cifar-quick', 'CIFAR quick'], 'network');
  expectEqual(data.classes[3], 'cat', 'the fourth class');
  expect(data.bytes_total > 150e6 && data.train_loaded <= 50000, `loaded: ${JSON.stringify(data)}`);

  await waitForState(page, 's.picture.count === 30 && s.picture.probabilities.length === 10', 60);
  expect(await becomesTrue(page, '/training picture, [a-z]+/.test(convoscope.widgets().find((w) => w.id === "train.data.picture.0")?.label)'),
    'the pictures do not name their class');
  await dispatch(page, { command: 'step', count: 200 });
  const { losses } = await stateOf(page);
  expectEqual(losses.length, 200, 'steps');
  const [first, last] = [mean(losses.slice(0, 20)), mean(losses.slice(-20))];
  expect(last < first - 0.3, `the loss goes from ${first} to ${last}`);
  expectNoProblems(problems);
  return `loss ${first.toFixed(2)} to ${last.toFixed(2)} in 200 steps`;
}, 150);

// Yann LeCun's files of labels, counted.
const kOfMnist = {
  test: [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009], train: [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
};

test('data: each class of MNIST has a column of its pictures, and under it how many it has', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train`, { options: { viewport: { width: 1440, height: 900 } } });
  await waitForState(page, 's.data.train_loaded === 60000 && s.data.test_loaded === 10000 && s.picture.count === 30', 60);
  expectEqual((await stateOf(page)).data.class_counts, kOfMnist, 'images of each class');
  await page.evaluate('convoscope.idle()');
  const widgets = /** @type {{id: string, label: string, value: string, rect: {x: number, width: number}}[]} */ (await page.evaluate('convoscope.widgets()'));
  for (const digit of [0, 5, 9]) {
    const bar = widgets.find(({ id }) => id === `train.data.class.${digit}`);
    const pictures = widgets.filter(({ id, label }) => id.startsWith('train.data.picture.') && label === `training picture, ${digit}`);
    expectEqual(bar?.value, `${kOfMnist.train[digit].toLocaleString('en')} to learn from, ${kOfMnist.test[digit].toLocaleString('en')} to test`, `what is told of ${digit}`);
    expectEqual(pictures.length, 3, `pictures of ${digit}`);
    expect(pictures.every(({ rect }) => Math.abs(rect.x - (bar?.rect.x ?? NaN)) < 1), `the pictures of ${digit} are not above its bar`);
  }
  expectNoProblems(problems);
});

test('data: shapes are made in the page, without a download, learnt, and opened by Inspect', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train`, { options: { viewport: { width: 1440, height: 900 } } });
  await waitForState(page, 's.configured && s.data.train_loaded > 0');
  const fetched = () => page.evaluate('performance.getEntriesByType("resource").filter((entry) => /\\/data\\/(?!mnist)/.test(entry.name)).length');
  await clickWidget(page, 'train.data.choice');
  expect(await becomesTrue(page, 'convoscope.widgets().some((w) => w.id === "train.data.choice.shapes")'), 'the list does not open');
  await clickWidget(page, 'train.data.choice.shapes');
  await waitForState(page, 's.settings.data === "shapes" && s.configured && s.data.name === "shapes" && s.picture.count === 28', 60);
  const { data, network, settings } = await stateOf(page);
  expectEqual([data.classes, data.train_count, data.validation_count, data.test_count], [['disc', 'square', 'triangle', 'cross'], 5500, 500, 1000], 'the set');
  expectEqual([settings.network, network.layers.at(-1).output_shape], ['lenet5', [4]], 'its network');
  expectEqual(await fetched(), 0, 'files that were fetched');
  await page.evaluate('convoscope.idle()');
  const pictures = /** @type {{id: string, label: string, rect: {x: number, y: number}}[]} */ (await page.evaluate('convoscope.widgets().filter((w) => w.id.startsWith("train.data.picture."))'));
  const inOrder = pictures.sort((a, b) => a.rect.y - b.rect.y || a.rect.x - b.rect.x).map(({ label }) => data.classes.indexOf(label.replace('training picture, ', '')));
  expectEqual(inOrder, inOrder.toSorted(), 'pictures, class by class');
  expectEqual(new Set(inOrder).size, 4, 'classes among the pictures');

  await dispatch(page, { command: 'step', count: 200 });
  await dispatch(page, { command: 'evaluate', split: 'test' });
  await waitForState(page, 's.test.at(-1)?.step === 200 && s.status === "paused"', 60);
  const { accuracy, count } = (await stateOf(page)).test.at(-1);
  expect(accuracy > 0.7 && count === 1000, `${accuracy} of ${count} shapes are read right; by chance it would be a quarter`);

  await dispatch(page, { command: 'open_room', room: 'inspect' });
  expect(await becomesTrue(page, '/: (disc|square|triangle|cross)$/.test(convoscope.widgets().find((w) => w.id === "inspect.picture.0")?.label)', 15), 'Inspect does not show the test pictures');
  await waitForState(page, 's.inspect?.neuron !== undefined && s.picture.probabilities.length === 4', 15);
  const { inspect: { neuron, stages }, picture: { probabilities }, ready_weights: readyWeights } = await stateOf(page);
  expectEqual([stages[0], neuron.patches[0].rows > 0, readyWeights], ['conv1', true, false], 'what Inspect opens');
  expect(Math.abs(neuron.base - neuron.engine_base) <= 1e-4 * Math.max(1, Math.abs(neuron.engine_base)), `the sum ${neuron.base}, the engine says ${neuron.engine_base}`);
  expect(Math.abs(probabilities.reduce((/** @type {number} */ sum, /** @type {number} */ p) => sum + p, 0) - 1) < 1e-3, `it believes ${probabilities}`);
  await page.reload();
  await ready(page);
  await waitForState(page, 's.settings.data === "shapes" && s.data.name === "shapes" && s.step === 200', 60);
  expectNoProblems(problems);
  return `${(100 * accuracy).toFixed(1)} % of ${count} shapes after 200 steps`;
}, 120);

test('data: a network of the list replaces the one before', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train`);
  await waitForState(page, 's.configured && s.data.train_loaded > 0');
  await dispatch(page, { command: 'choose_network', network: 'lenet-300' });
  await waitForState(page, 's.configured && s.network.name === "LeNet-300"');
  const { network, data, step } = await stateOf(page);
  expectEqual([network.parameters, data.name, step], [238510, 'MNIST', 0], 'the network, its data and the step');
  await dispatch(page, { command: 'step', count: 5 });
  const refused = await page.evaluate('convoscope.dispatch({command: "choose_network", network: "brain"}).then(() => "", (e) => e.message)');
  expect(/brain/.test(refused), `an unknown network: ${refused}`);
  expectEqual((await stateOf(page)).step, 5, 'steps, after what was refused');
  expectNoProblems(problems);
});

test('data: a link opens its data set at once, and no other is fetched', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#v=1&room=train&data=cifar10&network=convnetjs-cifar&seed=3`);
  await waitForState(page, 's.configured && s.data.train_loaded > 0', 60);
  const { settings, network } = await stateOf(page);
  expectEqual([settings.data, settings.network, settings.seed, network.parameters], ['cifar10', 'convnetjs-cifar', 3, 22466], 'what the link says');
  const fetched = await page.evaluate('performance.getEntriesByType("resource").map((entry) => entry.name).filter((name) => name.includes("/data/"))');
  expect(fetched.length > 0 && fetched.every((/** @type {string} */ name) => name.includes('/cifar10/')), `fetched: ${fetched.join(' ')}`);
  const link = await page.evaluate('convoscope.link()');
  expect(/data=cifar10/.test(link) && /network=convnetjs-cifar/.test(link), `the link is ${link}`);
  expectNoProblems(problems);
}, 90);

test('data: loading says how long it will take, is cancelled by a click, and goes on where it was', async () => {
  const { url } = await serve();
  const { page, problems } = await newPage();
  /** @type {string[]} */
  const asked = [];
  page.on('request', (request) => { if (/bin\.gz$/.test(request.url())) asked.push(request.url()); });
  await page.route('**/train-00.bin.gz', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));  // a network that has its pace
    await route.continue();
  });
  await page.route(/train-0[2-9]\.bin\.gz$/, () => {});
  await page.goto(`${url}#room=train`);
  await ready(page);
  await waitForState(page, 's.configured && s.data.train_loaded >= 2000 && s.data.seconds_to_go >= 1');
  expect(await becomesTrue(page, 'convoscope.widgets().some((w) => w.id === "train.data.progress" && w.now > 0 && w.now < 1)', 10), 'no progress is shown');

  await clickWidget(page, 'train.data.loading');
  await waitForState(page, 's.data.loading === "cancelled"');
  const before = await stateOf(page);
  await dispatch(page, { command: 'step', count: 3 });  // what has come can be trained on
  expectEqual((await stateOf(page)).losses.length, 3, 'steps');

  await page.unroute(/train-0[2-9]\.bin\.gz$/);
  await page.unroute('**/train-00.bin.gz');
  asked.length = 0;
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'train.data.loading');
  await waitForState(page, 's.data.loading === "complete"');
  const { step, data } = await stateOf(page);
  expectEqual([step, data.train_count], [3, 55000], 'step and images in the end');
  expect(!asked.some((name) => /train-00/.test(name)), `fetched again: ${asked.join(' ')}`);
  expect(before.data.train_loaded < data.train_loaded, 'nothing was missing: the test tests nothing');
  expectNoProblems(problems);
}, 90);

test('data: an evaluation that takes a while says how far it is, and can be left out', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}?threads=0#room=train&data=cifar10&network=cifar-residual`);
  await waitForState(page, 's.configured && s.data.test_loaded >= 5000', 60);
  const left = page.evaluate('convoscope.dispatch({ command: "evaluate", split: "test" }).then(() => convoscope.state().test.length)');
  await waitForState(page, 's.evaluating?.share > 0 && s.evaluating.seconds_to_go > 0');
  await clickWidget(page, 'train.start');
  expectEqual(await left, 0, 'evaluations after it was left out');
  await waitForState(page, 's.status === "paused" && s.evaluating === null');
  expectNoProblems(problems);
}, 90);
