// @ts-check
/// <reference lib="webworker" />
// Encodes an animation beside the page: first the frames that the colours are taken from, then all frames in their order.

// @ts-expect-error tools/assemble-site.mjs puts it there; the package has no types.
import { GIFEncoder, applyPalette, quantize } from './libraries/gifenc.js';

/** @typedef {{kind: 'colours' | 'frame' | 'end', pixels?: ArrayBuffer, width?: number, height?: number, milliseconds?: number}} Order */

/** One entry stays free: pixels that are as in the frame before. */
const kColours = 255;
const kFormat = 'rgb565';

const encoder = GIFEncoder();
/** @type {Uint8Array[]} */
const samples = [];
/** @type {number[][]} */
let palette = [];
let transparent = 0;
/** @type {Uint8Array | null} */
let before = null;

function choosePalette() {
  const all = new Uint8Array(samples.reduce((length, sample) => length + sample.length, 0));
  let end = 0;
  for (const sample of samples.splice(0)) {
    all.set(sample, end);
    end += sample.length;
  }
  palette = quantize(all, kColours, { format: kFormat });
  transparent = palette.length;
  palette.push([0, 0, 0]);
}

/** @param {Required<Order>} order */
function addFrame({ pixels, width, height, milliseconds }) {
  if (palette.length === 0) choosePalette();
  const indices = /** @type {Uint8Array} */ (applyPalette(new Uint8Array(pixels), palette.slice(0, transparent), kFormat));
  const written = before ? indices.map((index, place) => (index === before?.[place] ? transparent : index)) : indices;
  encoder.writeFrame(written, width, height, {
    palette: before ? undefined : palette,
    delay: milliseconds,
    transparent: before !== null,
    transparentIndex: transparent,
    dispose: 1,
  });
  before = indices;
}

addEventListener('message', (/** @type {MessageEvent<Order>} */ { data }) => {
  if (data.kind === 'colours') samples.push(new Uint8Array(/** @type {ArrayBuffer} */ (data.pixels)));
  if (data.kind === 'frame') addFrame(/** @type {Required<Order>} */ (data));
  if (data.kind === 'end') encoder.finish();
  const bytes = data.kind === 'end' ? encoder.bytes() : null;
  postMessage({ bytes }, bytes ? { transfer: [bytes.buffer] } : {});
});
