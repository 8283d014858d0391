// @ts-check
// The page as SVG: in every room the drawing looks like the page, and its words are text.

import { readFileSync } from 'node:fs';
import { dispatch, expectNoProblems, openLab, serve, waitForState } from './support/lab.mjs';
import { expect, test } from './support/runner.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** Of 255, on average over all pixels and colours: edges and letters are smoothed a little differently. */
const kMostDifference = 2;

/** @type {{room: string, link: string, is: string, words: string[], pictures: number}[]} */
const kRooms = [
  { room: 'convolve', link: 'v=1&room=convolve', is: 's.convolve', words: ['Parameters', 'Kernel'], pictures: 0 },
  { room: 'train', link: 'v=1&room=train', is: 's.configured && s.data.train_loaded > 0', words: ['Optimiser', '55,000 train'], pictures: 10 },
  { room: 'inspect', link: 'v=1&room=inspect&image=3', is: 's.ready_weights && s.inspect?.neuron !== undefined && s.test.length > 0',
    words: ['Inside one neuron', 'What it reads'], pictures: 20 },
];

/** @param {Page} page @returns {Promise<string>} */
async function drawing(page) {
  const [download] = await Promise.all([page.waitForEvent('download'), dispatch(page, { command: 'export', what: 'drawing' })]);
  expect(download.suggestedFilename() === 'convoscope.svg', download.suggestedFilename());
  return readFileSync(await download.path(), 'utf8');
}

/** How far two pictures are apart. @param {Page} page @param {string} svg @param {Buffer} png */
async function difference(page, svg, png) {
  const empty = await page.context().newPage();
  return empty.evaluate(async (addresses) => {
    const [drawn, shown] = await Promise.all(addresses.map(async (address) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d');
      context?.drawImage(image, 0, 0);
      return context?.getImageData(0, 0, image.width, image.height).data ?? new Uint8ClampedArray();
    }));
    if (drawn.length !== shown.length) return 255;
    return drawn.reduce((sum, value, place) => sum + Math.abs(value - shown[place]), 0) / drawn.length;
  }, [`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`, `data:image/png;base64,${png.toString('base64')}`]);
}

for (const { room, link, is, words, pictures } of kRooms) {
  test(`drawing: ${room} as SVG looks like the page, and its words are text`, async () => {
    const { url } = await serve();
    const { page, problems } = await openLab(`${url}#${link}`);
    await waitForState(page, is, 60);
    await page.evaluate('convoscope.idle()');
    const svg = await drawing(page);
    for (const word of words) expect(svg.includes(`>${word}<`), `“${word}” is not text`);
    const images = svg.match(/<image [^>]*href="data:image\/png/g)?.length ?? 0;
    expect(images >= pictures && !/<image [^>]*\d"\/>/.test(svg), `${images} pictures`);
    await page.evaluate('convoscope.idle()');
    const apart = await difference(page, svg, await page.screenshot());
    expect(apart < kMostDifference, `${apart} of 255 apart`);
    expectNoProblems(problems);
  });
}
