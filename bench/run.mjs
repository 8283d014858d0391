// @ts-check
// Measures the engine where it runs, and beside it others that train the same networks. Prints tables and
// writes build/bench/results.json.
//
//   node bench/run.mjs [--only PART,…] [--rounds 2] [--seconds 3] [--limit 60]
//
// Expects: make native wasm wasm-relaxed site. What the parts are and how to read them: bench/README.md.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measureKernels, measureRoofline, measureSteps } from './engine.mjs';
import { drawGrowth, measureGrowth } from './growth.mjs';
import { measureMemory } from './memory.mjs';
import { kAllNetworks, kNetworks } from './networks.mjs';
import { measurePage } from './page.mjs';
import { measureBrowserPeers, measurePyTorch } from './peers.mjs';
import { built } from './programs.mjs';
import { printTable } from './table.mjs';
import { measureVisit } from './visit.mjs';

/** @typedef {(rows: any[]) => void} Printer */

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const output = join(root, 'build', 'bench', 'results.json');
const kBatch = 64;
const threads = cpus().length;
const threadCounts = [...new Set([1, threads])];

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '2' },
    seconds: { type: 'string', default: '3' },  // of a round in the page, and of a peer
    limit: { type: 'string', default: '60' },  // seconds that a slow peer has for two steps
  },
});
const [rounds, seconds, limit] = [options.rounds, options.seconds, options.limit].map(Number);

/** @type {Record<string, {title: string, measure: () => Promise<any[]>, print: Printer}>} */
const parts = {
  roofline: {
    title: 'Multiply-add alone',
    measure: () => measureRoofline(threadCounts),
    print: (rows) => printTable('Multiply-add alone', ['variant', 'threads', 'GFLOP/s'],
      rows.map((row) => [row.variant, row.threads, row.gigaflops])),
  },
  kernels: {
    title: 'The kernels',
    measure: measureKernels,
    print: (rows) => printTable('The kernels, one thread', ['kernel', 'variant', 'µs', 'GFLOP/s', 'share of multiply-add, %'],
      rows.map((row) => [row.kernel, row.variant, row.microseconds, row.gigaflops || undefined, 100 * row.share || undefined])),
  },
  steps: {
    title: 'Training steps',
    measure: () => measureSteps(kAllNetworks, { batch: kBatch, threadCounts, rounds }),
    print: (rows) => printTable(`Training steps, batch ${kBatch}`,
      ['network', 'variant', 'threads', 'images/s', 'lowest', 'highest', 'GFLOP/s', 'multiply-add alone', 'share, %'],
      rows.map((row) => [row.network, row.variant, row.threads, row.images_per_second, row.lowest, row.highest, row.gigaflops,
        row.multiply_add_gigaflops, 100 * row.share])),
  },
  peers: {
    title: 'Peers in the browser',
    measure: () => measureBrowserPeers(kNetworks, { batch: kBatch, threads, seconds, limit }),
    print: (rows) => printTable(`Side by side in Chromium, batch ${kBatch}`,
      ['network', 'who', 'images/s', 'lowest', 'highest', 'the engine is faster by'],
      rows.map((row) => [row.network, row.peer, row.error ?? row.images_per_second, row.lowest, row.highest, row.times_slower])),
  },
  pytorch: {
    title: 'PyTorch',
    measure: () => measurePyTorch(kNetworks, { batch: kBatch, threadCounts, seconds }),
    print: (rows) => (rows.length === 0 ? console.log('\nNo Python here has PyTorch.')
      : printTable(`Beside PyTorch on the same processors, batch ${kBatch}`, ['network', 'threads', 'who', 'images/s', 'lowest', 'highest'],
        rows.map((row) => [row.network, row.threads, row.peer, row.images_per_second, row.lowest, row.highest]))),
  },
  page: {
    title: 'Training in the page',
    measure: () => measurePage({ site: built('site'), network: kNetworks[0], batch: kBatch, seconds, rounds, threads }),
    print: (rows) => printTable(`The page in Chromium: LeNet-5, batch ${kBatch}`,
      ['variant', 'threads', 'images/s', 'lowest', 'highest', 'frame, ms', '95 % of frames under, ms'],
      rows.map((row) => [row.variant, row.threads, row.images_per_second, row.lowest, row.highest, row.frame_milliseconds.p50, row.frame_milliseconds.p95])),
  },
  visit: {
    title: 'A visit to the page',
    measure: () => measureVisit({ site: built('site'), network: kNetworks[0], threads }),
    print: (rows) => printTable('A visit to the page', ['what', 'figure', 'unit', 'note'], rows.map((row) => [row.what, row.value, row.unit, row.note])),
  },
  memory: {
    title: 'Memory',
    measure: () => measureMemory(kAllNetworks, { batch: kBatch, threads }),
    print: (rows) => printTable(`Memory, batch ${kBatch}`,
      ['network', 'threads', 'in use, MB', 'heap at its highest, MB', 'steps', 'bytes taken in them', 'growth in use', 'growth of the heap'],
      rows.map((row) => [row.network, row.threads, row.bytes_in_use / 1e6, row.highest_address / 1e6, row.steps, row.bytes_taken_in_steps,
        row.growth_in_use, row.growth_of_highest_address])),
  },
  growth: {
    title: 'How time grows',
    measure: async () => {
      const rows = await measureGrowth(kNetworks, { batch: kBatch, threads });
      drawGrowth(rows, `relaxed SIMD in Chromium, ${threads} threads`, kBatch);
      return rows;
    },
    print: (rows) => printTable('How time grows', ['network', 'what', 'ms a step', 'images/s', 'GFLOP/s'],
      rows.map((row) => [row.network, `${row.series} ${row.x}`, row.milliseconds, row.images_per_second, row.gigaflops])),
  },
};

const wanted = options.only?.split(',') ?? Object.keys(parts);
const unknown = wanted.find((name) => !(name in parts));
if (unknown !== undefined) {
  console.error(`bench: unknown part "${unknown}"; there are ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}

/** Parts that this run leaves out stay as the last one left them, with its date. */
const results = existsSync(output) ? JSON.parse(readFileSync(output, 'utf8')) : {};
results.machine = {
  processor: cpus()[0].model, processors: threads, memory_gigabytes: Math.round(totalmem() / 2 ** 30),
  system: `${process.platform} ${process.arch}`, node: process.version,
};
results.parts ??= {};
mkdirSync(dirname(output), { recursive: true });
for (const name of wanted) {
  const { title, measure, print } = parts[name];
  console.error(`bench: ${title}`);
  const load = loadavg()[0];
  const rows = await measure();
  results.parts[name] = { date: new Date().toISOString(), load_before: load, load_after: loadavg()[0], rows };
  print(rows);
  writeFileSync(output, `${JSON.stringify(results, null, 2)}\n`);
}
console.log(`\n${output}`);
