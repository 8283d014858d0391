// @ts-check
// The Inspect room in space: turned, zoomed, a cell picked; and what its frames cost while a network learns.

import { expectShortFrames, frameCosts } from './support/frame_costs.mjs';
import { clickWidget, dispatch, expectNoProblems, openLab, serve, stateOf, waitForState, widget } from './support/lab.mjs';
import { expect, measured, test } from './support/runner.mjs';

const kFrameMilliseconds = 8;
const kDesk = { viewport: { width: 1440, height: 900 } };

test('inspect: in space the layers are turned and zoomed, and a cell that is clicked is opened', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#v=1&room=inspect&image=3`, { options: kDesk });
  await waitForState(page, 's.ready_weights && s.inspect.neuron !== undefined', 60);
  await clickWidget(page, 'inspect.scene.space');
  await waitForState(page, 's.inspect.scene === "space"');
  await page.evaluate('convoscope.idle()');
  const { rect } = await widget(page, 'inspect.space');
  const { outlook } = (await stateOf(page)).inspect;
  const [x, y] = [rect.x + rect.width / 2, rect.y + rect.height - 12];
  await page.mouse.move(x, y);
  await page.evaluate('convoscope.idle()');
  await page.mouse.down();
  await page.evaluate('convoscope.idle()');
  await page.mouse.move(x + 60, y, { steps: 4 });
  await page.evaluate('convoscope.idle()');
  await page.mouse.up();
  await waitForState(page, `Math.abs(s.inspect.outlook.yaw - ${outlook.yaw}) > 10`);
  await page.mouse.wheel(0, -100);
  await waitForState(page, 's.inspect.outlook.zoom > 1.05');
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'inspect.space.reset');
  await waitForState(page, `s.inspect.outlook.zoom === 1 && s.inspect.outlook.yaw === ${outlook.yaw}`);

  await dispatch(page, { command: 'inspect_look', yaw: 0, pitch: 0, zoom: 1 });
  await page.evaluate('convoscope.idle()');
  expect(!(await stateOf(page)).inspect.pinned, 'turning has opened a cell');
  for (let across = 0.3; across < 0.7; across += 0.02) {  // from the front, through the middle of all slabs
    await page.mouse.click(rect.x + across * rect.width, rect.y + rect.height * 0.53);
    await page.evaluate('convoscope.idle()');
    if ((await stateOf(page)).inspect.pinned) break;
  }
  const { inspect } = await stateOf(page);
  expect(inspect.pinned && inspect.stages.includes(inspect.neuron.layer), 'no cell was opened');
  for (const network of ['cifar-quick', 'cifar-residual']) {
    await dispatch(page, { command: 'choose_network', network });
    await waitForState(page, `s.settings.network === '${network}' && s.configured && s.inspect.neuron !== undefined`, 90);
    await page.evaluate('convoscope.idle()');
    await widget(page, 'inspect.space');
  }
  expectNoProblems(problems);
  return `${inspect.neuron.layer} [${inspect.neuron.channel}, ${inspect.neuron.row}, ${inspect.neuron.column}]`;
}, 150);

measured(`inspect: in space frames take less than ${kFrameMilliseconds} ms while it turns and the network learns`, async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#v=1&room=inspect&scene=space`, { options: kDesk });
  await waitForState(page, 's.configured && s.inspect.neuron !== undefined && s.data.train_loaded >= 20000', 60);
  await dispatch(page, { command: 'set', epochs: 0 });
  const told = await expectShortFrames(page, kFrameMilliseconds, async () => {
    await dispatch(page, { command: 'start' });
    await waitForState(page, 's.status === "running"');
    const { step } = await stateOf(page);
    const began = (await stateOf(page)).frames_drawn;
    const costs = await frameCosts(page, async () => {
      for (let turn = 0; turn < 60; turn++) {  // each look is a frame, which software draws slowly
        await dispatch(page, { command: 'inspect_look', yaw: -40 + turn, pitch: 18, zoom: 1 });
        await waitForState(page, `s.frames_drawn > ${began + Math.floor(turn / 2)}`, 10);
      }
    });
    const { step: now } = await stateOf(page);
    expect(now > step && costs.frames >= 25, `${now - step} steps, ${costs.frames} frames`);
    await dispatch(page, { command: 'pause' });
    await waitForState(page, 's.status === "paused"');
    return costs;
  });
  expectNoProblems(problems);
  return told;
}, 150);
