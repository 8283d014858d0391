// @ts-check
// Trains one network with one peer on a page of its own: window.measure(wish), called by ../peers.mjs.

/**
 * Steps until the time is over, one at least, after one that warms up; the rates of equal parts of the rest.
 * @param {{module: string, backend: string, network: object, batch: number, seconds: number}} wish
 */
async function measure({ module, backend, network, batch, seconds }) {
  const { createPeer } = await import(module);
  const peer = await createPeer(backend, network, batch);
  const firstLoss = await peer.step();
  const rates = [];
  let lastLoss = firstLoss;
  const begin = performance.now();
  do {
    const before = performance.now();
    lastLoss = await peer.step();
    rates.push(batch / ((performance.now() - before) / 1000));
  } while (performance.now() - begin < 1000 * seconds);
  return { rates, first_loss: firstLoss, last_loss: lastLoss };
}

Object.assign(window, { measure });
