// @ts-check
// The same convolution, many ways: opened, measured and stopped by clicks, with numbers that hold together.

import { becomesTrue, clickWidget, dispatch, expectNoProblems, openLab, serve, stateOf, waitForState, widget } from './support/lab.mjs';
import { expect, expectEqual, measured, test } from './support/runner.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{way: string, simd: string, threads: number, rounds: number, seconds: number, gigaflops: number, times_scalar: number,
 *   greatest_difference: number | null, bound: number | null, identical: boolean | null, agrees: boolean | null}} Run */

const kTrainable = 's.configured && s.data.train_loaded > 0 && s.status === "paused"';

/** @param {string} [query] */
async function openExhibit(query = '') {
  const { url } = await serve();
  const opened = await openLab(`${url}${query}#room=convolve`, { options: { viewport: { width: 1440, height: 900 } } });
  await clickWidget(opened.page, 'room.train');
  await waitForState(opened.page, kTrainable);
  await clickWidget(opened.page, 'train.engine.exhibit');
  await waitForState(opened.page, 's.exhibit.open');
  return opened;
}

/** @param {Page} page @param {string} convolution */
async function measure(page, convolution) {
  await clickWidget(page, `exhibit.convolution.${convolution}`);
  await waitForState(page, `s.exhibit.convolution === ${JSON.stringify(convolution)}`);
  await clickWidget(page, 'exhibit.measure');
  await waitForState(page, 's.exhibit.status !== "running" && s.exhibit.rounds_done > 0', 120);
  const { exhibit } = await stateOf(page);
  expectEqual(exhibit.status, 'finished', `status (${exhibit.reason})`);
  expectEqual(exhibit.rounds_done, exhibit.rounds_total, 'rounds');
  return exhibit;
}

/** @param {number} a @param {number} b */
const near = (a, b) => Math.abs(a - b) <= 1e-9 * Math.abs(b);

/** What must hold of every run, whatever the machine. @param {any} exhibit */
function expectSound(exhibit) {
  const { runs, operations } = exhibit;
  const scalar = runs.find((/** @type {Run} */ run) => run.way === 'scalar' && run.threads === 1);
  for (const /** @type {Run} */ run of runs) {
    const name = `${run.way}, ${run.simd}, ${run.threads}`;
    expectEqual(run.rounds, 5, `timed rounds of ${name}`);
    expect(near(run.gigaflops, operations / run.seconds / 1e9), `${name}: ${run.gigaflops} GFLOP/s`);
    expect(near(run.times_scalar, scalar.seconds / run.seconds), `${name}: ${run.times_scalar} times the scalar loop`);
    expectEqual(run.agrees, true, `whether ${name} agrees`);
    if (run.threads > 1) expectEqual(run.identical, true, `whether ${name} is the same as one thread`);
    else expect(Number(run.greatest_difference) > 0 && Number(run.greatest_difference) <= Number(run.bound), `${name} is ${run.greatest_difference} off, at most ${run.bound}`);
  }
}

measured('exhibit: a 3×3 convolution in every way, with plain and relaxed SIMD, and all agree', async () => {
  const { page, problems } = await openExhibit();
  const exhibit = await measure(page, 'resnet20');
  const { threads } = (await stateOf(page)).engine;
  const made = new Set(exhibit.runs.map((/** @type {Run} */ run) => `${run.way} ${run.simd} ${run.threads}`));
  for (const count of threads > 1 ? [1, threads] : [1]) {
    expect(made.has(`scalar none ${count}`), `no scalar loop on ${count} threads`);
    for (const way of ['direct', 'im2col', 'winograd']) {
      for (const simd of ['plain', 'relaxed']) expect(made.has(`${way} ${simd} ${count}`), `no ${way}, ${simd}, on ${count} threads`);
    }
  }
  expectSound(exhibit);
  expectEqual(exhibit.operations, 2 * 64 * 64 * 8 * 8 * 64 * 9, 'operations');
  const one = (/** @type {string} */ way, /** @type {string} */ simd) =>
    exhibit.runs.find((/** @type {Run} */ run) => run.way === way && run.simd === simd && run.threads === 1);
  for (const way of ['direct', 'im2col', 'winograd']) {
    expect(one(way, 'plain').times_scalar > 1.5, `${way} is only ${one(way, 'plain').times_scalar} times as fast as the scalar loop`);
    expect(one(way, 'plain').greatest_difference !== one(way, 'relaxed').greatest_difference, `${way}: fused and plain round alike`);
  }
  expect(near(one('winograd', 'plain').bound, 3 * one('direct', 'plain').bound), 'the bound of Winograd is not three times the direct one');
  // Weights are below 1/√576, so no sum of magnitudes is above √576.
  const bound = one('direct', 'plain').bound;
  expect(bound > 0 && bound <= 576 * 2 ** -24 * Math.sqrt(576), `a bound of ${bound}`);
  const shown = await widget(page, 'exhibit.direct.plain.1');
  expect(shown.value.startsWith(`${one('direct', 'plain').gigaflops.toFixed(1)} GFLOP/s`), `the row says ${shown.value}`);
  expect(/^agree: .*off, at most/.test((await widget(page, 'exhibit.winograd.relaxed.verdict')).value), 'no verdict on Winograd');
  expectNoProblems(problems);
  return exhibit.runs.map((/** @type {Run} */ run) => `${run.way} ${run.simd} ${run.threads}: ${run.gigaflops.toFixed(1)}`).join(', ');
}, 180);

measured('exhibit: a 5×5 convolution has no Winograd, and training goes on after it', async () => {
  const { page, problems } = await openExhibit();
  const exhibit = await measure(page, 'lenet5');
  expectSound(exhibit);
  expect(exhibit.runs.every((/** @type {Run} */ run) => run.way !== 'winograd'), 'Winograd for a 5×5 kernel');
  await clickWidget(page, 'exhibit.close');
  await waitForState(page, '!s.exhibit.open');
  await dispatch(page, { command: 'step', count: 5 });
  expectEqual((await stateOf(page)).losses.length, 5, 'losses');
  expectNoProblems(problems);
}, 120);

measured('exhibit: it can be stopped, waits for training to pause, and training stops it', async () => {
  const { page, problems } = await openExhibit();
  await clickWidget(page, 'exhibit.convolution.vgg');
  await clickWidget(page, 'exhibit.measure');
  await waitForState(page, 's.exhibit.status === "running"');
  await clickWidget(page, 'exhibit.stop');
  await waitForState(page, 's.exhibit.status === "stopped"', 5);

  await clickWidget(page, 'exhibit.measure');
  await waitForState(page, 's.exhibit.status === "running"');
  await clickWidget(page, 'train.start');
  await waitForState(page, 's.exhibit.status === "stopped" && s.status === "running"');
  expect(/Training began/.test((await stateOf(page)).exhibit.reason), 'nothing says why it was stopped');
  await dispatch(page, { command: 'measure_convolutions' });
  expect((await stateOf(page)).exhibit.status === 'stopped', 'it measures beside the training');
  await clickWidget(page, 'exhibit.pause');
  await waitForState(page, 's.status === "paused"');
  expect(await becomesTrue(page, 'convoscope.widgets().some((w) => w.id === "exhibit.measure")', 5), 'no way to measure after the pause');
  expectNoProblems(problems);
}, 120);

test('exhibit: a browser without relaxed SIMD or threads is told so', async () => {
  const { page, problems } = await openExhibit('?relaxed=0&threads=0');
  const exhibit = await measure(page, 'lenet5');
  expectSound(exhibit);
  expect(exhibit.runs.every((/** @type {Run} */ run) => run.simd !== 'relaxed' && run.threads === 1), 'more than was left');
  expectEqual(exhibit.missing.length, 2, 'sentences on what is missing');
  expectNoProblems(problems);
  return exhibit.missing.join(' ');
}, 120);
