// @ts-check
// Nothing lies on anything else, at any size of the text; and a finger hits what it nearly hits.

import { dispatch, expectNoProblems, openLab, serve, stateOf, waitForState, widget } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

/** @typedef {import('playwright-core').Page} Page */
const kRooms = ['convolve', 'train', 'inspect'];
const kSizes = { desk: { width: 1440, height: 900 }, tablet: { width: 1024, height: 768 }, phone: { width: 390, height: 844 }, frame: { width: 800, height: 600 } };
const kTouchTarget = 44;
/** The roles of what is pressed, moved or written into. */
const kControls = ['button', 'switch', 'slider', 'textbox', 'radio', 'tab', 'combobox', 'link'];

/** Controls that share pixels, as pairs; what two views clip, or a panel scrolls under another's edge, is left out. Runs in the page. */
const kOverlaps = `(() => {
  const pressed = ${JSON.stringify(kControls)};
  const controls = convoscope.widgets().filter((w) => pressed.includes(w.role) && w.rect.width > 0 && w.rect.height > 0
    && w.rect.x >= 0 && w.rect.y >= 0 && w.rect.x + w.rect.width <= innerWidth && w.rect.y + w.rect.height <= innerHeight);
  const kSlack = 2;
  const share = (a, b) => Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > kSlack
    && Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > kSlack;
  const dock = /^(train\\.(start|step|epoch|reset|tune|experiments|slow_motion)|convolve\\.(play|previous|next|loop|step|(speed|order)(\\..*)?)|(room|app)\\..*)$/;
  return controls.flatMap((a, i) => controls.slice(i + 1).filter((b) => dock.test(a.id) === dock.test(b.id) && share(a.rect, b.rect)).map((b) => a.id + ' and ' + b.id));
})()`;

/** Sliders and the like that leave nothing to press. Runs in the page. */
const kFlat = `convoscope.widgets().filter((w) => ${JSON.stringify(kControls)}.includes(w.role)
  && !(w.rect.width > 0 && w.rect.height > 0)).map((w) => w.id)`;

for (const [name, viewport] of Object.entries(kSizes)) {
  test(`layout: no control lies on another with text from 80 to 200 %, ${name}`, async () => {
    const { url } = await serve();
    const { page, problems } = await openLab(`${url}#room=train`, { options: { viewport, reducedMotion: 'reduce' } });
    await waitForState(page, 's.configured && s.data.train_loaded > 0');
    for (const scale of ['0.8', '1', '1.3', '1.6', '2']) {
      await dispatch(page, { command: 'set_preference', name: 'text_scale', value: scale });
      for (const room of kRooms) {
        await dispatch(page, { command: 'open_room', room });
        await page.evaluate('convoscope.idle()');
        expectEqual(await page.evaluate(kOverlaps), [], `overlaps in ${room} at ${100 * Number(scale)} %`);
        expectEqual(await page.evaluate(kFlat), [], `controls without a place in ${room} at ${100 * Number(scale)} %`);
      }
    }
    expectNoProblems(problems);
  }, 150);
}

for (const [name, viewport] of Object.entries(kSizes)) {
  test(`layout: order, repeat and the cells' view are offered with text of 100 and 200 %, ${name}`, async () => {
    const { url } = await serve();
    const { page, problems } = await openLab(`${url}#v=1&room=convolve`, { options: { viewport, reducedMotion: 'reduce' } });
    for (const scale of ['1', '2']) {
      await dispatch(page, { command: 'set_preference', name: 'text_scale', value: scale });
      await page.evaluate('convoscope.idle()');
      const ids = /** @type {string[]} */ (await page.evaluate('convoscope.widgets().map((w) => w.id)'));
      const wanted = ['order.rows', 'order.columns', 'order.random', 'loop', 'view.numbers', 'view.heat', 'view.both'].map((id) => `convolve.${id}`);
      expectEqual(wanted.filter((id) => !ids.includes(id)), [], `missing at ${100 * Number(scale)} %`);
    }
    expectNoProblems(problems);
  }, 90);
}

/** Names and roles. @param {Page} page @returns {Promise<[string, string][]>} */
async function widgets(page) {
  await page.evaluate('convoscope.idle()');
  return page.evaluate('convoscope.widgets().map((w) => [w.id, w.role])');
}

/** With what sheets, chips and tabs of a narrow page bring. @param {Page} page @returns {Promise<Map<string, string>>} */
async function allWidgets(page) {
  const all = new Map(await widgets(page));
  for (const opener of [...all.keys()].filter((id) => /^convolve\.open\.|^train\.(tune|chart\.loss)$/.test(id))) {
    await dispatch(page, { command: 'activate_widget', id: opener });
    for (const [id, role] of await widgets(page)) all.set(id, role);
    if (opener === 'train.tune') {
      await dispatch(page, { command: 'activate_widget', id: opener });
      await page.evaluate('convoscope.idle()');
    }
  }
  return all;
}

/** On a narrow page one control stands for several; of the pictures there are as many as have room. */
const kStandIns = [
  { many: /^app\.(settings|theme|export|open|redo|undo)$/, one: 'app.more' },
  { many: /^convolve\.speed\./, one: 'convolve.speed' },
  { many: /^convolve\.aside\.formula$/, one: 'convolve.aside.code' },
  { many: /^inspect\.picture\./, one: 'inspect.picture.0' },
];

for (const name of /** @type {const} */ (['desk', 'tablet', 'phone'])) {
  test(`layout: every control of a room is there with text of 200 % too, ${name}`, async () => {
    const { url } = await serve();
    const { page, problems } = await openLab(`${url}#room=train`, { options: { viewport: kSizes[name], reducedMotion: 'reduce' } });
    await waitForState(page, 's.configured && s.data.train_loaded > 0');
    await dispatch(page, { command: 'step', count: 20 });
    for (const room of kRooms) {
      await dispatch(page, { command: 'open_room', room });
      await page.evaluate('convoscope.idle()');
      if (room === 'inspect') await waitForState(page, 's.inspect?.neuron !== undefined');
      const usual = [...await allWidgets(page)].filter(([, role]) => kControls.includes(role)).map(([id]) => id);
      await dispatch(page, { command: 'set_preference', name: 'text_scale', value: '2' });
      const large = await allWidgets(page);
      const isThere = (/** @type {string} */ id) => large.has(id) || kStandIns.some(({ many, one }) => many.test(id) && large.has(one));
      expect(usual.length > 20, `${room} has ${usual.length} controls`);
      expectEqual(usual.filter((id) => !isThere(id)), [], `missing in ${room} at 200 %`);
      await dispatch(page, { command: 'set_preference', name: 'text_scale', value: '1' });
    }
    expectNoProblems(problems);
  }, 120);
}

test('layout: a panel scrolled to its end stands above what is below it', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#v=1&room=train`, { options: { viewport: kSizes.desk } });
  await waitForState(page, 's.configured && s.data.train_loaded > 0');
  await page.mouse.move(150, 600);
  for (let turns = 0; turns < 8; turns++) {
    await page.mouse.wheel(0, 500);
    await page.evaluate('convoscope.idle()');
  }
  const [last, start] = await Promise.all(['train.preprocess.before', 'train.start'].map((id) => widget(page, id)));
  const kTextBelow = 44;
  expect(last.rect.y + last.rect.height + kTextBelow <= start.rect.y, `the last line ends at ${last.rect.y + last.rect.height + kTextBelow}, the transport begins at ${start.rect.y}`);
  expectNoProblems(problems);
}, 60);

test('layout: in a frame of 800 × 600 the picture stands beside its controls, and is seen whole', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}?embed=1#v=1&room=convolve`, { options: { viewport: kSizes.frame } });
  await page.evaluate('convoscope.idle()');
  const [grid, stride, play] = await Promise.all(['convolve.grid.input', 'convolve.stride', 'convolve.play'].map((id) => widget(page, id)));
  expect(grid.rect.x > stride.rect.x + stride.rect.width && grid.rect.y < stride.rect.y, 'the picture does not stand beside');
  expect(grid.rect.y + grid.rect.height < play.rect.y, 'the picture is cut');
  expectNoProblems(problems);
});

/** A tap as far below a widget's middle as a target of 44 px reaches. @param {Page} page @param {string} id */
async function tapNear(page, id) {
  await page.evaluate('convoscope.idle()');
  const { rect } = await widget(page, id);
  expect(rect.height < kTouchTarget - 4, `${id} is ${rect.height} px high: the test tests nothing`);
  await page.touchscreen.tap(rect.x + rect.width / 2, rect.y + rect.height / 2 + kTouchTarget / 2 - 1);
}

test('touch: targets are 44 px high, and a neighbour keeps what is its own', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=convolve`, { options: { viewport: { ...kSizes.phone, height: 1000 }, hasTouch: true, isMobile: true, reducedMotion: 'reduce' } });
  await waitForState(page, 's.configured && s.data.train_loaded > 0');
  await page.touchscreen.tap(200, 30);  // the page learns that there is a finger
  await tapNear(page, 'convolve.lens.matrix');
  await waitForState(page, 's.convolve.lens === "matrix"', 10);
  await tapNear(page, 'convolve.lens.window');
  await waitForState(page, 's.convolve.lens === "window"', 10);
  await page.evaluate('convoscope.idle()');
  const { rect: paint } = await widget(page, 'convolve.tool.paint');
  await page.touchscreen.tap(paint.x + paint.width / 2, paint.y + 1);  // near the row above, which reaches here
  await waitForState(page, 's.convolve.tool === "paint" && s.convolve.direction === "forward"', 10);
  await dispatch(page, { command: 'open_room', room: 'train' });
  await tapNear(page, 'train.chart.loss');
  expect((await stateOf(page)).room === 'train', 'another room has opened');
  await page.evaluate('convoscope.idle()');
  expect((await widget(page, 'train.chart.loss')).selected, 'the loss is not shown');
  expectNoProblems(problems);
}, 90);
