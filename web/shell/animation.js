// @ts-check
// An animation of the page's picture: each step is shown and drawn, and a Worker makes a GIF of them.

import { ProgressDialog } from './progress-dialog.js';

/** @typedef {import('./app-module.js').App} App */
/** @typedef {{x: number, y: number, width: number, height: number}} Rectangle  in CSS pixels */
/** @typedef {{file_name: string, frames: number, frame: number, milliseconds: number, scale: number, picture: Rectangle, hold: object, show: object}} Animation */

/** More would not fit into the memory of a phone's browser. */
const kMostPixels = 16e6;

/** Made by `with`: the canvas at a resolution of its own, for as long as it is recorded. */
class Camera {
  /** @type {App} */
  #app;
  /** @type {HTMLCanvasElement} */
  #canvas;
  #picture;
  #before;
  #width;
  #height;

  /** @param {App} app @param {HTMLCanvasElement} canvas @param {Rectangle} picture @param {number} scale */
  constructor(app, canvas, picture, scale) {
    this.#app = app;
    this.#canvas = canvas;
    this.#before = { width: canvas.width, height: canvas.height };
    const page = { width: canvas.clientWidth, height: canvas.clientHeight };
    this.#width = Math.round(page.width * scale);
    this.#height = Math.round(page.height * scale);
    if (this.#width * this.#height > kMostPixels) throw new Error('the window is too large for this size.');
    const at = (/** @type {number} */ length) => Math.round(length * scale);
    this.#picture = { x: at(picture.x), y: at(picture.y), width: at(picture.width), height: at(picture.height) };
    canvas.width = this.#width;
    canvas.height = this.#height;
    app.resize(page.width, page.height, scale);
  }

  get width() { return this.#picture.width; }
  get height() { return this.#picture.height; }

  /** What the canvas shows, as RGBA. A canvas can be read in the task that drew it, not later. */
  take() {
    if (this.#canvas.width !== this.#width || this.#canvas.height !== this.#height) throw new Error('the window has changed its size.');
    this.#app.drawFrame();
    this.#app.drawFrame();  // widgets settle in the frame after a change
    const { x, y, width, height } = this.#picture;
    const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (!copy) throw new Error('this browser has no memory left for it.');
    copy.drawImage(this.#canvas, x, y, width, height, 0, 0, width, height);
    return copy.getImageData(0, 0, width, height).data.buffer;
  }

  close() {
    const { clientWidth, clientHeight } = this.#canvas;
    if (this.#canvas.width === this.#width && this.#canvas.height === this.#height) {
      this.#canvas.width = this.#before.width;
      this.#canvas.height = this.#before.height;
      this.#app.resize(clientWidth, clientHeight, this.#before.width / clientWidth);
    }
    this.#app.drawFrame();
  }
}

/** The Worker, one message at a time. */
class Encoder {
  #worker = new Worker(new URL('gif-worker.js', document.baseURI), { type: 'module', name: 'gif' });

  /** @param {import('./gif-worker.js').Order} order @returns {Promise<Uint8Array<ArrayBuffer> | null>} the file, at the end */
  send(order) {
    return new Promise((resolve, reject) => {
      this.#worker.onmessage = ({ data }) => resolve(data.bytes);
      this.#worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(event.message || 'the encoder could not be loaded.'));
      };
      this.#worker.postMessage(order, order.pixels ? [order.pixels] : []);
    });
  }

  close() { this.#worker.terminate(); }
}

/** What is shown while the last picture of the menu fades. */
async function settle(/** @type {App} */ app) {
  do await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  while (!app.isIdle());
}

/**
 * @param {App} app @param {HTMLCanvasElement} canvas @param {Animation} animation
 * @returns {Promise<Blob | null>} null: the reader did not want it after all
 */
export async function saveAnimation(app, canvas, { frames, frame, milliseconds, scale, picture, hold, show }) {
  const showFrame = (/** @type {number} */ to) => app.dispatch({ ...show, to });
  const dialog = new ProgressDialog('Making the animation');
  const encoder = new Encoder();
  /** @type {Camera | null} */
  let camera = null;
  app.dispatch({ command: 'record', what: 'animation' });
  app.dispatch(hold);
  try {
    canvas.dispatchEvent(new PointerEvent('pointerleave', { pointerType: 'mouse' }));  // nothing is pointed at
    await settle(app);
    camera = new Camera(app, canvas, picture, scale);
    const { width, height } = camera;
    for (const sample of new Set([0, Math.floor(frames / 2), frames - 1])) {
      showFrame(sample);
      await encoder.send({ kind: 'colours', pixels: camera.take() });
    }
    for (let i = 0; i < frames && !dialog.cancelled; i++) {
      showFrame(i);
      await encoder.send({ kind: 'frame', pixels: camera.take(), width, height, milliseconds });
      dialog.progress(i + 1, frames, 'step');
    }
    const bytes = dialog.cancelled ? null : await encoder.send({ kind: 'end' });
    return bytes && new Blob([bytes], { type: 'image/gif' });
  } finally {
    encoder.close();
    showFrame(frame);
    camera?.close();
    app.dispatch({ command: 'record', what: '' });
    dialog.close();
  }
}
