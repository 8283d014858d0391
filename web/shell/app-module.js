// @ts-check
// The page's program (Dear ImGui, C++) and its C functions, with strings for pointers.

/**
 * @typedef {object} AppModule
 * @property {Uint8Array} HEAPU8
 * @property {(size: number) => number} _convoscope_app_allocate
 * @property {(pointer: number) => void} _convoscope_app_release
 * @property {(options: number) => void} _convoscope_app_boot
 * @property {(json: number, jsonSize: number, payload: number, payloadSize: number) => void} _convoscope_app_event
 * @property {(json: number) => number} _convoscope_app_dispatch
 * @property {() => number} _convoscope_app_state
 * @property {() => number} _convoscope_app_widgets
 * @property {() => number} _convoscope_app_tables
 * @property {() => number} _convoscope_app_is_idle
 * @property {() => number} _convoscope_app_link
 * @property {() => void} _convoscope_platform_frame
 * @property {(width: number, height: number, pixelRatio: number) => void} _convoscope_platform_resize
 */

/**
 * What the program calls (web/platform/).
 * @typedef {object} Bridge
 * @property {(json: string, payload: Uint8Array<ArrayBuffer> | null) => void} post  a command for the engine
 * @property {(data: string) => void} loadData  another data set for the engine
 * @property {(drawing: boolean) => void} onFrame  before and after each frame
 * @property {(what: string, text: string) => void} tell
 * @property {(json: string, pixels: Uint8Array<ArrayBuffer>) => void} keep  the reader's own pictures, for the next visit
 * @property {(name: string, blob: Blob | null) => void} save  a file for the reader
 */

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class App {
  /** @type {AppModule} */
  #module;

  /** @param {AppModule} module */
  constructor(module) {
    this.#module = module;
  }

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Bridge} bridge
   * @param {(reason: unknown) => void} onAbort
   */
  static async load(canvas, bridge, onAbort) {
    const { default: createApp } = await import(new URL('app/app.js', document.baseURI).href);
    return new App(await createApp({
      canvas,
      convoscopeBridge: bridge,
      onAbort,
      print: (/** @type {string} */ text) => console.info(text),
      printErr: (/** @type {string} */ text) => console.warn(text),
    }));
  }

  /** @param {object} options */
  boot(options) {
    this.#withText(JSON.stringify(options), (pointer) => this.#module._convoscope_app_boot(pointer));
  }

  /** @param {string} json @param {Uint8Array | null} payload */
  event(json, payload) {
    const text = encoder.encode(json);
    const textPointer = this.#copyIn(text);
    const dataPointer = payload ? this.#copyIn(payload) : 0;
    this.#module._convoscope_app_event(textPointer, text.length, dataPointer, payload ? payload.length : 0);
    this.#module._convoscope_app_release(textPointer);
    if (dataPointer) this.#module._convoscope_app_release(dataPointer);
  }

  /** @param {object} command @returns {any} */
  dispatch(command) {
    return this.#withText(JSON.stringify(command), (pointer) => {
      const answer = this.#text(this.#module._convoscope_app_dispatch(pointer));
      return answer ? JSON.parse(answer) : {};
    });
  }

  /** @returns {any} */
  state() { return JSON.parse(this.#text(this.#module._convoscope_app_state())); }
  widgetsText() { return this.#text(this.#module._convoscope_app_widgets()); }
  tablesText() { return this.#text(this.#module._convoscope_app_tables()); }
  isIdle() { return this.#module._convoscope_app_is_idle() !== 0; }
  link() { return this.#text(this.#module._convoscope_app_link()); }

  /** A frame, at once. */
  drawFrame() { this.#module._convoscope_platform_frame(); }

  /** The page's extent in CSS pixels, and the canvas pixels in one. @param {number} width @param {number} height @param {number} pixelRatio */
  resize(width, height, pixelRatio) { this.#module._convoscope_platform_resize(width, height, pixelRatio); }

  /** @param {Uint8Array} bytes */
  #copyIn(bytes) {
    const pointer = this.#module._convoscope_app_allocate(Math.max(bytes.length, 1));
    this.#module.HEAPU8.set(bytes, pointer);
    return pointer;
  }

  /** @template T @param {string} text @param {(pointer: number) => T} use @returns {T} */
  #withText(text, use) {
    const pointer = this.#copyIn(encoder.encode(`${text}\0`));
    try {
      return use(pointer);
    } finally {
      this.#module._convoscope_app_release(pointer);
    }
  }

  /** The string at a pointer; it belongs to the module and holds until the next call. @param {number} pointer */
  #text(pointer) {
    if (!pointer) return '';
    const heap = this.#module.HEAPU8;
    return decoder.decode(heap.subarray(pointer, heap.indexOf(0, pointer)));
  }
}
