// @ts-check
// Files of the reader's, by the picker, by drop or by paste: a picture for the convolution, a checkpoint for the training.

import { hideNotice, showNotice } from './messages.js';
import { droppedFiles } from './own-pictures.js';
import { coloursOf, greysOf, isPicture } from './picture-file.js';

/** @typedef {import('./app-module.js').App} App */
/** @typedef {(json: string, payload: Uint8Array<ArrayBuffer>) => void} Post */
/** @typedef {(text: string) => void} Say */

const kExpected = 'A picture (PNG or JPEG) becomes the input of a convolution or of the network; from a checkpoint of this page, or from weights of PyTorch (.safetensors), training goes on.';
const kMostCheckpointBytes = 256e6;
/** Of a real picture under the kernel. */
const kPhotoSide = 128;

/** @param {unknown} problem */
const reasonOf = (problem) => (problem instanceof Error ? problem.message : String(problem));

/** @param {string} text */
const refuse = (text) => showNotice(text, { label: 'Close', act: hideNotice });

/** The header of safetensors is JSON behind its length. @param {DataView} head */
const isCheckpoint = (head) => head.byteLength >= 9 && head.getUint32(4, true) === 0 && head.getUint8(8) === 0x7b;

/**
 * What weights of another program are of; null: it is a checkpoint of this page's, or the engine says what is wrong with it.
 * @param {Uint8Array} bytes
 */
function foreignTensors(bytes) {
  try {
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const { __metadata__: made, ...tensors } = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    return made?.convoscope ? null : Object.entries(tensors).map(([name, { shape }]) => ({ name, shape }));
  } catch {
    return null;
  }
}

export class OpenFiles {
  /** @type {App} */
  #app;
  /** @type {Post} */
  #post;
  /** @type {Say} */
  #say;

  /** Where pictures become a data set. @type {import('./own-pictures.js').OwnPictures} */
  #own;

  /** @param {App} app @param {Post} post  to the engine @param {Say} say @param {import('./own-pictures.js').OwnPictures} own */
  constructor(app, post, say, own) {
    this.#own = own;
    this.#app = app;
    this.#post = post;
    this.#say = say;
    this.#watchDrags();
    document.addEventListener('paste', (event) => this.#onPaste(event));
  }

  /** Opens the picker. Called while a press is being answered, or the browser refuses. */
  pick() {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.png,.jpg,.jpeg,.safetensors,image/png,image/jpeg';
    input.onchange = () => { if (input.files?.[0]) void this.open(input.files[0]); };
    input.click();
  }

  /** @param {File} file */
  async open(file) {
    try {
      const head = new DataView(await file.slice(0, 16).arrayBuffer());
      if (isPicture(head)) await this.#openPicture(file);
      else if (isCheckpoint(head)) await this.#openCheckpoint(file);
      else refuse(`${file.name} cannot be opened here. ${kExpected}`);
    } catch (problem) {
      refuse(`${file.name} was not opened: ${reasonOf(problem)}. Nothing has changed.`);
    }
  }

  /** @param {File} file */
  async #openPicture(file) {
    const { room, convolve: { height, width, scene } } = this.#app.state();
    if (room === 'inspect') return this.#openPhoto(file, room);
    if (scene === 'picture') return this.#openPhoto(file, 'convolve');
    const size = { width: width.input, height: height.input };
    const values = await greysOf(file, size);
    this.#app.dispatch({ command: 'open_room', room: 'convolve' });
    const { error } = this.#app.dispatch({ command: 'convolve_pixels', values });
    if (error) throw new Error(error);
    this.#say(`${file.name} as ${size.height} × ${size.width} numbers, 0 is black and 9 white`);
  }

  /** In colour and as large as a room takes it: as the picture under the kernel, or as the network's input. @param {File} file @param {string} room */
  async #openPhoto(file, room) {
    const planes = await coloursOf(file, { width: kPhotoSide, height: kPhotoSide });
    this.#app.dispatch({ command: 'open_room', room });
    this.#app.event(JSON.stringify({ event: 'photo', source: 'own', channels: 3, rows: kPhotoSide, columns: kPhotoSide }), planes);
    if (room === 'convolve') this.#say(`${file.name} as ${kPhotoSide} × ${kPhotoSide} pixels`);
    else if (this.#app.state().inspect.source === 'own') this.#say(`${file.name} as the network reads it`);
  }

  /** @param {File} file */
  async #openCheckpoint(file) {
    if (file.size > kMostCheckpointBytes) throw new Error(`it has ${Math.round(file.size / 1e6)} MB, more than any network of this page`);
    const bytes = new Uint8Array(await file.arrayBuffer());
    const { settings, room } = this.#app.state();
    const tensors = foreignTensors(bytes);
    if (room !== 'inspect' || !tensors) this.#app.dispatch({ command: 'open_room', room: 'train' });
    if (tensors) return this.#app.event(JSON.stringify({ event: 'weights_file', name: file.name, tensors }), bytes);
    this.#post(JSON.stringify({ command: 'load', threads: settings?.threads ?? 0 }), bytes);
  }

  /** Folders, and what is dropped where a data set is made, become pictures of it. @param {DataTransfer} transfer */
  async #openDropped(transfer) {
    const [first] = transfer.files;
    const found = await droppedFiles(transfer).catch(() => []);
    const { room, own } = this.#app.state();
    const makesData = (room === 'train' && own.open) || found.some(({ folder }) => folder !== '');
    if (makesData) await this.#own.add(found);
    else await this.open(first);
  }

  /** @param {ClipboardEvent} event */
  #onPaste(event) {
    if (event.defaultPrevented) return;  // it went into a field
    const file = event.clipboardData?.files[0];
    if (file) void this.open(file);
    else this.#openLink(event.clipboardData?.getData('text/plain') ?? '');
  }

  /** @param {string} text  anything; only a link to this laboratory is followed */
  #openLink(text) {
    const link = /^https?:\/\/\S+#(v=\d+&\S+)$/.exec(text.trim())?.[1];
    if (link) this.#app.dispatch({ command: 'open_link', link });
    return Boolean(link);
  }

  #watchDrags() {
    const target = document.createElement('div');
    target.id = 'drop';
    target.hidden = true;
    target.append(Object.assign(document.createElement('p'), { textContent: `Drop it here. ${kExpected}` }));
    document.body.append(target);
    document.addEventListener('dragover', (event) => {
      if (!event.dataTransfer?.types.some((type) => type === 'Files' || type === 'text/uri-list')) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      target.hidden = false;
    });
    document.addEventListener('dragleave', (event) => { if (!event.relatedTarget) target.hidden = true; });
    document.addEventListener('drop', (event) => {
      event.preventDefault();  // or the browser would leave the page for the file
      target.hidden = true;
      if (event.dataTransfer?.files.length) return void this.#openDropped(event.dataTransfer);
      if (!this.#openLink(event.dataTransfer?.getData('text/uri-list') ?? '')) refuse(`That cannot be opened here. ${kExpected}`);
    });
  }
}
