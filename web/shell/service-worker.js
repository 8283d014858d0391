// @ts-check
/// <reference lib="webworker" />
// Two duties in one file, because one scope has one service worker:
// - adds the headers of cross-origin isolation, so that a plain static host gives the page threads;
// - keeps the files for use without a network. With a network it always asks the server first, so nothing is ever stale;
//   only the shards, which are named with their hash in the manifest, come from the cache at once.

const kVersion = '{{version}}';
const kCache = `convoscope-${kVersion}`;
/** @type {{url: string, hash: string, lazy: boolean}[]} */
const kFiles = /*{{files}}*/ [];

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const scope = new URL('./', worker.location.href);
const lasting = new Set(kFiles.filter(({ url }) => url.endsWith('.gz')).map(({ url }) => new URL(url, scope).href));

worker.addEventListener('install', () => worker.skipWaiting());

worker.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith('convoscope-') && name !== kCache) await caches.delete(name);
    }
    await worker.clients.claim();
  })());
});

worker.addEventListener('message', (event) => {
  if (event.data === 'precache') event.waitUntil(precache());
});

async function precache() {
  const cache = await caches.open(kCache);
  for (const { url, lazy } of kFiles) {
    if (lazy || (await cache.match(new URL(url, scope).href))) continue;
    try {
      await cache.add(new URL(url, scope).href);
    } catch {
      return;  // no network: the next visit goes on
    }
  }
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
  const cache = await caches.open(kCache);
  if (lasting.has(key) && request.cache !== 'reload') {
    const kept = await cache.match(key);
    if (kept) return isolated(kept);
  }
  try {
    const response = await fetch(request);
    if (response.status === 200 && response.type === 'basic') event.waitUntil(cache.put(key, response.clone()).catch(() => {}));
    return isolated(response);
  } catch (problem) {
    const kept = await cache.match(key);
    if (kept) return isolated(kept);
    throw problem;
  }
}

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(scope.href)) return;
  if (request.cache === 'only-if-cached' && request.mode !== 'same-origin') return;
  event.respondWith(answer(event));
});
