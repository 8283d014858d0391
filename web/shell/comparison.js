// @ts-check
// The same convolution in both builds of the engine, for the Train room's exhibit: each in a Worker of its own, so that
// neither training nor its memory is touched, round by round in turns.

import { EngineBridge } from './engine-bridge.js';

/** @typedef {import('./features.js').Variant} Variant */
/** @typedef {Record<string, any>} Json */

/** The first of each build warms up and compares the numbers; the others are timed. */
const kRounds = 6;
/** A hidden tab draws no frames. */
const kLongestFrameMilliseconds = 300;

/** The page draws between two rounds, never during one. */
const nextFrame = () => new Promise((resolve) => {
  requestAnimationFrame(() => setTimeout(resolve));
  setTimeout(resolve, kLongestFrameMilliseconds);
});

/** An engine that answers one command at a time. */
class MeasuringEngine {
  /** @type {(event: Json) => void} */
  #resolve = () => {};
  /** @type {(reason: Error) => void} */
  #reject = () => {};
  #bridge;

  /** @param {Variant} variant */
  constructor(variant) {
    this.#bridge = new EngineBridge(variant, (json) => {
      const event = JSON.parse(json);
      if (event.event === 'convolutions') this.#resolve(event);
      if (event.event === 'error') this.#reject(new Error(event.message));
    }, ({ reason }) => this.#reject(new Error(reason)));
    this.#bridge.start();
  }

  /** @param {Json} command @returns {Promise<Json>} */
  ask(command) {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      this.#bridge.post(JSON.stringify(command), null);
    });
  }

  end() {
    this.#bridge.end();
    this.#reject(new Error('ended'));
  }
}

export class Comparison {
  /** @type {MeasuringEngine[]} */
  #engines = [];
  #variants;
  #missing;
  #deliver;

  /** @param {{variants: Variant[], missing: string[]}} builds @param {(json: string, payload: null) => void} deliver */
  constructor({ variants, missing }, deliver) {
    this.#variants = variants;
    this.#missing = missing;
    this.#deliver = (/** @type {Json} */ event) => deliver(JSON.stringify(event), null);
  }

  /** @param {string} convolution */
  begin(convolution) {
    this.#end();
    const engines = this.#variants.map((variant) => new MeasuringEngine(variant));
    this.#engines = engines;
    const { length } = engines;
    this.#say({ status: 'running', convolution, rounds: kRounds * length, missing: this.#missing });
    this.#measure(engines, convolution).then(
      () => this.#finish(engines, { status: 'finished' }),
      (problem) => this.#finish(engines, { status: 'stopped', reason: `The measuring engine stopped: ${problem.message}.` }),
    );
  }

  /** @param {string} reason  in a sentence; empty: the reader's wish */
  stop(reason) {
    if (this.#engines.length === 0) return;
    this.#end();
    this.#say({ status: 'stopped', reason });
  }

  /** @param {MeasuringEngine[]} engines @param {string} convolution */
  async #measure(engines, convolution) {
    for (let round = 0; round < kRounds; round++) {
      for (const [place, engine] of engines.entries()) {
        // The plain loops have no vectors, so one build speaks for both.
        const event = await engine.ask({ command: 'compare_convolutions', convolution, check: round === 0, scalar: place === 0 });
        this.#deliver({ ...event, round });
        await nextFrame();
        if (engines !== this.#engines) return;
      }
    }
  }

  /** @param {MeasuringEngine[]} engines @param {Json} how */
  #finish(engines, how) {
    if (engines !== this.#engines) return;  // another measuring has begun, or the reader has stopped it
    this.#end();
    this.#say(how);
  }

  #end() {
    const engines = this.#engines;
    this.#engines = [];
    for (const engine of engines) engine.end();
  }

  /** The program may be waiting for this very call to return. @param {Json} event */
  #say(event) {
    queueMicrotask(() => this.#deliver({ event: 'exhibit', ...event }));
  }
}
