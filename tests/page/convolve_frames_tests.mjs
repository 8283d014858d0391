// @ts-check
// What the room's frames cost while something moves, in each of its modes; and that nothing is drawn at rest.

import { expectShortFrames, frameCosts } from './support/frame_costs.mjs';
import { clickWidget, dispatch, expectNoProblems, framesAtRest, launch, openLab, serve, stateOf, waitForState } from './support/lab.mjs';
import { expect, measured, test } from './support/runner.mjs';

/** @typedef {import('playwright-core').Page} Page */

const kFrameMilliseconds = 8;
const kDesk = { viewport: { width: 1440, height: 900 } };
/** Another program beside it empties its caches: of several stretches one has to be undisturbed. */
const kStretchFrames = 90;
/** A machine that draws by its processor alone takes a while for so many. */
const kLimitSeconds = 400;

/** What plays by itself, by its link. @type {Record<string, string>} */
const kPlaying = {
  'window': '', 'three channels': '&channels=3&filters=4', 'backward': '&direction=backward', 'matrix': '&lens=matrix',
  'im2col': '&lens=im2col', 'volumes': '&channels=3&filters=4&lens=volumes', 'max pooling': '&operation=max_pool', 'mean pooling': '&operation=average_pool', 'turned': '&turn=1',
  'transposed': '&operation=transposed', 'max pooling backward': '&operation=max_pool&direction=backward', 'learning': '&i=8&s=1&picture=ramp&learn=sharpen',
};

/** What the reader's hand moves: its link, and a command of the i-th frame. @type {Record<string, [string, string]>} */
const kMoved = {
  'between direct and transposed': ['&operation=transposed&i=4&k=3&s=2&p=1', '{ command: "convolve_way", value: 0.05 + 0.9 * (i % 60) / 60 }'],
  'the kernel turning': ['', '{ command: "convolve_turn", on: i % 40 < 20 }'],
  'volumes turning': ['&channels=3&filters=4&lens=volumes', '{ command: "convolve_look", yaw: i % 60 - 30, pitch: 20, zoom: 1 }'],
  'a lens on a picture': ['&scene=picture&kernel=sobel-x&s=1&p=1', '{ command: "photo_point", row: i % 128, column: i % 128 }'],
  'a picture convolved anew': ['&scene=picture&kernel=sobel-x&s=1&p=1', '{ command: "convolve_bias", value: i % 7 }'],
};

/** Opens the room, and lets it come to rest. @param {string} more @param {Parameters<typeof openLab>[1]} [settings] */
async function openAtRest(more, settings = { options: kDesk }) {
  const { url } = await serve();
  const opened = await openLab(`${url}#room=convolve${more}`, settings);
  await opened.page.evaluate('convoscope.idle()');
  const drawn = await framesAtRest(opened.page);
  expect(drawn === 0, `${drawn} frames drawn at rest`);
  return opened;
}

/** @param {Page} page @param {(frames: number) => Promise<unknown>} move  until so many have been drawn */
const expectShort = (page, move) => expectShortFrames(page, kFrameMilliseconds, () => frameCosts(page, () => move(kStretchFrames)));

/** @param {Page} page */
const framesPass = (page) => async (/** @type {number} */ frames) => {
  const { frames_drawn: drawn } = await stateOf(page);
  for (let now = drawn; now < drawn + frames; now = (await stateOf(page)).frames_drawn) {
    await waitForState(page, `s.frames_drawn >= ${drawn + frames} || (s.convolve.learning && s.convolve.learning.state !== 'running')`, 120);
    const { convolve: { learning } } = await stateOf(page);
    if (!learning || learning.state === 'running') continue;
    await dispatch(page, { command: 'convolve_again' });  // a filter comes to rest when it has learned
    await dispatch(page, { command: 'convolve_play', on: true });
  }
};

for (const [name, more] of Object.entries(kPlaying)) {
  measured(`convolve: ${name}: frames take less than ${kFrameMilliseconds} ms while it plays, and none is drawn at rest`, async () => {
    const { page, problems } = await openAtRest(more);
    await dispatch(page, { command: 'convolve_speed', speed: name === 'learning' ? 1 : 4 });
    await dispatch(page, { command: 'convolve_play', on: true });
    const figures = await expectShort(page, framesPass(page));
    expectNoProblems(problems);
    return figures;
  }, kLimitSeconds);
}

for (const [name, [more, command]] of Object.entries(kMoved)) {
  measured(`convolve: ${name}: frames take less than ${kFrameMilliseconds} ms, and none is drawn at rest`, async () => {
    const { page, problems } = await openAtRest(more);
    const figures = await expectShort(page, (frames) => page.evaluate(`(async () => {
      for (let i = 0; i < ${frames}; i++) {
        await convoscope.dispatch(${command});
        for (let pass = 0; pass < 2; pass++) await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    })()`));
    expect((await framesAtRest(page)) === 0, 'frames are drawn after it');
    expectNoProblems(problems);
    return figures;
  }, kLimitSeconds);
}

measured(`convolve: the camera: frames take less than ${kFrameMilliseconds} ms while it is live, and none is drawn when it is left`, async () => {
  const browser = await launch(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']);
  const { page, problems } = await openAtRest('&scene=picture&kernel=edge&s=1', { browser, options: kDesk });
  await clickWidget(page, 'convolve.photo.camera');
  await waitForState(page, 's.convolve.photo.camera === "live" && s.convolve.photo.rows === 128');
  const figures = await expectShort(page, framesPass(page));
  await clickWidget(page, 'convolve.photo.rings');
  await waitForState(page, 's.convolve.photo.source === "rings"');
  expect((await framesAtRest(page)) === 0, 'frames are drawn after it');
  expectNoProblems(problems);
  return figures;
}, kLimitSeconds);

test('convolve: pictures, and what lies between direct and transposed, draw no frame at rest', async () => {
  const { page, problems } = await openAtRest('&scene=picture');
  for (const more of ['&scene=picture', '&operation=transposed&i=4&k=3&s=2&p=1&way=0.5', '&scene=picture&colour=1&kernel=gabor']) {
    await dispatch(page, { command: 'open_link', link: `v=1&room=convolve${more}` });
    const drawn = await framesAtRest(page);
    expect(drawn === 0, `${drawn} frames drawn at rest at ${more}`);
  }
  expectNoProblems(problems);
});
