// @ts-check
// The memory of a training, in Node, where bench/memory.cpp counts its own heap.

import { runAt, kPlaces } from './programs.mjs';

const kRelaxedNode = kPlaces[2];
const kManySteps = 10_000;
const kFewSteps = 20;

/** LeNet-5 for many steps, the others for a few. @param {import('./networks.mjs').NetworkFile[]} networks @param {{batch: number, threads: number}} wish */
export async function measureMemory(networks, { batch, threads }) {
  const rows = [];
  for (const [i, network] of networks.entries()) {
    const steps = i === 0 ? kManySteps : kFewSteps;
    const args = ['--batch', batch, '--threads', threads, '--steps', steps].map(String);
    rows.push({ network: network.name, ...await runAt(kRelaxedNode, 'memory', [...args, JSON.stringify(network)]) });
  }
  return rows;
}
