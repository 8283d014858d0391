// @ts-check
// Runs that are kept, the ways back in one, and what the next visit finds.

import { becomesTrue, clickWidget, dispatch, expectNoProblems, inStore, newPage, openLab, ready, serve, stateOf, untilKept, waitForState, widget } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

/** @typedef {import('playwright-core').Page} Page */

const kLoaded = 's.configured && s.data.train_loaded > 0';
const kTall = { options: { viewport: { width: 1440, height: 1000 } } };

async function openTrain() {
  const { url } = await serve();
  const opened = await openLab(`${url}#room=train`, kTall);
  await waitForState(opened.page, kLoaded);
  return { ...opened, url };
}

/** SHA-256 of the weights as the engine exports them. @param {Page} page @returns {Promise<string>} */
const weightsOf = (page) => page.evaluate(`new Promise((resolve, reject) => {
  const end = convoscope.on('exported', async (event, payload) => {
    end();
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', payload.slice()));
    resolve([...digest].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
  });
  convoscope.dispatch({ command: 'export', format: 'safetensors' }).catch(reject);
})`);

/** Clicks the band of the run at a step. @param {Page} page @param {number} step */
async function scrubTo(page, step) {
  await page.evaluate('convoscope.idle()');
  const { settings, steps_per_epoch: stepsPerEpoch, losses } = await stateOf(page);
  await clickWidget(page, 'train.run', step / Math.max(losses.length, settings.epochs * stepsPerEpoch));
  await waitForState(page, `s.step === ${step}`);
}

/** Opens the field of a run's name and types another. @param {Page} page @param {string} id @param {string} name */
async function rename(page, id, name) {
  await clickWidget(page, id);
  await page.evaluate('convoscope.idle()');
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await becomesTrue(page, `convoscope.widgets().find((w) => w.id === '${id}').value === '${name}'`, 5);
}

/** What the page has said in passing. @param {Page} page @param {string} pattern */
const said = (page, pattern) => becomesTrue(page, `convoscope.widgets().some((w) => new RegExp(${JSON.stringify(pattern)}).test(w.label + ' ' + w.value))`, 15);

test('runs: scrubbed back the weights are those of then; a branch is a run of its own, and the old one stays', async () => {
  const { page, problems } = await openTrain();
  await dispatch(page, { command: 'set', epochs: 1, learning_rate: 0.02 });
  await dispatch(page, { command: 'step', count: 300 });
  const then = await weightsOf(page);
  await dispatch(page, { command: 'set', learning_rate: 0.05 });
  await dispatch(page, { command: 'step', count: 200 });
  const end = await weightsOf(page);
  await scrubTo(page, 300);
  expectEqual(await weightsOf(page), then, 'weights of step 300');
  await waitForState(page, 's.moments.length >= 3');
  await scrubTo(page, 500);
  expectEqual(await weightsOf(page), end, 'weights of the end');
  await scrubTo(page, 300);
  await clickWidget(page, 'train.branch');
  await waitForState(page, 's.runs.kept.length === 1 && s.runs.name === "Run 2"');
  await dispatch(page, { command: 'set', learning_rate: 0.01 });
  await dispatch(page, { command: 'step', count: 100 });
  const { runs, losses, step } = await stateOf(page);
  expectEqual([step, losses.length, runs.kept[0].steps, runs.kept[0].settings.optimizer.learning_rate], [400, 400, 500, 0.05], 'the two runs');

  await rename(page, 'train.run.0.name', 'faster');
  await clickWidget(page, 'train.run.0.show');
  await waitForState(page, 's.runs.kept[0].name === "faster" && !s.runs.kept[0].shown');
  await clickWidget(page, 'train.run.0.delete');
  await waitForState(page, 's.runs.kept.length === 0');
  expectNoProblems(problems);
}, 60);

test('watchdog: a learning rate of 10 stops the run, and undo brings the very weights back', async () => {
  const { page, problems } = await openTrain();
  await dispatch(page, { command: 'set', learning_rate: 0.02 });
  await dispatch(page, { command: 'step', count: 60 });
  const before = await weightsOf(page);
  await dispatch(page, { command: 'set', learning_rate: 10 });
  await clickWidget(page, 'train.start');
  await waitForState(page, 's.status === "diverged"');
  expect(await said(page, 'Training has stopped; the weights of step 60 are kept'), 'it does not say what happened');
  const { value } = await widget(page, 'train.watchdog');
  expect(/conv|fc/.test(value) && /learning rate.* 10\b/.test(value) && /step 60 exactly, and a rate of 0\.02/.test(value), `the card says: ${value}`);
  await clickWidget(page, 'train.undo_damage');
  await waitForState(page, 's.status === "paused" && s.step === 60 && s.settings.optimizer.learning_rate === 0.02');
  expectEqual(await weightsOf(page), before, 'weights after undo');
  expectEqual((await stateOf(page)).losses.length, 60, 'steps of the curve');
  await dispatch(page, { command: 'step', count: 20 });
  const { losses } = await stateOf(page);
  expect(losses.slice(-20).every((/** @type {number} */ loss) => loss < 3), 'it does not learn on');
  expectNoProblems(problems);
}, 60);

test('race: three optimisers by one click, from the same weights on the same batches', async () => {
  const { page, problems } = await openTrain();
  await dispatch(page, { command: 'set', optimizer: { type: 'adam', learning_rate: 0.001 } });
  await dispatch(page, { command: 'step', count: 200 });
  const alone = (await stateOf(page)).losses;
  await dispatch(page, { command: 'reset' });
  await waitForState(page, 's.step === 0');
  await clickWidget(page, 'train.race');
  await waitForState(page, 's.runs.racing', 10);
  await waitForState(page, '!s.runs.racing', 90);
  const { runs, losses, validation } = await stateOf(page);
  expectEqual([...runs.kept.map((/** @type {any} */ run) => run.name), runs.name], ['Run 1', 'SGD', 'SGD, momentum', 'Adam'], 'runs');
  expectEqual(runs.kept.map((/** @type {any} */ run) => run.steps), [200, 200, 200], 'steps');
  expectEqual(losses, alone, 'losses of Adam in the race');
  expectEqual(validation.at(-1).step, 200, 'step of the last validation');
  expectNoProblems(problems);
  return [...runs.kept.slice(1).map((/** @type {any} */ run) => run.validation), validation]
    .map((list) => `${(100 * list.at(-1).accuracy).toFixed(2)} %`).join(', ');
}, 120);

test('autosave: the next visit finds the run, its weights and its curves again', async () => {
  const { page, problems } = await openTrain();
  await dispatch(page, { command: 'step', count: 30 });
  await dispatch(page, { command: 'reset' });
  await dispatch(page, { command: 'step', count: 40 });
  const before = await stateOf(page);
  const weights = await weightsOf(page);
  await untilKept(page, 40);
  await page.reload();
  await ready(page);
  await waitForState(page, 's.step === 40 && s.runs.kept.length === 1');
  expect(await said(page, 'was restored: step 40'), 'it does not say that it was restored');
  expectEqual(await weightsOf(page), weights, 'weights');
  const after = await stateOf(page);
  expectEqual([after.losses, after.runs.kept[0].steps, after.runs.name], [before.losses, 30, before.runs.name], 'curves and runs');

  // A damaged record is said once, and the page goes on.
  await inStore(page, `put({ data: 'mnist', network: 'lenet5', seed: 7, step: 9, time: 1, runs: '{}', checkpoint: new Uint8Array(100) }, 'present')`);
  await page.reload();
  await ready(page);
  const notice = page.locator('#notice');
  await notice.waitFor({ state: 'visible', timeout: 15_000 });
  const text = await notice.innerText();
  expect(/could not be restored: checkpoint|could not be restored: .*safetensors/.test(text), `it says: ${text}`);
  await page.reload();
  await ready(page);
  await waitForState(page, kLoaded);
  await dispatch(page, { command: 'step', count: 3 });
  expect(await notice.isHidden(), 'it is said again');
  expectNoProblems(problems);
}, 90);

test('autosave: a link of another run leaves the kept one alone, says so, and a click opens it', async () => {
  const { page, problems } = await openTrain();
  await dispatch(page, { command: 'step', count: 30 });
  const weights = await weightsOf(page);
  await untilKept(page, 30);
  const link = `${page.url().split('#')[0]}#v=1&room=train&seed=99`;
  await page.goto('about:blank');
  await page.goto(link);
  await ready(page);
  const notice = page.locator('#notice');
  await notice.waitFor({ state: 'visible', timeout: 20_000 });
  expect(/kept, at step 30/.test(await notice.innerText()), `it says: ${await notice.innerText()}`);
  expectEqual([(await stateOf(page)).settings.seed, (await stateOf(page)).step], [99, 0], 'what the link says');
  await notice.getByRole('button', { name: 'Open it' }).click();
  await waitForState(page, 's.settings.seed === 7 && s.step === 30');
  expectEqual(await weightsOf(page), weights, 'weights');
  expectNoProblems(problems);
}, 90);

const kRefusals = {
  'There is no room': `IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }`,
  'keeps nothing for the next visit': `IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }`,
};

test('autosave: a browser that keeps nothing says so once, and trains; an embedded page keeps nothing', async () => {
  const { url } = await serve();
  for (const [words, refusal] of Object.entries(kRefusals)) {
    const { page, problems } = await newPage();
    await page.addInitScript(refusal);
    await page.goto(`${url}#room=train`);
    await ready(page);
    await waitForState(page, kLoaded);
    await dispatch(page, { command: 'step', count: 3 });
    expect(await said(page, words), `it does not say: ${words}`);
    await dispatch(page, { command: 'step', count: 3 });
    await page.waitForTimeout(300);
    const times = await page.evaluate(`convoscope.widgets().filter((w) => w.label.includes('${words}')).length`);
    expect(times < 2, 'it says it twice');
    expectNoProblems(problems);
  }
  const { page, problems } = await openLab(`${url}?embed=1#room=train`);
  await waitForState(page, kLoaded);
  await dispatch(page, { command: 'step', count: 3 });
  await page.waitForTimeout(300);
  expectEqual(await page.evaluate('indexedDB.databases()'), [], 'what the embedded page keeps');
  expectNoProblems(problems);
}, 90);
