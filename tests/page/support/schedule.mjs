// @ts-check
// Runs the page's tests in processes beside each other. Most of a test is waiting, so two take little longer
// than one; those that measure time run after them, with nothing beside them. A test that fails is run once
// more, last of all and alone: real browsers on a shared machine are sometimes late. What passes then is told
// as unsteady, with its first failure; what fails twice has failed.

import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { limitOf } from './runner.mjs';

/** @typedef {import('./runner.mjs').Test} Test */
/** @typedef {import('./runner.mjs').Outcome} Outcome */

/** More failures than these are no accident, and are not run again. */
const kSecondChances = 8;
/** Longer than this a process is not waited for beyond its test's own limit. */
const kGraceSeconds = 15;

/** @param {Outcome} outcome */
function tell({ name, problem, note, seconds }) {
  console.log(problem === null ? `ok      ${name} (${seconds.toFixed(1)} s)${note ? `: ${note}` : ''}` : `FAILED  ${name} (${seconds.toFixed(1)} s)\n        ${problem}`);
}

/** A process that runs tests. One that hangs or ends is replaced by a new one. */
class Worker {
  /** @type {import('node:child_process').ChildProcess | null} */
  #process = null;

  /** @param {Test} test @returns {Promise<Outcome>} */
  run(test) {
    this.#process ??= fork(fileURLToPath(new URL('worker.mjs', import.meta.url)));
    const child = this.#process;
    return new Promise((resolve) => {
      const begin = performance.now();
      /** @param {string} problem */
      const lose = (problem) => {
        this.#process = null;
        child.kill('SIGKILL');
        finish({ name: test.name, problem, note: '', seconds: (performance.now() - begin) / 1000 });
      };
      const onExit = (/** @type {number | null} */ code) => lose(`the test's process ended with code ${code}`);
      const timer = setTimeout(() => lose('the test hangs'), 1000 * (limitOf(test) + kGraceSeconds));
      const finish = (/** @type {Outcome} */ outcome) => {
        clearTimeout(timer);
        child.off('exit', onExit);
        child.off('message', finish);
        tell(outcome);
        resolve(outcome);
      };
      child.once('exit', onExit);
      child.once('message', finish);
      child.send(test.name);
    });
  }

  async close() {
    const child = this.#process;
    this.#process = null;
    if (!child) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const timer = setTimeout(() => child.kill('SIGKILL'), 1000 * kGraceSeconds);
    child.disconnect();
    await ended;
    clearTimeout(timer);
  }
}

/** @param {Test[]} tests @param {number} jobs @returns {Promise<Map<Test, Outcome>>} */
async function outcomesOf(tests, jobs) {
  /** @type {Map<Test, Outcome>} */
  const outcomes = new Map();
  const waiting = [...tests];
  const work = async () => {
    const worker = new Worker();
    for (let test = waiting.shift(); test; test = waiting.shift()) outcomes.set(test, await worker.run(test));
    await worker.close();
  };
  await Promise.all(Array.from({ length: Math.min(jobs, tests.length) }, work));
  return outcomes;
}

/** @param {Test[]} tests @param {number} jobs  so many processes beside each other */
export async function runTests(tests, jobs) {
  const outcomes = await outcomesOf(tests.filter(({ isAlone }) => !isAlone), jobs);
  for (const [test, outcome] of await outcomesOf(tests.filter(({ isAlone }) => isAlone), 1)) outcomes.set(test, outcome);

  const again = tests.filter((test) => outcomes.get(test)?.problem !== null);
  const repeats = again.length <= kSecondChances;
  if (again.length > 0 && repeats) console.log('\nOnce more, what failed:');
  const seconds = await outcomesOf(repeats ? again : [], 1);
  const failed = again.filter((test) => seconds.get(test)?.problem !== null);
  const first = (/** @type {Test} */ test) => outcomes.get(test)?.problem;
  for (const test of again.filter((one) => !failed.includes(one))) {
    console.log(`\nUNSTEADY  ${test.name}: failed at first, passed when run again\n          ${first(test)}`);
  }
  for (const test of failed) console.log(`\nFAILED  ${test.name}\n          ${first(test)}`);
  return { passed: tests.length - failed.length, failed: failed.length };
}
