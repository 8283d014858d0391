// @ts-check
// What the page keeps in IndexedDB for the next visit: the run, and the reader's own pictures.

const kDatabase = 'convoscope';
const kStore = 'runs';

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const settled = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error ?? new Error('the browser refused'));
});

/** @returns {Promise<IDBDatabase>} */
function openDatabase() {
  const request = indexedDB.open(kDatabase, 1);
  request.onupgradeneeded = () => void request.result.createObjectStore(kStore);
  return settled(request);
}

/** @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest} act @returns {Promise<any>} */
export async function withStore(mode, act) {
  const database = await openDatabase();
  try {
    return await settled(act(database.transaction(kStore, mode).objectStore(kStore)));
  } finally {
    database.close();
  }
}
