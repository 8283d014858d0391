// @ts-check
// Another data set and another network: by clicks, by a link, and learning.

import { becomesTrue, clickWidget, dispatch, expectNoProblems, openLab, serve, stateOf, waitForState } from './support/lab.mjs';
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
