// @ts-check
// The curves over steps, epochs or time, and how smooth they are: by real clicks, against the run's own numbers.

import { becomesTrue, clickWidget, dispatch, expectNoProblems, openLab, ready, serve, stateOf, waitForState, widget } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

/** @typedef {import('playwright-core').Page} Page */

const kDesk = { options: { viewport: { width: 1440, height: 900 } } };
const kSteps = 130;
/** Of the table's columns. */
const kSmoothed = 'training, smoothed';

async function openTrained() {
  const { url } = await serve();
  const opened = await openLab(`${url}#room=train`, kDesk);
  await waitForState(opened.page, 's.configured && s.data.train_loaded > 0');
  await dispatch(opened.page, { command: 'step', count: kSteps });
  await waitForState(opened.page, `s.step === ${kSteps} && s.status === "paused"`);
  return opened;
}

/** The loss's table once its caption or rows are of the present choice. @param {Page} page @param {string} corner @param {(rows: Record<string, string>[]) => boolean} [fits] */
async function lossTable(page, corner, fits = () => true) {
  const read = () => page.evaluate(`(() => {
    const table = document.querySelector('#mirror [data-widget="train.loss"] table');
    return table ? [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent)) : [];
  })()`);
  for (let tries = 0; tries < 60; tries++) {
    const [head, ...rows] = /** @type {string[][]} */ (await read());
    const table = rows.map((row) => Object.fromEntries(row.map((text, i) => [i === 0 ? 'place' : head[i], text])));
    if (head && head[0] === corner && fits(table)) return table;
    await page.waitForTimeout(250);
  }
  throw new Error(`no table of the loss over ${corner} that fits`);
}

/** As tables write a number. @param {number} value */
const written = (value) => Number(value.toPrecision(4));

/** Where the rows end. @param {Record<string, string>[]} table */
const ends = (table) => table.map(({ place }) => Number(place.split(' to ')[1]));

/** Of pairs of steps, which a run of this length is drawn as: exponential smoothing, without the bias of its start. @param {number[]} losses @param {number} weight */
function smoothedPairs(losses, weight) {
  const line = [];
  let [average, left] = [0, 1];
  for (let i = 0; i < losses.length; i += 2) {
    const pair = losses.slice(i, i + 2);
    average = weight * average + (1 - weight) * (pair.reduce((sum, loss) => sum + loss, 0) / pair.length);
    left *= weight;
    line.push(average / (1 - left));
  }
  return line;
}

test('charts: over epochs and over time the labels change, and the places are the run\'s own', async () => {
  const { page, problems } = await openTrained();
  const { steps_per_epoch: inEpoch, settings, engine, curves } = await stateOf(page);
  expectEqual(curves.over, 'step', 'to begin with');
  const steps = ends(await lossTable(page, 'steps', (table) => ends(table).at(-1) === kSteps));
  expectEqual(steps.at(-1), kSteps, 'the last step');

  await clickWidget(page, 'train.over.epoch');
  await waitForState(page, 's.curves.over === "epoch"', 10);
  expectEqual(ends(await lossTable(page, 'epochs')), steps.map((step) => written(step / inEpoch)), 'epochs');
  await page.evaluate('convoscope.idle()');
  for (const id of ['train.loss', 'train.accuracy']) {
    const { value } = await widget(page, id);
    expect(value.endsWith(`, epochs 0 to ${settings.epochs}`), `${id} says ${value}`);
  }

  await clickWidget(page, 'train.over.time');
  await waitForState(page, 's.curves.over === "time"', 10);
  const seconds = ends(await lossTable(page, 'seconds'));
  const clock = /** @type {number[][]} */ (curves.clock);
  const timeOf = (/** @type {number} */ step) => {
    const next = clock.findIndex(([at]) => at >= step);
    const [a, b] = [clock[next - 1], clock[next]];
    return a[2] + (b[2] - a[2]) * (step - a[0]) / (b[0] - a[0]);
  };
  expectEqual(seconds, steps.map((step) => written(timeOf(step))), 'seconds');
  const last = clock[clock.length - 1][2];
  expect(Math.abs(last - engine.seconds) < 1e-6 && engine.seconds > 0, `${last} of ${engine.seconds} s`);
  await page.evaluate('convoscope.idle()');
  expect(/, time 0 ms to [\d.]+ s$/.test((await widget(page, 'train.loss')).value), (await widget(page, 'train.loss')).value);

  expect(/** @type {string} */ (await page.evaluate('convoscope.link()')).includes('over=time'), 'the link does not say it');
  await page.keyboard.press('Control+z');
  await waitForState(page, 's.curves.over === "epoch"', 10);
  expectNoProblems(problems);
  return `${kSteps} steps: ${written(kSteps / inEpoch)} epochs, ${seconds.at(-1)} s`;
});

test('charts: smoothing changes the line and not the band', async () => {
  const { page, problems } = await openTrained();
  const { losses } = await stateOf(page);
  await lossTable(page, 'steps');
  await clickWidget(page, 'train.smoothing', 0.001);
  await waitForState(page, 's.curves.smoothing === 0', 10);
  const lineOf = (/** @type {Record<string, string>[]} */ table) => table.map((row) => Number(row[kSmoothed]));
  const expected = (/** @type {number} */ weight, /** @type {Record<string, string>[]} */ table) => {
    const line = smoothedPairs(losses, weight);
    return ends(table).map((step) => line[Math.ceil(step / 2) - 1]);
  };
  // Floats, added up in another order.
  const agrees = (/** @type {number} */ weight) => (/** @type {Record<string, string>[]} */ table) => {
    const line = lineOf(table);
    return expected(weight, table).every((value, i) => Math.abs(line[i] - value) < 2e-3 * Math.abs(value));
  };
  const rough = await lossTable(page, 'steps', agrees(0));
  await clickWidget(page, 'train.smoothing', 0.999);
  await waitForState(page, 's.curves.smoothing === 0.95', 10);
  const smooth = await lossTable(page, 'steps', agrees(0.95));
  expect(lineOf(smooth).some((value, i) => Math.abs(value - lineOf(rough)[i]) > 0.01), 'the line is the same');
  for (const column of ['training, mean', 'least', 'greatest', 'validation']) {
    expectEqual(smooth.map((row) => row[column]), rough.map((row) => row[column]), column);
  }
  expect(/** @type {string} */ (await page.evaluate('convoscope.link()')).includes('smoothing=0.95'), 'the link does not say it');
  expectNoProblems(problems);
});

test('charts: the time of a run goes on at the next visit, and is in its figures', async () => {
  const { page, problems } = await openTrained();
  const before = (await stateOf(page)).curves.clock.at(-1);
  const isKept = `new Promise((done) => {
    const opened = indexedDB.open('convoscope');
    opened.onsuccess = () => {
      const got = opened.result.transaction('runs').objectStore('runs').get('present');
      got.onsuccess = () => { opened.result.close(); done(got.result?.step === ${kSteps}); };
    };
  })`;
  expect(await becomesTrue(page, isKept), 'the run is not kept');
  await page.reload();
  await ready(page);
  await waitForState(page, `s.step === ${kSteps} && s.losses.length === ${kSteps}`);
  expectEqual((await stateOf(page)).curves.clock.at(-1), before, 'the clock after the reload');
  await dispatch(page, { command: 'step', count: 10 });
  await waitForState(page, `s.step === ${kSteps + 10} && s.status === "paused"`);
  const { curves, engine, steps_per_epoch: inEpoch } = await stateOf(page);
  const last = curves.clock.at(-1);
  expect(Math.abs(last[2] - before[2] - engine.seconds) < 1e-6 && engine.seconds > 0, `${before[2]} s and ${engine.seconds} s came to ${last[2]} s`);

  const [download] = await Promise.all([page.waitForEvent('download'), dispatch(page, { command: 'export', what: 'metrics_csv' })]);
  const parts = [];
  for await (const part of await download.createReadStream()) parts.push(part);
  const lines = Buffer.concat(parts).toString().trim().split('\r\n').map((line) => line.split(','));
  expectEqual(lines[0].slice(0, 3), ['step', 'epoch', 'seconds'], 'columns');
  const [step, epoch, seconds] = lines.at(-1)?.map(Number) ?? [];
  expectEqual(step, kSteps + 10, 'the last step');
  expect(Math.abs(epoch - step / inEpoch) < 1e-6 && Math.abs(seconds - last[2]) < 1e-6, `${epoch} epochs, ${seconds} s`);
  expectNoProblems(problems);
});
