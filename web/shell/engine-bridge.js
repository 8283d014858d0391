// @ts-check
// The engine's Worker, started, listened to, and started again when it crashes.

/** @typedef {import('./features.js').Variant} Variant */
/** @typedef {(json: string, payload: Uint8Array | null) => void} EventListener */

/** @typedef {{reason: string, hadBegun: boolean, restarted: boolean}} Crash  hadBegun: there had been an event before */

/** Crashes in a row, without an event of work between them, after which the engine stays down. */
const kMostCrashes = 3;

export class EngineBridge {
  /** @type {Worker | null} */
  #worker = null;
  /** In the engine's memory, where it has threads. @type {Int32Array | null} */
  #drawing = null;
  #crashes = 0;
  #hasBegun = false;
  /** Commands from before the start. @type {{json: string, payload: ArrayBuffer | null}[] | null} */
  #early = [];
  /** @type {Variant} */
  #variant;
  /** @type {EventListener} */
  #onEvent;
  /** @type {(crash: Crash) => void} */
  #onCrash;

  /**
   * @param {Variant} variant
   * @param {EventListener} onEvent
   * @param {(crash: Crash) => void} onCrash  called after the new Worker has been made
   */
  constructor(variant, onEvent, onCrash) {
    this.#variant = variant;
    this.#onEvent = onEvent;
    this.#onCrash = onCrash;
  }

  /** Commands may be posted before. */
  start() {
    this.#begin();
    for (const { json, payload } of this.#early ?? []) this.#send(json, payload);
    this.#early = null;
  }

  /** @param {string} json @param {Uint8Array<ArrayBuffer> | null} payload  moved to the Worker, not copied */
  post(json, payload) {
    const whole = payload?.byteLength === payload?.buffer.byteLength;
    const buffer = (whole ? payload?.buffer : payload?.slice().buffer) ?? null;
    if (this.#early) this.#early.push({ json, payload: buffer });
    else this.#send(json, buffer);
  }

  /** For good. */
  end() {
    this.#worker?.terminate();
    this.#worker = null;
  }

  /** The engine's threads step aside while the page draws, so that a frame is never cut in two. @param {boolean} drawing */
  setDrawing(drawing) {
    if (!this.#drawing) return;
    Atomics.store(this.#drawing, 0, Number(drawing));
    if (!drawing) Atomics.notify(this.#drawing, 0);
  }

  /** @param {string} json @param {ArrayBuffer | null} payload */
  #send(json, payload) {
    this.#worker?.postMessage({ json, payload }, payload ? [payload] : []);
  }

  #begin() {
    const worker = new Worker(new URL('engine/engine-worker.js', document.baseURI), { type: 'module', name: 'engine' });
    this.#worker = worker;
    this.#hasBegun = false;
    this.#drawing = null;
    worker.onmessage = ({ data }) => {
      if (worker !== this.#worker) return;
      if (data.crash) return this.#crash(data.crash);
      if (data.courtesy) {
        this.#drawing = new Int32Array(data.courtesy.buffer, data.courtesy.address, 1);
        return;
      }
      if (data.json.includes('"metrics"')) this.#crashes = 0;
      this.#hasBegun = true;
      this.#onEvent(data.json, data.payload ? new Uint8Array(data.payload) : null);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      if (worker === this.#worker) this.#crash(event.message || 'its program could not be loaded');
    };
    const { folder, name, threads } = this.#variant;
    worker.postMessage({ start: { variant: folder, name, threads } });
  }

  /** @param {string} reason */
  #crash(reason) {
    this.#worker?.terminate();
    this.#worker = null;
    const hadBegun = this.#hasBegun;
    const restarted = ++this.#crashes < kMostCrashes;
    if (restarted) this.#begin();
    this.#onCrash({ reason, hadBegun, restarted });
  }
}
