// @ts-check
// The volumes in space: turned by mouse, keys and fingers, picked, drawn again after a loss.

import { openRoom, roomOf, settled } from './support/convolve_room.mjs';
import { clickWidget, dispatch, expectNoProblems, fingers, loseGraphics, nextStep, waitForState, widget } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';
// @ts-expect-error The package has no types.
import { PNG } from 'pngjs';

/** @typedef {import('playwright-core').Page} Page */

/** Pixels of the volumes that are not the ground. @param {Page} page */
async function drawn(page) {
  const { rect } = await widget(page, 'convolve.volumes');
  await page.mouse.move(4, 300);
  await page.evaluate('convoscope.idle()');
  const shot = PNG.sync.read(await page.screenshot({ clip: { x: rect.x, y: rect.y, width: rect.width, height: rect.height } }));
  let coloured = 0;
  for (let i = 0; i < shot.data.length; i += 4) {
    const [r, g, b] = [shot.data[i], shot.data[i + 1], shot.data[i + 2]];
    if (Math.max(r, g, b) - Math.min(r, g, b) > 40) coloured++;
  }
  return coloured;
}

test('volumes: dragging, keys and the wheel turn them, a cell is picked, the link keeps the look', async () => {
  const { page, problems } = await openRoom('&channels=3&filters=2&i=7&k=3&s=2&p=1');
  await clickWidget(page, 'convolve.lens.volumes');
  await waitForState(page, 's.convolve.lens === "volumes"');
  await page.evaluate('convoscope.idle()');
  expect((await drawn(page)) > 20_000, 'the volumes are on the screen');
  const { rect } = await widget(page, 'convolve.volumes');
  const [x, y] = [rect.x + rect.width / 2, rect.y + rect.height - 20];
  const before = (await roomOf(page)).outlook;
  await page.mouse.move(x, y);
  await page.evaluate('convoscope.idle()');
  await page.mouse.down();
  await settled(page);
  await page.mouse.move(x + 50, y - 20, { steps: 5 });
  await settled(page);
  await page.mouse.up();
  await page.evaluate('convoscope.idle()');
  let { outlook } = await roomOf(page);
  expect(Math.abs(outlook.yaw - before.yaw - 20) < 1 && Math.abs(outlook.pitch - before.pitch + 8) < 1, JSON.stringify(outlook));
  await page.mouse.wheel(0, -100);
  await waitForState(page, 's.convolve.outlook.zoom > 1.05');
  await nextStep(page);
  const link = String(await page.evaluate('convoscope.link()')).split('#')[1];
  ({ outlook } = await roomOf(page));
  const again = await openRoom(`&${link.split('&').slice(1).join('&')}`);
  const taken = (await roomOf(again.page)).outlook;
  expect(Math.abs(taken.yaw - outlook.yaw) + Math.abs(taken.pitch - outlook.pitch) + Math.abs(taken.zoom - outlook.zoom) < 0.01, JSON.stringify(taken));
  await clickWidget(page, 'convolve.volumes.reset');
  await waitForState(page, 's.convolve.outlook.zoom === 1');
  expectEqual((await roomOf(page)).outlook, before, 'as it began');
  await dispatch(page, { command: 'focus_widget', id: 'convolve.volumes' });
  await page.keyboard.press('ArrowRight', { delay: 60 });
  await page.keyboard.press('ArrowUp', { delay: 60 });
  await waitForState(page, `Math.abs(s.convolve.outlook.yaw - ${before.yaw} - 5) < 0.1 && Math.abs(s.convolve.outlook.pitch - ${before.pitch} + 5) < 0.1`);
  await page.keyboard.press('+', { delay: 60 });
  await waitForState(page, 'Math.abs(s.convolve.outlook.zoom - 1.1) < 0.01');
  await page.keyboard.press('-', { delay: 60 });
  await waitForState(page, 'Math.abs(s.convolve.outlook.zoom - 1) < 0.01');
  await page.keyboard.press('Escape');
  // From the front the output's last cell lies at its lower right corner.
  await dispatch(page, { command: 'convolve_look', yaw: 0, pitch: 0, zoom: 1 });
  await page.evaluate('convoscope.idle()');
  for (let across = 0.98; across > 0.6; across -= 0.01) {
    await page.mouse.move(rect.x + across * rect.width, rect.y + rect.height * 0.56);
    await settled(page);
    if ((await roomOf(page)).trace.kind === 'output') break;
  }
  const { trace, output } = await roomOf(page);
  expectEqual([trace.kind, trace.place[1]], ['output', output[0].length - 1], 'the last column comes first from the right');
  expectEqual(trace.count, 9, 'its window');
  expectNoProblems([...problems, ...again.problems]);
});

test('volumes: they come back after the graphics context was lost, and a finger turns them, two draw them nearer', async () => {
  const { page, problems } = await openRoom('&channels=2&i=6&k=3&s=1&p=0&lens=volumes',
    { viewport: { width: 390, height: 844 }, hasTouch: true, deviceScaleFactor: 2 });
  const before = await drawn(page);
  expect(before > 2000, `only ${before} coloured pixels`);
  await loseGraphics(page);
  await page.evaluate('convoscope.idle()');
  const after = await drawn(page);
  expect(Math.abs(after - before) < 0.02 * before, `${after} coloured pixels, before ${before}`);
  const touch = await fingers(page);
  const { rect } = await widget(page, 'convolve.volumes');
  const at = (/** @type {number} */ dx) => [rect.x + rect.width / 2 + dx, rect.y + rect.height / 2];
  await touch('touchStart', [at(0)]);
  for (const dx of [10, 30, 60]) {
    await touch('touchMove', [at(dx)]);
    await page.waitForTimeout(40);
  }
  await touch('touchEnd', []);
  await waitForState(page, 's.convolve.outlook.yaw > -20');
  const apart = (/** @type {number} */ dx) => [at(-dx), at(dx)];
  await touch('touchStart', apart(20));
  for (const dx of [30, 45, 60]) {
    await touch('touchMove', apart(dx));
    await page.waitForTimeout(40);
  }
  await touch('touchEnd', []);
  await waitForState(page, 's.convolve.outlook.zoom > 1.5');
  expectNoProblems(problems.filter((problem) => !/CONTEXT_LOST|context lost/i.test(problem)));
});
