// @ts-check
// Tests by name, one after another (the engine wants all cores), with a limit of time each.

/** @type {{name: string, body: () => Promise<string | void>, seconds: number}[]} */
const tests = [];

/** @type {() => Promise<void>} */
let cleanUp = async () => {};
/** @param {() => Promise<void>} action */
export function afterEach(action) {
  cleanUp = action;
}

/**
 * @param {string} name
 * @param {() => Promise<string | void>} body  what it returns is printed beside its name: a figure worth knowing
 * @param {number} [seconds]
 */
export function test(name, body, seconds = 60) {
  tests.push({ name, body, seconds });
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

/** @param {string[]} filters  words, of which a test's name must contain one; all tests without any */
export async function runTests(filters) {
  let passed = 0;
  let failed = 0;
  for (const { name, body, seconds } of tests) {
    if (filters.length > 0 && !filters.some((filter) => name.includes(filter))) continue;
    const begin = performance.now();
    /** @type {NodeJS.Timeout | undefined} */
    let timer;
    const limit = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`not finished after ${seconds} s`)), 1000 * seconds);
    });
    try {
      const note = await Promise.race([body(), limit]);
      passed++;
      console.log(`ok      ${name} (${((performance.now() - begin) / 1000).toFixed(1)} s)${note ? `: ${note}` : ''}`);
    } catch (problem) {
      failed++;
      console.log(`FAILED  ${name}\n        ${problem instanceof Error ? (problem.stack ?? problem.message) : problem}`);
    } finally {
      clearTimeout(timer);
      await cleanUp();
    }
  }
  return { passed, failed };
}
