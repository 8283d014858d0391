// @ts-check
// The Convolve room in its modes.

import { learnFilter, showColours } from './acts.mjs';

/** @typedef {import('./scene.mjs').Scene} Scene */

const kLearning = 'v=1&room=convolve&i=8&k=3&s=1&p=1&picture=ghost&bias=0&w=0,0,0,0,0,0,0,0,0&learn=sobel-x';

/** @type {Scene[]} */
export const convolveScenes = [
  { name: 'convolve', link: 'v=1&room=convolve' },
  { name: 'convolve-turned', link: 'v=1&room=convolve&turn=1&picture=ghost' },
  { name: 'convolve-channels', link: 'v=1&room=convolve&channels=3&filters=2&i=5&k=3&s=2&p=1' },
  { name: 'convolve-transposed', link: 'v=1&room=convolve&operation=transposed&i=4&k=3&s=2&p=1&step=24' },
  { name: 'convolve-greatest', link: 'v=1&room=convolve&operation=transposed&i=32&k=3&s=8&p=1&step=32000' },
  { name: 'convolve-between', link: 'v=1&room=convolve&operation=transposed&i=4&k=3&s=2&p=1&way=0.6' },
  { name: 'convolve-max-pooling', link: 'v=1&room=convolve&operation=max_pool&i=8&k=2&s=2&p=0&picture=ghost&step=9' },
  { name: 'convolve-mean-pooling', link: 'v=1&room=convolve&operation=average_pool&i=8&k=2&s=2&p=0&picture=ghost&step=9' },
  { name: 'convolve-backward', link: 'v=1&room=convolve&direction=backward' },
  { name: 'convolve-matrix', link: 'v=1&room=convolve&lens=matrix' },
  { name: 'convolve-im2col', link: 'v=1&room=convolve&lens=im2col' },
  { name: 'convolve-learning', link: kLearning, act: (page) => learnFilter(page, 40) },
  { name: 'convolve-learned', link: kLearning, act: (page) => learnFilter(page) },
  { name: 'convolve-volumes', link: 'v=1&room=convolve&channels=3&filters=4&lens=volumes' },
  { name: 'convolve-picture', link: 'v=1&room=convolve&scene=picture&kernel=sobel-x&s=1' },
  { name: 'convolve-colour', link: 'v=1&room=convolve&scene=picture&kernel=emboss&s=1&colour=1', act: showColours },
  { name: 'convolve-impossible', link: 'v=1&room=convolve&i=3&k=5&s=1&p=0' },
];
