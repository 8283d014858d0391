// @ts-check
// The picture and the pointer agree with what the program says, to the pixel: in every room, at every size and ratio.

// @ts-expect-error The package has no types.
import { PNG } from 'pngjs';
import { becomesTrue, dispatch, expectNoProblems, openLab, serve, waitForState, widget } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{x: number, y: number, width: number, height: number}} Rectangle */
const kSizes = [{ width: 1024, height: 768 }, { width: 390, height: 844 }, { width: 1440, height: 900 }];
/** In each room, a widget of its own. @type {[string, string][]} */
const kRooms = [['convolve', 'convolve.next'], ['train', 'train.start'], ['inspect', 'inspect.scale.layer']];
/** The ring of the focus around a widget: its inner and its outer edge, in units of the layout. */
const kRing = { inner: 2, outer: 4 };
const kRoom = 12;

/** The part of the page around a widget. @param {Page} page @param {Rectangle} rect */
async function clipAround(page, rect) {
  const { width, height } = /** @type {{width: number, height: number}} */ (await page.evaluate('({ width: innerWidth, height: innerHeight })'));
  const x = Math.max(0, Math.floor(rect.x) - kRoom);
  const y = Math.max(0, Math.floor(rect.y) - kRoom);
  return {
    x, y,
    width: Math.min(width, Math.ceil(rect.x + rect.width) + kRoom) - x,
    height: Math.min(height, Math.ceil(rect.y + rect.height) + kRoom) - y,
  };
}

/** @param {Page} page @param {Rectangle} clip */
async function shot(page, clip) {
  await page.evaluate('convoscope.idle()');
  return PNG.sync.read(await page.screenshot({ clip, scale: 'device' }));
}

/** The rectangle of the pixels that differ, in CSS pixels; null: none does. @param {any} a @param {any} b @param {Rectangle} clip @param {number} ratio @param {number} least */
function difference(a, b, clip, ratio, least) {
  expectEqual([b.width, b.height], [a.width, a.height], 'pixels of the two pictures');
  let [left, right, top, bottom] = [a.width, -1, a.height, -1];
  for (let row = 0; row < a.height; row++) {
    for (let column = 0; column < a.width; column++) {
      const at = 4 * (row * a.width + column);
      if (Math.abs(a.data[at] - b.data[at]) <= least && Math.abs(a.data[at + 1] - b.data[at + 1]) <= least) continue;
      [left, right] = [Math.min(left, column), Math.max(right, column)];
      [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
    }
  }
  if (right < 0) return null;
  return { left: clip.x + left / ratio, right: clip.x + (right + 1) / ratio, top: clip.y + top / ratio, bottom: clip.y + (bottom + 1) / ratio };
}

/** The ring is drawn where the widget is said to be. @param {Page} page @param {string} id @param {string} where @param {number} ratio */
async function expectRing(page, id, where, ratio) {
  await dispatch(page, { command: 'focus_widget', id });  // which scrolls it into view
  await page.evaluate('convoscope.idle()');
  const { rect } = await widget(page, id);
  const clip = await clipAround(page, rect);
  const focused = await shot(page, clip);
  await dispatch(page, { command: 'focus_widget', id: 'app.share' });  // far away
  const ring = difference(await shot(page, clip), focused, clip, ratio, 40);
  expect(ring, `${where}: ${id} shows no focus`);
  const { inner, outer } = kRing;
  const slack = 1 / ratio + 0.01;
  const edges = [rect.x - ring.left, rect.y - ring.top, ring.right - rect.x - rect.width, ring.bottom - rect.y - rect.height];
  const room = [rect.x, rect.y, clip.x + clip.width - rect.x - rect.width, clip.y + clip.height - rect.y - rect.height];
  const fits = edges.map((edge, i) => edge >= Math.min(inner, room[i]) - slack && edge <= outer + slack);
  // What was scrolled into view may lie at the very edge of the view, which cuts one side off.
  const cut = edges.filter((edge, i) => !fits[i] && Math.abs(edge) <= 1);
  expect(fits.filter(Boolean).length + Math.min(1, cut.length) === 4,
    `${where}: the ring of ${id} lies ${edges.map((e) => e.toFixed(2))} px outside of ${JSON.stringify(rect)}`);
}

/** The pointer is on the widget one pixel inside of its corner, and not one pixel outside. @param {Page} page @param {string} id @param {string} where @param {number} ratio */
async function expectPointer(page, id, where, ratio) {
  await page.mouse.move(2, 2);
  const { rect } = await widget(page, id);
  const clip = await clipAround(page, rect);
  const away = await shot(page, clip);
  const touched = async (/** @type {number} */ x, /** @type {number} */ y) => {
    await page.mouse.move(x, y);
    return difference(away, await shot(page, clip), clip, ratio, 3) !== null;
  };
  const middle = rect.y + rect.height / 2;
  const across = rect.x + rect.width / 2;
  expect(await touched(rect.x + 1, middle), `${where}: ${id} does not feel the pointer just inside its left edge`);
  expect(await touched(across, rect.y + rect.height - 1), `${where}: ${id} does not feel the pointer just inside its lower edge`);
  expect(!(await touched(across, rect.y + rect.height + 1)), `${where}: ${id} feels the pointer below it`);
}

/** @param {Page} page @param {string} where @param {number} ratio */
async function expectExact(page, where, ratio) {
  for (const [room, id] of kRooms) {
    await dispatch(page, { command: 'open_room', room });
    // Trained weights come, and move what is on the screen.
    if (room === 'inspect') await waitForState(page, 's.ready_weights && s.inspect?.neuron !== undefined && s.test.length > 0', 30);
    await expectRing(page, id, `${where}, ${room}`, ratio);
  }
  await expectPointer(page, 'app.share', where, ratio);
}

/** @param {Page} page @param {{width: number, height: number}} size  in CSS pixels @param {number} ratio */
async function expectPixels(page, { width, height }, ratio) {
  const expected = JSON.stringify([Math.round(width * ratio), Math.round(height * ratio)]);
  expect(await becomesTrue(page, `JSON.stringify([canvas.width, canvas.height]) === '${expected}'`, 5),
    `the canvas has ${await page.evaluate('[canvas.width, canvas.height]')} pixels, not ${expected}`);
}

for (const ratio of [1, 1.25, 2, 3]) {
  test(`pixels: at ratio ${ratio} all rooms are drawn, and felt, where the program says; also after a resize and a zoom`, async () => {
    const { url } = await serve();
    const { page, problems } = await openLab(`${url}#room=train`, { options: { viewport: { width: 1440, height: 900 }, deviceScaleFactor: ratio, reducedMotion: 'reduce' } });
    await waitForState(page, 's.configured && s.data.bytes_total > 0 && s.data.bytes_loaded === s.data.bytes_total', 60);
    // The browser's zoom: fewer CSS pixels, as many more of the screen's in each.
    const zoom = 1.5;
    const zoomed = { width: 1440 / zoom, height: 900 / zoom };
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setDeviceMetricsOverride', { ...zoomed, deviceScaleFactor: ratio * zoom, mobile: false });
    await expectPixels(page, zoomed, ratio * zoom);
    for (const room of ['inspect', 'convolve']) {  // what a picture of the tab would show is not zoomed: the click tells
      await page.evaluate('convoscope.idle()');
      const { rect } = await widget(page, `room.${room}`);
      await page.mouse.click(rect.x + rect.width - 1, rect.y + rect.height - 1);
      await waitForState(page, `s.room === '${room}'`, 10);
    }
    for (const size of kSizes.filter(({ width }) => ratio < 3 || width < 1440)) {  // 15 megapixels: no desk's screen, and software draws them
      await page.setViewportSize(size);
      await expectPixels(page, size, ratio);
      await expectExact(page, `${size.width} × ${size.height}`, ratio);
    }
    expectNoProblems(problems);
  }, 240);
}
