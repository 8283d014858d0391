// @ts-check
// Tests by name, with a limit of time each. `test` names one that may run beside others, `measured` one that
// measures time or asks for all cores, and runs alone (schedule.mjs).

/** @typedef {{name: string, body: () => Promise<string | void>, seconds: number, isAlone: boolean}} Test */
/** What came of a test: `problem` is what went wrong, `note` a figure worth knowing. */
/** @typedef {{name: string, problem: string | null, note: string, seconds: number}} Outcome */

/** @type {Test[]} */
const tests = [];

/** @type {() => Promise<void>} */
let cleanUp = async () => {};
/** @param {() => Promise<void>} action */
export function afterEach(action) {
  cleanUp = action;
}

/** A limit is there for what hangs, and a slow machine does not. */
const kLeastSeconds = 150;
/** Browsers that do not close by then are left behind. */
const kCleanUpSeconds = 30;

/** @param {boolean} isAlone @returns {(name: string, body: () => Promise<string | void>, seconds?: number) => void} */
const declares = (isAlone) => (name, body, seconds = kLeastSeconds) => {
  if (tests.some((one) => one.name === name)) throw new Error(`two tests are called "${name}"`);
  tests.push({ name, body, seconds: Math.max(seconds, kLeastSeconds), isAlone });
};
export const test = declares(false);
export const measured = declares(true);

/** @param {string[]} filters  words, of which a test's name must contain one; all tests without any */
export const testsWith = (filters) =>
  tests.filter(({ name }) => filters.length === 0 || filters.some((filter) => name.includes(filter)));

/** @param {unknown} condition @param {string} message @returns {asserts condition} */
export function expect(condition, message) {
  if (!condition) throw new Error(message);
}

/** @param {unknown} actual @param {unknown} expected @param {string} what */
export function expectEqual(actual, expected, what) {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  expect(a === b, `${what}: ${a}, expected ${b}`);
}

/** @template T @param {Promise<T>} work @param {number} seconds @returns {Promise<T>} */
async function within(work, seconds) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not finished after ${seconds} s`)), 1000 * seconds);
  });
  try {
    return await /** @type {Promise<T>} */ (Promise.race([work, limit]));
  } finally {
    clearTimeout(timer);
  }
}

/** @param {string} name @returns {Promise<Outcome>} */
export async function runTest(name) {
  const found = tests.find((one) => one.name === name);
  if (!found) return { name, problem: 'there is no such test', note: '', seconds: 0 };
  const begin = performance.now();
  /** @type {string | null} */
  let problem = null;
  let note = '';
  try {
    note = (await within(found.body(), found.seconds)) ?? '';
  } catch (error) {
    problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  await within(cleanUp(), kCleanUpSeconds).catch(() => {});
  return { name, problem, note, seconds: (performance.now() - begin) / 1000 };
}

/** The longest that a test can take, with what it leaves to be closed. @param {Test} test */
export const limitOf = ({ seconds }) => seconds + kCleanUpSeconds;
