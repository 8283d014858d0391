// @ts-check
// What the program asks of the page: the address bar, what is kept for the next visit, files, another tab.

import { saveAnimation } from './animation.js';
import { CameraSwitch } from './camera-switch.js';
import { isFirstRefusal, keep } from './kept.js';
import { announceSoon, hideNotice, showNotice } from './messages.js';

/** @typedef {import('./app-module.js').App} App */

const kAddressPauseMilliseconds = 300;
const root = document.documentElement;

/** A drawing as pixels, two for each of its units. @param {Blob} drawing @returns {Promise<Blob | null>} */
async function painted(drawing) {
  const image = new Image();
  image.src = URL.createObjectURL(drawing);
  try {
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [2 * image.naturalWidth, 2 * image.naturalHeight];
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob(done, 'image/png'));
  } finally {
    URL.revokeObjectURL(image.src);
  }
}

export class PageServices {
  /** The program, once it is loaded. @type {App | null} */
  app = null;
  /** @type {import('./open-files.js').OpenFiles | null} */
  files = null;
  /** The reader's own pictures. @type {import('./own-pictures.js').OwnPictures | null} */
  own = null;
  /** What loads the data set. @type {{cancel: () => void, loadRest: () => Promise<void>} | null} */
  feeder = null;
  /** What measures for the exhibit. @type {import('./comparison.js').Comparison | null} */
  comparison = null;
  /** What keeps the run for the next visit. @type {import('./autosave.js').Autosave | null} */
  autosave = null;
  /** Of a picture under the kernel, or of the network's input. */
  #camera = new CameraSwitch({
    tell: (state) => this.app?.event(JSON.stringify({ event: 'camera', state }), null),
    show: (planes, side) => this.app?.event(JSON.stringify({ event: 'photo', source: 'camera', channels: 3, rows: side, columns: side }), planes),
  });
  #embedded;
  #address = '';
  #room = '';
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #addressTimer;

  /** @param {{embedded: boolean}} options */
  constructor({ embedded }) {
    this.#embedded = embedded;
    addEventListener('pagehide', () => this.#showAddress());
    // Not of `location`: the page may have written its own state there since.
    addEventListener('hashchange', (event) => this.#open(new URL(/** @type {HashChangeEvent} */ (event).newURL).hash.slice(1)));
  }

  /** @param {string} what @param {string} text */
  tell(what, text) {
    switch (what) {
      case 'link': return this.#link(text);
      case 'theme': root.dataset.theme = text; return;
      case 'preferences': if (!this.#embedded) this.#keep('preferences', text); return;
      case 'runs': this.autosave?.takeRuns(text); return;
      case 'open': window.open(text, '_blank', 'noopener'); return;
      case 'camera': return void this.#camera.set(text);
      case 'own_changed': this.own?.keepSoon(); return;
      case 'own_camera': void this.own?.camera.set(text); return;
      case 'pick_pictures': this.own?.pick(text); return;
      case 'open_file': this.files?.pick(); return;
      case 'animation': return void this.#saveAnimation(text);
      case 'problem': return showNotice(text, { label: 'Close', act: hideNotice });
      case 'news': announceSoon(text); return;
      case 'compare_convolutions': this.comparison?.begin(text); return;
      case 'stop_comparison': this.comparison?.stop(text); return;
      case 'cancel_loading': this.feeder?.cancel(); return;
      case 'load_rest': void this.feeder?.loadRest(); return;
      case 'load_weights': return void this.#loadWeights(text);
      case 'context': root.dataset.context = text; return;
      default: console.warn(`the program tells of ${what}`);
    }
  }

  /** A drawing whose name is a picture's is painted first. @param {string} name @param {Blob | null} blob */
  save(name, blob) {
    if (blob?.type.startsWith('image/svg') && name.endsWith('.png')) {
      painted(blob).then((picture) => this.save(name, picture), () => this.save(name, null));
      return;
    }
    if (!blob) return this.say(`${name} could not be made.`, 'error');
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  /** @param {string} text  what web/app/take_along.cpp writes */
  async #saveAnimation(text) {
    const { app } = this;
    if (!app) return;
    try {
      const animation = JSON.parse(text);
      const blob = await saveAnimation(app, /** @type {HTMLCanvasElement} */ (document.getElementById('canvas')), animation);
      if (blob) this.save(animation.file_name, blob);
      else this.say('No animation was made.');
    } catch (problem) {
      this.say(`The animation could not be made: ${problem instanceof Error ? problem.message : problem}`, 'error');
    }
  }

  /** Trained ones, which come with the page. @param {string} network */
  async #loadWeights(network) {
    const answer = (/** @type {object} */ event, /** @type {Uint8Array | null} */ weights = null) =>
      this.app?.event(JSON.stringify({ event: 'weights', network, ...event }), weights);
    try {
      const response = await fetch(new URL(`weights/${network}.safetensors`, document.baseURI));
      if (!response.ok) throw new Error(`the server answers ${response.status}`);
      answer({}, new Uint8Array(await response.arrayBuffer()));
    } catch (problem) {
      answer({ error: `The trained weights did not come (${problem instanceof Error ? problem.message : problem}): these are random ones.` });
    }
  }

  /** A few words that leave by themselves. @param {string} text @param {'error' | ''} [status] */
  say(text, status = '') {
    this.app?.dispatch({ command: 'say', text, status });
  }

  /** Whether the page is there without a network: the settings say it, and a refusal is said once. @param {boolean} isKept */
  sayOffline(isKept) {
    this.app?.dispatch({ command: 'tell_offline', kept: isKept ? 'yes' : 'no' });
    if (!isKept && isFirstRefusal()) this.say('This browser keeps nothing: without a network the page will not open.');
  }

  /** Whether there is a network, now and from now on. */
  watchNetwork() {
    const tell = () => this.app?.dispatch({ command: 'tell_network', there: navigator.onLine ? 'yes' : 'no' });
    for (const change of ['online', 'offline']) addEventListener(change, tell);
    if (!navigator.onLine) tell();
  }

  /** The state has changed: the address follows when it rests, since browsers allow few changes a second. @param {string} link */
  #link(link) {
    this.#address = link;
    clearTimeout(this.#addressTimer);
    const room = new URLSearchParams(link).get('room') ?? '';
    if (this.#room && room !== this.#room) {
      history.pushState(null, '', `#${link}`);  // so that Back leads to the room before
      this.#room = room;
      return this.#showAddress();
    }
    this.#room = room;
    this.#addressTimer = setTimeout(() => this.#showAddress(), kAddressPauseMilliseconds);
  }

  #showAddress() {
    clearTimeout(this.#addressTimer);
    if (!this.#address) return;
    if (location.hash.slice(1) !== this.#address) history.replaceState(null, '', `#${this.#address}`);
    if (!this.#embedded) this.#keep('last', this.#address);
  }

  /** @param {string} link  from the address bar, where the reader may have written anything */
  #open(link) {
    if (link === this.#address) return;
    this.app?.dispatch({ command: 'open_link', link });
  }

  /** @param {'preferences' | 'last'} what @param {string} text */
  #keep(what, text) {
    if (!keep(what, text)) this.say('This browser keeps nothing for the next visit; a link does.');
  }
}
