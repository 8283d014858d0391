// @ts-check
// Switches the camera for one of those who look through it. Its code is loaded when it is first wanted.

/** @typedef {ConstructorParameters<typeof import('./camera.js').Camera>[0]} Viewer */

export class CameraSwitch {
  #viewer;
  /** @type {Promise<import('./camera.js').Camera> | null} */
  #camera = null;

  /** @param {Viewer} viewer */
  constructor(viewer) { this.#viewer = viewer; }

  /** @param {string} act  start or stop */
  async set(act) {
    if (act === 'stop' && !this.#camera) return;
    this.#camera ??= import('./camera.js').then(({ Camera }) => new Camera(this.#viewer));
    const camera = await this.#camera;
    if (act === 'start') void camera.start();
    else camera.stop();
  }
}
