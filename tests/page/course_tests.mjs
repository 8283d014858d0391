// @ts-check
// The course of a run by real clicks: schedule, augmentation, goal, how the weights begin.

import { becomesTrue, clickWidget, dispatch, expectNoProblems, openLab, serve, stateOf, waitForState, widget } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

const kAllLoaded = 's.configured && s.data.train_loaded > 0 && s.data.bytes_loaded === s.data.bytes_total && s.data.bytes_total > 0';
/** Tall enough for the whole panel of settings. */
const kTall = { options: { viewport: { width: 1440, height: 1500 } } };

async function openTall() {
  const { url } = await serve();
  const opened = await openLab(`${url}#room=train`, kTall);
  await waitForState(opened.page, kAllLoaded);
  await opened.page.evaluate('convoscope.idle()');
  return { ...opened, url };
}

test('course: a cosine chosen by a click is what the engine trains with', async () => {
  const { page, problems } = await openTall();
  await dispatch(page, { command: 'set', epochs: 1, learning_rate: 0.04 });
  await clickWidget(page, 'train.schedule.cosine');
  await waitForState(page, 's.settings.schedule.type === "cosine"');
  await dispatch(page, { command: 'step', count: 40 });
  const { learning_rates: rates, steps_per_epoch: steps } = await stateOf(page);
  expectEqual(rates.length, 40, 'rates');
  for (const [step, rate] of rates.entries()) {
    const expected = 0.02 * (1 + Math.cos((Math.PI * step) / steps));
    expect(Math.abs(rate - expected) < 1e-6, `step ${step}: ${rate}, expected ${expected}`);
  }
  await page.evaluate('convoscope.idle()');
  const { value } = await widget(page, 'train.schedule.curve');
  expect(value.endsWith('at step 40'), `the curve says: ${value}`);
  const link = /** @type {string} */ (await page.evaluate('convoscope.link()'));
  expect(link.includes('schedule=cosine'), link);
  await page.keyboard.press('Control+z');
  await waitForState(page, 's.settings.schedule.type === "constant"');
  expectNoProblems(problems);
});

test('course: a flip chosen by a click shows its results, and trains', async () => {
  const { page, problems } = await openTall();
  await clickWidget(page, 'train.augment.shift');
  await clickWidget(page, 'train.augment.flip');
  await waitForState(page, 's.settings.augment === "shift,flip"');
  expect(await becomesTrue(page, 'convoscope.widgets().filter((w) => w.id.startsWith("train.augmented.")).length === 8'), 'no results');
  await dispatch(page, { command: 'step', count: 5 });
  expectEqual((await stateOf(page)).losses.length, 5, 'steps');
  await clickWidget(page, 'train.augment.shift');
  await waitForState(page, 's.settings.augment === "flip"');
  expectNoProblems(problems);
});

test('course: a picture is shown before and after its preprocessing, and another one begins the run anew', async () => {
  const { page, problems } = await openTall();
  await dispatch(page, { command: 'step', count: 4 });
  const labelOf = (/** @type {string} */ which) => `convoscope.widgets().find((w) => w.id === "train.preprocess.${which}")?.label`;
  const says = (/** @type {string} */ which, /** @type {string} */ figures) => becomesTrue(page, `${labelOf(which)}?.includes(${JSON.stringify(figures)})`, 10);
  expect(await says('before', ': 0 to 1, mean '), `before: ${await page.evaluate(labelOf('before'))}`);
  expect(await says('after.0', ': 0 to 1, mean '), `after: ${await page.evaluate(labelOf('after.0'))}`);
  await clickWidget(page, 'train.preprocess');
  expect(await becomesTrue(page, 'convoscope.widgets().some((w) => w.id === "train.preprocess.channel")'), 'the list does not open');
  await clickWidget(page, 'train.preprocess.channel');
  await waitForState(page, 's.settings.preprocess === "channel" && s.configured && s.step === 0');
  // MNIST's mean is 0.1307 and its deviation 0.3081: black becomes −0.42, white 2.82.
  expect(await says('after.0', ': −0.42 to 2.8, mean '), `after, by mean and deviation: ${await page.evaluate(labelOf('after.0'))}`);
  expectEqual((await stateOf(page)).runs.kept.length, 1, 'runs that are kept');
  expect(/** @type {string} */ (await page.evaluate('convoscope.link()')).includes('preprocess=channel'), 'the link does not say it');
  await dispatch(page, { command: 'choose_preprocessing', type: 'mean_image' });
  await waitForState(page, 's.settings.preprocess === "mean_image" && s.configured');
  expect(await becomesTrue(page, `/: −[.\\d]+ to [.\\d]+, mean /.test(${labelOf('after.0')})`, 10), `after, less the mean image: ${await page.evaluate(labelOf('after.0'))}`);
  await dispatch(page, { command: 'step', count: 2 });
  expectEqual((await stateOf(page)).losses.length, 2, 'steps');
  expectNoProblems(problems);
});

test('course: training stops at the accuracy that was typed', async () => {
  const { page, problems } = await openTall();
  await dispatch(page, { command: 'set', validation_interval: 20 });
  await clickWidget(page, 'train.target_accuracy');
  await page.evaluate('convoscope.idle()');
  await page.keyboard.type('80');
  await page.keyboard.press('Enter');
  await waitForState(page, 's.settings.early_stopping.target_accuracy === 0.8');
  await clickWidget(page, 'train.start');
  await waitForState(page, 's.status === "paused" && s.validation.length > 0 && /has reached/.test(s.reason)', 60);
  const { validation, step } = await stateOf(page);
  const last = validation.at(-1);
  expect(last.accuracy >= 0.8 && last.step === step, `stopped at step ${step}: ${JSON.stringify([last.step, last.accuracy])}`);
  expect(validation.slice(0, -1).every((/** @type {any} */ evaluation) => evaluation.accuracy < 0.8), 'it went on after the goal');
  expectNoProblems(problems);
  return `${(100 * last.accuracy).toFixed(2)} % at step ${step}`;
}, 90);

test('course: how weights begin counts from the next reset on, and the page says so', async () => {
  const { page, problems } = await openTall();
  await dispatch(page, { command: 'step', count: 3 });
  await clickWidget(page, 'train.more');
  await becomesTrue(page, 'convoscope.widgets().some((w) => w.id === "train.initializer")');
  await clickWidget(page, 'train.initializer');
  await becomesTrue(page, 'convoscope.widgets().some((w) => w.id === "train.initializer.zero")');
  await clickWidget(page, 'train.initializer.zero');
  await waitForState(page, 's.settings.initializer.type === "zero"');
  expectEqual((await stateOf(page)).step, 3, 'steps, which the choice leaves alone');
  await clickWidget(page, 'train.initializer.reset');
  await waitForState(page, 's.step === 0');
  await dispatch(page, { command: 'step', count: 5 });
  const { losses } = await stateOf(page);
  expect(Math.abs(losses[0] - Math.log(10)) < 1e-3, `the loss of weights of zero is ${losses[0]}`);
  expectNoProblems(problems);
});

test('course: dropout is a layer of the network from the next reset on, in the link and in the code', async () => {
  const { page, problems } = await openTall();
  await dispatch(page, { command: 'step', count: 3 });
  await clickWidget(page, 'train.more');
  await becomesTrue(page, 'convoscope.widgets().some((w) => w.id === "train.dropout")');
  await clickWidget(page, 'train.dropout.field');
  await page.keyboard.type('0.5');
  await page.keyboard.press('Enter');
  await waitForState(page, 's.settings.dropout === 0.5');
  const names = async () => (await stateOf(page)).network.layers.map((/** @type {any} */ layer) => layer.name);
  expect((await stateOf(page)).step === 3 && !(await names()).includes('dropout'), 'the run is another at once');
  await clickWidget(page, 'train.initializer.reset');
  await waitForState(page, 's.step === 0 && s.configured && s.network.layers.some((layer) => layer.name === "dropout")');
  const layers = await names();
  expectEqual(layers[layers.indexOf('dropout') + 1], 'fc3', 'layer after it');
  expect(/** @type {string} */ (await page.evaluate('convoscope.link()')).includes('dropout=0.5'), 'the link does not say it');
  await dispatch(page, { command: 'step', count: 30 });
  expect((await stateOf(page)).losses.at(-1) < 2.3, 'it does not learn');
  expectNoProblems(problems);
});
