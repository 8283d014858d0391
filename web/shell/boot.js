// @ts-check
// How the page starts: look at the browser, become isolated if need be, the program and its first frame, then engine and
// data.

import { Api } from './api.js';
import { App } from './app-module.js';
import { Autosave } from './autosave.js';
import { Comparison } from './comparison.js';
import { DataLoading } from './data-loader.js';
import { EngineBridge } from './engine-bridge.js';
import { chooseVariant, comparedVariants, missingFeatures } from './features.js';
import { keepForOffline, reloadForIsolation } from './isolation.js';
import { kept } from './kept.js';
import { hideNotice, sayLoading, showCanvas, showNews, showNotice, showUnsupported } from './messages.js';
import { Mirror } from './mirror.js';
import { OpenFiles } from './open-files.js';
import { OwnPictures } from './own-pictures.js';
import { PageServices } from './page-services.js';

/** The data sets of the site: their folders, and their names in a sentence. @type {Record<string, string>} */
const kDataSets = { mnist: 'MNIST', cifar10: 'CIFAR-10' };
/** The reader's own pictures. */
const kOwn = 'own';
/** Of the program, which gives them to the engine or has it make them. */
const kWithoutFiles = [kOwn, 'shapes', 'bars'];
const query = new URLSearchParams(location.search);
const embedded = query.get('embed') === '1';

/** @param {unknown} problem */
const reasonOf = (problem) => (problem instanceof Error ? problem.message : String(problem));

function reloadRemedy() {
  return { label: 'Reload', act: () => location.reload() };
}

/** What a link asks for, or the last visit had. */
function dataOfLink() {
  const link = location.hash.slice(1) || (embedded ? '' : kept('last'));
  const wanted = new URLSearchParams(link).get('data') ?? '';
  return kWithoutFiles.includes(wanted) || Object.hasOwn(kDataSets, wanted) ? wanted : 'mnist';
}

/** Gives the engine one data set at a time: the last one that was asked for. */
class Feeder {
  #post;
  #say;
  #name = dataOfLink();
  /** @type {DataLoading | null} */
  #loading = null;
  #stopping = new AbortController();
  /** A notice says that something has not come. */
  #complains = false;

  /**
   * @param {(command: object, payload: Uint8Array<ArrayBuffer> | null) => void} post
   * @param {(event: object) => void} say  how it goes
   */
  constructor(post, say) {
    this.#post = post;
    this.#say = say;
  }

  get name() { return this.#name; }

  stop() { this.#stopping.abort(); }

  /** @param {string} [name] the same one anew, if none is given */
  load(name = this.#name) {
    this.#name = name;
    this.stop();
    this.#loading = null;
    if (kWithoutFiles.includes(name)) return;
    this.#loading = new DataLoading(new URL(`data/${name}/`, document.baseURI).href, this.#post);
    void this.loadRest();
  }

  cancel() {
    this.stop();
    this.#say({ status: 'cancelled' });
  }

  /** What has not come yet. */
  async loadRest() {
    this.stop();
    const { signal } = this.#stopping = new AbortController();
    if (this.#complains) hideNotice();
    this.#complains = false;
    this.#say({ status: 'running' });
    try {
      await this.#loading?.run(signal, (seconds) => this.#say({ status: 'running', seconds_to_go: seconds }));
    } catch (problem) {
      if (signal.aborted) return;
      this.stop();  // the other lane
      this.#say({ status: 'failed' });
      this.#complains = true;
      const loading = this.#loading;
      const again = () => { if (this.#loading === loading) void this.loadRest(); };
      showNotice(`The images of ${kDataSets[this.#name]} are not complete. ${reasonOf(problem)}.`, { label: 'Load the rest', act: again });
    }
  }
}

async function boot() {
  const missing = missingFeatures();
  if (missing.length > 0) return showUnsupported(missing);
  if (await reloadForIsolation(query, sayLoading)) return;

  const variant = chooseVariant(query);
  const canvas = /** @type {HTMLCanvasElement} */ (document.getElementById('canvas'));
  sayLoading('Loading the program…');

  /** @type {() => void} */
  let engineIsReady;
  const engineReady = new Promise((resolve) => { engineIsReady = () => resolve(undefined); });

  /** @param {string} json @param {Uint8Array | null} payload */
  const deliver = (json, payload) => {
    const event = JSON.parse(json);
    app.event(json, payload);
    api.handle(event, payload);
    services.autosave?.observe(event, payload);
    if (event.event === 'ready') engineIsReady();
    if (event.event === 'error' && event.command === 'add_shard') showNotice(event.message, reloadRemedy());
  };

  const engine = new EngineBridge(variant, deliver, ({ reason, hadBegun, restarted }) => {
    feeder.stop();
    if (restarted) {
      feeder.load();
      if (!hadBegun) return;  // its program did not come through the network, perhaps: nothing is lost
    }
    const text = restarted
      ? `The engine had to be started again (${reason}). The run begins anew; settings and kept runs are as they were.`
      : `The engine does not run in this browser: ${reason}.`;
    deliver(JSON.stringify({ event: 'error', message: text, command: 'engine' }), null);
    api.abandon(text);
    if (restarted) return showNotice(text, { label: 'Close', act: hideNotice });
    api.fail(new Error(text));
    const withOneThread = () => {
      query.set('variant', 'st');
      location.search = query.toString();
    };
    showNotice(text, query.get('variant') === 'st' ? reloadRemedy() : { label: 'Try with one thread', act: withOneThread });
  });
  // The program may be waiting for a call to return.
  const sayLater = (/** @type {object} */ event) => queueMicrotask(() => deliver(JSON.stringify({ event: 'loading', ...event }), null));
  const feeder = new Feeder((command, payload) => engine.post(JSON.stringify(command), payload), sayLater);

  const services = new PageServices({ embedded });
  services.feeder = feeder;
  services.comparison = new Comparison(comparedVariants(query), deliver);
  const app = await App.load(canvas, {
    post: (json, payload) => engine.post(json, payload),
    loadData: (name) => feeder.load(name),
    onFrame: (drawing) => engine.setDrawing(drawing),
    tell: (what, text) => services.tell(what, text),
    keep: (json, pixels) => services.own?.take(json, pixels),
    save: (name, blob) => services.save(name, blob),
  }, (reason) => showNotice(`The page's program stopped: ${reasonOf(reason)}.`, reloadRemedy()));
  const api = new Api(app);
  const wishes = (/** @type {string} */ media) => matchMedia(`(${media})`).matches;
  app.boot({
    dark: wishes('prefers-color-scheme: dark'),
    reduced_motion: wishes('prefers-reduced-motion: reduce'),
    high_contrast: wishes('prefers-contrast: more'),
    preferences: embedded ? '' : kept('preferences'),
    theme: query.get('theme') ?? '',
    hide: query.get('hide') ?? '',
    hash: location.hash.slice(1),
    last: embedded ? '' : kept('last'),
    embed: embedded,
    data: feeder.name,
    address: location.origin + location.pathname,
  });
  services.app = app;
  const say = (/** @type {string} */ text) => services.say(text);
  services.own = new OwnPictures({ app, say, keeps: !embedded });
  services.files = new OpenFiles(app, (json, bytes) => engine.post(json, bytes), say, services.own);
  if (!embedded) {
    services.autosave = new Autosave({ app, post: (json, payload) => engine.post(json, payload), say });
  }
  Object.defineProperty(window, 'convoscope', { value: api });

  while (!(app.state().frames_drawn > 0)) await new Promise((resolve) => requestAnimationFrame(resolve));
  showCanvas();
  performance.mark('first-frame');
  const restored = services.own.restore();
  if (feeder.name === kOwn) await restored;  // the engine is told of them first of all
  engine.start();
  feeder.load();
  new Mirror(app, /** @type {HTMLElement} */ (document.getElementById('mirror'))).update();
  await engineReady;
  api.becomeReady();
  performance.mark('ready');
  services.watchNetwork();
  void keepForOffline(query, {
    offer: (take) => showNews('A new version of Convoscope is ready. A reload takes it.', { label: 'Reload', act: take }),
    say: (isKept) => services.sayOffline(isKept),
  });
}

boot().catch((problem) => {
  console.error(problem);
  showNotice(`Convoscope could not start: ${reasonOf(problem)}.`, reloadRemedy());
});
