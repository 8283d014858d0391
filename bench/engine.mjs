// @ts-check
// The engine by itself: the ceiling, its kernels, and whole training steps, in every variant.

import { kPlaces, runAt } from './programs.mjs';
import { median, summarize } from './statistics.mjs';

/** @typedef {import('./networks.mjs').NetworkFile} NetworkFile */
/** @typedef {import('./programs.mjs').Place} Place */
/** @typedef {{images_per_second: number, gigaflops: number, multiply_add_gigaflops: number}} Round */

/** Multiply-add alone, GFLOP/s. @param {number[]} threadCounts */
export async function measureRoofline(threadCounts) {
  const rows = [];
  for (const place of kPlaces) {
    for (const threads of threadCounts) {
      rows.push({ variant: place.variant, ...await runAt(place, 'roofline', [String(threads)]) });
    }
  }
  return rows;
}

/** GFLOP/s of each kernel on one thread, and its share of the multiply-add rate of the moment before. */
export async function measureKernels() {
  const rows = [];
  for (const place of kPlaces) {
    const report = await runAt(place, 'kernels', ['--json']);
    for (const result of report.results) rows.push({ variant: place.variant, ...result });
  }
  return rows;
}

/**
 * The rounds of each network's training steps, in turns with multiply-add alone.
 * @param {Place} place @param {NetworkFile[]} networks @param {{batch: number, threads: number, rounds?: number, milliseconds?: number}} wish
 * @returns {Promise<Round[][]>}
 */
export async function stepRounds(place, networks, { batch, threads, rounds = 3, milliseconds = 300 }) {
  const options = { '--batch': batch, '--threads': threads, '--rounds': rounds, '--milliseconds': milliseconds };
  const report = await runAt(place, 'steps', [
    ...Object.entries(options).flatMap(([name, value]) => [name, String(value)]),
    ...networks.map((network) => JSON.stringify(network)),
  ]);
  return report.results.map((/** @type {{rounds: Round[]}} */ result) => result.rounds);
}

/** Medians over the rounds. @param {Round[]} rounds */
export const summarizeRounds = (rounds) => ({
  ...summarize(rounds.map((round) => round.images_per_second)),
  gigaflops: median(rounds.map((round) => round.gigaflops)),
  multiply_add_gigaflops: median(rounds.map((round) => round.multiply_add_gigaflops)),
  share: median(rounds.map((round) => round.gigaflops / round.multiply_add_gigaflops)),
});

/**
 * Whole training steps of every network in every variant; the variants take turns.
 * @param {NetworkFile[]} networks @param {{batch: number, threadCounts: number[], rounds: number}} wish
 */
export async function measureSteps(networks, { batch, threadCounts, rounds }) {
  const cells = kPlaces.flatMap((place) => threadCounts.map((threads) => ({ place, threads, rounds: networks.map(() => /** @type {Round[]} */ ([])) })));
  for (let turn = 0; turn < rounds; turn += 1) {
    for (const cell of cells) {
      const measured = await stepRounds(cell.place, networks, { batch, threads: cell.threads });
      measured.forEach((more, i) => cell.rounds[i].push(...more));
    }
  }
  return networks.flatMap((network, i) => cells.map(({ place, threads, rounds: all }) =>
    ({ network: network.name, variant: place.variant, threads, batch, ...summarizeRounds(all[i]) })));
}

/**
 * Microseconds that one image takes on one thread, all activations copied out, in every variant.
 * @param {NetworkFile[]} networks
 */
export async function measureInference(networks) {
  /** @type {any[]} */
  const rows = [];
  for (const place of kPlaces) {
    const report = await runAt(place, 'inference', networks.map((network) => JSON.stringify(network)));
    networks.forEach((network, i) => rows.push({ network: network.name, variant: place.variant, ...report.results[i] }));
  }
  return rows;
}
