// @ts-check
// The networks that are trained: network files of the page's presets, and VGG-small of bench/networks/.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {{type: string, name?: string, [attribute: string]: any}} Layer */
/** @typedef {{format: string, name: string, input: number[], layers: Layer[]}} NetworkFile */

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** @param {string[]} path @returns {NetworkFile} */
const read = (...path) => JSON.parse(readFileSync(join(root, ...path), 'utf8'));

/** Those that every peer is asked to train. */
export const kNetworks = [
  read('assets', 'presets', 'lenet5.json'),
  read('assets', 'presets', 'convnetjs-mnist.json'),
  read('assets', 'presets', 'convnetjs-cifar.json'),
  read('bench', 'networks', 'vgg-small.json'),
];

/** With a residual one, which few peers could train without a translation of its graph. */
export const kAllNetworks = [...kNetworks, read('assets', 'presets', 'resnet20-cifar.json')];

/** Every layer's channels and features times a factor, the last layer's excepted. @param {NetworkFile} network @param {number} factor */
export function widened(network, factor) {
  const last = network.layers.length - 1;
  const layers = network.layers.map((layer, i) => {
    if (i === last) return layer;
    if (layer.type === 'conv2d') return { ...layer, out_channels: factor * layer.out_channels };
    if (layer.type === 'linear') return { ...layer, out_features: factor * layer.out_features };
    return layer;
  });
  return { ...network, name: `${network.name} ×${factor}`, layers };
}
