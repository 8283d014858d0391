// @ts-check
// One process of the page's tests, with a browser of its own: runs the tests whose names it is sent, one after
// another, and sends back what came of each.

import '../all_tests.mjs';
import { cleanUp, closeSharedBrowser } from './lab.mjs';
import { afterEach, runTest } from './runner.mjs';

afterEach(cleanUp);
process.on('message', async (/** @type {string} */ name) => {
  process.send?.(await runTest(name));
});
process.on('disconnect', async () => {
  await closeSharedBrowser();
  process.exit();
});
