// @ts-check
// Fetches a data set shard by shard and hands it to the engine (format: docs/protocol.md).

/** @typedef {{file: string, count: number, bytes: number, compressed_bytes: number, sha256: string}} Shard */
/** @typedef {{format: string, splits: Record<string, {count: number, shards: Shard[]}>}} Manifest */

const kAttempts = 3;
const kFirstPauseMilliseconds = 400;

export class DataError extends Error {}

/** @param {number} milliseconds */
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Tries a few times, because a mobile network drops requests.
 * @template T @param {string} file @param {(init: RequestInit) => Promise<T>} attempt @returns {Promise<T>}
 */
async function withRetries(file, attempt) {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt(tries === 1 ? {} : { cache: 'reload' });
    } catch (problem) {
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

/**
 * @param {string} folder  URL, with a slash at its end
 * @param {(command: object, payload: Uint8Array<ArrayBuffer> | null) => void} post
 * @param {{signal: AbortSignal, firstShard?: () => void}} options
 */
export async function loadData(folder, post, { signal, firstShard }) {
  /** @type {Manifest} */
  const manifest = await withRetries('manifest.json', async (init) => (await get(`${folder}manifest.json`, { cache: 'no-cache', ...init })).json());
  if (signal.aborted) return;
  post({ command: 'open_data', manifest }, null);

  // What training needs first, then what its first report needs, then the rest; a few at a time, so that the first is soon there.
  /** @type {{split: string, index: number, shard: Shard}[]} */
  const train = manifest.splits.train.shards.map((shard, index) => ({ split: 'train', index, shard }));
  const test = manifest.splits.test.shards.map((shard, index) => ({ split: 'test', index, shard }));
  const [first, ...rest] = train;
  const fetchOne = async (/** @type {{split: string, index: number, shard: Shard}} */ { split, index, shard }) => {
    const bytes = await withRetries(shard.file, (init) => fetchShard(folder + shard.file, shard, init));
    if (!signal.aborted) post({ command: 'add_shard', split, index }, bytes);
  };
  await fetchOne(first);
  firstShard?.();
  const queue = [...rest.slice(0, 1), ...test, ...rest.slice(1)];
  const lane = async () => {
    for (let next = queue.shift(); next && !signal.aborted; next = queue.shift()) await fetchOne(next);
  };
  await Promise.all([lane(), lane()]);
}
