// @ts-check
// How the time of a training step grows with the batch, the width of the network and the threads: measured in
// headless Chromium with relaxed SIMD, and drawn.

import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stepRounds, summarizeRounds } from './engine.mjs';
import { widened } from './networks.mjs';
import { chartText, powersAround } from './plot.mjs';
import { kBrowser } from './programs.mjs';

/** @typedef {import('./networks.mjs').NetworkFile} NetworkFile */
/** @typedef {{series: 'batch' | 'width' | 'threads', network: string, x: number, milliseconds: number, gigaflops: number, images_per_second: number}} Row */

const folder = dirname(fileURLToPath(import.meta.url));
const kBatches = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];
const kWidths = [1, 2, 4, 8];

/**
 * @param {Row['series']} series @param {number} x @param {NetworkFile[]} networks @param {{batch: number, threads: number}} wish
 * @returns {Promise<Row[]>}
 */
async function measureAt(series, x, networks, wish) {
  const measured = await stepRounds(kBrowser, networks, { ...wish, milliseconds: 150 });
  return measured.map((rounds, i) => {
    const { images_per_second, gigaflops } = summarizeRounds(rounds);
    return { series, network: networks[i].name.replace(/ ×\d+$/, ''), x, milliseconds: (1000 * wish.batch) / images_per_second, gigaflops, images_per_second };
  });
}

/** @param {NetworkFile[]} networks @param {{batch: number, threads: number}} wish @returns {Promise<Row[]>} */
export async function measureGrowth(networks, { batch, threads }) {
  const rows = [];
  for (const x of kBatches) rows.push(...await measureAt('batch', x, networks, { batch: x, threads }));
  // VGG-small eight times as wide has 35 million weights, and a step takes half a minute.
  for (const x of kWidths) rows.push(...await measureAt('width', x, networks.slice(0, 3).map((network) => widened(network, x)), { batch, threads }));
  for (let x = 1; x <= threads; x += 1) rows.push(...await measureAt('threads', x, networks, { batch, threads: x }));
  return rows;
}

/** @param {Row[]} rows @param {Row['series']} series @param {(row: Row, first: Row) => number} value */
function linesOf(rows, series, value) {
  const own = rows.filter((row) => row.series === series);
  return [...new Set(own.map((row) => row.network))].map((name) => {
    const line = own.filter((row) => row.network === name);
    return { name, points: line.map((row) => /** @type {[number, number]} */ ([row.x, value(row, line[0])])) };
  });
}

/** @param {{points: [number, number][]}[]} lines */
const heights = (lines) => lines.flatMap(({ points }) => points.map(([, y]) => y));

/** Writes the three plots beside this file. @param {Row[]} rows @param {string} where the machine and its load @param {number} batch */
export function drawGrowth(rows, where, batch) {
  const microseconds = (/** @type {Row} */ row) => (1000 * row.milliseconds) / row.x;
  const batchLines = linesOf(rows, 'batch', microseconds);
  const widthLines = linesOf(rows, 'width', (row) => row.milliseconds);
  const threadLines = linesOf(rows, 'threads', (row, first) => first.milliseconds / row.milliseconds);
  const threads = [...new Set(rows.filter((row) => row.series === 'threads').map((row) => row.x))];
  const decimal = (/** @type {number} */ value) => value.toLocaleString('en', { maximumSignificantDigits: 2 });
  /** @type {Record<string, import('./plot.mjs').Chart>} */
  const charts = {
    batch: {
      title: 'Larger batches make an image cheaper', subtitle: `A training step's time for each image, ${where}`,
      x: { label: 'images a batch', ticks: kBatches, logarithmic: true },
      y: { label: 'µs an image', ticks: powersAround(heights(batchLines), 10), logarithmic: true },
      lines: batchLines,
    },
    width: {
      title: 'Wider networks cost the square of their width', subtitle: `A training step of ${batch} images, ${where}`,
      x: { label: 'channels and features, times those of the network', ticks: kWidths, logarithmic: true, text: (value) => `×${value}` },
      y: { label: 'milliseconds a step', ticks: powersAround(heights(widthLines), 10), logarithmic: true, text: decimal },
      lines: widthLines,
    },
    threads: {
      title: 'What another thread brings', subtitle: `Training steps of ${batch} images, ${where}`,
      x: { label: 'threads', ticks: threads },
      y: { label: 'times as fast as one thread', ticks: Array.from({ length: threads.length + 1 }, (_, i) => i) },
      lines: [...threadLines, { name: 'ideal', dashed: true, points: threads.map((n) => /** @type {[number, number]} */ ([n, n])) }],
    },
  };
  for (const [name, chart] of Object.entries(charts)) writeFileSync(join(folder, `growth-${name}.svg`), chartText(chart));
}
