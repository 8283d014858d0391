// @ts-check
// The page in Firefox, which has WebGL only with a display: a virtual one where there is none.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

const smoke = join(dirname(fileURLToPath(import.meta.url)), 'firefox_smoke.mjs');

/** @param {string} program @param {string[]} options @returns {Promise<{code: number | null, out: string, err: string}>} */
const run = (program, options) => new Promise((resolve, reject) => {
  const child = spawn(program, options, { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (text) => { out += text; });
  child.stderr.on('data', (text) => { err += text; });
  child.on('error', reject);
  child.on('close', (code) => resolve({ code, out, err }));
});

test('Firefox: gets ready, trains with threads, goes through the modes of the convolution and opens a neuron', async () => {
  const firefox = [process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) => path && existsSync(path));
  expect(firefox, 'no Firefox found; name it in the environment variable FIREFOX');
  const { url } = await serve();
  const command = [process.execPath, smoke, url, firefox];
  const { code, out, err } = process.env.DISPLAY
    ? await run(command[0], command.slice(1))
    : await run('xvfb-run', ['-a', '-s', '-screen 0 1280x1024x24', ...command]);
  expectEqual(code, 0, `exit code (${err.trim().split('\n').slice(-8).join(' | ')})`);
  const { seen, neuron, problems } = JSON.parse(/** @type {string} */ (out.trim().split('\n').pop()));
  expectEqual(problems, [], 'errors on the page');
  expect(seen.isolated && /threads/.test(seen.engine.variant), `the variant is ${seen.engine.variant}`);
  expectEqual(seen.losses.length, 100, 'steps');
  const mean = (/** @type {number[]} */ losses) => losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  expect(mean(seen.losses.slice(-10)) < 0.7 * mean(seen.losses.slice(0, 10)), `the loss does not fall: ${seen.losses}`);
  expect(seen.frames_drawn > 0, 'nothing was drawn');
  expectEqual([neuron.layer, neuron.channel], ['conv2', 5], 'the neuron that was clicked');
  expect(Math.abs(neuron.base - neuron.engine_base) < 1e-4, `its sum is ${neuron.base}, the engine says ${neuron.engine_base}`);
  return seen.engine.variant;
}, 120);
