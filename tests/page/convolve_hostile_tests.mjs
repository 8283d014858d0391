// @ts-check
// Pictures that nobody should open: each is answered, and what cannot be opened changes nothing.

// @ts-expect-error The package has no types.
import { PNG } from 'pngjs';
import { openRoom, roomOf } from './support/convolve_room.mjs';
import { dispatch, expectNoProblems, waitForState } from './support/lab.mjs';
import { generator } from './support/random.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{name: string, type: string, bytes: Buffer}} Dropped */

/** A small picture of every colour. @returns {Buffer} */
function colourful() {
  const png = new PNG({ width: 24, height: 16 });
  for (let i = 0; i < 24 * 16; i++) png.data.set([(i * 7) % 256, (i * 13) % 256, (i * 29) % 256, 255], 4 * i);
  return PNG.sync.write(png);
}

/** @param {Page} page @returns {Promise<Buffer>} */
async function jpegOf(page) {
  const base64 = String(await page.evaluate(`(async () => {
    const canvas = new OffscreenCanvas(24, 16);
    const context = canvas.getContext('2d');
    context.fillStyle = 'red';
    context.fillRect(4, 4, 12, 8);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg' });
    return btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer())));
  })()`));
  return Buffer.from(base64, 'base64');
}

/** @param {Buffer} whole @param {number} width @param {number} height a PNG that says it is of another size */
function resized(whole, width, height) {
  const bytes = Buffer.from(whole);
  bytes.writeUInt32BE(width >>> 0, 16);
  bytes.writeUInt32BE(height >>> 0, 20);
  return bytes;
}

/** Cut short, with bytes changed, with bytes doubled. @param {Buffer} whole @param {string} ending @param {() => number} random @returns {Dropped[]} */
function damaged(whole, ending, random) {
  const below = (/** @type {number} */ count) => Math.floor(random() * count);
  return Array.from({ length: 24 }, (_, i) => {
    let bytes = Buffer.from(whole);
    if (i % 3 === 0) bytes = bytes.subarray(0, below(bytes.length));
    else if (i % 3 === 1) for (let changes = 1 + below(6); changes > 0; changes--) bytes[below(bytes.length)] = below(256);
    else bytes = Buffer.concat([bytes.subarray(0, below(bytes.length)), bytes.subarray(below(bytes.length))]);
    return { name: `damaged${i}.${ending}`, type: `image/${ending}`, bytes };
  });
}

/** Those that can be no picture of this page. @param {Buffer} png @returns {Dropped[]} */
function foreign(png) {
  const text = (/** @type {string} */ words) => Buffer.from(words);
  return [
    { name: 'empty.png', type: 'image/png', bytes: Buffer.alloc(0) },
    { name: 'drawing.svg', type: 'image/svg+xml', bytes: text('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>') },
    { name: 'page.html', type: 'text/html', bytes: text('<!doctype html><script>alert(1)</script>') },
    { name: 'moving.gif', type: 'image/gif', bytes: text('GIF89a\x01\x00\x01\x00\x00\x00\x00;') },
    { name: 'words.png', type: 'image/png', bytes: text('this is no picture at all') },
    { name: 'zeros.jpeg', type: 'image/jpeg', bytes: Buffer.alloc(4096) },
    { name: 'only-sign.png', type: 'image/png', bytes: png.subarray(0, 8) },
    { name: 'no-width.png', type: 'image/png', bytes: resized(png, 0, 16) },
    { name: 'wide.png', type: 'image/png', bytes: resized(png, 0xffffffff, 1) },
    { name: 'vast.png', type: 'image/png', bytes: resized(png, 0x7fffffff, 0x7fffffff) },
    { name: 'large.png', type: 'image/png', bytes: resized(png, 5000, 6000) },
    { name: 'start.jpeg', type: 'image/jpeg', bytes: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff]) },
    { name: 'endless.jpeg', type: 'image/jpeg', bytes: Buffer.from([0xff, 0xd8, ...Array(64).fill([0xff, 0xe1, 0, 2]).flat()]) },
  ];
}

/** Drops a file and waits for what the page says. @param {Page} page @param {Dropped} file @returns {Promise<string>} what the notice says; empty: opened */
const drop = async (page, { name, type, bytes }) => String(await page.evaluate(`(async () => {
  const bytes = Uint8Array.from(atob('${bytes.toString('base64')}'), (letter) => letter.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], '${name}', { type: '${type}' }));
  const notice = document.getElementById('notice');
  notice.hidden = true;
  document.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  const opened = () => convoscope.widgets().some((w) => w.id.startsWith('toast') && (w.label + w.value).includes('${name}'));
  for (let tries = 0; tries < 200 && notice.hidden && !opened(); tries++) await new Promise((resolve) => setTimeout(resolve, 25));
  if (!notice.hidden) return notice.innerText;
  return opened() ? '' : 'SILENCE';
})()`));

for (const scene of ['cells', 'picture']) {
  test(`convolve: damaged and foreign pictures are answered, and change nothing (${scene})`, async () => {
    const { page, problems } = await openRoom(`&i=6&k=3&s=1&p=1&scene=${scene}&colour=1&side=32`);
    const random = generator(scene === 'cells' ? 5 : 6);
    const png = colourful();
    const jpeg = await jpegOf(page);
    const shown = async () => {
      const room = await roomOf(page);
      return JSON.stringify(scene === 'cells' ? room.image : [room.photo.source, room.photo.input]);
    };
    let refused = 0;
    const files = [...foreign(png), ...damaged(png, 'png', random), ...damaged(jpeg, 'jpeg', random)];
    for (const file of files) {
      const before = await shown();
      const answer = await drop(page, file);
      expect(answer !== 'SILENCE', `${file.name}: no answer`);
      if (answer === '') continue;
      refused++;
      expect(answer.includes(file.name) && answer.length > 30, `${file.name}: the notice says ${answer}`);
      expectEqual(await shown(), before, `${file.name} was refused, and the picture`);
    }
    expect(refused > 20, `only ${refused} of ${files.length} were refused`);
    const numbers = (await roomOf(page)).image.flat();
    expect(numbers.every((/** @type {number} */ value) => Number.isFinite(value)), 'numbers that are none');
    expectEqual(await drop(page, { name: 'good.png', type: 'image/png', bytes: png }), '', 'a good picture after them');
    await dispatch(page, { command: 'convolve_scene', scene: 'cells' });
    await waitForState(page, 's.convolve.scene === "cells"');
    expectNoProblems(problems);
    return `${refused} of ${files.length} refused, the others shown as far as they can be read`;
  }, 120);
}
