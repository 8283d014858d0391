// @ts-check
// The engine's meter: how fast training is, beside what this machine can do at most.

import { dispatch, expectNoProblems, openLab, serve, stateOf, waitForState, widget } from './support/lab.mjs';
import { expect, expectEqual, measured, test } from './support/runner.mjs';

/** @param {number} a @param {number} b */
const near = (a, b) => Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));

measured('meter: the share of the peak is the rate of training by that of multiply-adds', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train`);
  await waitForState(page, 's.configured && s.data.train_loaded > 0 && s.engine.roofline_gigaflops > 0');
  await dispatch(page, { command: 'step', count: 30 });
  const { engine } = await stateOf(page);
  expectEqual(engine.roofline_threads, engine.threads, 'threads that the peak was measured with');
  expect(engine.roofline_gigaflops_one_thread > 0.5, `${engine.roofline_gigaflops_one_thread} GFLOP/s of one thread`);
  expect(near(engine.roofline_share, engine.gigaflops / engine.roofline_gigaflops), `a share of ${engine.roofline_share}`);
  // LeNet-5 has no layer for Winograd's filtering; a busy machine may have taken from either rate.
  expect(engine.roofline_share > 0.02 && engine.roofline_share < 2, `a share of ${engine.roofline_share}`);
  const words = "`${Math.round(100 * s.engine.roofline_share)} % of ${s.engine.roofline_gigaflops.toFixed(1)} GFLOP/s`";
  await waitForState(page, `convoscope.widgets().some((w) => w.id === 'train.engine.roofline' && w.value === ${words})`, 5);
  expectNoProblems(problems);
  return (await widget(page, 'train.engine.roofline')).value;
});

test('meter: the peak is asked for when the Train room is opened, not before', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=convolve`);
  await waitForState(page, 's.configured');
  await page.evaluate('convoscope.idle()');
  expectEqual((await stateOf(page)).engine.roofline_gigaflops, 0, 'peak');
  await dispatch(page, { command: 'open_room', room: 'train' });
  await waitForState(page, 's.engine.roofline_gigaflops > 0');
  expectNoProblems(problems);
});
