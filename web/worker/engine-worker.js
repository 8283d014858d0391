// @ts-check
// The engine's Worker: commands in, events out (docs/protocol.md), one slice of work between two looks at the mail.
//
//   in:   {start: {variant, name, threads}}   once: which build to load
//         {json, payload}                     a command; payload is an ArrayBuffer or null
//   out:  {json, payload}                     an event
//         {courtesy: {buffer, address}}       with threads: where the page says that it is drawing
//         {crash: text}                       the module has stopped for good; the page starts another Worker

/**
 * The module that Emscripten makes of worker_entry.cpp.
 * @typedef {object} Engine
 * @property {Uint8Array} HEAPU8
 * @property {(threads: number, variant: number) => void} _convoscope_engine_create
 * @property {() => number} _convoscope_engine_courtesy
 * @property {(size: number) => number} _convoscope_engine_allocate
 * @property {(pointer: number) => void} _convoscope_engine_release
 * @property {(json: number, jsonSize: number, payload: number, payloadSize: number) => void} _convoscope_engine_command
 * @property {(seconds: number) => number} _convoscope_engine_run
 * @property {() => number} _convoscope_engine_next_event
 * @property {() => number} _convoscope_engine_event_json
 * @property {() => number} _convoscope_engine_event_json_size
 * @property {() => number} _convoscope_engine_event_payload
 * @property {() => number} _convoscope_engine_event_payload_size
 */

/** How long training runs before commands get a look in. */
const kSliceSeconds = 0.025;

/** The start and the greatest sizes to ask for of memory that threads share, in pages of 64 KiB (CMakeLists.txt). */
const kFirstPages = 1024;
const kMostPages = [16384, 8192, 4096];

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** @type {Engine | null} */
let engine = null;
let crashed = false;
/** Commands that came before the module was ready. @type {{json: string, payload: ArrayBuffer | null}[]} */
const early = [];

/** @param {unknown} problem */
function crash(problem) {
  if (crashed) return;
  crashed = true;
  const text = problem instanceof Error ? problem.message : String(problem);
  self.postMessage({ crash: text });
}

/** @param {Engine} engine @param {Uint8Array} bytes @returns {number} */
function copyIn(engine, bytes) {
  const pointer = engine._convoscope_engine_allocate(Math.max(bytes.length, 1));
  if (pointer === 0) throw new Error('out of memory');
  engine.HEAPU8.set(bytes, pointer);  // HEAPU8 is read after the allocation: growing memory replaces it
  return pointer;
}

/** @param {Engine} engine @param {string} json @param {ArrayBuffer | null} payload */
function command(engine, json, payload) {
  const text = encoder.encode(json);
  const data = payload ? new Uint8Array(payload) : null;
  const textPointer = copyIn(engine, text);
  const dataPointer = data ? copyIn(engine, data) : 0;
  engine._convoscope_engine_command(textPointer, text.length, dataPointer, data ? data.length : 0);
  engine._convoscope_engine_release(textPointer);
  if (dataPointer) engine._convoscope_engine_release(dataPointer);
}

/** @param {Engine} engine */
function postEvents(engine) {
  while (engine._convoscope_engine_next_event()) {
    const json = engine._convoscope_engine_event_json();
    const payloadSize = engine._convoscope_engine_event_payload_size();
    const payload = engine._convoscope_engine_event_payload();
    // slice() copies: the decoder does not read shared memory, and a transferred buffer leaves this thread.
    const text = decoder.decode(engine.HEAPU8.slice(json, json + engine._convoscope_engine_event_json_size()));
    const bytes = payloadSize ? engine.HEAPU8.slice(payload, payload + payloadSize).buffer : null;
    self.postMessage({ json: text, payload: bytes }, { transfer: bytes ? [bytes] : [] });
  }
}

// A message to oneself comes after those that already wait, so commands are never starved; timers would be clamped.
const turn = new MessageChannel();
let turnIsDue = false;

function wake() {
  if (turnIsDue || crashed) return;
  turnIsDue = true;
  turn.port2.postMessage(null);
}

turn.port1.onmessage = () => {
  turnIsDue = false;
  if (!engine || crashed) return;
  try {
    const more = engine._convoscope_engine_run(kSliceSeconds);
    postEvents(engine);
    if (more) wake();
  } catch (problem) {
    crash(problem);
  }
};

/** As much as this device lets a page reserve: CIFAR-10 alone takes 184 MB. */
function sharedMemory() {
  for (const maximum of kMostPages) {
    try {
      return new WebAssembly.Memory({ initial: kFirstPages, maximum, shared: true });
    } catch (problem) {
      if (maximum === kMostPages.at(-1)) throw problem;
    }
  }
  return undefined;
}

/** @param {{variant: string, name: string, threads: number}} options */
async function start({ variant, name, threads }) {
  const { default: createEngine } = await import(`./${variant}/engine.js`);
  /** @type {Engine} */
  const created = await createEngine({
    // PTHREAD_POOL_SIZE: this Worker is one of the threads; a new network has its own before the old one's have ended.
    threads: 2 * Math.max(threads - 1, 0),
    ...(variant.startsWith('mt') && { wasmMemory: sharedMemory() }),
    onAbort: (/** @type {unknown} */ reason) => crash(reason ? `the engine stopped: ${reason}` : 'the engine stopped, most likely for want of memory'),
    print: (/** @type {string} */ text) => console.info(text),
    printErr: (/** @type {string} */ text) => console.warn(text),
  });
  const variantName = copyIn(created, encoder.encode(`${name}\0`));
  created._convoscope_engine_create(threads, variantName);
  created._convoscope_engine_release(variantName);
  const address = created._convoscope_engine_courtesy();
  if (address) self.postMessage({ courtesy: { buffer: created.HEAPU8.buffer, address } });
  engine = created;
  for (const { json, payload } of early.splice(0)) command(created, json, payload);
  postEvents(created);
  wake();
}

self.onmessage = ({ data }) => {
  if (crashed) return;
  if (data.start) {
    start(data.start).catch(crash);
  } else if (!engine) {
    early.push(data);
  } else {
    try {
      command(engine, data.json, data.payload);
      postEvents(engine);
      wake();
    } catch (problem) {
      crash(problem);
    }
  }
};
self.addEventListener('error', (event) => crash(event.message || 'an error in the engine'));
self.addEventListener('unhandledrejection', (event) => crash(event.reason));
