// @ts-check
// Scripts without comments and spaces, with short names of what only they see: a third less to send.

import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const resolver = createRequire(join(dirname(fileURLToPath(import.meta.url)), '..', 'web', 'npm', 'package.json'));
/** @type {{minify: (code: string, options: object) => Promise<{code?: string}>}} */
const { minify } = resolver('terser');

/** Modules all of them, but the one that a browser loads as a plain script. @param {string} path */
const isModule = (path) => basename(path) !== 'service-worker.js';

/** Each in its place. @param {string[]} paths */
export async function minifyScripts(paths) {
  for (const path of paths) {
    const { code } = await minify(readFileSync(path, 'utf8'), { module: isModule(path), ecma: 2022 });
    if (code === undefined) throw new Error(`${path}: no code is left`);
    writeFileSync(path, code);
  }
}
