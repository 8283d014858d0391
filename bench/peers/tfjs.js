// @ts-check
// TensorFlow.js with its low-level functions, the least that a step can cost there.

import { labels, noise, weights } from './noise.js';
import { weightShapes } from './shapes.js';

/** @typedef {import('../networks.mjs').NetworkFile} NetworkFile */

/** Weights in its order: height, width, inputs, outputs. @param {any} tf @param {number[]} shape @param {number} seed */
function variableOf(tf, shape, seed) {
  return tf.tidy(() => tf.variable(tf.transpose(tf.tensor(weights(shape, seed), shape), shape.length === 4 ? [2, 3, 1, 0] : [1, 0])));
}

/** @param {any} tf @param {NetworkFile} network @param {{w: any, b: any}[]} parameters @param {any} x */
function forward(tf, network, parameters, x) {
  let next = 0;
  for (const layer of network.layers) {
    const { type, kernel_size: kernel, padding = 0, stride = kernel } = layer;
    if (type === 'conv2d') {
      const { w, b } = parameters[next++];
      x = tf.add(tf.conv2d(x, w, 1, padding), b);
    } else if (type === 'linear') {
      const { w, b } = parameters[next++];
      x = tf.add(tf.matMul(x, w), b);
    } else if (type === 'max_pool2d') {
      x = tf.maxPool(x, kernel, stride, 'valid');
    } else if (type === 'flatten') {
      x = tf.reshape(x, [x.shape[0], -1]);
    } else if (type === 'relu') {
      x = tf.relu(x);
    }
  }
  return x;
}

/** @param {string} backend @param {NetworkFile} network @param {number} batch */
export async function createPeer(backend, network, batch) {
  const { tf } = /** @type {any} */ (window);
  tf.wasm?.setWasmPaths('/node_modules/@tensorflow/tfjs-backend-wasm/dist/');
  if (!await tf.setBackend(backend)) throw new Error(`TensorFlow.js cannot start its backend ${backend} here`);
  await tf.ready();
  const [channels, height, width] = network.input;
  const images = tf.tensor4d(noise(batch * channels * height * width, 1), [batch, height, width, channels]);
  const targets = tf.oneHot(tf.tensor1d(labels(batch, 2), 'int32'), 10);
  const parameters = weightShapes(network).map(({ shape }, i) => ({ w: variableOf(tf, shape, 3 + i), b: tf.variable(tf.zeros([shape[0]])) }));
  const optimizer = tf.train.momentum(0.01, 0.9);
  return {
    async step() {
      const loss = optimizer.minimize(() => tf.losses.softmaxCrossEntropy(targets, forward(tf, network, parameters, images)), true);
      const [value] = await loss.data();
      loss.dispose();
      return value;
    },
  };
}
