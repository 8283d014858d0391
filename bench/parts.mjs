// @ts-check
// What a run consists of: how each part is measured, and the table that shows it.

import { cpus } from 'node:os';
import { measureInference, measureKernels, measureRoofline, measureSteps } from './engine.mjs';
import { drawGrowth, measureGrowth } from './growth.mjs';
import { measureMemory } from './memory.mjs';
import { kAllNetworks, kNetworks } from './networks.mjs';
import { measurePage } from './page.mjs';
import { measureBrowserPeers, measurePyTorch } from './peers.mjs';
import { built } from './programs.mjs';
import { crossed, lineForEach, tableText } from './table.mjs';
import { measureVisit } from './visit.mjs';

/** @typedef {{rounds: number, seconds: number, limit: number}} Options */
/**
 * @typedef {object} Part
 * @property {string} title
 * @property {(options: Options) => Promise<any[]>} measure
 * @property {(rows: any[]) => import('./table.mjs').Table} table
 */

const kBatch = 64;
const threads = cpus().length;
const threadCounts = [...new Set([1, threads])];
const percent = (/** @type {number} */ share) => (Number.isFinite(share) ? `${(100 * share).toFixed(0)} %` : undefined);
const speed = (/** @type {any} */ row) => [row.images_per_second, row.lowest, row.highest];
const kSpeed = ['images/s', 'lowest', 'highest'];

/** How many times the engine is faster than a peer. @param {any} row */
function factor({ times_slower: times, at_most: isBound }) {
  if (!Number.isFinite(times)) return undefined;
  return isBound ? `more than ${Math.floor(times)} times` : `${Math.round(times)} times`;
}

/** @type {Record<string, Part>} */
export const kParts = {
  roofline: {
    title: 'Multiply-add alone',
    measure: () => measureRoofline(threadCounts),
    table: lineForEach(['variant', 'threads', 'GFLOP/s'],
      (row) => [row.variant, row.threads, row.gigaflops]),
  },
  kernels: {
    title: 'The kernels, one thread: GFLOP/s and share of multiply-add',
    measure: measureKernels,
    table: crossed('kernel', (row) => row.kernel, (row) => row.variant,
      (row) => (row.gigaflops ? `${row.gigaflops.toFixed(0)} (${percent(row.share)})` : `${row.microseconds.toFixed(1)} µs`)),
  },
  steps: {
    title: `Training steps, batch ${kBatch}`,
    measure: ({ rounds }) => measureSteps(kAllNetworks, { batch: kBatch, threadCounts, rounds }),
    table: lineForEach(['network', 'variant', 'threads', ...kSpeed, 'GFLOP/s', 'multiply-add alone', 'share'],
      (row) => [row.network, row.variant, row.threads, ...speed(row), row.gigaflops, row.multiply_add_gigaflops, percent(row.share)]),
  },
  inference: {
    title: 'One image and all its activations, one thread, µs',
    measure: () => measureInference(kAllNetworks),
    table: crossed('network', (row) => row.network, (row) => row.variant, (row) => row.microseconds),
  },
  peers: {
    title: `Side by side in Chromium, batch ${kBatch}`,
    measure: ({ seconds, limit }) => measureBrowserPeers(kNetworks, { batch: kBatch, threads, seconds, limit }),
    table: lineForEach(['network', 'who', ...kSpeed, 'the engine is faster by'],
      (row) => [row.network, row.peer, row.error ?? row.images_per_second, row.lowest, row.highest, factor(row)]),
  },
  pytorch: {
    title: `Beside PyTorch on the same processors, batch ${kBatch}`,
    measure: ({ seconds }) => measurePyTorch(kNetworks, { batch: kBatch, threadCounts, seconds }),
    table: lineForEach(['network', 'threads', 'who', ...kSpeed],
      (row) => [row.network, row.threads, row.peer, ...speed(row)]),
  },
  page: {
    title: `Training in the page: LeNet-5, batch ${kBatch}`,
    measure: ({ rounds, seconds }) => measurePage({ site: built('site'), network: kNetworks[0], batch: kBatch, seconds, rounds, threads }),
    table: lineForEach(['variant', 'threads', ...kSpeed, 'frame, ms', '95 % of frames under, ms', 'in the best round'],
      (row) => [row.variant, row.threads, ...speed(row), row.frame_milliseconds.p50, row.frame_milliseconds.p95,
        row.frame_milliseconds.p95_of_best_round]),
  },
  visit: {
    title: 'A visit to the page',
    measure: () => measureVisit({ site: built('site'), network: kNetworks[0], threads }),
    table: lineForEach(['what', 'figure', 'unit', 'note'],
      (row) => [row.what, row.value, row.unit, row.note]),
  },
  memory: {
    title: `Memory, batch ${kBatch}`,
    measure: () => measureMemory(kAllNetworks, { batch: kBatch, threads }),
    table: lineForEach(['network', 'threads', 'in use, MB', 'heap at its highest, MB', 'steps', 'bytes taken in them', 'growth in use', 'growth of the heap'],
      (row) => [row.network, row.threads, row.bytes_in_use / 1e6, row.highest_address / 1e6, row.steps, row.bytes_taken_in_steps,
        row.growth_in_use, row.growth_of_highest_address]),
  },
  growth: {
    title: 'How time grows: milliseconds a step, relaxed SIMD in Chromium',
    measure: async () => {
      const rows = await measureGrowth(kNetworks, { batch: kBatch, threads });
      drawGrowth(rows, `relaxed SIMD in Chromium, ${threads} threads`, kBatch);
      return rows;
    },
    table: crossed('', (row) => `${row.series} ${row.series === 'width' ? '×' : ''}${row.x}`, (row) => row.network, (row) => row.milliseconds),
  },
};

/** @param {string} name @param {any[]} rows */
export function partText(name, rows) {
  const { title, table } = kParts[name];
  if (rows.length === 0) return `\n## ${title}\n\nNot on this machine.`;
  const { head, lines } = table(rows);
  return tableText(title, head, lines);
}
