// @ts-check
// Fetches a data set shard by shard and hands it to the engine (format: docs/protocol.md).

/** @typedef {{file: string, count: number, bytes: number, compressed_bytes: number, sha256: string}} Shard */
/** @typedef {{format: string, splits: Record<string, {count: number, shards: Shard[]}>}} Manifest */
/** @typedef {{split: string, index: number, shard: Shard}} Part */

const kAttempts = 3;
const kFirstPauseMilliseconds = 400;
const kLanes = 2;

export class DataError extends Error {}

/** @param {number} milliseconds */
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Tries a few times, because a mobile network drops requests.
 * @template T @param {string} file @param {AbortSignal} signal @param {(init: RequestInit) => Promise<T>} attempt @returns {Promise<T>}
 */
async function withRetries(file, signal, attempt) {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt({ signal, ...(tries === 1 ? {} : { cache: 'reload' }) });
    } catch (problem) {
      signal.throwIfAborted();
      if (tries === kAttempts) {
        const reason = problem instanceof Error ? problem.message : String(problem);
        throw new DataError(`${file} could not be loaded: ${reason}`);
      }
      await pause(kFirstPauseMilliseconds * 2 ** (tries - 1));
    }
  }
}

/** @param {string} url @param {RequestInit} init */
async function get(url, init) {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return response;
}

/** @param {Uint8Array<ArrayBuffer>} bytes @returns {Promise<Uint8Array<ArrayBuffer>>} */
async function unpack(bytes) {
  // Some hosts declare .gz files as Content-Encoding: gzip; then the browser has unpacked them already.
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** @param {string} url @param {Shard} shard @param {RequestInit} init */
async function fetchShard(url, shard, init) {
  const packed = new Uint8Array(await (await get(url, init)).arrayBuffer());
  const bytes = await unpack(packed).catch(() => {
    throw new Error(`it is damaged: ${packed.length} of ${shard.compressed_bytes} bytes came and they do not unpack`);
  });
  if (bytes.length !== shard.bytes) throw new Error(`it holds ${bytes.length} bytes, not ${shard.bytes}`);
  return bytes;  // the engine checks the SHA-256
}

/** What training needs first, then what its first report needs, then the rest. @param {Manifest} manifest @returns {Part[]} */
function inOrder({ splits }) {
  const parts = (/** @type {string} */ split) => splits[split].shards.map((shard, index) => ({ split, index, shard }));
  const train = parts('train');
  return [...train.slice(0, 2), ...parts('test'), ...train.slice(2)];
}

/** @param {Part[]} parts */
const bytesOf = (parts) => parts.reduce((sum, { shard }) => sum + shard.compressed_bytes, 0);

/** A data set on its way to the engine. What has come stays when it is stopped, and `run` goes on from there. */
export class DataLoading {
  #folder;
  #post;
  /** Parts that have not come; null before the manifest is there. @type {Part[] | null} */
  #missing = null;

  /**
   * @param {string} folder  URL, with a slash at its end
   * @param {(command: object, payload: Uint8Array<ArrayBuffer> | null) => void} post
   */
  constructor(folder, post) {
    this.#folder = folder;
    this.#post = post;
  }

  /**
   * Settles when all has come; is rejected when it cannot come, or is to come no longer.
   * @param {AbortSignal} signal @param {(secondsToGo: number) => void} onPace
   */
  async run(signal, onPace) {
    const missing = this.#missing ??= await this.#open(signal);
    const began = performance.now();
    const all = bytesOf(missing);
    const queue = [...missing];
    const fetchNext = async () => {
      const part = queue.shift();
      if (!part) return false;
      await this.#fetch(part, signal);
      missing.splice(missing.indexOf(part), 1);
      const left = bytesOf(missing);
      onPace(((performance.now() - began) / 1000) * (left / (all - left)));
      return true;
    };
    await fetchNext();  // alone, so that it is soon there
    await Promise.all(Array.from({ length: kLanes }, async () => {
      while (await fetchNext());
    }));
  }

  /** @param {AbortSignal} signal */
  async #open(signal) {
    /** @type {Manifest} */
    const manifest = await withRetries('manifest.json', signal, async (init) => (await get(`${this.#folder}manifest.json`, { cache: 'no-cache', ...init })).json());
    signal.throwIfAborted();
    this.#post({ command: 'open_data', manifest }, null);
    return inOrder(manifest);
  }

  /** @param {Part} part @param {AbortSignal} signal */
  async #fetch({ split, index, shard }, signal) {
    const bytes = await withRetries(shard.file, signal, (init) => fetchShard(this.#folder + shard.file, shard, init));
    signal.throwIfAborted();
    this.#post({ command: 'add_shard', split, index }, bytes);
  }
}
