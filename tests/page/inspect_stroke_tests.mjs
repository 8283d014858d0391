// @ts-check
// The Inspect room while one draws: the engine's activations for what is on the pad are there for the frame after the
// pointer's, and so is what the network reads.

import { dispatch, expectNoProblems, newPage, ready, serve, stateOf, waitForState, widget } from './support/lab.mjs';
import { expect, test } from './support/runner.mjs';

/** @typedef {import('./support/lab.mjs').Page} Page */
/** @typedef {{marks: {sum: number, frame: number}[], answers: {sum: number, frame: number, milliseconds: number}[]}} Log */

/** A seven, mark by mark. */
const kMarks = [[0.28, 0.18], [0.42, 0.17], [0.56, 0.17], [0.69, 0.17], [0.65, 0.27], [0.6, 0.38], [0.55, 0.5], [0.5, 0.62], [0.46, 0.74], [0.42, 0.86]];

/** When commands go to the engine, before the page has made it. @param {Page} page */
const watchCommands = (page) => page.addInitScript(() => {
  const { postMessage } = Worker.prototype;
  Object.assign(globalThis, { captureAt: 0 });
  Worker.prototype.postMessage = function post(/** @type {any[]} */ ...given) {
    if (given[0]?.json?.includes('"capture"')) Object.assign(globalThis, { captureAt: performance.now() });
    return postMessage.apply(this, /** @type {any} */ (given));
  };
});

/** Writes down in which frame the digit on the pad changed, and after which frame its activations came. @param {Page} page */
const watchFrames = (page) => page.evaluate(() => {
  const { convoscope } = /** @type {any} */ (globalThis);
  /** @type {{marks: {sum: number, frame: number}[], answers: {sum: number, frame: number, milliseconds: number}[]}} */
  const log = { marks: [], answers: [] };
  Object.assign(globalThis, { strokeLog: log });
  /** Of the digit from 0 to 1, before and after preprocessing the same. @param {ArrayLike<number>} pixels */
  const sumOf = (pixels) => {
    const numbers = Array.from(pixels);
    const least = Math.min(...numbers);
    const most = Math.max(...numbers);
    return numbers.reduce((sum, number, i) => sum + (1 + i) * (number - least), 0) / (most - least || 1);
  };
  convoscope.on('snapshot', (/** @type {any} */ event, /** @type {Uint8Array} */ payload) => {
    const milliseconds = performance.now() - /** @type {any} */ (globalThis).captureAt;
    const { offset, count } = event.tensors.find((/** @type {any} */ tensor) => tensor.name === 'input');
    const floats = new Float32Array(payload.slice(4 * offset, 4 * (offset + count)).buffer);
    log.answers.push({ sum: sumOf(floats), frame: convoscope.state().frames_drawn, milliseconds });
  });
  const look = () => {
    const { inspect, frames_drawn: frame } = convoscope.state();
    const sum = sumOf(inspect.own_image);
    if (inspect.own_image.length > 0 && log.marks.at(-1)?.sum !== sum) log.marks.push({ sum, frame });
    requestAnimationFrame(look);
  };
  look();
});

/** Draws mark by mark; frames between each mark and its activations, and what the engine took. @param {Page} page */
async function drawMarks(page) {
  await dispatch(page, { command: 'inspect_clear' });
  await page.evaluate('convoscope.idle()');
  await page.evaluate(() => { Object.assign(/** @type {any} */ (globalThis).strokeLog, { marks: [], answers: [] }); });
  const { x, y, width, height } = (await widget(page, 'inspect.pad')).rect;
  for (const [i, [across, down]] of kMarks.entries()) {
    await page.mouse.move(x + across * width, y + down * height);
    if (i === 0) await page.mouse.down();
    await page.evaluate('convoscope.idle()');
  }
  await page.mouse.up();
  await page.evaluate('convoscope.idle()');
  const log = /** @type {Log} */ (await page.evaluate(() => /** @type {any} */ (globalThis).strokeLog));
  return log.marks.map(({ sum, frame }) => {
    const answer = log.answers.find((candidate) => Math.abs(candidate.sum - sum) <= 1e-4 * Math.max(1, sum));
    expect(answer, `no activations belong to the mark of frame ${frame}: ${JSON.stringify(log)}`);
    return { frames: 1 + Math.max(0, /** @type {any} */ (answer).frame - frame), milliseconds: /** @type {any} */ (answer).milliseconds };
  });
}

test('inspect: prediction and all activations are those of the pad in the frame after each mark', async () => {
  const { url } = await serve();
  const { page, problems } = await newPage({ options: { viewport: { width: 1440, height: 900 } } });
  await watchCommands(page);
  await page.goto(`${url}#v=1&room=inspect`);
  await ready(page);
  await waitForState(page, 's.ready_weights && s.inspect.neuron !== undefined && s.test.length > 0', 60);
  await watchFrames(page);
  const told = [];
  let undisturbed = false;
  for (let stretch = 0; stretch < 5 && !undisturbed; stretch++) {  // one has to be undisturbed by other programs
    const marks = await drawMarks(page);
    expect(marks.length >= kMarks.length / 2, `${marks.length} marks changed the digit`);
    const most = Math.max(...marks.map(({ frames }) => frames));
    const times = marks.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
    told.push(`${marks.length} marks, at most ${most} frame${most === 1 ? '' : 's'}, engine p50 ${times[Math.floor(times.length / 2)].toFixed(1)} ms, most ${times.at(-1)?.toFixed(1)} ms`);
    undisturbed = most <= 1;
    const reading = (await widget(page, 'inspect.reading')).value;
    expect(reading.startsWith('7,'), `it reads ${reading}`);
  }
  expect(undisturbed, told.join('; '));
  expect((await stateOf(page)).inspect.source === 'drawing', 'the pad is not what is read');
  expectNoProblems(problems);
  return told.join('; ');
}, 120);
