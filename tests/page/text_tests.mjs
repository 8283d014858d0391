// @ts-check
// Text as it comes: from keys, from an input method that composes it, from a soft keyboard that sends no keys.

// @ts-expect-error The package has no types.
import { PNG } from 'pngjs';
import { becomesTrue, clickWidget, expectNoProblems, openLab, serve, stateOf, waitForState, widget } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

/** @typedef {import('playwright-core').Page} Page */
const kDesk = { viewport: { width: 1440, height: 900 } };
const kPhone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
const kRate = 'train.learning_rate.field';

/** @param {object} options @param {string} [room] */
async function openRoom(options, room = 'train') {
  const { url } = await serve();
  const opened = await openLab(`${url}#room=${room}`, { options });
  await waitForState(opened.page, 's.configured');
  await opened.page.evaluate('convoscope.idle()');
  return opened;
}

/** @param {Page} page */
const rateOf = async (page) => (await stateOf(page)).settings.optimizer.learning_rate;

/** The browser's own field is where text goes now. @param {Page} page */
const takesText = (page) => becomesTrue(page, 'document.activeElement.id === "typed"', 3);

/** What is seen of the field's place. @param {Page} page @param {{x: number, y: number, width: number, height: number}} clip */
async function picture(page, clip) {
  return PNG.sync.read(await page.screenshot({ clip })).data;
}

test('text: a click on a number takes the keys at once, Enter keeps what was typed, Escape what was before', async () => {
  const { page, problems } = await openRoom(kDesk);
  await clickWidget(page, kRate);
  expectEqual(await page.evaluate('document.activeElement.id'), 'typed', 'focus after the click');
  await page.keyboard.type('0.0271');
  await page.keyboard.press('Enter');
  await waitForState(page, 's.settings.optimizer.learning_rate === 0.0271');
  expect(await becomesTrue(page, 'document.activeElement.id === "canvas"', 3), 'the keys do not return');
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, kRate);
  await page.keyboard.type('0.9');
  await page.keyboard.press('Escape');
  await page.evaluate('convoscope.idle()');
  expectEqual(await rateOf(page), 0.0271, 'rate after Escape');
  expectNoProblems(problems);
});

test('text: an input method composes in sight, in the field, and its digits of full width count', async () => {
  const { page, problems } = await openRoom(kDesk);
  await clickWidget(page, kRate);
  expect(await takesText(page), 'the field for text has no focus');
  const { rect } = await widget(page, kRate);
  const session = await page.context().newCDPSession(page);
  const rate = await rateOf(page);
  const before = await picture(page, rect);
  await session.send('Input.imeSetComposition', { text: '０．０３', selectionStart: 4, selectionEnd: 4 });
  const composing = /** @type {any} */ (await page.evaluate(`(() => {
    const { value, className } = document.activeElement;
    const { left, right, top, bottom } = document.activeElement.getBoundingClientRect();
    return { text: value.trim(), className, left, right, top, bottom };
  })()`));
  expectEqual([composing.text, composing.className], ['０．０３', 'composing'], 'what is being composed');
  expect(composing.left >= rect.x - 1 && composing.top >= rect.y - 1 && composing.bottom <= rect.y + rect.height + 1,
    `composed at ${JSON.stringify(composing)}, the field is ${JSON.stringify(rect)}`);
  expect(composing.right - composing.left > 40, 'the composed word has no room');
  expect(Buffer.compare(before, await picture(page, rect)) !== 0, 'the composed word is not seen');
  expectEqual(await rateOf(page), rate, 'rate while a word is being composed');
  await session.send('Input.insertText', { text: '０．０３' });
  await page.evaluate('convoscope.idle()');
  expectEqual(await page.evaluate('document.activeElement.className'), '', 'the composing field');
  await page.keyboard.press('Enter');
  await waitForState(page, 's.settings.optimizer.learning_rate === 0.03');
  expectNoProblems(problems);
});

test('text: a composition that is given up leaves nothing', async () => {
  const { page, problems } = await openRoom(kDesk);
  await clickWidget(page, kRate);
  expect(await takesText(page), 'the field for text has no focus');
  const session = await page.context().newCDPSession(page);
  await session.send('Input.imeSetComposition', { text: '９９', selectionStart: 2, selectionEnd: 2 });
  await session.send('Input.imeSetComposition', { text: '', selectionStart: 0, selectionEnd: 0 });
  await page.keyboard.type('0.04');
  await page.keyboard.press('Enter');
  await waitForState(page, 's.settings.optimizer.learning_rate === 0.04');
  expectNoProblems(problems);
});

test('text: on a phone a tap opens the soft keyboard within the gesture, and its text counts without keys', async () => {
  const { page, problems } = await openRoom(kPhone);
  const tap = async (/** @type {string} */ id) => {
    const { rect } = await widget(page, id);
    await page.touchscreen.tap(rect.x + rect.width / 2, rect.y + rect.height / 2);
    await page.evaluate('convoscope.idle()');
  };
  await tap('train.tune');
  expect(await becomesTrue(page, `convoscope.widgets().some((w) => w.id === "${kRate}")`, 5), 'no settings');
  // A soft keyboard only opens for a focus that comes while the finger's event is being handled.
  await page.evaluate(`addEventListener('pointerup', () => { globalThis.focusedInGesture = document.activeElement.id; })`);
  await tap(kRate);
  expectEqual(await page.evaluate('focusedInGesture'), 'typed', 'focus at the end of the gesture');
  const session = await page.context().newCDPSession(page);
  for (const text of ['0', '.', '0', '6', '7']) await session.send('Input.insertText', { text });
  // Its Backspace is no key either.
  await page.evaluate(`(() => {
    const field = document.activeElement;
    field.value = '';
    field.dispatchEvent(new InputEvent('input', { inputType: 'deleteContentBackward', bubbles: true }));
  })()`);
  await session.send('Input.insertText', { text: '2' });
  await page.evaluate('convoscope.idle()');
  await page.keyboard.press('Enter');
  await waitForState(page, 's.settings.optimizer.learning_rate === 0.062');
  expectNoProblems(problems);
});

test('text: a number of the room of convolutions is typed, with a comma and a true minus', async () => {
  const { page, problems } = await openRoom(kDesk, 'convolve');
  const ids = /** @type {string[]} */ (await page.evaluate('convoscope.widgets().filter((w) => w.role === "textbox").map((w) => w.id)'));
  expect(ids.includes('convolve.bias.field'), `fields: ${ids.join(' ')}`);
  await clickWidget(page, 'convolve.bias.field');
  expect(await takesText(page), 'the field for text has no focus');
  const session = await page.context().newCDPSession(page);
  await session.send('Input.insertText', { text: '\u22121,5' });
  await page.evaluate('convoscope.idle()');
  await page.keyboard.press('Enter');
  await waitForState(page, 's.convolve.bias === -1.5');
  expectNoProblems(problems);
});

test('text: Tab opens, types and leaves a number without a pointer', async () => {
  const { page, problems } = await openRoom(kDesk);
  await page.evaluate('document.getElementById("canvas").focus()');
  const focused = `convoscope.widgets().some((w) => w.id === "${kRate}" && w.focused)`;
  for (let i = 0; i < 60 && !(await page.evaluate(focused)); i++) {
    await page.keyboard.press('Tab');
    await page.evaluate('convoscope.idle()');
  }
  expect(await page.evaluate(focused), 'Tab does not reach the rate');
  await page.keyboard.press('Enter');
  expect(await takesText(page), 'Enter does not open the field');
  await page.keyboard.type('0.008');
  await page.keyboard.press('Tab');
  await waitForState(page, 's.settings.optimizer.learning_rate === 0.008');
  expectNoProblems(problems);
});
