// @ts-check
// What hands do: fingers, keys and clipboard.

import { becomesTrue, dispatch, expectNoProblems, fingers, openLab, serve, stateOf, waitForState, widget } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

/** @typedef {import('playwright-core').Page} Page */
const kPhone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };

test('touch: one finger and two fingers scroll the page', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train`, { options: kPhone });
  await waitForState(page, 's.configured && s.data.train_loaded > 0');
  await page.evaluate('convoscope.idle()');
  const touch = await fingers(page);
  const top = async () => (await widget(page, 'train.run')).rect.y;
  const before = await top();
  await touch('touchStart', [[200, 600]]);
  for (let y = 590; y >= 500; y -= 15) await touch('touchMove', [[200, y]]);
  await page.waitForTimeout(150);
  await touch('touchEnd', []);
  await page.evaluate('convoscope.idle()');
  const after = await top();
  expect(after < before - 40, `one finger: ${before} to ${after}`);
  await touch('touchStart', [[150, 400], [250, 400]]);
  for (let y = 410; y <= 520; y += 10) await touch('touchMove', [[150, y], [250, y]]);
  await touch('touchEnd', []);
  await page.evaluate('convoscope.idle()');
  const back = await top();
  expect(back > after + 30, `two fingers: ${after} to ${back}`);
  expectNoProblems(problems);
});

test('touch: a page that is flung glides on, and one that the finger has stopped stays', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=convolve`, { options: kPhone });
  await page.evaluate('convoscope.idle()');
  const touch = await fingers(page);
  const top = async () => {
    await page.evaluate('convoscope.idle()');
    return (await widget(page, 'convolve.grid.input')).rect.y;
  };
  /** How far the page goes after 150 px of the finger. @param {number} restSeconds before it leaves */
  const glided = async (restSeconds) => {
    const before = await top();
    const begin = Date.now() / 1000;
    await touch('touchStart', [[6, 600]], begin);
    for (let i = 1; i <= 10; i++) await touch('touchMove', [[6, 600 - 15 * i]], begin + 0.016 * i);
    await touch('touchEnd', [], begin + 0.16 + restSeconds);
    return before - (await top()) - 150;
  };
  const stopped = await glided(0.2);
  expect(Math.abs(stopped) < 2, `after a rest it goes on for ${stopped} px`);
  const flung = await glided(0.01);
  expect(flung > 60, `it glides ${flung} px`);
  expectNoProblems(problems);
  return `${flung.toFixed(0)} px`;
});

test('touch: a finger that stays opens the menu of the thing, and its value is copied', async () => {
  const { url } = await serve();
  const { page, context, problems } = await openLab(`${url}#room=train`, { options: kPhone });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await waitForState(page, 's.configured && s.data.train_loaded > 0');
  await dispatch(page, { command: 'step', count: 3 });
  await page.evaluate('convoscope.idle()');
  const { rect, value } = await widget(page, 'train.figure.speed');
  const touch = await fingers(page);
  await touch('touchStart', [[rect.x + 20, rect.y + 20]]);
  expect(await becomesTrue(page, 'convoscope.widgets().some((w) => w.id === "item.menu.value")', 5), 'no menu');
  await touch('touchEnd', []);
  await page.evaluate('convoscope.idle()');
  const row = (await widget(page, 'item.menu.value')).rect;
  await page.touchscreen.tap(row.x + 30, row.y + row.height / 2);
  expect(await becomesTrue(page, `navigator.clipboard.readText().then((text) => text === ${JSON.stringify(value)})`, 5), 'not copied');
  expectNoProblems(problems);
});

test('keys: what belongs to the browser is left to it', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train`);
  const prevented = (/** @type {object} */ init) => page.evaluate(`(() => {
    const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...${JSON.stringify(init)} });
    document.getElementById('canvas').dispatchEvent(event);
    return event.defaultPrevented;
  })()`);
  for (const init of [
    { code: 'KeyR', key: 'r', ctrlKey: true }, { code: 'KeyT', key: 't', ctrlKey: true }, { code: 'Equal', key: '+', ctrlKey: true },
    { code: 'Minus', key: '-', metaKey: true }, { code: 'F5', key: 'F5' }, { code: 'F11', key: 'F11' }, { code: 'ArrowLeft', key: 'ArrowLeft', altKey: true },
  ]) expect(!(await prevented(init)), `${JSON.stringify(init)} is taken`);
  expect(await prevented({ code: 'KeyZ', key: 'z', ctrlKey: true }), 'undo is not taken');
  expect(!(await page.evaluate(`(() => {
    const event = new WheelEvent('wheel', { ctrlKey: true, deltaY: 50, cancelable: true, bubbles: true });
    canvas.dispatchEvent(event);
    return event.defaultPrevented;
  })()`)), 'the browser\'s zoom is taken');
  expect((await stateOf(page)).theme === 'dark', 'Ctrl T changed the theme');
  expectNoProblems(problems);
});

test('keys: Tab leads in, Escape and Tab lead out', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train`);
  await waitForState(page, 's.configured');
  await page.evaluate('document.getElementById("canvas").focus()');
  await page.keyboard.press('Tab');
  expect(await becomesTrue(page, 'convoscope.widgets().some((w) => w.focused)', 5), 'nothing has the focus');
  expectEqual(await page.evaluate('document.activeElement.id'), 'canvas', 'focus');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  expect((await page.evaluate('document.activeElement.id')) !== 'canvas', 'the focus does not leave');
  expectNoProblems(problems);
});
