// @ts-check
// What this browser can do, and which build of the engine suits it.

/** A function of one relaxed_madd. */
const kRelaxedSimd = '0061736d0100000001080160037b7b7b017b030201000a0d010b00200020012002fd85020b';
/** A function of one i8x16.splat and popcnt: the fixed-width SIMD that every build needs. */
const kSimd = '0061736d010000000105016000017b030201000a0a0108004100fd0ffd620b';

/** @param {string} hex */
function validates(hex) {
  if (typeof WebAssembly !== 'object') return false;
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  return WebAssembly.validate(bytes);
}

function hasWebGl2() {
  const canvas = document.createElement('canvas');
  const gl = canvas.getContext('webgl2');
  gl?.getExtension('WEBGL_lose_context')?.loseContext();  // contexts are few: give it back
  return gl !== null;
}

/** What Convoscope cannot do without, in words; empty when all is there. @returns {string[]} */
export function missingFeatures() {
  const missing = [];
  if (!hasWebGl2()) missing.push('WebGL 2, with which everything is drawn');
  if (!validates(kSimd)) missing.push('WebAssembly with SIMD, in which the engine computes');
  if (typeof DecompressionStream !== 'function') missing.push('DecompressionStream, with which the images are unpacked');
  return missing;
}

/**
 * @typedef {object} Variant
 * @property {string} folder     below engine/
 * @property {string} name       as people read it
 * @property {number} threads
 */

/**
 * The best build that this browser can run. Overrides: `?threads=0` (or a number), `?relaxed=0`, `?variant=st`.
 * @param {URLSearchParams} query @returns {Variant}
 */
export function chooseVariant(query) {
  const asked = query.get('variant') ?? '';
  const sharedMemory = self.crossOriginIsolated && typeof SharedArrayBuffer === 'function';
  const wish = Number(query.get('threads') ?? NaN);
  const threads = Number.isInteger(wish) && wish >= 0 ? wish : navigator.hardwareConcurrency || 4;
  const threaded = sharedMemory && threads > 0 && !asked.startsWith('st');
  const relaxed = validates(kRelaxedSimd) && query.get('relaxed') !== '0' && !(asked && !asked.endsWith('-relaxed'));
  return {
    folder: `${threaded ? 'mt' : 'st'}${relaxed ? '-relaxed' : ''}`,
    name: `${threaded ? 'threads' : 'one thread'} + ${relaxed ? 'relaxed SIMD' : 'SIMD'}`,
    threads: threaded ? Math.min(threads, 8) : 1,
  };
}

/**
 * Both kinds of SIMD, with the threads of the engine's own build, for the exhibit that compares them; and what this
 * browser cannot show, a sentence each.
 * @param {URLSearchParams} query
 */
export function comparedVariants(query) {
  const { folder, threads } = chooseVariant(query);
  const memory = folder.startsWith('mt') ? 'mt' : 'st';
  const variants = [{ folder: memory, name: 'SIMD', threads }];
  /** @type {string[]} */
  const missing = [];
  if (!validates(kRelaxedSimd)) {
    missing.push('This browser has no relaxed SIMD, in which a multiplication and an addition are one instruction.');
  } else if (query.get('relaxed') === '0') {
    missing.push('Relaxed SIMD is left out, as the address asks (relaxed=0).');
  } else {
    variants.push({ folder: `${memory}-relaxed`, name: 'relaxed SIMD', threads });
  }
  if (!self.crossOriginIsolated) {
    missing.push('Threads need a cross-origin isolated page, which this one is not: everything runs on one thread.');
  } else if (threads === 1) {
    missing.push('The engine has one thread here, so there are no more to compare.');
  }
  return { variants, missing };
}
