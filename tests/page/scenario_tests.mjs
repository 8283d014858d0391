// @ts-check
// The Train room from its first click to the next visit, in one go; and long, hidden and heavy training.

import { expectShortFrames, frameCosts } from './support/frame_costs.mjs';
import { becomesTrue, clickWidget, dispatch, expectNoProblems, newPage, openLab, ready, serve, stateOf, untilKept, waitForState, widget } from './support/lab.mjs';
import { expect, expectEqual, measured, test } from './support/runner.mjs';

/** @typedef {import('playwright-core').Page} Page */

const kAllLoaded = 's.configured && s.data.train_loaded > 0 && s.data.bytes_loaded === s.data.bytes_total && s.data.bytes_total > 0';
const kDesk = { options: { viewport: { width: 1440, height: 900 } } };
const kTall = { options: { viewport: { width: 1440, height: 1500 } } };
const kFrameMilliseconds = 8;
const kStretchFrames = 30;

/** Into a field of a number or a word. @param {Page} page @param {string} id @param {string} text */
async function type(page, id, text) {
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, id, 0.9);
  await becomesTrue(page, `convoscope.widgets().find((w) => w.id === "${id}")?.focused`, 3);
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

/** The cell of the greatest confusion, by a click. @param {Page} page */
async function openConfusion(page) {
  const { validation, test: tests } = await stateOf(page);
  const { confusion } = [validation.at(-1), tests.at(-1)].sort((a, b) => b.step - a.step)[0];
  const largest = confusion.reduce((/** @type {number} */ best, /** @type {number} */ count, /** @type {number} */ cell) =>
    (cell % 11 !== 0 && count > confusion[best] ? cell : best), 1);
  const [row, column] = [Math.floor(largest / 10), largest % 10];
  const { rect } = await widget(page, 'train.confusion');
  const cell = (rect.width + 2) / 10;
  await page.mouse.click(rect.x + (column + 0.5) * cell, rect.y + (row + 0.5) * cell);
  await waitForState(page, `s.mistakes.true === ${row} && s.mistakes.predicted === ${column} && s.mistakes.images.length > 0`);
}

test('scenario: MNIST to 97 % in an epoch and to 99 % by the stop rule; confusion, scrub, branch, race, and all found again', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train&epochs=8&augment=shift:1`, kTall);
  await waitForState(page, kAllLoaded);
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'train.schedule.cosine');
  await waitForState(page, 's.settings.schedule.type === "cosine"');
  await type(page, 'train.target_accuracy', '99');
  await waitForState(page, 's.settings.early_stopping.target_accuracy === 0.99');
  await clickWidget(page, 'train.test.each_epoch');
  await waitForState(page, 's.settings.test_each_epoch');
  await clickWidget(page, 'train.start');
  await waitForState(page, 's.step > 100');
  await dispatch(page, { command: 'set', learning_rate: 0.05 });  // while it runs
  await waitForState(page, 's.status === "paused" && s.step > 100', 240);
  const { reason, validation, test: tests, epoch, step } = await stateOf(page);
  const first = tests.find((/** @type {any} */ evaluation) => evaluation.epoch === 1);
  expect(first.accuracy >= 0.97, `test accuracy after one epoch: ${first.accuracy}`);
  expect(/has reached/.test(reason) && validation.at(-1).accuracy >= 0.99, `after epoch ${epoch}: ${validation.at(-1).accuracy}, ${reason}`);
  await dispatch(page, { command: 'evaluate', split: 'test' });
  const { test: last } = await stateOf(page);

  await page.evaluate('convoscope.idle()');
  await openConfusion(page);
  const moment = (await stateOf(page)).moments.find((/** @type {any} */ each) => each.step > 0 && each.step < step);
  await clickWidget(page, 'train.run', moment.step / Math.max(step, 8 * 860));
  await waitForState(page, `s.step === ${moment.step}`);
  await clickWidget(page, 'train.branch');
  await waitForState(page, 's.runs.kept.length === 1 && s.runs.name === "Run 2"');
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'train.race');
  await waitForState(page, 's.runs.racing', 10);
  await waitForState(page, '!s.runs.racing && s.status === "paused"', 90);
  const { runs, losses } = await stateOf(page);
  const names = runs.kept.map((/** @type {any} */ run) => run.name);
  expect(['SGD', 'SGD, momentum'].every((name) => names.includes(name)) && runs.name === 'Adam', `runs: ${names}, ${runs.name}`);

  await untilKept(page, losses.length);
  await page.reload();
  await ready(page);
  await waitForState(page, `s.losses.length === ${losses.length} && s.runs.kept.length === ${runs.kept.length}`, 60);
  const after = await stateOf(page);
  expectEqual([after.runs.kept.map((/** @type {any} */ run) => run.name), after.runs.name], [names, 'Adam'], 'runs after the reload');
  expectNoProblems(problems);
  return `one epoch ${(100 * first.accuracy).toFixed(2)} %, stopped at step ${step} with ${(100 * validation.at(-1).accuracy).toFixed(2)} % validation, ${(100 * last.at(-1).accuracy).toFixed(2)} % test`;
}, 400);

test('scenario: a hidden tab trains on without drawing, and nothing is missing when it is seen again', async () => {
  const { url } = await serve();
  const { page, context, problems } = await openLab(`${url}#room=train&epochs=0`);
  await waitForState(page, kAllLoaded);
  await clickWidget(page, 'train.start');
  await waitForState(page, 's.step > 20');
  // A headless browser shows all its tabs; what the page is told is what it would be told of a hidden one, and the
  // browser gives such a tab no frames.
  await page.evaluate(`(() => {
    for (const [name, value] of [['hidden', true], ['visibilityState', 'hidden']]) Object.defineProperty(document, name, { configurable: true, get: () => value });
    window.realFrames = window.requestAnimationFrame;
    window.heldFrames = [];
    window.requestAnimationFrame = (callback) => window.heldFrames.push(callback);
    document.dispatchEvent(new Event('visibilitychange'));
  })()`);
  const hidden = await stateOf(page);
  await waitForState(page, `s.step > ${hidden.step + 400}`, 60);
  const before = await stateOf(page);
  expect(before.frames_drawn <= hidden.frames_drawn + 2, `${before.frames_drawn - hidden.frames_drawn} frames while it was hidden`);
  expectEqual(before.losses.length, before.step, 'losses, one a step');
  await page.evaluate(`(() => {
    delete document.hidden;
    delete document.visibilityState;
    window.requestAnimationFrame = window.realFrames;
    for (const callback of window.heldFrames.splice(0)) requestAnimationFrame(callback);
    document.dispatchEvent(new Event('visibilitychange'));
  })()`);
  await waitForState(page, `s.frames_drawn > ${before.frames_drawn + 3}`);
  await clickWidget(page, 'train.start');
  await waitForState(page, 's.status === "paused"');
  const { losses, step, error } = await stateOf(page);
  expectEqual([losses.length, error], [step, ''], 'losses and errors in the end');
  await context.close();
  expectNoProblems(problems);
  return `${before.step - hidden.step} steps while it was hidden`;
}, 90);

/** Notes the memory of the engine's module and of the program. @param {Page} page */
async function watchMemory(page) {
  await page.addInitScript(`
    const instantiate = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = async (...args) => {
      const result = await instantiate.apply(WebAssembly, args);
      const memory = Object.values(result.instance.exports).find((value) => value instanceof WebAssembly.Memory);
      if (memory) window.programMemory = memory;
      return result;
    };`);
  await page.route('**/engine/engine-worker.js', async (route) => {
    const body = await (await route.fetch()).text();
    await route.fulfill({ contentType: 'text/javascript', headers: { 'Cross-Origin-Embedder-Policy': 'require-corp' }, body: `
      const Memory = WebAssembly.Memory;
      WebAssembly.Memory = class extends Memory { constructor(wish) { super(wish); self.engineMemory = this; } };
      ${body}` });
  });
}

/** In bytes. @param {Page} page */
async function memoryOf(page) {
  const worker = page.workers().find((each) => /engine-worker/.test(each.url()));
  const engine = Number(await worker?.evaluate('self.engineMemory.buffer.byteLength'));
  const program = Number(await page.evaluate('window.programMemory.buffer.byteLength'));
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize: script } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return { engine, program, script };
}

test('scenario: memory is flat over 20,000 steps', async () => {
  const { url } = await serve();
  const { page, problems } = await newPage();
  await watchMemory(page);
  await page.goto(`${url}#room=train&network=linear&batch_size=4&epochs=0&validation_interval=0`);
  await ready(page);
  await waitForState(page, kAllLoaded);
  await dispatch(page, { command: 'step', count: 2000 });
  const before = await memoryOf(page);
  await dispatch(page, { command: 'step', count: 20000 });
  const after = await memoryOf(page);
  expectEqual((await stateOf(page)).losses.length, 22000, 'steps');
  expect(after.engine - before.engine <= 1 << 20, `the engine's memory goes from ${before.engine} to ${after.engine}`);
  expect(after.program - before.program <= 2 << 20, `the program's memory goes from ${before.program} to ${after.program}`);  // three curves of 20,000 numbers
  expect(after.script - before.script <= 2 << 20, `the scripts' memory goes from ${before.script} to ${after.script}`);
  expectNoProblems(problems);
  const growth = (/** @type {'engine' | 'program' | 'script'} */ what) => `${what} +${((after[what] - before[what]) / 1024).toFixed(0)} kB`;
  return ['engine', 'program', 'script'].map((what) => growth(/** @type {'engine'} */ (what))).join(', ');
}, 150);

for (const data of ['mnist', 'cifar10']) {
  measured(`scenario: with every panel open, frames take at most ${kFrameMilliseconds} ms while ${data} is learnt`, async () => {
    const { url } = await serve();
    const { page, problems } = await openLab(`${url}#room=train&data=${data}&epochs=0&augment=shift`, kDesk);
    await waitForState(page, kAllLoaded, 90);
    await dispatch(page, { command: 'show_more_settings', open: true });
    await dispatch(page, { command: 'step', count: 30 });
    await dispatch(page, { command: 'keep' });
    const told = await expectShortFrames(page, kFrameMilliseconds, async () => {
      await clickWidget(page, 'train.start');
      await waitForState(page, 's.status === "running"');
      const costs = await frameCosts(page, () => waitForState(page, `s.training_frames.frames_drawn >= ${kStretchFrames}`, 90));
      await clickWidget(page, 'train.start');
      await waitForState(page, 's.status === "paused"', 60);
      return costs;
    });
    expectNoProblems(problems);
    return told;
  }, 240);
}
