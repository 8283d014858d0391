// @ts-check
// Tests the built page (build/site) in real browsers.
//
//   node tests/page/run.mjs [--jobs 2] [WORD...]        only the tests whose names contain one of the words
//
// CHROMIUM and FIREFOX name the browsers where they are not in /usr/bin. Last line: "N passed, N failed";
// a test that failed at first and passed when run again counts as passed, and is told as unsteady above it.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import './all_tests.mjs';
import { site } from './support/lab.mjs';
import { testsWith } from './support/runner.mjs';
import { runTests } from './support/schedule.mjs';

if (!existsSync(join(site, 'index.html'))) {
  console.log(`There is no ${site}; build it with: make site`);
  console.log('0 passed, 1 failed');
  process.exit(1);
}
const { values, positionals } = parseArgs({ options: { jobs: { type: 'string', default: '2' } }, allowPositionals: true });
const { passed, failed } = await runTests(testsWith(positionals), Number(values.jobs));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
