// @ts-check
// Where the benchmark's own programs run: natively, in Node, and in headless Chromium.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInBrowser } from './browser_program.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** @typedef {{variant: string, folder: string, isBrowser: boolean}} Place */

/** @type {Place[]} */
export const kPlaces = [
  { variant: 'native', folder: 'native', isBrowser: false },
  { variant: 'plain SIMD, Node', folder: 'wasm', isBrowser: false },
  { variant: 'relaxed SIMD, Node', folder: 'wasm-relaxed', isBrowser: false },
  { variant: 'plain SIMD, Chromium', folder: 'wasm', isBrowser: true },
  { variant: 'relaxed SIMD, Chromium', folder: 'wasm-relaxed', isBrowser: true },
];
export const kNative = kPlaces[0];
/** Where the engine is used and others are compared with it. */
export const kBrowser = kPlaces[4];

/** A built file; ends the program when it is missing. @param {string[]} path */
export function built(...path) {
  const file = join(root, 'build', ...path);
  if (existsSync(file)) return file;
  console.error(`bench: ${file} is not there; make native wasm wasm-relaxed benchmarks site`);
  process.exit(1);
}

/** @param {string} file @param {string[]} args */
function runHere(file, args) {
  const isWasm = file.endsWith('.js');
  // Node 20 has relaxed SIMD behind a flag; later versions still take the flag.
  const command = isWasm ? [process.execPath, '--experimental-wasm-relaxed-simd', file] : [file];
  const { status, stdout, stderr } = spawnSync(command[0], [...command.slice(1), ...args], { encoding: 'utf8', cwd: root });
  if (status !== 0) throw new Error(`${file} ${args.join(' ').slice(0, 200)}: exit code ${status}: ${stderr}`);
  return stdout;
}

/** Runs a program of bench/ and reads the JSON that it prints. @param {Place} place @param {string} name @param {string[]} [args] */
export async function runAt(place, name, args = []) {
  const file = built(place.folder, 'bench', place.folder === 'native' ? name : `${name}.js`);
  return JSON.parse(place.isBrowser ? await runInBrowser(file, args) : runHere(file, args));
}
