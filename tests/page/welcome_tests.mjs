// @ts-check
// The first visit: what the page is for, and where to begin.

import { clickWidget, expectNoProblems, newPage, openLab, ready, serve, stateOf, waitForState, widget } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

const kOpen = 'convoscope.widgets().some((w) => w.id.startsWith("welcome."))';

test('welcome: a first visit is shown the rooms, opens one with a click, and the next is not asked again', async () => {
  const { url } = await serve();
  const { page, context, problems } = await newPage();
  await page.goto(url);
  await ready(page);
  await page.evaluate('convoscope.idle()');
  const { rect, label } = await widget(page, 'welcome.room.train');
  expect(rect.width > 300 && /handwritten digits/.test(label), `${rect.width} px wide: ${label}`);
  await clickWidget(page, 'welcome.room.train');
  await waitForState(page, 's.room === "train"');
  await page.evaluate('convoscope.idle()');
  expect(!await page.evaluate(kOpen), 'it stays open');
  await page.waitForFunction(() => localStorage.length > 0);
  await page.close();
  const again = await context.newPage();
  await again.goto(url);
  await ready(again);
  await again.evaluate('convoscope.idle()');
  expectEqual([(await stateOf(again)).room, await again.evaluate(kOpen)], ['train', false], 'room and greeting of the next visit');
  expectNoProblems(problems);
});

test('welcome: who comes by a link or in a frame sees what was sent; Escape closes; the settings ask again', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#v=1&room=convolve`);
  await page.evaluate('convoscope.idle()');
  expect(!await page.evaluate(kOpen), 'it is in the way of a link');
  await page.goto('about:blank');
  await page.goto(`${url}?embed=1`);
  await ready(page);
  await page.evaluate('convoscope.idle()');
  expect(!await page.evaluate(kOpen), 'it is in the way of a course page');
  await page.goto(`${url}#v=1&room=convolve`);
  await ready(page);
  await page.evaluate('convoscope.dispatch({ command: "open_settings" }).then(() => convoscope.idle())');
  await clickWidget(page, 'settings.welcome');
  await page.evaluate('convoscope.idle()');
  expect(await page.evaluate(kOpen), 'the settings do not open it');
  await page.keyboard.press('Escape');
  await page.evaluate('convoscope.idle()');
  expect(!await page.evaluate(kOpen), 'Escape does not close it');
  expectNoProblems(problems);
});
