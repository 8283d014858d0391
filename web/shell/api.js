// @ts-check
// window.convoscope: the page from its console, from a course page around it, and for the tests.

/** @typedef {import('./app-module.js').App} App */
/** @typedef {Record<string, any>} Json */

export class Api {
  /** Settles when the first frame is drawn and the engine is ready. @type {Promise<void>} */
  ready;
  /** @type {App} */
  #app;
  /** @type {() => void} */
  #resolveReady = () => {};
  /** @type {(reason: Error) => void} */
  #rejectReady = () => {};
  #lastId = 0;
  /** @type {Map<string, {resolve: (event: Json) => void, reject: (reason: Error) => void, configured?: Json}>} */
  #waiting = new Map();
  /** @type {Map<string, Set<(event: Json, payload: Uint8Array | null) => void>>} */
  #listeners = new Map();

  /** @param {App} app */
  constructor(app) {
    this.#app = app;
    this.ready = new Promise((resolve, reject) => {
      this.#resolveReady = resolve;
      this.#rejectReady = reject;
    });
    this.ready.catch(() => {});  // said on the page; nobody has to await it
  }

  /** The whole state, numbers included. @returns {Json} */
  state() { return this.#app.state(); }

  /** What is on the screen: id, label, role, value, rectangle in CSS pixels. @returns {Json[]} */
  widgets() { return JSON.parse(this.#app.widgetsText()); }

  /** The numbers of the open room's pictures: id of the widget, caption, header cells, rows. @returns {Json[]} */
  tables() { return JSON.parse(this.#app.tablesText()); }

  /** A URL that reproduces the state. */
  link() { return new URL(this.#app.link(), document.baseURI).href; }

  /**
   * Gives a command; settles when it is done, or is rejected with the engine's sentence. The views' own commands act
   * at once, the engine's when it says so.
   * @param {Json} command @returns {Promise<Json>}
   */
  dispatch(command) {
    const id = String(command.id ?? `page-${++this.#lastId}`);
    const answer = this.#app.dispatch({ ...command, id });
    if (answer.error) return Promise.reject(new Error(answer.error));
    if (!answer.engine) return Promise.resolve(answer);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  /** Settles when nothing moves, nothing is to be drawn, and no command is unanswered. @returns {Promise<void>} */
  async idle() {
    // A frame passes first, because a click of just now has not been seen by the program yet.
    do {
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    } while (this.#waiting.size > 0 || !this.#app.isIdle());
  }

  /**
   * Calls back at each event of that name, or at each at all ("*"); returns a function that ends it.
   * @param {string} name @param {(event: Json, payload: Uint8Array | null) => void} listener
   */
  on(name, listener) {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  /** For the page itself: an event has come from the engine. @param {Json} event @param {Uint8Array | null} payload */
  handle(event, payload) {
    const waiting = event.id === undefined ? undefined : this.#waiting.get(String(event.id));
    if (waiting && event.event === 'configured') waiting.configured = event;
    if (waiting && (event.event === 'done' || event.event === 'error')) {
      this.#waiting.delete(String(event.id));
      if (event.event === 'done') waiting.resolve(waiting.configured ?? event);
      else waiting.reject(new Error(event.message));
    }
    for (const name of [event.event, '*']) {
      for (const listener of this.#listeners.get(name) ?? []) listener(event, payload);
    }
  }

  /** For the page itself: the engine has been lost, and with it all answers. @param {string} reason */
  abandon(reason) {
    for (const { reject } of this.#waiting.values()) reject(new Error(reason));
    this.#waiting.clear();
  }

  /** For the page itself. */
  becomeReady() { this.#resolveReady(); }
  /** For the page itself. @param {Error} reason */
  fail(reason) { this.#rejectReady(reason); }
}
