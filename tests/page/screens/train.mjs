// @ts-check
// The Train room before, while and after it trains.

import { clickWidget } from '../support/lab.mjs';
import { addOwn, diverge, drawOwn, loaded, lookInside, measure, preprocess, race, smooth, takeApart, train, trainOwn } from './acts.mjs';

/** @typedef {import('./scene.mjs').Scene} Scene */

/** @type {Scene[]} */
export const trainScenes = [
  { name: 'train', link: 'v=1&room=train', act: (page) => train(page, 860) },
  { name: 'train-cifar', link: 'v=1&room=train&data=cifar10', act: (page) => train(page, 300) },
  { name: 'train-exhibit', link: 'v=1&room=train', act: measure },
  { name: 'train-curves', link: 'v=1&room=train', part: 'train.over.step', act: smooth },
  { name: 'train-health', link: 'v=1&room=train', part: 'train.health.conv1', act: lookInside },
  { name: 'train-diverged', link: 'v=1&room=train', act: diverge },
  { name: 'train-race', link: 'v=1&room=train', part: 'train.accuracy', over: 'train.accuracy', act: race },
  { name: 'train-preprocessing', link: 'v=1&room=train', act: preprocess },
  { name: 'train-experiments', link: 'v=1&room=train', act: async (page) => { await loaded(page); await clickWidget(page, 'train.experiments'); } },
  { name: 'train-own-pictures', link: 'v=1&room=train', act: drawOwn },
  { name: 'train-own-trained', link: 'v=1&room=train', act: trainOwn },
  { name: 'train-own-changed', link: 'v=1&room=train', act: addOwn },
  { name: 'train-slow-motion', link: 'v=1&room=train', act: takeApart },
];
