// Writes small data sets in each of the forms that the program reads.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** A data set of 28 × 28 images as IDX files: a bright bar whose place tells the class. @param {string} target */
export function writeDataFolder(target) {
  mkdirSync(target, { recursive: true });
  const bigEndian = (...numbers) => {
    const bytes = Buffer.alloc(4 * numbers.length);
    numbers.forEach((number, i) => bytes.writeUInt32BE(number, 4 * i));
    return bytes;
  };
  for (const [split, count] of [['train', 240], ['t10k', 40]]) {
    const labels = Buffer.from(Array.from({ length: count }, (_, i) => i % 10));
    const pixels = Buffer.alloc(count * 784);
    for (let i = 0; i < pixels.length; i += 1) {
      const [image, row] = [Math.floor(i / 784), Math.floor((i % 784) / 28)];
      pixels[i] = (Math.floor(row / 2.8) === labels[image] ? 200 : 0) + ((i * 7919) % 41);
    }
    writeFileSync(join(target, `${split}-labels-idx1-ubyte`), Buffer.concat([bigEndian(0x801, count), labels]));
    writeFileSync(join(target, `${split}-images-idx3-ubyte`), Buffer.concat([bigEndian(0x803, count, 28, 28), pixels]));
  }
}

/** The folder of IDX files as packed shards: the labels, then the pixels, gzip'ed. @param {string} target @param {string} digits */
export function writePackedFolder(target, digits) {
  mkdirSync(target, { recursive: true });
  const splits = {};
  for (const [split, prefix] of [['train', 'train'], ['test', 't10k']]) {
    const labels = readFileSync(join(digits, `${prefix}-labels-idx1-ubyte`)).subarray(8);
    const pixels = readFileSync(join(digits, `${prefix}-images-idx3-ubyte`)).subarray(16);
    const bytes = Buffer.concat([labels, pixels]);
    writeFileSync(join(target, `${split}.bin.gz`), gzipSync(bytes));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    splits[split] = { shards: [{ file: `${split}.bin.gz`, count: labels.length, sha256 }] };
  }
  const classes = Array.from({ length: 10 }, (_, digit) => String(digit));
  writeFileSync(join(target, 'manifest.json'),
    JSON.stringify({ format: 'convoscope-data/1', name: 'packed', input: [1, 28, 28], classes, splits }));
}

/** CIFAR-10's binary batches, two images each. @param {string} target */
export function writeCifarFolder(target) {
  mkdirSync(target, { recursive: true });
  const image = (/** @type {number} */ label) => Buffer.concat([Buffer.from([label]), Buffer.alloc(3072, 20 * label)]);
  for (const name of ['data_batch_1', 'data_batch_2', 'test_batch']) {
    writeFileSync(join(target, `${name}.bin`), Buffer.concat([image(3), image(9)]));
  }
}
