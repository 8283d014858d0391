// @ts-check
// The engine beside others, training the same networks on the same noise in the same headless Chromium and
// in the same run; and PyTorch natively, where a Python of this machine has it.

import { spawnSync } from 'node:child_process';
import { readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kGraphics, launch, serve } from './browser.mjs';
import { stepRounds, summarizeRounds } from './engine.mjs';
import { kBrowser, kNative } from './programs.mjs';
import { summarize } from './statistics.mjs';

/** @typedef {import('./networks.mjs').NetworkFile} NetworkFile */
/** @typedef {{images_per_second?: number, lowest?: number, highest?: number, error?: string, at_most?: number, first_loss?: number, last_loss?: number}} Figure */

const folder = join(dirname(fileURLToPath(import.meta.url)), 'peers');
const kTensorFlow = 'node_modules/@tensorflow/';

/** The main package has `cpu` and `webgl`; other backends are packages of their own. @param {string} backend @param {string[]} [scripts] */
const tensorFlow = (backend, scripts = []) => ({
  name: `TensorFlow.js ${backend}`, module: './tfjs.js', backend,
  scripts: [`${kTensorFlow}tfjs/dist/tf.min.js`, ...scripts.map((script) => kTensorFlow + script)],
});

/** The fastest first, so that what takes long comes last. */
export const kPeers = [
  { name: 'ConvNetJS', module: './convnetjs.js', backend: '', scripts: ['node_modules/convnetjs/build/convnet.js'] },
  { name: 'jax-js wasm', module: './jax_js.js', backend: 'wasm', scripts: [] },
  tensorFlow('wasm', ['tfjs-backend-wasm/dist/tf-backend-wasm.min.js']),
  tensorFlow('webgl'),
  tensorFlow('webgpu', ['tfjs-backend-webgpu/dist/tf-backend-webgpu.min.js']),
  tensorFlow('cpu'),
];

/** @param {string[]} scripts */
const pageOf = (scripts) => `<!doctype html><link rel="icon" href="data:,">
  ${scripts.map((script) => `<script src="${script}"></script>`).join('')}<script type="module" src="page.js"></script>`;

/** @param {typeof kPeers[0]} peer @param {NetworkFile} network @param {{batch: number, seconds: number, limit: number}} wish @returns {Promise<Figure>} */
export async function measurePeer(peer, network, { batch, seconds, limit }) {
  const { address, stop } = await serve((path) => {
    try {
      return path === '/' ? pageOf(peer.scripts) : readFileSync(join(folder, ...path.split('/').filter((part) => part && part !== '..')));
    } catch {
      return null;
    }
  });
  const browser = await launch([...kGraphics, '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader']);
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  try {
    const page = await browser.newPage();
    await page.goto(address);
    const wish = { module: peer.module, backend: peer.backend, network, batch, seconds };
    const measured = page.evaluate((/** @type {object} */ w) => /** @type {any} */ (window).measure(w), wish);
    const tooLate = new Promise((resolve) => { timer = setTimeout(() => resolve(null), 1000 * limit); });
    const report = await Promise.race([measured, tooLate]);
    if (report === null) return { error: `two steps take more than ${limit} s`, at_most: (2 * batch) / limit };
    return { ...summarize(report.rates), first_loss: report.first_loss, last_loss: report.last_loss };
  } catch (problem) {
    return { error: String(problem instanceof Error ? problem.message : problem).split('\n')[0].replace('page.evaluate: Error: ', '') };
  } finally {
    clearTimeout(timer);
    await browser.close();
    stop();
  }
}

/**
 * Every peer in turns with the engine, network by network.
 * @param {NetworkFile[]} networks @param {{batch: number, threads: number, seconds: number, limit: number}} wish
 */
export async function measureBrowserPeers(networks, wish) {
  const rows = [];
  for (const network of networks) {
    const rounds = [];
    const figures = [];
    for (const peer of kPeers) {
      rounds.push(...(await stepRounds(kBrowser, [network], { ...wish, rounds: 1 }))[0]);
      figures.push({ network: network.name, peer: peer.name, ...await measurePeer(peer, network, wish) });
    }
    const engine = summarizeRounds(rounds);
    rows.push({ network: network.name, peer: `Convoscope, ${kBrowser.variant}`, threads: wish.threads, ...engine });
    // By the best rounds of both: of what others did meanwhile on the machine, these say the least.
    rows.push(...figures.map((figure) => ({ ...figure, times_slower: engine.highest / (figure.highest ?? figure.at_most ?? NaN) })));
  }
  return rows;
}

/** A Python that has PyTorch. @returns {string | undefined} */
export function findPyTorch() {
  const candidates = [process.env.PYTHON, 'python3', '/usr/bin/python3', '/usr/local/bin/python3'].filter((name) => name !== undefined);
  return candidates.find((python) => spawnSync(python, ['-c', 'import torch']).status === 0);
}

/**
 * PyTorch in turns with the engine, natively and in Chromium. Empty where no Python has PyTorch.
 * @param {NetworkFile[]} networks @param {{batch: number, threadCounts: number[], seconds: number}} wish
 */
export async function measurePyTorch(networks, { batch, threadCounts, seconds }) {
  const python = findPyTorch();
  if (!python) return [];
  const temporary = mkdtempSync(join(tmpdir(), 'convoscope-bench-'));
  const rows = [];
  try {
    for (const [i, network] of networks.entries()) {
      const file = join(temporary, `${i}.json`);
      writeFileSync(file, JSON.stringify(network));
      for (const threads of threadCounts) {
        const before = await measureEngine(network, { batch, threads });
        const args = ['--batch', batch, '--threads', threads, '--seconds', seconds, file].map(String);
        const { status, stdout, stderr } = spawnSync(python, [join(folder, 'pytorch.py'), ...args], { encoding: 'utf8' });
        if (status !== 0) throw new Error(`pytorch.py: ${stderr}`);
        const report = JSON.parse(stdout);
        const after = await measureEngine(network, { batch, threads });
        for (const [place, rounds] of before) {
          rows.push({ network: network.name, peer: `Convoscope, ${place.variant}`, threads, ...summarizeRounds([...rounds, .../** @type {any} */ (after.get(place))]) });
        }
        for (const { memory_format, ...figure } of report.results) rows.push({ ...figure, peer: `PyTorch ${report.version} ${memory_format}` });
      }
    }
  } finally {
    rmSync(temporary, { recursive: true });
  }
  return rows;
}

/** @param {NetworkFile} network @param {{batch: number, threads: number}} wish */
async function measureEngine(network, wish) {
  const measured = new Map();
  for (const place of [kNative, kBrowser]) measured.set(place, (await stepRounds(place, [network], wish))[0]);
  return measured;
}
