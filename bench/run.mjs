// @ts-check
// Measures the engine where it runs: as a program, natively and as WebAssembly in Node, and in the
// page in headless Chromium, in every variant. Prints a table and writes build/bench/results.json.
//
//   node bench/run.mjs [--seconds 5] [--rounds 3] [--only roofline,kernels,program,page]
//
// Expects: make native wasm wasm-relaxed site. How to read the figures: bench/README.md.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runInBrowser } from './browser_program.mjs';
import { measurePage } from './page.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const output = join(root, 'build', 'bench', 'results.json');
const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: 'roofline,kernels,program,page' },
  },
});
const seconds = Number(options.seconds);
const rounds = Number(options.rounds);
const parts = new Set(options.only?.split(','));
const network = JSON.parse(readFileSync(join(root, 'tests', 'golden', 'lenet5', 'network.json'), 'utf8'));
const threadCounts = [...new Set([1, cpus().length])];
const kBatch = 64;

/** @param {number[]} numbers */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Runs a program that prints JSON, natively or in Node. @param {string} file @param {string[]} args */
function runJson(file, args) {
  const isWasm = file.endsWith('.js');
  // Node 20 has relaxed SIMD behind a flag; later versions still take the flag.
  const command = isWasm ? process.execPath : file;
  const first = isWasm ? ['--experimental-wasm-relaxed-simd', file] : [];
  const { status, stdout, stderr } = spawnSync(command, [...first, ...args], { encoding: 'utf8', cwd: root });
  if (status !== 0) {
    console.error(`bench: ${file} ${args.join(' ')}: exit code ${status}: ${stderr}`);
    process.exit(1);
  }
  return JSON.parse(stdout);
}

function built(/** @type {string[]} */ ...path) {
  const file = join(root, 'build', ...path);
  if (existsSync(file)) return file;
  console.error(`bench: ${file} is not there; make native wasm wasm-relaxed site`);
  process.exit(1);
}

/** Where a benchmark's program runs: name, folder of the build, runner. */
const kPlaces = [
  { variant: 'native', folder: 'native', isBrowser: false },
  { variant: 'WebAssembly SIMD, Node', folder: 'wasm', isBrowser: false },
  { variant: 'WebAssembly relaxed SIMD, Node', folder: 'wasm-relaxed', isBrowser: false },
  { variant: 'WebAssembly SIMD, Chromium', folder: 'wasm', isBrowser: true },
  { variant: 'WebAssembly relaxed SIMD, Chromium', folder: 'wasm-relaxed', isBrowser: true },
];

/** Runs a program of bench/ that prints JSON. @param {typeof kPlaces[0]} place @param {string} name @param {string[]} args */
async function runAt(place, name, args) {
  const file = built(place.folder, 'bench', place.folder === 'native' ? name : `${name}.js`);
  return place.isBrowser ? JSON.parse(await runInBrowser(file, args)) : runJson(file, args);
}

async function measureRoofline() {
  const rows = [];
  for (const place of kPlaces) {
    for (const threads of threadCounts) {
      rows.push({ variant: place.variant, ...await runAt(place, 'roofline', [String(threads)]) });
    }
  }
  return rows;
}

/** GFLOP/s of each kernel and its share of the multiply-add rate of the same run. */
async function measureKernels() {
  const rows = [];
  for (const place of kPlaces) {
    const report = await runAt(place, 'kernels', ['--json']);
    for (const result of report.results) rows.push({ variant: place.variant, ...result, share: result.gigaflops / report.roofline });
  }
  return rows;
}

async function measureProgram() {
  const rows = [];
  for (const place of kPlaces) {
    for (const threads of threadCounts) {
      const reports = [];
      for (let round = 0; round < rounds; round += 1) {
        reports.push(await runAt(place, 'steps', ['--batch', String(kBatch), '--threads', String(threads), '--json']));
      }
      rows.push(...combineReports(place.variant, threads, reports));
    }
  }
  return rows;
}

/** The median of each network's figures over the rounds. */
function combineReports(/** @type {string} */ variant, /** @type {number} */ threads, /** @type {any[]} */ reports) {
  return reports[0].results.map((/** @type {any} */ first, /** @type {number} */ i) => {
    const rates = reports.map((report) => report.results[i].images_per_second);
    return {
      variant, threads, network: first.network, batch: first.batch,
      images_per_second: median(rates), lowest: Math.min(...rates), highest: Math.max(...rates),
      gigaflops: median(reports.map((report) => report.results[i].gigaflops)),
    };
  });
}

function printTable(/** @type {string} */ title, /** @type {string[]} */ head, /** @type {(string | number)[][]} */ rows) {
  const text = (/** @type {string | number} */ cell) =>
    (typeof cell === 'number' ? cell.toLocaleString('en', { maximumFractionDigits: cell < 1000 ? 1 : 0 }) : cell);
  const lines = [head, ...rows.map((row) => row.map(text))];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const print = (/** @type {string[]} */ line) => console.log(`| ${line.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`);
  console.log(`\n${title}\n`);
  print(lines[0]);
  console.log(`|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
  lines.slice(1).forEach(print);
}

const results = {
  date: new Date().toISOString(),
  machine: {
    processor: cpus()[0].model, processors: cpus().length, memory_gigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`, node: process.version,
  },
  /** @type {any[]} */ roofline: [],
  /** @type {any[]} */ kernels: [],
  /** @type {any[]} */ program: [],
  /** @type {any[]} */ page: [],
};
if (parts.has('roofline')) {
  results.roofline = await measureRoofline();
  printTable('Multiply-add alone, GFLOP/s', ['variant', 'threads', 'GFLOP/s'],
    results.roofline.map((row) => [row.variant, row.threads, row.gigaflops]));
}
if (parts.has('kernels')) {
  results.kernels = await measureKernels();
  printTable('The kernels, one thread', ['kernel', 'variant', 'µs', 'GFLOP/s', 'share of multiply-add, %'],
    results.kernels.map((row) => [row.kernel, row.variant, row.microseconds, row.gigaflops, 100 * row.share]));
}
if (parts.has('program')) {
  results.program = await measureProgram();
  printTable('The program: training steps', ['network', 'variant', 'threads', 'images/s', 'lowest', 'highest', 'GFLOP/s'],
    results.program.map((row) => [row.network, row.variant, row.threads, row.images_per_second, row.lowest, row.highest, row.gigaflops]));
}
if (parts.has('page')) {
  results.page = await measurePage({ site: built('site'), network, batch: kBatch, seconds, rounds, threads: cpus().length });
  printTable(`The page in Chromium: LeNet-5, batch ${kBatch}`, ['variant', 'threads', 'images/s', 'lowest', 'highest'],
    results.page.map((row) => [row.variant, row.threads, row.images_per_second, row.lowest, row.highest]));
}
mkdirSync(dirname(output), { recursive: true });
writeFileSync(output, `${JSON.stringify(results, null, 2)}\n`);
console.log(`\n${output}`);
