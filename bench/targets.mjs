// @ts-check
// What is wanted of the engine, beside what a run has measured.

import { kBrowser, kNative } from './programs.mjs';

/** @typedef {Record<string, {rows: any[]}>} Parts */
/** @typedef {{what: string, wanted: string, reached: string, isReached: boolean}} Target */

const kNetworkNames = ['LeNet-5', 'ConvNetJS MNIST', 'ConvNetJS CIFAR-10', 'VGG-small'];
const kShares = [0.6, 0.6, 0.7, 0.9];
const kOfPyTorch = [1, 0.6, 0.5, 0.4];

const percent = (/** @type {number} */ share) => `${Math.round(100 * share)} %`;
const times = (/** @type {number} */ factor) => `${factor < 10 ? factor.toFixed(2) : Math.round(factor)} times`;

/** @param {string} what @param {number} wanted @param {number} reached @param {(value: number) => string} text @returns {Target} */
const atLeast = (what, wanted, reached, text) => ({ what, wanted: `at least ${text(wanted)}`, reached: text(reached), isReached: reached >= wanted });

/** @param {string} what @param {number} wanted @param {number} reached @param {string} unit @returns {Target} */
const atMost = (what, wanted, reached, unit) => {
  const text = (/** @type {number} */ value) => `${Math.round(10 * value) / 10} ${unit}`;
  return { what, wanted: `at most ${text(wanted)}`, reached: text(reached), isReached: reached <= wanted };
};

/** @param {any[]} rows */
function ofSteps(rows) {
  const threads = Math.max(...rows.map((row) => row.threads));
  const row = (/** @type {string} */ network, /** @type {string} */ variant, /** @type {number} */ count) =>
    rows.find((one) => one.network === network && one.variant === variant && one.threads === count);
  const least = (/** @type {(network: string) => number} */ value) => Math.min(...kNetworkNames.map(value));
  // Rates of different minutes: of the best rounds, which the machine's other work has disturbed least.
  const rate = (/** @type {string} */ network, variant = kBrowser.variant, count = threads) => row(network, variant, count).highest;
  return [
    ...kNetworkNames.map((network, i) => atLeast(`${network}: share of multiply-add alone`, kShares[i], row(network, kBrowser.variant, threads).share, percent)),
    atLeast(`${threads} threads beside one, best rounds, the least of the four`, 0.9 * threads, least((network) => rate(network) / rate(network, kBrowser.variant, 1)), times),
    atLeast('plain SIMD beside relaxed, best rounds, the least of the four', 0.6, least((network) => rate(network, kBrowser.variant.replace('relaxed', 'plain')) / rate(network)), percent),
  ];
}

/** @param {any[]} rows */
function ofPeers(rows) {
  return kNetworkNames.map((network) => {
    const factors = rows.filter((row) => row.network === network && Number.isFinite(row.times_slower)).map((row) => row.times_slower);
    return atLeast(`${network}: faster than the fastest of the browser's others`, 80, Math.min(...factors), times);
  });
}

/** By the best rounds at any number of threads, in the better memory format. @param {any[]} rows */
function ofPyTorch(rows) {
  const best = (/** @type {string} */ network, /** @type {string} */ who) =>
    Math.max(...rows.filter((row) => row.network === network && row.peer.includes(who)).map((row) => row.highest));
  const beside = (/** @type {string} */ network, /** @type {string} */ variant) => best(network, variant) / best(network, 'PyTorch');
  return [
    ...kNetworkNames.map((network, i) => atLeast(`${network}: in Chromium beside native PyTorch`, kOfPyTorch[i], beside(network, kBrowser.variant), times)),
    ...kNetworkNames.map((network) => atLeast(`${network}: natively beside native PyTorch`, 1, beside(network, `Convoscope, ${kNative.variant}`), times)),
  ];
}

/** @param {any[]} rows */
function ofMemory(rows) {
  const of = (/** @type {string} */ network) => rows.find((row) => row.network === network);
  return [
    atMost('LeNet-5: heap at its highest', 24, of('LeNet-5').highest_address / 1e6, 'MB'),
    atMost('VGG-small: heap at its highest', 160, of('VGG-small').highest_address / 1e6, 'MB'),
    atMost('bytes that a later step takes', 0, Math.max(...rows.map((row) => row.bytes_taken_in_steps / row.steps)), 'bytes'),
    atMost(`growth over ${of('LeNet-5').steps} steps`, 0, of('LeNet-5').growth_of_highest_address, 'bytes'),
  ];
}

/** @param {any[]} rows */
function ofVisit(rows) {
  const limits = { 'first frame': 1500, 'transfer before the first frame, program': 900, '99 % of MNIST from Train': 20 };
  return Object.entries(limits).map(([what, limit]) => {
    const { value, unit } = rows.find((row) => row.what === what);
    return atMost(what, limit, value, unit);
  });
}

/** @param {any[]} rows */
const ofInference = (rows) =>
  [atMost('LeNet-5: one image and all its activations', 1000, rows.find((row) => row.network === 'LeNet-5' && row.variant === kBrowser.variant).microseconds, 'µs')];

/** @param {any[]} rows */
const ofPage = (rows) => [atMost('95 % of the page’s frames while it trains, best round', 4, rows[rows.length - 1].frame_milliseconds.p95_of_best_round, 'ms')];

/** @type {Record<string, (rows: any[]) => Target[]>} */
const kRules = { steps: ofSteps, inference: ofInference, peers: ofPeers, pytorch: ofPyTorch, visit: ofVisit, page: ofPage, memory: ofMemory };

/** Of the parts that were measured. @param {Parts} parts @returns {Target[]} */
export const targetsOf = (parts) =>
  Object.entries(kRules).flatMap(([name, rule]) => (parts[name]?.rows.length ? rule(parts[name].rows) : []));
