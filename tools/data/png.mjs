// @ts-check
// Decodes the one kind of PNG in which CIFAR-10 comes: 8 bits, red green blue, not interlaced. Source: the PNG
// specification (W3C), sections 5, 9 and 10.

import { inflateSync } from 'node:zlib';

const kSignature = '89504e470d0a1a0a';
const kChannels = 3;

/** @param {Buffer} bytes @returns {Map<string, Buffer[]>} the chunks' contents by their names */
function readChunks(bytes) {
  if (bytes.subarray(0, 8).toString('hex') !== kSignature) throw new Error('not a PNG file');
  /** @type {Map<string, Buffer[]>} */
  const chunks = new Map();
  for (let at = 8; at + 12 <= bytes.length;) {
    const size = bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    chunks.set(name, [...(chunks.get(name) ?? []), bytes.subarray(at + 8, at + 8 + size)]);
    at += 12 + size;
  }
  return chunks;
}

/** The neighbour (left, up or up-left) that is nearest to left + up − up-left. @param {number} a @param {number} b @param {number} c */
function paeth(a, b, c) {
  const toA = Math.abs(b - c);
  const toB = Math.abs(a - c);
  const toC = Math.abs(a + b - 2 * c);
  return toA <= toB && toA <= toC ? a : toB <= toC ? b : c;
}

/** Undoes one row's filter in place. @param {number} filter @param {Buffer} row @param {Buffer} above */
function unfilter(filter, row, above) {
  for (let i = 0; i < row.length; i++) {
    const left = i >= kChannels ? row[i - kChannels] : 0;
    const upLeft = i >= kChannels ? above[i - kChannels] : 0;
    const guess = [0, left, above[i], (left + above[i]) >> 1][filter] ?? paeth(left, above[i], upLeft);
    row[i] += guess;
  }
}

/** @param {Buffer} bytes @returns {{width: number, height: number, pixels: Buffer}} rows of red, green, blue */
export function decodePng(bytes) {
  const chunks = readChunks(bytes);
  const header = chunks.get('IHDR')?.[0];
  if (!header || header.length !== 13) throw new Error('no header');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  if (header.subarray(8).toString('hex') !== '0802000000') throw new Error('expected 8 bits, RGB, not interlaced');
  const stride = width * kChannels;
  const filtered = inflateSync(Buffer.concat(chunks.get('IDAT') ?? []));
  if (filtered.length !== height * (1 + stride)) throw new Error(`${filtered.length} bytes of pixels, expected ${height * (1 + stride)}`);
  const pixels = Buffer.alloc(height * stride);
  let above = Buffer.alloc(stride);
  for (let y = 0; y < height; y++) {
    const row = pixels.subarray(y * stride, (y + 1) * stride);
    filtered.copy(row, 0, y * (1 + stride) + 1, (y + 1) * (1 + stride));
    const filter = filtered[y * (1 + stride)];
    if (filter > 4) throw new Error(`row ${y} has filter ${filter}, expected 0 to 4`);
    unfilter(filter, row, above);
    above = row;
  }
  return { width, height, pixels };
}
