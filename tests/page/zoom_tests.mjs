// @ts-check
// Looking closer at the curves: two fingers, a dragged stretch, keys.

import { becomesTrue, dispatch, expectNoProblems, fingers, nextStep, openLab, serve, waitForState, widget } from './support/lab.mjs';
import { expect, test } from './support/runner.mjs';

/** @typedef {import('playwright-core').Page} Page */
const kDesk = { viewport: { width: 1440, height: 900 } };
const kPhone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };

/** @param {object} options */
async function openTrained(options) {
  const { url } = await serve();
  const opened = await openLab(`${url}#room=train`, { options });
  await waitForState(opened.page, 's.configured && s.data.train_loaded > 0');
  await dispatch(opened.page, { command: 'step', count: 120 });
  await opened.page.evaluate('convoscope.idle()');
  return opened;
}

/** The steps that a curve shows; null: the whole run. @param {Page} page @param {string} id */
async function shownSteps(page, id) {
  await page.evaluate('convoscope.idle()');
  const found = /steps ([\d,]+) to ([\d,]+)$/.exec((await widget(page, id)).value);
  return found ? [found[1], found[2]].map((text) => Number(text.replaceAll(',', ''))) : null;
}

test('zoom: two fingers spread the curve about what lies between them, move along it, and close it again', async () => {
  const { page, problems } = await openTrained(kPhone);
  const id = 'train.accuracy';
  const { rect } = await widget(page, id);
  const touch = await fingers(page);
  const [x, y] = [rect.x + rect.width / 2, rect.y + rect.height / 2];
  const spread = async (/** @type {number} */ from, /** @type {number} */ to) => {
    const apart = (/** @type {number} */ half) => [[x - half, y], [x + half, y]];
    await touch('touchStart', apart(from));
    for (let i = 1; i <= 8; i++) await touch('touchMove', apart(from + (to - from) * i / 8));
    await touch('touchEnd', []);
  };
  await spread(30, 90);
  const near = await shownSteps(page, id);
  expect(near !== null, 'the whole run is still shown');
  const whole = 2580;
  const [length, middle] = [near[1] - near[0], (near[0] + near[1]) / 2];
  expect(Math.abs(length - whole / 3) < 0.05 * whole, `three times as large shows ${near}`);
  expect(Math.abs(middle - whole / 2) < 0.03 * whole, `the middle moved: ${near}`);
  await touch('touchStart', [[x - 40, y], [x + 40, y]]);
  for (let i = 1; i <= 8; i++) await touch('touchMove', [[x - 40 + 10 * i, y], [x + 40 + 10 * i, y]]);
  await touch('touchEnd', []);
  const moved = await shownSteps(page, id);
  const expected = near[0] - 80 / rect.width * length;
  expect(moved !== null && Math.abs(moved[0] - expected) < 0.05 * length, `80 px along from ${near} came to ${moved}`);
  await spread(90, 10);
  expect((await shownSteps(page, id)) === null, 'not the whole run again');
  expectNoProblems(problems);
  return `${near[0]} to ${near[1]}, then ${moved[0]} to ${moved[1]} of ${whole}`;
});

test('zoom: a dragged stretch is shown by both curves, a double click shows the whole run, undo goes back', async () => {
  const { page, problems } = await openTrained(kDesk);
  const { rect } = await widget(page, 'train.loss');
  const at = (/** @type {number} */ share) => rect.x + share * rect.width;
  const y = rect.y + rect.height / 2;
  await page.mouse.move(at(0.25), y);
  await page.mouse.down();
  for (const share of [0.3, 0.4, 0.5]) await page.mouse.move(at(share), y);
  await page.waitForTimeout(100);
  await page.mouse.up();
  for (const id of ['train.loss', 'train.accuracy']) {
    const [first, last] = (await shownSteps(page, id)) ?? [0, 0];
    expect(Math.abs(first - 645) < 30 && Math.abs(last - 1290) < 30, `${id} shows ${first} to ${last}`);
  }
  expect(await becomesTrue(page, 'location.hash.includes("first_step=")'), 'it is not in the link');
  await nextStep(page);
  await page.mouse.dblclick(at(0.5), y);
  expect((await shownSteps(page, 'train.loss')) === null, 'not the whole run');
  await page.keyboard.press('Control+z');
  expect((await shownSteps(page, 'train.loss')) !== null, 'undo does not bring the stretch back');
  await page.keyboard.press('Control+z');
  expect((await shownSteps(page, 'train.loss')) === null, 'the second undo does not bring the whole back');
  expectNoProblems(problems);
});

test('zoom: the keys + − 0 and the arrows do the same', async () => {
  const { page, problems } = await openTrained(kDesk);
  const id = 'train.loss';
  await dispatch(page, { command: 'focus_widget', id });
  await page.evaluate('document.getElementById("canvas").focus()');
  await page.evaluate('convoscope.idle()');
  await page.keyboard.press('Equal');
  await page.keyboard.press('Equal');
  const near = await shownSteps(page, id);
  expect(near !== null && Math.abs((near[1] - near[0]) - 2580 / 2.25) < 4, `twice + shows ${near}`);
  await page.keyboard.press('ArrowRight');
  const right = await shownSteps(page, id);
  expect(right !== null && right[0] > near[0] + 200, `ArrowRight shows ${right}`);
  await page.keyboard.press('Digit0');
  expect((await shownSteps(page, id)) === null, '0 does not show the whole run');
  expectNoProblems(problems);
});
