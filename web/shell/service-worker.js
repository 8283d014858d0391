// @ts-check
/// <reference lib="webworker" />
// Two duties in one file, because one scope has one service worker:
// - adds the headers of cross-origin isolation, so that a plain static host gives the page threads;
// - keeps the files for use without a network. All files of a visit are of one version: what is kept is answered at once,
//   and a new version is fetched whole, beside the old one, until the reader takes it.

const kVersion = '{{version}}';
const kCache = `convoscope-${kVersion}`;
/** @type {{url: string, hash: string, lazy: boolean}[]} */
const kFiles = /*{{files}}*/ [];

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const scope = new URL('./', worker.location.href);
const files = new Map(kFiles.map(({ url, lazy }) => [new URL(url, scope).href, lazy]));

/** @param {Cache} cache @param {string[]} urls  always as the server has them now, not as the browser may have kept them */
const fetchInto = (cache, urls) => cache.addAll(urls.map((url) => new Request(url, { cache: 'no-cache' })));

/** The browser has no room, or keeps nothing at all; a network that fails is a TypeError. @param {unknown} problem */
const isRefusal = (problem) => problem instanceof DOMException;

worker.addEventListener('install', (event) => {
  // The first version begins to work at once; a later one waits until it is asked to.
  const first = !worker.registration.active;
  if (first) void worker.skipWaiting();
  event.waitUntil((async () => {
    try {
      const eager = [...files].filter(([, lazy]) => !lazy).map(([url]) => url);
      await fetchInto(await caches.open(kCache), eager);
    } catch (problem) {
      // Where nothing can be kept the headers can still be added; but a later version replaces one only whole.
      if (!first || !isRefusal(problem)) throw problem;
    }
  })());
});

worker.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys().catch(() => [])) {
      if (name.startsWith('convoscope-') && name !== kCache) await caches.delete(name);
    }
    await worker.clients.claim();
  })());
});

worker.addEventListener('message', (event) => {
  if (event.data === 'activate') void worker.skipWaiting();
  if (Array.isArray(event.data?.keep)) {
    event.waitUntil(keep(event.data.keep).then((kept) => event.ports[0]?.postMessage({ kept })));
  }
});

/** What a visit has loaded before this worker answered for it. False: the browser refuses. @param {unknown[]} urls */
async function keep(urls) {
  try {
    const cache = await caches.open(kCache);
    for (const url of [scope.href, ...urls]) {
      if (typeof url === 'string' && files.has(url) && !(await cache.match(url))) await fetchInto(cache, [url]);
    }
  } catch (problem) {
    return !isRefusal(problem);  // no network: the next visit goes on
  }
  return true;
}

/** @param {Response} response */
function isolated(response) {
  if (response.status === 0 || response.type === 'opaqueredirect') return response;
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}

/** The address under which a file is kept: the page is one file, whatever its query. @param {Request} request */
function keyOf(request) {
  const url = new URL(request.url);
  url.search = url.hash = '';
  if (url.pathname.endsWith('/index.html')) url.pathname = url.pathname.slice(0, -'index.html'.length);
  return url.href;
}

/** @param {FetchEvent} event */
async function answer(event) {
  const { request } = event;
  const key = keyOf(request);
  const cache = await caches.open(kCache).catch(() => null);
  const known = cache !== null && files.has(key);
  if (known && request.cache !== 'reload') {
    const kept = await cache.match(key);
    if (kept) return isolated(kept);
  }
  const response = await fetch(request);
  if (known && response.status === 200 && response.type === 'basic') event.waitUntil(cache.put(key, response.clone()).catch(() => {}));
  return isolated(response);
}

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(scope.href)) return;
  if (request.cache === 'only-if-cached' && request.mode !== 'same-origin') return;
  event.respondWith(answer(event));
});
