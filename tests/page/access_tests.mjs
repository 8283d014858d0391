// @ts-check
// The page without eyes or without a mouse: the mirror of the canvas, in names, roles and values.

import { axeComplaints } from './support/axe.mjs';
import { dispatch, expectNoProblems, openLab, serve, waitForState } from './support/lab.mjs';
import { expectEqual, test } from './support/runner.mjs';

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
    expectEqual(await axeComplaints(page), [], 'complaints');
    await dispatch(page, { command: 'open_settings' });
    await page.waitForTimeout(600);
    expectEqual(await axeComplaints(page), [], 'complaints with the settings open');
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
