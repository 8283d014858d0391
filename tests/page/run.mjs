// @ts-check
// Tests the built page (build/site) in real browsers.
//
//   node tests/page/run.mjs [WORD...]        only the tests whose names contain one of the words
//
// CHROMIUM and FIREFOX name the browsers where they are not in /usr/bin. Last line: "N passed, N failed";
// a test that failed at first and passed when run again counts as passed, and is told as unsteady above it.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, runTests } from './support/runner.mjs';
import { cleanUp, closeSharedBrowser, site } from './support/lab.mjs';
import './instruction_tests.mjs';
import './deployment_tests.mjs';
import './versions_tests.mjs';
import './train_tests.mjs';
import './meter_tests.mjs';
import './exhibit_tests.mjs';
import './drawing_tests.mjs';
import './welcome_tests.mjs';
import './convolve_tests.mjs';
import './chart_tests.mjs';
import './convolve_backward_tests.mjs';
import './convolve_lens_tests.mjs';
import './convolve_layouts_tests.mjs';
import './convolve_phone_tests.mjs';
import './convolve_hostile_tests.mjs';
import './convolve_frames_tests.mjs';
import './learning_tests.mjs';
import './volume_tests.mjs';
import './photo_tests.mjs';
import './photo_choice_tests.mjs';
import './course_tests.mjs';
import './runs_tests.mjs';
import './experiment_tests.mjs';
import './data_tests.mjs';
import './own_data_tests.mjs';
import './scenario_tests.mjs';
import './inspect_tests.mjs';
import './inspect_levels_tests.mjs';
import './inspect_branches_tests.mjs';
import './inspect_backward_tests.mjs';
import './inspect_space_tests.mjs';
import './inspect_input_tests.mjs';
import './export_tests.mjs';
import './animation_tests.mjs';
import './file_tests.mjs';
import './state_tests.mjs';
import './links_tests.mjs';
import './input_tests.mjs';
import './keyboard_tests.mjs';
import './text_tests.mjs';
import './zoom_tests.mjs';
import './layout_tests.mjs';
import './access_tests.mjs';
import './table_tests.mjs';
import './failure_tests.mjs';
import './screen_tests.mjs';
import './sharpness_tests.mjs';
import './slow_motion_tests.mjs';
import './firefox_tests.mjs';

if (!existsSync(join(site, 'index.html'))) {
  console.log(`There is no ${site}; build it with: make site`);
  console.log('0 passed, 1 failed');
  process.exit(1);
}
afterEach(cleanUp);
const { passed, failed } = await runTests(process.argv.slice(2));
await closeSharedBrowser();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
