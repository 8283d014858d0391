// @ts-check
// Keeps the run for the next visit, in IndexedDB: a checkpoint and its curves, whenever training rests and every minute.

import { isFirstRefusal } from './kept.js';
import { withStore } from './kept-store.js';
import { hideNotice, showNews, showNotice } from './messages.js';

/** @typedef {import('./app-module.js').App} App */
/** @typedef {{data: string, network: string, seed: number, step: number, time: number, runs: string, checkpoint: Uint8Array<ArrayBuffer>}} KeptRun */

const kKey = 'present';
const kPeriodMilliseconds = 60_000;
/** What the engine answers under these is ours. */
const kSaving = 'autosave';
const kRestoring = 'autosave-restore';

export class Autosave {
  /** @type {(json: string, payload: Uint8Array<ArrayBuffer> | null) => void} */
  #post;
  /** @type {(text: string) => void} */
  #say;
  /** @type {App} */
  #app;
  /** What an earlier visit left, until it is decided whether it comes back. @type {KeptRun | null} */
  #left = null;
  #decided = false;
  /** The reader has asked for it. */
  #wished = false;
  #configured = false;
  #dataName = '';
  #keptStep = 0;
  #keptAt = 0;
  #asking = false;
  #refused = false;
  #runs = '';

  /** @param {{app: App, post: (json: string, payload: Uint8Array<ArrayBuffer> | null) => void, say: (text: string) => void}} page */
  constructor({ app, post, say }) {
    this.#app = app;
    this.#post = post;
    this.#say = say;
    this.#keptAt = performance.now();
    document.addEventListener('visibilitychange', () => { if (document.hidden) this.#askIfNew(); });
    void withStore('readonly', (store) => store.get(kKey)).then(
      (record) => { this.#left = this.#checked(record); },
      (problem) => this.#refuse(problem),
    ).finally(() => {
      this.#decided = this.#left === null;
      this.#restore();
    });
  }

  /** The program's curves, which it tells when it is asked. @param {string} text */
  takeRuns(text) { this.#runs = text; }

  /** @param {Record<string, any>} event @param {Uint8Array | null} payload */
  observe(event, payload) {
    if (event.event === 'configured') {
      this.#configured = true;
      this.#keptStep = 0;
    }
    if (event.event === 'data') this.#dataName = event.train_count > 0 ? event.name : '';
    if (event.id === kRestoring) return this.#restored(event);
    if (event.event === 'checkpoint' && event.id === kSaving && payload) return void this.#keep(event.step, payload);
    if (event.id === kSaving && event.event === 'error') this.#asking = false;
    if (event.event === 'error' && event.command === 'engine') this.#asking = this.#configured = false;
    if (!this.#decided) return this.#restore();
    const rests = event.event === 'status' && event.status === 'paused';
    const due = event.event === 'metrics' && performance.now() - this.#keptAt > kPeriodMilliseconds;
    if (rests || due) this.#askIfNew();
  }

  /** A run that is scrubbed back is kept as it was at its end. */
  #askIfNew() {
    if (this.#asking || this.#refused || !this.#decided) return;
    const { step, losses, status } = this.#app.state();
    if (status === 'diverged' || step === 0 || step === this.#keptStep || step < losses.length) return;
    this.#asking = true;
    this.#post(JSON.stringify({ command: 'save', id: kSaving }), null);
  }

  /** @param {number} step @param {Uint8Array} checkpoint */
  async #keep(step, checkpoint) {
    this.#asking = false;
    this.#keptStep = step;
    this.#keptAt = performance.now();
    this.#runs = '';
    this.#app.dispatch({ command: 'tell_runs' });  // answers by takeRuns, before it returns
    const { data, network, seed } = this.#app.state().settings;
    const record = { data, network, seed, step, time: Date.now(), runs: this.#runs, checkpoint: checkpoint.slice() };
    await withStore('readwrite', (store) => store.put(record, kKey)).catch((problem) => this.#refuse(problem));
  }

  /** What another program, or a damaged disk, has left is passed over. @param {any} record @returns {KeptRun | null} */
  #checked(record) {
    if (record === undefined) return null;
    if (record?.checkpoint instanceof Uint8Array && typeof record.runs === 'string' && Number.isFinite(record.time)) return record;
    this.#forget('it is damaged');
    return null;
  }

  /** Says it once: the next visit finds nothing. @param {string} reason */
  #forget(reason) {
    this.#left = null;
    void withStore('readwrite', (store) => store.delete(kKey)).catch((problem) => this.#refuse(problem));
    showNotice(`The run of the last visit could not be restored: ${reason.replace(/\.$/, '')}.`, { label: 'Close', act: hideNotice });
  }

  /** Once: the page goes on without. @param {unknown} problem */
  #refuse(problem) {
    if (this.#refused) return;
    this.#refused = true;
    if (!isFirstRefusal()) return;
    const full = problem instanceof DOMException && problem.name === 'QuotaExceededError';
    this.#say(full ? 'There is no room in this browser to keep the run; a checkpoint keeps it as a file.'
      : 'This browser keeps nothing for the next visit; a link or a checkpoint does.');
  }

  /** Gives the engine what was left, when it belongs to what the page shows. */
  #restore() {
    if (this.#decided || !this.#left || !this.#configured || !this.#dataName) return;
    this.#decided = true;
    const { settings, step, configured, data: { train_count: images } } = this.#app.state();
    const same = settings.data === this.#left.data && settings.network === this.#left.network && settings.seed === this.#left.seed;
    if (!same) return this.#offer(this.#left);
    if (this.#wished && (!configured || images === 0 || step > 0)) {  // it is on its way
      this.#decided = false;
      return;
    }
    if (step > 0) return;
    this.#post(JSON.stringify({ command: 'load', id: kRestoring }), this.#left.checkpoint.slice());
  }

  /** The link is of another run than the one that was left: the reader decides. @param {KeptRun} left */
  #offer(left) {
    const { data, network, seed, step } = left;
    const open = () => {
      this.#left = left;
      this.#wished = true;
      this.#decided = false;
      const link = new URLSearchParams({ v: '1', room: 'train', data, network, seed: String(seed) });
      this.#app.dispatch({ command: 'open_link', link: String(link) });
      this.#app.dispatch({ command: 'reset' });
    };
    showNews(`A run of your last visit is kept, at step ${step.toLocaleString('en')}. This link is of another one.`, { label: 'Open it', act: open });
  }

  /** @param {Record<string, any>} event */
  #restored(event) {
    if (event.event === 'error') return this.#forget(event.message);
    if (event.event !== 'done' || !this.#left) return;
    const { step, time, runs } = this.#left;
    this.#left = null;
    this.#keptStep = step;
    try {
      this.#app.dispatch({ command: 'restore_runs', runs: JSON.parse(runs) });
    } catch {
      this.#say('The curves of the last visit are damaged; the network is as it was.');
      return;
    }
    const when = new Date(time).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
    this.#say(`Your run of ${when} was restored: step ${step.toLocaleString('en')}.`);
  }
}
