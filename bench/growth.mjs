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

/** Two, a while apart, so that a busy moment of the machine spoils only half of a point's rounds. */
const kSweeps = 2;

/** @typedef {{series: Row['series'], x: number, networks: NetworkFile[], batch: number, threads: number}} Point */

/** @param {NetworkFile[]} networks @param {{batch: number, threads: number}} wish @returns {Point[]} */
function pointsOf(networks, { batch, threads }) {
  // VGG-small eight times as wide has 35 million weights, and a step takes half a minute.
  const narrow = networks.slice(0, 3);
  const counts = Array.from({ length: threads }, (_, i) => i + 1);
  return [
    ...kBatches.map((x) => ({ series: /** @type {const} */ ('batch'), x, networks, batch: x, threads })),
    ...kWidths.map((x) => ({ series: /** @type {const} */ ('width'), x, networks: narrow.map((network) => widened(network, x)), batch, threads })),
    ...counts.map((x) => ({ series: /** @type {const} */ ('threads'), x, networks, batch, threads: x })),
  ];
}

/** @param {NetworkFile[]} networks @param {{batch: number, threads: number}} wish @returns {Promise<Row[]>} */
export async function measureGrowth(networks, wish) {
  const points = pointsOf(networks, wish);
  const measured = points.map((point) => point.networks.map(() => /** @type {import('./engine.mjs').Round[]} */ ([])));
  for (let sweep = 0; sweep < kSweeps; sweep += 1) {
    for (const [i, { networks: own, batch, threads }] of points.entries()) {
      const rounds = await stepRounds(kBrowser, own, { batch, threads, rounds: 2, milliseconds: 120 });
      rounds.forEach((more, network) => measured[i][network].push(...more));
    }
  }
  return points.flatMap(({ series, x, networks: own, batch }, i) => own.map((network, n) => {
    const { images_per_second, gigaflops } = summarizeRounds(measured[i][n]);
    return { series, network: network.name.replace(/ ×\d+$/, ''), x, milliseconds: (1000 * batch) / images_per_second, gigaflops, images_per_second };
  }));
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
      title: 'An image’s time against the batch', subtitle: `Training step divided by its images, ${where}`,
      x: { label: 'images a batch', ticks: kBatches, logarithmic: true },
      y: { label: 'µs an image', ticks: powersAround(heights(batchLines), 10), logarithmic: true },
      lines: batchLines,
    },
    width: {
      title: 'A step’s time against the width', subtitle: `A training step of ${batch} images, ${where}`,
      x: { label: 'channels and features, times those of the network', ticks: kWidths, logarithmic: true, text: (value) => `×${value}` },
      y: { label: 'milliseconds a step', ticks: powersAround(heights(widthLines), 10), logarithmic: true, text: decimal },
      lines: widthLines,
    },
    threads: {
      title: 'Speed against threads', subtitle: `Training steps of ${batch} images, ${where}`,
      x: { label: 'threads', ticks: threads },
      y: { label: 'times as fast as one thread', ticks: Array.from({ length: 2 * threads.length + 1 }, (_, i) => i / 2) },
      lines: [...threadLines, { name: 'ideal', dashed: true, points: threads.map((n) => /** @type {[number, number]} */ ([n, n])) }],
    },
  };
  for (const [name, chart] of Object.entries(charts)) writeFileSync(join(folder, `growth-${name}.svg`), chartText(chart));
}
