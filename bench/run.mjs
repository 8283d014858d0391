// @ts-check
// Measures the engine where it runs: as a program, natively and as WebAssembly in Node, and in the
// page in headless Chromium, in every variant. Prints a table and writes build/bench/results.json.
//
//   node bench/run.mjs [--seconds 5] [--rounds 3] [--only roofline,program,page]
//
// Expects: make native wasm site. How to read the figures: bench/README.md.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measurePage } from './page.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const output = join(root, 'build', 'bench', 'results.json');
const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: 'roofline,program,page' },
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
  console.error(`bench: ${file} is not there; make native wasm site`);
  process.exit(1);
}

function measureRoofline() {
  const variants = [
    ['native', built('native', 'bench', 'roofline')],
    ['WebAssembly SIMD', built('wasm', 'bench', 'roofline.js')],
    ['WebAssembly relaxed SIMD', built('wasm', 'bench', 'roofline-relaxed.js')],
  ];
  return variants.flatMap(([variant, file]) =>
    threadCounts.map((threads) => ({ variant, ...runJson(file, [String(threads)]) })));
}

function measureProgram() {
  const variants = [
    ['native', built('native', 'convoscope')],
    ['WebAssembly SIMD', built('wasm', 'convoscope.js')],
  ];
  return variants.flatMap(([variant, file]) => threadCounts.flatMap((threads) => {
    const reports = Array.from({ length: rounds }, () =>
      runJson(file, ['bench', '--batch', String(kBatch), '--threads', String(threads), '--json']));
    return combineReports(variant, threads, reports);
  }));
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
  /** @type {any[]} */ program: [],
  /** @type {any[]} */ page: [],
};
if (parts.has('roofline')) {
  results.roofline = measureRoofline();
  printTable('Multiply-add alone, GFLOP/s', ['variant', 'threads', 'GFLOP/s'],
    results.roofline.map((row) => [row.variant, row.threads, row.gigaflops]));
}
if (parts.has('program')) {
  results.program = measureProgram();
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
