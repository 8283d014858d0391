// @ts-check
// Runs one of the benchmark's programs in headless Chromium as Node would run it: its newer compiler
// is the one that the page meets.

import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { launch, serve } from './browser.mjs';

const kLongestSeconds = 240;

/** @param {string} file @param {string[]} args */
function pageOf(file, args) {
  const text = JSON.stringify(args).replaceAll('<', '\\u003c');
  return `<!doctype html><link rel="icon" href="data:,"><script>
    window.lines = [];
    var Module = { arguments: ${text}, print: (line) => lines.push(line), printErr: (line) => lines.push(line),
      onExit: (code) => { window.exitCode = code; } };
  </script><script src="${basename(file)}"></script>`;
}

/**
 * What the program prints. Throws when it fails.
 * @param {string} file the program's .js @param {string[]} args @returns {Promise<string>}
 */
export async function runInBrowser(file, args) {
  const { address, stop } = await serve((path) => {
    try {
      return path === '/' ? pageOf(file, args) : readFileSync(join(dirname(file), basename(path)));
    } catch {
      return null;
    }
  });
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(address);
    await page.waitForFunction('window.exitCode !== undefined', undefined, { timeout: kLongestSeconds * 1000, polling: 200 });
    const { code, text } = await page.evaluate('({ code: window.exitCode, text: window.lines.join("\\n") })');
    if (code !== 0) throw new Error(`${basename(file)} in Chromium: exit code ${code}: ${text}`);
    return text;
  } finally {
    await browser.close();
    stop();
  }
}
