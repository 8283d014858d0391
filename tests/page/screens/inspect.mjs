// @ts-check
// The Inspect room and its answers.

import { askWhy, goBack, learn, readyMade } from './acts.mjs';

/** @typedef {import('./scene.mjs').Scene} Scene */

/** @type {Scene[]} */
export const inspectScenes = [
  { name: 'inspect', link: 'v=1&room=inspect&image=3', act: readyMade },
  { name: 'inspect-class', link: 'v=1&room=inspect&layer=fc3&at=9.0.0&image=9', act: (page) => learn(page, 430), part: 'inspect.neuron' },
  { name: 'inspect-layer', link: 'v=1&room=inspect&image=3&opened=conv2&map=5&layer=conv2&at=5.4.7', act: readyMade, part: 'inspect.path.map' },
  { name: 'inspect-layer-dense', link: 'v=1&room=inspect&image=3&opened=fc2&map=7', act: readyMade, part: 'inspect.path.map' },
  { name: 'inspect-layer-cifar', link: 'v=1&room=inspect&network=cifar-quick&opened=conv3&map=4', act: readyMade, part: 'inspect.path.map' },
  { name: 'inspect-cifar', link: 'v=1&room=inspect&network=cifar-quick', act: readyMade },
  { name: 'inspect-backward', link: 'v=1&room=inspect&image=3&direction=backward', act: goBack, part: 'inspect.gradient' },
  { name: 'inspect-weight', link: 'v=1&room=inspect&image=3&direction=backward&layer=conv2&at=5.4.4&weight=780', act: goBack, part: 'inspect.gradient' },
  { name: 'inspect-space', link: 'v=1&room=inspect&image=3&scene=space', act: readyMade, part: 'inspect.scene.space' },
  { name: 'inspect-space-cifar', link: 'v=1&room=inspect&network=cifar-quick&scene=space', act: readyMade, part: 'inspect.scene.space' },
  { name: 'inspect-why', link: 'v=1&room=inspect&image=0&scene=why', act: askWhy, part: 'inspect.scene.why' },
  { name: 'inspect-why-cifar', link: 'v=1&room=inspect&network=cifar-quick&scene=why', act: askWhy, part: 'inspect.scene.why' },
];
