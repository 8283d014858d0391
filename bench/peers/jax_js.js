// @ts-check
// jax-js: kernels compiled in the browser, here to WebAssembly with threads. Its arrays are counted by hand:
// `x.ref` is one more use, and a function takes what it is given.

import { labels, noise, weights } from './noise.js';
import { weightShapes } from './shapes.js';

/** @typedef {import('../networks.mjs').NetworkFile} NetworkFile */

const kLibrary = './node_modules/@jax-js/jax/dist/index.js';

/** @param {any} jax @param {NetworkFile} network */
function forwardOf({ lax, nn, numpy: np }, network) {
  return (/** @type {{w: any, b: any}[]} */ parameters, /** @type {any} */ x) => {
    let next = 0;
    for (const layer of network.layers) {
      const { type, kernel_size: kernel, padding = 0, stride = kernel } = layer;
      if (type === 'conv2d') {
        const { w, b } = parameters[next++];
        x = lax.convGeneralDilated(x, w, [1, 1], [[padding, padding], [padding, padding]]).add(b.reshape([1, -1, 1, 1]));
      } else if (type === 'linear') {
        const { w, b } = parameters[next++];
        x = np.matmul(x, w.transpose()).add(b);
      } else if (type === 'max_pool2d') {
        x = lax.reduceWindow(x, np.max, [kernel, kernel], [stride, stride]);
      } else if (type === 'flatten') {
        x = x.reshape([x.shape[0], -1]);
      } else if (type === 'relu') {
        x = nn.relu(x);
      }
    }
    return x;
  };
}

/** @param {string} backend @param {NetworkFile} network @param {number} batch */
export async function createPeer(backend, network, batch) {
  const jax = await import(kLibrary);
  const { numpy: np, nn, jit, valueAndGrad, tree } = jax;
  const devices = await jax.init(backend);
  if (!devices.includes(backend)) throw new Error(`jax-js has no ${backend} here`);
  jax.defaultDevice(backend);
  const [channels, height, width] = network.input;
  const images = np.array(noise(batch * channels * height * width, 1)).reshape([batch, channels, height, width]);
  const targets = nn.oneHot(np.array(labels(batch, 2), { dtype: np.int32 }), 10);
  let parameters = weightShapes(network).map(({ shape }, i) => ({
    w: np.array(weights(shape, 3 + i)).reshape(shape), b: np.zeros([shape[0]]),
  }));
  let velocities = parameters.map(({ w, b }) => ({ w: np.zeros(w.shape), b: np.zeros(b.shape) }));
  const forward = forwardOf(jax, network);
  const lossOf = (/** @type {any} */ p, /** @type {any} */ x, /** @type {any} */ y) =>
    nn.logSoftmax(forward(p, x)).mul(y).sum().mul(-1 / batch);
  const update = jit((/** @type {any} */ p, /** @type {any} */ v, /** @type {any} */ x, /** @type {any} */ y) => {
    const [loss, gradient] = valueAndGrad(lossOf)(tree.ref(p), x, y);
    const velocity = tree.map((/** @type {any} */ old, /** @type {any} */ g) => old.mul(0.9).add(g), v, gradient);
    return [loss, tree.map((/** @type {any} */ w, /** @type {any} */ d) => w.sub(d.mul(0.01)), p, tree.ref(velocity)), velocity];
  });
  return {
    async step() {
      let loss;
      [loss, parameters, velocities] = update(parameters, velocities, images.ref, targets.ref);
      await jax.blockUntilReady(parameters);
      return Number(await loss.jsAsync());
    },
  };
}
