// @ts-check
// The Inspect room while one draws: prediction and all activations for what is on the pad are there within a frame
// after each mark of the pen.

import { dispatch, expectNoProblems, newPage, ready, becomesTrue, serve, stateOf, waitForState, widget } from './support/lab.mjs';
import { slowness } from './support/machine.mjs';
import { expect, measured } from './support/runner.mjs';

/** @typedef {import('./support/lab.mjs').Page} Page */
/** A moment: how many frames the browser had begun by then, and the time in milliseconds. */
/** @typedef {{frame: number, time: number}} Moment */
/** @typedef {{asked: Moment | null, answered: Moment | null, input: number[]}} Mark */

/** A seven, mark by mark. */
const kMarks = [[0.28, 0.18], [0.42, 0.17], [0.56, 0.17], [0.69, 0.17], [0.65, 0.27], [0.6, 0.38], [0.55, 0.5], [0.5, 0.62], [0.46, 0.74], [0.42, 0.86]];
/** One of so many drawings has to be undisturbed by other programs. */
const kDrawings = 5;
const kFrameMilliseconds = 1000 / 60;

/** Notes when the page asks its engine, from before the page has made it. @param {Page} page */
const watchBrowser = (page) => page.addInitScript(() => {
  const { postMessage } = Worker.prototype;
  const watch = { frame: 0, mark: { asked: null, answered: null, input: [] } };
  Object.assign(globalThis, { watch });
  const now = () => ({ frame: watch.frame, time: performance.now() });
  const count = () => {
    watch.frame += 1;
    requestAnimationFrame(count);
  };
  count();
  Worker.prototype.postMessage = function post(/** @type {any[]} */ ...given) {
    if (given[0]?.json?.includes('"capture"')) Object.assign(watch.mark, { asked: now() });
    return postMessage.apply(this, /** @type {any} */ (given));
  };
});

/** Notes when activations came, and of which picture. @param {Page} page */
const watchActivations = (page) => page.evaluate(() => {
  const { convoscope, watch } = /** @type {any} */ (globalThis);
  convoscope.on('snapshot', (/** @type {any} */ event, /** @type {Uint8Array} */ payload) => {
    const { offset, count } = event.tensors.find((/** @type {any} */ tensor) => tensor.name === 'input');
    const input = Array.from(new Float32Array(payload.slice(4 * offset, 4 * (offset + count)).buffer));
    Object.assign(watch.mark, { answered: { frame: watch.frame, time: performance.now() }, input });
  });
});

/** From 0 to 1, so that a picture is the same before and after preprocessing. @param {number[]} numbers */
function stretched(numbers) {
  const least = Math.min(...numbers);
  const range = Math.max(...numbers) - least || 1;
  return numbers.map((number) => (number - least) / range);
}

/** @param {Page} page @param {string} what  a part of the page's `watch` @returns {Promise<any>} */
const watched = (page, what) => page.evaluate(`watch.${what}`);

/** Draws mark by mark, each when the one before has been answered. @param {Page} page @returns {Promise<Mark[]>} */
async function drawMarks(page) {
  await dispatch(page, { command: 'inspect_clear' });
  await page.evaluate('convoscope.idle()');
  const { x, y, width, height } = (await widget(page, 'inspect.pad')).rect;
  /** @type {Mark[]} */
  const marks = [];
  for (const [i, [across, down]] of kMarks.entries()) {
    await watched(page, 'mark = { asked: null, answered: null, input: [] }');
    await page.mouse.move(x + across * width, y + down * height);
    if (i === 0) await page.mouse.down();
    expect(await becomesTrue(page, 'watch.mark.asked && watch.mark.answered'), `no activations came for mark ${i}`);
    const mark = await watched(page, 'mark');
    const drawn = stretched((await stateOf(page)).inspect.own_image);
    const seen = stretched(mark.input);
    const error = Math.max(...drawn.map((value, k) => Math.abs(value - seen[k])));
    expect(seen.length === drawn.length && error < 1e-4, `the activations of mark ${i} are of another picture: ${error}`);
    if (i > 0) marks.push(mark);  // the first comes by the press, some time after the move
  }
  await page.mouse.up();
  return marks;
}

measured('inspect: prediction and all activations are those of the pad within a frame after each mark', async () => {
  const { url } = await serve();
  const { page, problems } = await newPage({ options: { viewport: { width: 1440, height: 900 } } });
  await watchBrowser(page);
  await page.goto(`${url}#v=1&room=inspect`);
  await ready(page);
  await waitForState(page, 's.ready_weights && s.inspect.neuron !== undefined && s.test.length > 0', 60);
  await watchActivations(page);
  const limit = kFrameMilliseconds * await slowness(page);
  const told = [];
  let isUndisturbed = false;
  for (let drawing = 0; drawing < kDrawings && !isUndisturbed; drawing++) {
    const marks = await drawMarks(page);
    const frames = marks.map(({ asked, answered }) => (answered?.frame ?? NaN) - (asked?.frame ?? NaN));
    const times = marks.map(({ asked, answered }) => (answered?.time ?? NaN) - (asked?.time ?? NaN)).sort((a, b) => a - b);
    // The frame that draws a mark asks for its activations. When that is, is up to whoever draws the pixels.
    isUndisturbed = frames.every((count) => count <= 1) && (times.at(-1) ?? NaN) < limit;
    told.push(`${marks.length} marks, at most ${Math.max(...frames)} frame, ${times[times.length >> 1].toFixed(1)} ms, at most ${times.at(-1)?.toFixed(1)} ms`);
    await waitForState(page, "convoscope.widgets().find((w) => w.id === 'inspect.reading')?.value.startsWith('7,')");
  }
  expect(isUndisturbed, told.join('; '));
  expect((await stateOf(page)).inspect.source === 'drawing', 'the pad is not what is read');
  expectNoProblems(problems);
  return told.join('; ');
});
