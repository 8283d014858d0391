// @ts-check
// Tests by name, one after another (the engine wants all cores), with a limit of time each. A test that
// fails is run once more, last of all: real browsers on a shared machine are sometimes late. What passes
// then is told as unsteady, with its first failure; what fails twice has failed.

/** More failures than these are no accident, and are not run again. */
const kSecondChances = 8;

/** @typedef {{name: string, body: () => Promise<string | void>, seconds: number}} Test */

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

/**
 * @param {string} name
 * @param {() => Promise<string | void>} body  what it returns is printed beside its name: a figure worth knowing
 * @param {number} [seconds]
 */
export function test(name, body, seconds = kLeastSeconds) {
  tests.push({ name, body, seconds: Math.max(seconds, kLeastSeconds) });
}

/** @param {unknown} condition @param {string} message @returns {asserts condition} */
export function expect(condition, message) {
  if (!condition) throw new Error(message);
}

/** @param {unknown} actual @param {unknown} expected @param {string} what */
export function expectEqual(actual, expected, what) {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  expect(a === b, `${what}: ${a}, expected ${b}`);
}

/**
 * What went wrong, or null.
 * @param {Test} test
 * @returns {Promise<string | null>}
 */
async function problemOf({ name, body, seconds }) {
  const begin = performance.now();
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not finished after ${seconds} s`)), 1000 * seconds);
  });
  try {
    const note = await Promise.race([body(), limit]);
    console.log(`ok      ${name} (${((performance.now() - begin) / 1000).toFixed(1)} s)${note ? `: ${note}` : ''}`);
    return null;
  } catch (problem) {
    const text = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
    console.log(`FAILED  ${name}\n        ${text}`);
    return text;
  } finally {
    clearTimeout(timer);
    await cleanUp();
  }
}

/** @param {string[]} filters  words, of which a test's name must contain one; all tests without any */
export async function runTests(filters) {
  const wanted = tests.filter(({ name }) => filters.length === 0 || filters.some((filter) => name.includes(filter)));
  /** @type {{test: Test, first: string}[]} */
  const again = [];
  for (const test of wanted) {
    const problem = await problemOf(test);
    if (problem !== null) again.push({ test, first: problem });
  }
  /** @type {{name: string, first: string}[]} */
  const unsteady = [];
  /** @type {{name: string, first: string}[]} */
  const failed = [];
  const repeats = again.length <= kSecondChances;
  if (again.length > 0 && repeats) console.log('\nOnce more, what failed:');
  for (const { test, first } of again) {
    const passes = repeats && (await problemOf(test)) === null;
    (passes ? unsteady : failed).push({ name: test.name, first });
  }
  for (const { name, first } of unsteady) console.log(`\nUNSTEADY  ${name}: failed at first, passed when run again\n          ${first}`);
  for (const { name, first } of failed) console.log(`\nFAILED  ${name}\n          ${first}`);
  return { passed: wanted.length - failed.length, failed: failed.length };
}
