// @ts-check
// The reader's camera as a small picture, many times a second. Nothing of it leaves the page.

import { hideNotice, showNotice } from './messages.js';
import { planesOf } from './picture-file.js';

const kSide = 128;

/** Why there is no camera, and what helps. @param {unknown} problem */
function reasonOf(problem) {
  const name = problem instanceof DOMException ? problem.name : '';
  if (name === 'NotAllowedError') return 'The browser was told not to give it. Allow it beside the address, then press Camera again.';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'This device has none that the browser knows of.';
  if (name === 'NotReadableError') return 'Another program is using it.';
  return problem instanceof Error ? problem.message : String(problem);
}

export class Camera {
  /** @type {(state: string) => void} */
  #tell;
  /** @type {(planes: Uint8Array<ArrayBuffer>, side: number) => void} */
  #show;
  /** @type {MediaStream | null} */
  #stream = null;
  /** Counts starts and stops, so that what was asked for before the last of them is dropped. */
  #turn = 0;
  #video = Object.assign(document.createElement('video'), { muted: true, playsInline: true });
  #context = new OffscreenCanvas(kSide, kSide).getContext('2d', { willReadFrequently: true });

  /** @param {{tell: (state: string) => void, show: (planes: Uint8Array<ArrayBuffer>, side: number) => void}} viewer  show: each picture, 3 square planes */
  constructor({ tell, show }) {
    this.#tell = tell;
    this.#show = show;
    document.addEventListener('visibilitychange', () => { if (document.hidden) this.#interrupt(); });
    addEventListener('pagehide', () => this.#interrupt());
  }

  async start() {
    this.stop();
    const turn = this.#turn;
    this.#tell('asked');
    try {
      if (!navigator.mediaDevices) throw new Error('Browsers give it to pages of https and of this computer alone.');
      const stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 320 }, height: { ideal: 240 } }, audio: false });
      if (turn !== this.#turn) return end(stream);
      this.#stream = stream;
      for (const track of stream.getTracks()) track.onended = () => this.#interrupt();
      this.#video.srcObject = stream;
      await this.#video.play();
      if (turn !== this.#turn) return;
      this.#tell('live');
      this.#follow(turn);
    } catch (problem) {
      if (turn !== this.#turn) return;
      this.stop();
      this.#tell('refused');
      showNotice(`There is no camera picture. ${reasonOf(problem)}`, { label: 'Close', act: hideNotice });
    }
  }

  stop() {
    this.#turn += 1;
    if (this.#stream) end(this.#stream);
    this.#stream = null;
    this.#video.srcObject = null;
  }

  #interrupt() {
    if (!this.#stream) return;
    this.stop();
    this.#tell('stopped');
  }

  /** Hands over every picture that the camera makes. @param {number} turn */
  #follow(turn) {
    if (turn !== this.#turn) return;
    this.#deliver();
    const next = () => this.#follow(turn);
    if ('requestVideoFrameCallback' in this.#video) this.#video.requestVideoFrameCallback(next);
    else requestAnimationFrame(next);
  }

  /** The middle, as in a mirror. */
  #deliver() {
    const { videoWidth: width, videoHeight: height } = this.#video;
    if (!this.#context || width === 0 || height === 0) return;
    const side = Math.min(width, height);
    this.#context.setTransform(-1, 0, 0, 1, kSide, 0);
    this.#context.drawImage(this.#video, (width - side) / 2, (height - side) / 2, side, side, 0, 0, kSide, kSide);
    const { data } = this.#context.getImageData(0, 0, kSide, kSide);
    this.#show(planesOf(data), kSide);
  }
}

/** @param {MediaStream} stream */
function end(stream) {
  for (const track of stream.getTracks()) track.stop();
}
