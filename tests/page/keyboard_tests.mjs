// @ts-check
// The whole page by keyboard alone: no pointer ever moves here.

// @ts-expect-error The package has no types.
import { PNG } from 'pngjs';
import { becomesTrue, dispatch, expectNoProblems, openLab, serve, stateOf, waitForState, widget } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{id: string, rect: {x: number, y: number, width: number, height: number}}} Stop */
const kTablet = { viewport: { width: 1024, height: 768 }, reducedMotion: /** @type {'reduce'} */ ('reduce') };
const kControls = ['button', 'switch', 'slider', 'textbox', 'radio', 'tab', 'combobox', 'menuitem', 'link'];
const kMostStops = 200;

/** @param {Page} page @returns {Promise<string>} */
const focusOf = (page) => page.evaluate('convoscope.widgets().find((w) => w.focused)?.id ?? ""');

/** Presses a key and waits until the focus has moved. @param {Page} page @param {string} key @param {string} from @returns {Promise<Stop>} */
async function step(page, key, from) {
  await page.keyboard.press(key);
  const focused = /** @type {Stop[]} */ (await page.evaluate(`(async () => {
    const focused = () => convoscope.widgets().filter((w) => w.focused);
    for (let frames = 0; frames < 300 && (focused()[0]?.id ?? '') === ${JSON.stringify(from)}; frames++) await new Promise(requestAnimationFrame);
    return focused();
  })()`));
  expectEqual(focused.length, 1, `widgets with the focus (${focused.map(({ id }) => id).join(' ')}) after ${key} from ${from || 'nowhere'}`);
  return focused[0];
}

/** Presses a key until a control has the focus. @param {Page} page @param {string} id @param {'Tab' | 'Shift+Tab'} [key] */
async function goTo(page, id, key = 'Tab') {
  const stops = [];
  await page.evaluate('convoscope.idle()');
  for (let at = await focusOf(page); at !== id; stops.push(at)) {
    expect(stops.length < kMostStops, `${key} does not reach ${id}; it came by ${stops.join(' ')}`);
    at = (await step(page, key, at)).id;
  }
}

/** Goes to a control and presses a key there. @param {Page} page @param {string} id @param {string} key @param {'Tab' | 'Shift+Tab'} [way] */
async function press(page, id, key, way = 'Tab') {
  await goTo(page, id, way);
  await page.keyboard.press(key);
  await page.evaluate('convoscope.idle()');  // the key is up again
}

/** @param {Page} page */
async function picture(page) {
  await page.evaluate('convoscope.idle()');
  return PNG.sync.read(await page.screenshot());
}

/** How many pixels at a widget are others. @param {any} before @param {any} after @param {Stop['rect']} rect */
function changedPixels(before, after, { x, y, width, height }) {
  const kAround = 5;
  let changed = 0;
  for (let row = Math.max(0, Math.floor(y - kAround)); row < Math.min(after.height, y + height + kAround); row++) {
    for (let column = Math.max(0, Math.floor(x - kAround)); column < Math.min(after.width, x + width + kAround); column++) {
      const at = 4 * (row * after.width + column);
      changed += Number(Math.abs(before.data[at] - after.data[at]) > 24);
    }
  }
  return changed;
}

/** @param {Page} page @returns {Promise<string[]>} */
const controls = (page) => page.evaluate(`convoscope.widgets().filter((w) => !w.disabled && ${JSON.stringify(kControls)}.includes(w.role)).map((w) => w.id)`);

for (const room of ['convolve', 'train', 'inspect']) {
  test(`keyboard: Tab comes by every control of the room ${room}, and shows where it is`, async () => {
    const { url } = await serve();
    const { page, problems } = await openLab(`${url}#room=${room}`, { options: kTablet });
    await waitForState(page, 's.configured && s.data.bytes_total > 0 && s.data.bytes_loaded === s.data.bytes_total', 60);
    if (room !== 'convolve') {
      await dispatch(page, { command: 'step', count: 20 });
      await dispatch(page, { command: 'evaluate', split: 'validation' });
    }
    await page.evaluate('document.getElementById("canvas").focus()');
    let before = await picture(page);
    const wanted = await controls(page);
    /** @type {Set<string>} */
    const seen = new Set();
    /** @type {Set<string>} */
    const kinds = new Set();
    let first = '';
    for (let at = ''; seen.size < kMostStops; ) {
      const { id, rect } = await step(page, 'Tab', at);
      if (id === first) break;
      first ||= id;
      at = id;
      seen.add(id);
      expect(rect.x >= 0 && rect.y >= 0 && rect.x + rect.width <= 1025 && rect.y + rect.height <= 769, `${id} has the focus off the screen: ${JSON.stringify(rect)}`);
      const kind = id.replace(/\.[^.]*$/, '');
      if (kinds.has(kind)) {
        before = null;
        continue;
      }
      kinds.add(kind);
      if (before === null) {  // the picture without the ring: one stop back
        const { id: back } = await step(page, 'Shift+Tab', at);
        before = await picture(page);
        await step(page, 'Tab', back);
      }
      const after = await picture(page);
      const ring = changedPixels(before, after, rect);
      expect(ring > 30, `the focus of ${id} is not seen: ${ring} pixels`);
      before = after;
    }
    expectEqual(await page.evaluate('document.activeElement.id'), 'canvas', 'the focus of the document');
    const { id: last } = await step(page, 'Shift+Tab', first);
    expect(seen.has(last), `back from the first control leads to ${last}`);
    expectEqual(wanted.filter((id) => !seen.has(id)), [], 'controls that Tab does not reach');
    expectNoProblems(problems);
    return `${wanted.length} controls among ${seen.size} stops`;
  }, 180);
}

test('keyboard: from the first load through all rooms, without a pointer', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(url, { options: kTablet });
  expectEqual(await page.evaluate('document.activeElement.id'), 'canvas', 'the first focus');
  await press(page, 'welcome.room.convolve', 'Enter');
  expect(await becomesTrue(page, '!convoscope.widgets().some((w) => w.id.startsWith("welcome."))', 20), 'Enter does not open the room');

  await press(page, 'app.share', 'Enter');
  expect(await becomesTrue(page, 'convoscope.widgets().some((w) => w.id === "share.copy_link")', 20), 'Enter does not open the sharing');
  await goTo(page, 'share.copy_link');
  await page.keyboard.press('Escape');
  expect(await becomesTrue(page, '!convoscope.widgets().some((w) => w.id === "share.copy_link")', 20), 'Escape does not close it');

  const { convolve: { width: { stride }, step: index } } = await stateOf(page);
  await press(page, 'convolve.stride', 'ArrowRight');
  await waitForState(page, `s.convolve.width.stride === ${stride + 1}`, 20);
  await press(page, 'convolve.next', 'Enter', 'Shift+Tab');
  await waitForState(page, `s.convolve.step === ${index + 1}`, 20);

  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  expect((await page.evaluate('document.activeElement.id')) !== 'canvas', 'Escape and Tab do not leave the picture');
  await page.keyboard.press('Shift+Tab');
  expectEqual(await page.evaluate('document.activeElement.id'), 'canvas', 'focus after Shift+Tab');

  await press(page, 'room.train', 'Enter');
  await waitForState(page, 's.room === "train" && s.configured && s.data.train_loaded > 0');
  const { settings: { optimizer: { learning_rate: rate } } } = await stateOf(page);
  await press(page, 'train.learning_rate', 'ArrowLeft');
  await waitForState(page, `s.settings.optimizer.learning_rate < ${rate}`, 20);
  await press(page, 'train.start', 'Space');
  await waitForState(page, 's.step > 2');
  await page.keyboard.press('Space');
  await waitForState(page, 's.status === "paused"');
  await dispatch(page, { command: 'evaluate', split: 'validation' });
  await press(page, 'train.confusion', 'ArrowDown');
  await page.keyboard.press('ArrowRight');
  expect(await becomesTrue(page, '/true=0&predicted=1/.test(location.hash)', 10), `the arrows choose no cell: ${page.url()}`);

  await press(page, 'app.settings', 'Enter');
  expect(await becomesTrue(page, 'convoscope.widgets().some((w) => w.id === "settings.theme.light")', 20), 'Enter does not open the settings');
  await press(page, 'settings.theme.light', 'Space');
  await waitForState(page, 's.theme === "light"', 20);
  await page.keyboard.press('Escape');
  expect(await becomesTrue(page, '!convoscope.widgets().some((w) => w.id === "settings.theme.light")', 20), 'Escape does not close the settings');

  await press(page, 'room.inspect', 'Enter');
  await waitForState(page, 's.room === "inspect" && s.inspect?.neuron !== undefined');
  await press(page, 'inspect.picture.3', 'Enter');
  await waitForState(page, 's.inspect.picture === 3', 20);
  await press(page, 'inspect.conv2.4', 'Enter');
  await waitForState(page, 's.inspect.pinned && s.inspect.neuron.layer === "conv2" && s.inspect.neuron.channel === 4', 20);
  expect((await widget(page, 'inspect.conv2.4')).focused, 'the focus has left what was opened');
  expectNoProblems(problems);
}, 300);

/** Presses keys one after the other; each is seen by a frame. @param {Page} page @param {string[]} keys */
async function typeKeys(page, ...keys) {
  for (const key of keys) {
    await page.keyboard.press(key, { delay: 30 });
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(true))))');
  }
}

test('keyboard: cells of a grid are pointed at, pinned, typed into and painted', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=convolve&i=6&k=3&s=1&p=1&picture=pacman&step=0`, { options: kTablet });
  const focus = (/** @type {string} */ id) => dispatch(page, { command: 'focus_widget', id });
  const traced = (/** @type {string} */ condition) => waitForState(page, `(({ kind, place, pinned }) => ${condition})(s.convolve.trace)`, 10);
  await focus('convolve.grid.kernel');
  await typeKeys(page, 'ArrowDown', 'ArrowRight', 'ArrowRight');
  await traced('kind === "weight" && place.join() === "1,2"');
  expect(await becomesTrue(page, '/^Row 1, column 2: .*[0-9]/.test(document.getElementById("news").textContent)'),
    `a screen reader says “${await page.evaluate('document.getElementById("news").textContent')}” of the cell`);
  await typeKeys(page, '4', 'Minus');
  await waitForState(page, 's.convolve.weights[1][2] === -4', 10);
  await typeKeys(page, 'Enter');
  await traced('pinned && place.join() === "1,2"');
  await typeKeys(page, 'Escape');
  await traced('!pinned');

  await focus('convolve.grid.input');
  await typeKeys(page, 'ArrowDown', 'ArrowRight', '3');  // beyond the ring of padding
  await waitForState(page, 's.convolve.image[0][0] === 3', 10);
  await dispatch(page, { command: 'convolve_tool', tool: 'paint' });
  await dispatch(page, { command: 'convolve_brush', value: -2 });
  await page.evaluate('convoscope.idle()');
  await page.keyboard.down('Enter');
  await page.evaluate('convoscope.idle()');
  await typeKeys(page, 'ArrowRight', 'ArrowRight');
  await page.keyboard.up('Enter');
  await waitForState(page, 's.convolve.image[0].slice(0, 3).join() === "-2,-2,-2"', 10);

  await dispatch(page, { command: 'convolve_scene', scene: 'picture' });
  await page.evaluate('convoscope.idle()');
  const { convolve: { photo: { place } } } = await stateOf(page);
  await focus('convolve.photo.output');
  await typeKeys(page, 'ArrowDown', 'ArrowRight');
  await waitForState(page, `s.convolve.photo.place.join() === "${place[0] + 1},${place[1] + 1}"`, 10);
  expectNoProblems(problems);
}, 90);

test('keyboard: a digit is drawn on the pad, and read', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=inspect`, { options: kTablet });
  await waitForState(page, 's.ready_weights && s.test.length > 0', 60);
  await dispatch(page, { command: 'focus_widget', id: 'inspect.pad' });
  await typeKeys(page, ...Array(3).fill('ArrowRight'), ...Array(3).fill('ArrowDown'));
  await page.keyboard.down('Enter');
  await page.evaluate('convoscope.idle()');
  await typeKeys(page, ...Array(10).fill('ArrowDown'));
  await page.keyboard.up('Enter');
  await waitForState(page, 's.inspect.source === "drawing" && s.inspect.strokes === 1', 10);
  expect(await becomesTrue(page, '/^1,/.test(convoscope.widgets().find((w) => w.id === "inspect.reading")?.value)', 20),
    `an upright stroke is read as ${(await widget(page, 'inspect.reading')).value}`);
  expectNoProblems(problems);
}, 120);
