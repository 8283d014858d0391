// @ts-check
// Experiments by one click: chosen from the list, trained lane by lane, and their outcomes written down.

import { becomesTrue, clickWidget, expectNoProblems, openLab, serve, stateOf, waitForState, widget } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

const kLoaded = 's.configured && s.data.train_loaded > 0 && s.data.bytes_loaded === s.data.bytes_total';

test('experiments: one click sets up and trains both lanes, writes what came out, and gives the settings back', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train&network=lenet1&seed=5`, { options: { viewport: { width: 1440, height: 1000 } } });
  await waitForState(page, kLoaded, 60);
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'train.experiments');
  await page.evaluate('convoscope.idle()');
  const offered = await page.evaluate(`convoscope.widgets().filter((w) => w.id.startsWith('experiments.run.')).length`);
  expect(offered >= 6, `${offered} experiments on the screen`);
  await page.mouse.move(800, 700);
  await page.mouse.wheel(0, 4000);
  await becomesTrue(page, `convoscope.widgets().some((w) => w.id === 'experiments.run.mean-subtraction')`, 5);
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'experiments.run.mean-subtraction');
  await waitForState(page, 's.experiment.on && s.settings.preprocess === "scale" && s.step > 0', 30);
  await page.evaluate('convoscope.idle()');
  expect(/step .* of 860|begins/.test((await widget(page, 'experiment.lane.0')).value), 'the card does not say how far it is');
  await waitForState(page, '!s.experiment.on && s.experiment.outcomes.length === 2', 90);
  const { experiment, runs, settings, test: tests } = await stateOf(page);
  expectEqual([...runs.kept.slice(-1).map((/** @type {any} */ run) => run.name), runs.name], ['From 0 to 1', 'Less the mean picture'], 'runs');
  expectEqual(settings.preprocess, 'mean_image', 'preprocessing of the second lane');
  expectEqual(experiment.outcomes[1].test_accuracy, tests.at(-1).accuracy, 'outcome and evaluation');
  const [without, less] = experiment.outcomes.map((/** @type {any} */ outcome) => outcome.test_accuracy);
  expect(less > without, `${less} with the mean subtracted, ${without} without`);
  await page.evaluate('convoscope.idle()');
  const shown = (await widget(page, 'experiment.lane.1')).value;
  expect(shown.includes((100 * less).toFixed(2)), `the card says: ${shown}`);
  await clickWidget(page, 'experiment.close');
  await waitForState(page, 's.configured && s.step === 0 && s.settings.network === "lenet1"');
  const after = await stateOf(page);
  expectEqual([after.settings.seed, after.settings.preprocess, after.experiment.id], [5, 'manifest', ''], 'settings as before');
  expectNoProblems(problems);
  return `${(100 * without).toFixed(2)} %, ${(100 * less).toFixed(2)} %`;
}, 150);
