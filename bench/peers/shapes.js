// @ts-check
// What a network file's layers say about sizes, for peers that want every size written out.

/** @typedef {import('../networks.mjs').NetworkFile} NetworkFile */
/** @typedef {import('../networks.mjs').Layer} Layer */

/**
 * The layers with weights: the shape of their weights, PyTorch's order.
 * @param {NetworkFile} network @returns {{layer: Layer, shape: number[]}[]}
 */
export function weightShapes(network) {
  let [channels, extent] = network.input;
  let features = 0;
  const found = [];
  for (const layer of network.layers) {
    const { type, kernel_size: kernel = 1, padding = 0 } = layer;
    if (type === 'conv2d') {
      found.push({ layer, shape: [layer.out_channels, channels, kernel, kernel] });
      channels = layer.out_channels;
      extent = extent + 2 * padding - kernel + 1;
    } else if (type === 'max_pool2d') {
      extent = Math.floor((extent - kernel) / (layer.stride ?? kernel)) + 1;
    } else if (type === 'flatten') {
      features = channels * extent * extent;
    } else if (type === 'linear') {
      found.push({ layer, shape: [layer.out_features, features] });
      features = layer.out_features;
    }
  }
  return found;
}
