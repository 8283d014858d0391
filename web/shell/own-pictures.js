// @ts-check
// The reader's own data set: pictures from files, folders and the camera on their way to the program, and all of them
// kept for the next visit. None leaves the page.

import { CameraSwitch } from './camera-switch.js';
import { isFirstRefusal } from './kept.js';
import { withStore } from './kept-store.js';
import { hideNotice, showNotice } from './messages.js';
import { coloursOf, isPicture } from './picture-file.js';

/** @typedef {import('./app-module.js').App} App */
/** @typedef {{file: File, folder: string}} Found  folder: the name of the one that it lies in; empty: none */

const kKey = 'own';
/** Those that were given to the engine: a kept run is of these. */
const kUsedKey = 'own-used';
const kPauseMilliseconds = 400;
/** The sides of what the program is given; it makes them smaller. */
const kExtent = { width: 128, height: 128 };
const kMostNamed = 3;

/** @param {unknown} problem */
const reasonOf = (problem) => (problem instanceof Error ? problem.message : String(problem));

/** Files of a folder, and of those in it. @param {FileSystemEntry} entry @param {string} folder @returns {Promise<Found[]>} */
async function filesOf(entry, folder) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => /** @type {FileSystemFileEntry} */ (entry).file(resolve, reject));
    return [{ file: /** @type {File} */ (file), folder }];
  }
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  /** @type {Found[]} */
  const found = [];
  for (;;) {  // a browser hands over some hundred at a time
    /** @type {FileSystemEntry[]} */
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return found;
    for (const each of some) found.push(...await filesOf(each, entry.name));
  }
}

/** What was dropped, folders opened. Called while the drop is being answered. @param {DataTransfer} transfer @returns {Promise<Found[]>} */
export function droppedFiles(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter((entry) => entry !== null && entry !== undefined);
  if (entries.length === 0) return Promise.resolve([...transfer.files].map((file) => ({ file, folder: '' })));
  return Promise.all(entries.map((entry) => filesOf(entry, ''))).then((lists) => lists.flat());
}

export class OwnPictures {
  #app;
  #say;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #keeps;
  /** What is being added: one lot after the other. @type {Promise<void>} */
  #adding = Promise.resolve();

  /** @param {{app: App, say: (text: string) => void, keeps: boolean}} page  keeps: for the next visit */
  constructor({ app, say, keeps }) {
    this.#app = app;
    this.#say = say;
    this.#keeps = keeps;
    this.camera = new CameraSwitch({
      tell: (state) => app.event(JSON.stringify({ event: 'own_camera', state }), null),
      show: (planes) => app.event(JSON.stringify({ event: 'own_camera_picture' }), planes),
    });
    addEventListener('pagehide', () => this.#keepNow());
  }

  /** What an earlier visit has kept comes back. */
  async restore() {
    for (const key of this.#keeps ? [kUsedKey, kKey] : []) {
      const record = await withStore('readonly', (store) => store.get(key)).catch(() => undefined);
      const sound = typeof record?.json === 'string' && record.pixels instanceof Uint8Array;
      if (sound) this.#app.event(record.json, record.pixels);
    }
    this.#app.dispatch({ command: 'own_restored' });
  }

  /** Something has changed: it is kept when it rests. */
  keepSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#keepNow(), kPauseMilliseconds);
  }

  #keepNow() {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#keeps) this.#app.dispatch({ command: 'keep_own' });  // answers by take, before it returns
  }

  /** The program's answer. @param {string} json @param {Uint8Array} pixels */
  take(json, pixels) {
    if (!this.#keeps) return;
    const key = JSON.parse(json).event === 'own_used' ? kUsedKey : kKey;
    withStore('readwrite', (store) => store.put({ json, pixels }, key)).catch(() => {
      if (isFirstRefusal()) this.#say('This browser keeps no pictures for the next visit.');
    });
  }

  /** Opens the picker. Called while a press is being answered, or the browser refuses. @param {string} what pictures or folder */
  pick(what) {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    if (what === 'folder') input.webkitdirectory = true;
    else input.accept = 'image/*';
    input.onchange = () => {
      const files = [...(input.files ?? [])];
      void this.add(files.map((file) => ({ file, folder: file.webkitRelativePath.split('/').at(-2) ?? '' })));
    };
    input.click();
  }

  /** Adds every picture among them, each to the class of its folder. @param {Found[]} found */
  add(found) {
    this.#adding = this.#adding.then(() => this.#addAll(found));
    return this.#adding;
  }

  /** @param {Found[]} found */
  async #addAll(found) {
    this.#app.dispatch({ command: 'open_room', room: 'train' });
    if (!this.#app.state().own.open) this.#app.dispatch({ command: 'own_open', open: true });
    /** @type {string[]} */
    const refused = [];
    let added = 0;
    for (const { file, folder } of found.sort((a, b) => a.file.name.localeCompare(b.file.name, 'en', { numeric: true }))) {
      if (file.name.startsWith('.')) continue;  // of the system's
      try {
        await this.#addOne(file, folder);
        added += 1;
      } catch (problem) {
        refused.push(`${file.name}: ${reasonOf(problem)}`);
      }
    }
    if (refused.length === 0) return this.#say(added === 1 ? '1 picture was added' : `${added} pictures were added`);
    const named = refused.slice(0, kMostNamed).join('; ');
    const more = refused.length > kMostNamed ? `; and ${refused.length - kMostNamed} more` : '';
    showNotice(`${added} of ${added + refused.length} pictures were added. Not taken: ${named}${more}.`, { label: 'Close', act: hideNotice });
  }

  /** @param {File} file @param {string} folder */
  async #addOne(file, folder) {
    if (!isPicture(new DataView(await file.slice(0, 16).arrayBuffer()))) throw new Error('it is no picture that the page knows');
    const planes = await coloursOf(file, kExtent);
    if (folder) {
      const { error } = this.#app.dispatch({ command: 'own_class', name: folder });
      if (error) throw new Error(error);
    }
    const before = this.#count();
    this.#app.event(JSON.stringify({ event: 'own_picture' }), planes);
    if (this.#count() === before) throw new Error('there is no room for more');
  }

  #count() {
    return this.#app.state().own.classes.reduce((/** @type {number} */ sum, /** @type {{count: number}} */ { count }) => sum + count, 0);
  }
}
