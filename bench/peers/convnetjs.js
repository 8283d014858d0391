// @ts-check
// ConvNetJS: plain JavaScript, one image after another.

import { labels, noise } from './noise.js';

/** @typedef {import('../networks.mjs').NetworkFile} NetworkFile */

/** Its own list of layers; an activation belongs to the layer before it. @param {NetworkFile} network */
function definitions(network) {
  const [depth, height, width] = network.input;
  /** @type {Record<string, any>[]} */
  const list = [{ type: 'input', out_sx: width, out_sy: height, out_depth: depth }];
  for (const layer of network.layers) {
    const { kernel_size: sx } = layer;
    if (layer.type === 'conv2d') list.push({ type: 'conv', sx, filters: layer.out_channels, stride: 1, pad: layer.padding ?? 0 });
    if (layer.type === 'max_pool2d') list.push({ type: 'pool', sx, stride: layer.stride ?? sx });
    if (layer.type === 'linear') list.push({ type: 'fc', num_neurons: layer.out_features });
    if (layer.type === 'relu') list[list.length - 1].activation = 'relu';
  }
  const { num_neurons } = /** @type {Record<string, any>} */ (list.pop());
  return [...list, { type: 'softmax', num_classes: num_neurons }];
}

/** @param {string} _backend @param {NetworkFile} network @param {number} batch */
export async function createPeer(_backend, network, batch) {
  const { convnetjs } = /** @type {any} */ (window);
  const [depth, height, width] = network.input;
  const net = new convnetjs.Net();
  net.makeLayers(definitions(network));
  const trainer = new convnetjs.Trainer(net, { method: 'sgd', learning_rate: 0.01, momentum: 0.9, batch_size: batch });
  const size = depth * height * width;
  const pixels = noise(batch * size, 1);
  const classes = labels(batch, 2);
  const images = classes.map((_, i) => {
    const image = new convnetjs.Vol(width, height, depth, 0);
    image.w.set(pixels.subarray(i * size, (i + 1) * size));
    return image;
  });
  return {
    async step() {
      let loss = 0;
      images.forEach((image, i) => { loss += trainer.train(image, classes[i]).loss / batch; });
      return loss;
    },
  };
}
