// @ts-check
// The service worker: keeps the page for use without a network, and where the server sends no isolation headers adds
// them, which takes one reload.

const kGuard = 'convoscope.isolation-tried';
/** A host may serve the worker badly; then the page goes on with one thread. */
const kPatienceMilliseconds = 6000;

/** @param {URLSearchParams} query */
function isWanted(query) {
  return 'serviceWorker' in navigator && self.isSecureContext && query.get('embed') !== '1' && self.parent === self;
}

/** Has been tried, and the browser has none. */
let isRefused = false;

/** Resolves when a service worker answers for this page. */
async function controlled() {
  await navigator.serviceWorker.register('service-worker.js').catch((problem) => {
    isRefused = true;
    throw problem;
  });
  await navigator.serviceWorker.ready;
  if (navigator.serviceWorker.controller) return;
  await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
}

/**
 * True when the page is about to reload itself, now isolated: then nothing else should start.
 * @param {URLSearchParams} query @param {(text: string) => void} say @returns {Promise<boolean>}
 */
export async function reloadForIsolation(query, say) {
  if (self.crossOriginIsolated) {
    sessionStorageItem(kGuard, null);
    return false;
  }
  const oneThreadIsAsked = query.get('threads') === '0' || query.get('variant')?.startsWith('st');
  if (!isWanted(query) || oneThreadIsAsked || sessionStorageItem(kGuard)) return false;
  say('Preparing to use all processor cores…');
  try {
    const timeout = new Promise((_, reject) => setTimeout(() => reject(new Error('too slow')), kPatienceMilliseconds));
    await Promise.race([controlled(), timeout]);
  } catch {
    return false;
  }
  if (!sessionStorageItem(kGuard, '1')) return false;  // without a guard a reload might never end
  self.location.reload();
  return true;
}

/** Lets the service worker keep what this visit has used. @returns {Promise<boolean>} false: the browser refuses */
function kept() {
  const { port1, port2 } = new MessageChannel();
  const answered = new Promise((resolve) => { port1.onmessage = ({ data }) => resolve(data.kept); });
  const used = performance.getEntriesByType('resource').map(({ name }) => name);
  navigator.serviceWorker.controller?.postMessage({ keep: used }, [port2]);
  return answered;
}

/**
 * Once the page is up: lets the service worker keep what a visit without a network needs, and hears of new versions.
 * @param {URLSearchParams} query
 * @param {{offer: (take: () => void) => void, say: (kept: boolean) => void}} page  `offer`: a new version is ready, and
 *   `take` reloads into it; `say`: whether the page is there without a network
 */
export async function keepForOffline(query, { offer, say }) {
  if (query.get('embed') === '1' || self.parent !== self) return;
  // On one's own machine there is always a server, and a cache would only hide the newest build.
  const own = ['localhost', '127.0.0.1', '[::1]'].includes(self.location.hostname);
  if (own && !isRefused && !navigator.serviceWorker?.controller) return;
  if (!isWanted(query)) return say(false);  // private windows of some browsers
  try {
    await controlled();
    const registration = await navigator.serviceWorker.getRegistration();
    if (registration) watchForUpdate(registration, offer);
    say(await kept());
  } catch {
    say(false);
  }
}

/** @param {ServiceWorkerRegistration} registration @param {(take: () => void) => void} offer */
function watchForUpdate(registration, offer) {
  const ready = (/** @type {ServiceWorker} */ worker) => offer(() => {
    navigator.serviceWorker.addEventListener('controllerchange', () => self.location.reload(), { once: true });
    worker.postMessage('activate');
  });
  if (registration.waiting) return ready(registration.waiting);
  const watch = (/** @type {ServiceWorker} */ worker) => worker.addEventListener('statechange', () => {
    if (worker.state === 'installed') ready(worker);
  });
  if (registration.installing) watch(registration.installing);
  registration.addEventListener('updatefound', () => { if (registration.installing) watch(registration.installing); });
}

/**
 * Reads, writes (a string) or removes (null) an item; private windows may refuse storage.
 * @param {string} key @param {string | null} [value] @returns {string | null}
 */
function sessionStorageItem(key, value) {
  try {
    if (value === null) sessionStorage.removeItem(key);
    else if (value !== undefined) sessionStorage.setItem(key, value);
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}
