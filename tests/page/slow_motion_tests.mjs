// @ts-check
// One training step taken apart: its numbers are the engine's and fit together; then ever faster, to full speed.

import { clickWidget, expectNoProblems, openLab, serve, stateOf, waitForState, widget } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

test('slow motion: a step is taken apart part by part, its losses add up, and it speeds up to full speed', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train`, { options: { viewport: { width: 1440, height: 1000 } } });
  await waitForState(page, 's.configured && s.data.train_loaded > 0');
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'train.slow_motion');
  await waitForState(page, 's.slow_motion.step === 1 && s.status === "paused"');
  await page.evaluate('convoscope.idle()');
  const { losses, slow_motion: slow } = await stateOf(page);
  expectEqual(slow.losses.length, 64, 'pictures of the batch');
  const mean = slow.losses.reduce((/** @type {number} */ sum, /** @type {number} */ loss) => sum + loss) / 64;
  expect(Math.abs(mean - losses[0]) < 1e-5 && slow.loss === losses[0], `mean ${mean}, step ${slow.loss}, curve ${losses[0]}`);

  await clickWidget(page, 'slow.picture.3');
  for (const stage of ['forward', 'loss']) {
    await clickWidget(page, 'slow.next');
    await waitForState(page, `s.slow_motion.stage === "${stage}"`);
    await page.evaluate('convoscope.idle()');
  }
  const shown = (await widget(page, 'slow.loss')).value;
  expect(shown.endsWith(`= ${slow.losses[3].toFixed(4)}`), `the fourth picture's loss: ${shown}`);
  await clickWidget(page, 'slow.next');
  await page.evaluate('convoscope.idle()');
  expect(Number((await widget(page, 'slow.layer.conv1')).value) > 0, 'no gradient of conv1');
  await clickWidget(page, 'slow.next');
  await page.evaluate('convoscope.idle()');
  const rule = await widget(page, 'slow.line.1');
  expect(rule.label.startsWith('w ←'), `the last line: ${rule.label}`);
  const result = Number(rule.value.split('= ').pop().replace('−', '-'));
  expect(Math.abs(result - slow.weight.after) < 1e-4 * Math.abs(slow.weight.after) + 1e-7, `${rule.value}; the engine: ${slow.weight.after}`);
  await clickWidget(page, 'slow.next');
  await waitForState(page, 's.slow_motion.step === 2');
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'slow.ramp');
  await waitForState(page, '!s.slow_motion.open && s.status === "running" && s.step > 12', 60);
  await clickWidget(page, 'train.start');
  await waitForState(page, 's.status === "paused"');
  expectNoProblems(problems);
}, 90);
