// @ts-check
// One process of the page's tests, with a browser of its own: runs the tests whose names it is sent, one after
// another, and sends back what came of each.

import '../all_tests.mjs';
import { cleanUp, closeSharedBrowser } from './lab.mjs';
import { afterEach, runTest } from './runner.mjs';

afterEach(cleanUp);
process.on('message', async (/** @type {string} */ name) => {
  const outcome = await runTest(name);
  if (process.connected) process.send?.(outcome);
});
process.on('disconnect', async () => {
  await closeSharedBrowser();
  process.exit();
});
