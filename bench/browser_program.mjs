// @ts-check
// Runs one of the benchmark's programs in headless Chromium as Node would run it: its newer compiler
// is the one that the page meets.

import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { chromium } = createRequire(join(root, 'tests', 'page', 'package.json'))('playwright-core');
const kLongestSeconds = 120;

/** What a page must say so that its programs may have threads. */
const kIsolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/** @param {string} file @param {string[]} args */
function pageOf(file, args) {
  return `<!doctype html><link rel="icon" href="data:,"><script>
    window.lines = [];
    var Module = { arguments: ${JSON.stringify(args)}, print: (line) => lines.push(line), printErr: (line) => lines.push(line),
      onExit: (code) => { window.exitCode = code; } };
  </script><script src="${basename(file)}"></script>`;
}

/** @param {string} file @param {string[]} args */
function serve(file, args) {
  return createServer((request, response) => {
    const name = basename(request.url ?? '/');
    try {
      const [type, body] = name === '' ? ['text/html', pageOf(file, args)]
        : [name.endsWith('.wasm') ? 'application/wasm' : 'text/javascript', readFileSync(join(dirname(file), name))];
      response.writeHead(200, { ...kIsolation, 'Content-Type': type }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
}

/**
 * What the program prints. Throws when it fails.
 * @param {string} file the program's .js @param {string[]} args @returns {Promise<string>}
 */
export async function runInBrowser(file, args) {
  const server = serve(file, args);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(null)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    await page.goto(`http://localhost:${port}/`);
    await page.waitForFunction('window.exitCode !== undefined', undefined, { timeout: kLongestSeconds * 1000, polling: 200 });
    const { code, text } = await page.evaluate('({ code: window.exitCode, text: window.lines.join("\\n") })');
    if (code !== 0) throw new Error(`${basename(file)} ${args.join(' ')} in Chromium: exit code ${code}: ${text}`);
    return text;
  } finally {
    await browser.close();
    server.close();
    server.closeAllConnections();
  }
}
