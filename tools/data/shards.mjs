// @ts-check
// Writes a data set as the shards that the page loads (format: docs/protocol.md), the same byte for byte on every
// machine with the same zlib.

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/**
 * Labels, and images of bytes, NCHW.
 * @typedef {{labels: Uint8Array, images: Buffer}} Split
 *
 * @typedef {object} DataSet
 * @property {string} name
 * @property {number[]} input channels, height, width
 * @property {string[]} classes
 * @property {number[]} [mean] of the training images, one a channel, of bytes / 255
 * @property {number[]} [std]
 * @property {number} validation how many training images are held out unless the user says otherwise
 * @property {Split} train
 * @property {Split} test
 * @property {number[]} trainShards images of each; small first, so that training begins early
 * @property {number[]} testShards in the order of the source
 */

const kSeed = 1;

/** @param {string} text @returns {never} */
export function fail(text) {
  console.error(`pack: ${text}`);
  process.exit(1);
}

/** @param {Buffer | string} bytes */
export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** SplitMix64 (Steele et al. 2014): small, well mixed, the same everywhere. @param {number} seed */
function randomNumbers(seed) {
  let state = BigInt(seed);
  const mask = (1n << 64n) - 1n;
  /** A whole number in [0, bound). @param {number} bound */
  return (bound) => {
    state = (state + 0x9e3779b97f4a7c15n) & mask;
    let z = state;
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & mask;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & mask;
    z ^= z >> 31n;
    return Number((z >> 32n) * BigInt(bound) >> 32n);
  };
}

/** Fisher–Yates. @param {number[]} items @param {(bound: number) => number} random */
function shuffle(items, random) {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random(i + 1);
    [items[i], items[j]] = [items[j], items[i]];
  }
}

/**
 * Deals every class over the shards in proportion to the shards' sizes; the sizes come out exactly.
 * @param {Uint8Array} labels @param {number} classes @param {number[]} sizes @param {(bound: number) => number} random
 */
function stratify(labels, classes, sizes, random) {
  /** @type {number[][]} */
  const byClass = Array.from({ length: classes }, () => []);
  labels.forEach((label, index) => byClass[label].push(index));
  byClass.forEach((indices) => shuffle(indices, random));
  // Images in an order in which every prefix is balanced: the k-th of n of a class stands at (k + ½)/n.
  const order = byClass
    .flatMap((indices, label) => indices.map((index, k) => ({ index, label, at: (k + 0.5) / indices.length })))
    .sort((a, b) => a.at - b.at || a.label - b.label)
    .map(({ index }) => index);
  return cut(order, sizes).map((shard) => {
    shuffle(shard, random);
    return shard;
  });
}

/** @param {number[]} order @param {number[]} sizes */
function cut(order, sizes) {
  let begin = 0;
  const shards = sizes.map((size) => order.slice(begin, (begin += size)));
  if (begin !== order.length) fail(`shards of ${begin} images, but there are ${order.length}`);
  return shards;
}

/** @param {string} folder @param {string} file @param {Split} split @param {number[]} indices */
function writeShard(folder, file, { labels, images }, indices) {
  const pixels = images.length / labels.length;
  const bytes = Buffer.alloc(indices.length * (1 + pixels));
  indices.forEach((index, i) => {
    bytes[i] = labels[index];
    images.copy(bytes, indices.length + i * pixels, index * pixels, (index + 1) * pixels);
  });
  const compressed = gzipSync(bytes, { level: 9 });
  writeFileSync(join(folder, file), compressed);
  return { file, count: indices.length, bytes: bytes.length, compressed_bytes: compressed.length, sha256: sha256(bytes) };
}

/** @param {string} output @param {string} stamp */
function isUpToDate(output, stamp) {
  try {
    if (readFileSync(join(output, '.stamp'), 'utf8') !== stamp) return false;
    const manifest = JSON.parse(readFileSync(join(output, 'manifest.json'), 'utf8'));
    return [...manifest.splits.train.shards, ...manifest.splits.test.shards].every(
      (shard) => statSync(join(output, shard.file)).size === shard.compressed_bytes);
  } catch {
    return false;
  }
}

/**
 * Writes manifest and shards to a folder, which is replaced when they are complete. Does nothing when it is up to date.
 * @param {string} output @param {string} stamp changes when the source or the packing does @param {() => DataSet} read
 */
export function pack(output, stamp, read) {
  if (isUpToDate(output, stamp)) {
    console.log(`pack: ${output} is up to date`);
    return;
  }
  const { trainShards, testShards, train, test, validation, ...about } = read();
  const folder = `${output}.part`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });

  /** @param {string} name @param {Split} split @param {number[][]} shards */
  const write = (name, split, shards) => ({
    count: split.labels.length,
    shards: shards.map((indices, i) => writeShard(folder, `${name}-${String(i).padStart(2, '0')}.bin.gz`, split, indices)),
  });
  const splits = {
    train: { validation, ...write('train', train, stratify(train.labels, about.classes.length, trainShards, randomNumbers(kSeed))) },
    test: write('test', test, cut([...test.labels.keys()], testShards)),
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ format: 'convoscope-data/1', ...about, splits }, null, 1) + '\n');
  writeFileSync(join(folder, '.stamp'), stamp);
  rmSync(output, { recursive: true, force: true });
  renameSync(folder, output);
  const shards = [...splits.train.shards, ...splits.test.shards];
  const compressed = shards.reduce((sum, shard) => sum + shard.compressed_bytes, 0);
  console.log(`pack: ${shards.length} shards, ${(compressed / 1e6).toFixed(1)} MB in ${output}`);
}
