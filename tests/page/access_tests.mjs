// @ts-check
// The page without eyes or without a mouse: the mirror of the canvas, in names, roles and values.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dispatch, expectNoProblems, openLab, serve, waitForState } from './support/lab.mjs';
import { expectEqual, test } from './support/runner.mjs';

/** @param {import('playwright-core').Page} page @returns {Promise<string[]>} */
async function complaints(page) {
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  const { violations } = /** @type {any} */ (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })'));
  return violations.map((/** @type {any} */ v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((/** @type {any} */ n) => n.html).join(' | ')}`);
}

for (const [name, options] of /** @type {[string, object][]} */ ([
  ['desk', { viewport: { width: 1440, height: 900 } }],
  ['phone', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
])) {
  test(`accessible: axe-core finds nothing, ${name}`, async () => {
    const { url } = await serve();
    const { page, problems } = await openLab(`${url}#room=train`, { options: { ...options, bypassCSP: true } });
    await waitForState(page, 's.configured && s.data.train_loaded > 0');
    await dispatch(page, { command: 'step', count: 110 });
    await page.waitForTimeout(600);
    expectEqual(await complaints(page), [], 'complaints');
    await dispatch(page, { command: 'open_settings' });
    await page.waitForTimeout(600);
    expectEqual(await complaints(page), [], 'complaints with the settings open');
    expectNoProblems(problems);
  });
}

test('accessible: every control has a name, a role and its value', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train`);
  await waitForState(page, 's.configured && s.data.train_loaded > 0');
  await dispatch(page, { command: 'step', count: 110 });
  await page.waitForTimeout(600);
  const missing = await page.evaluate(`convoscope.widgets().filter((w) => w.role !== 'text').filter((w) => {
    const element = document.querySelector('#mirror [data-widget="' + w.id + '"]');
    return !element || !(element.getAttribute('aria-label') || element.textContent).includes(w.label);
  }).map((w) => w.role + ' ' + w.id)`);
  expectEqual(missing, [], 'widgets without a mirrored control');
  expectNoProblems(problems);
});
