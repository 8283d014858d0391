// @ts-check
// Headless Chromium, and a server of files for it on this machine.

import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {import('../tests/page/support/lab.mjs').Page} Page */
/** @typedef {Awaited<ReturnType<typeof import('../tests/page/support/lab.mjs').launch>>} Browser */

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { chromium } = createRequire(join(root, 'tests', 'page', 'package.json'))('playwright-core');

/** What a page must say so that its programs may have threads. */
const kIsolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
const kTypes = new Map([['.html', 'text/html'], ['.js', 'text/javascript'], ['.wasm', 'application/wasm']]);

/** With graphics, which are software where there is no GPU. */
export const kGraphics = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'];

/** @param {string[]} [more] @returns {Promise<Browser>} */
export const launch = (more = []) =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', ...more] });

/** @param {import('node:http').Server} server */
export async function listen(server) {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(null)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { address: `http://localhost:${port}/`, stop: () => { server.close(); server.closeAllConnections(); } };
}

/**
 * Serves what a function finds for a path, its query left out; null: not there.
 * @param {(path: string) => string | Buffer | null} find
 */
export function serve(find) {
  return listen(createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const body = find(pathname);
    if (body === null) response.writeHead(404).end();
    else response.writeHead(200, { ...kIsolation, 'Content-Type': kTypes.get(extname(pathname) || '.html') ?? 'application/octet-stream' }).end(body);
  }));
}
