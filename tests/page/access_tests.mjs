// @ts-check
// The page without eyes or without a mouse: the mirror of the canvas, in names, roles and values, in every room and with
// everything open that opens.

import { axeComplaints } from './support/axe.mjs';
import { becomesTrue, dispatch, expectNoProblems, openLab, serve, waitForState } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{room: string, open?: (page: Page) => Promise<unknown>, shows?: string}} Scene */
const kRooms = ['convolve', 'train', 'inspect'];

/** @param {Page} page @param {string} id */
const activate = (page, id) => dispatch(page, { command: 'activate_widget', id });

/** All settings of a run; on the phone they lie on a sheet. @param {Page} page */
async function openCourse(page) {
  await dispatch(page, { command: 'show_tuning', open: true });
  await dispatch(page, { command: 'show_more_settings', open: true });
}

/** What can be open, and a widget that is only there then. @type {Scene[]} */
const kScenes = [
  ...kRooms.map((room) => ({ room })),
  { room: 'convolve', open: (page) => dispatch(page, { command: 'open_share' }), shows: 'share.copy_link' },
  { room: 'convolve', open: (page) => dispatch(page, { command: 'open_export' }), shows: 'export.picture' },
  { room: 'inspect', open: (page) => dispatch(page, { command: 'open_settings' }), shows: 'settings.theme.light' },
  { room: 'train', open: (page) => dispatch(page, { command: 'open_welcome' }), shows: 'welcome.room.train' },
  { room: 'train', open: (page) => activate(page, 'train.data.choice'), shows: 'train.data.choice.cifar10' },
  { room: 'train', open: openCourse, shows: 'train.seed' },
  { room: 'train', open: (page) => activate(page, 'train.engine.exhibit'), shows: 'exhibit.measure' },
];

/**
 * What is wrong with the mirrored controls: a name, role or value that is missing or other than the widget's.
 * Runs in the page.
 */
const kFaults = `(() => {
  const faults = [];
  const pressable = ['button', 'switch', 'radio', 'tab', 'combobox', 'menuitem', 'link'];
  const widgets = convoscope.widgets();
  const keys = widgets.map((w) => w.role + ' ' + w.id);
  for (const key of keys.filter((key, i) => keys.indexOf(key) !== i)) faults.push('twice: ' + key);
  for (const w of widgets.filter((w) => w.role !== 'text')) {
    const element = [...document.querySelectorAll('#mirror [data-widget="' + w.id + '"]')].find((e) =>
      w.role === 'slider' ? e.type === 'range' : w.role === 'textbox' ? e.type === 'number' : pressable.includes(w.role) ? e.matches('button') : e.matches('div'));
    const say = (what) => faults.push(w.role + ' ' + w.id + ': ' + what);
    if (!element) { say('has no control'); continue; }
    const name = element.getAttribute('aria-label') || element.textContent;
    if (!w.label || !name.includes(w.label)) { if (!element.querySelector('table')) say('is called ' + name); }
    if (element.disabled !== undefined && element.disabled !== w.disabled) say('disabled');
    if (w.role === 'slider' && !(element.min !== '' && element.max !== '' && element.getAttribute('aria-valuetext') === w.value)) say('has no value of a range');
    if (w.role === 'slider' && Math.abs(element.valueAsNumber - w.now) > 1e-6 * Math.max(1, Math.abs(w.now))) say('stands at ' + element.value + ', not ' + w.now);
    if ((w.role === 'switch' || w.role === 'radio') && element.getAttribute('aria-pressed') !== String(w.selected)) say('does not say whether it is chosen');
    if (w.role === 'tab' && element.getAttribute('aria-current') !== (w.selected ? 'page' : 'false')) say('does not say whether it is open');
    if (w.role === 'combobox' && w.value && !name.includes(w.value)) say('does not say what is chosen');
  }
  return faults;
})()`;

/** @param {Page} page @param {Scene} scene @param {string} theme */
async function expectAccessible(page, { room, open, shows }, theme) {
  await dispatch(page, { command: 'set_preference', name: 'theme', value: theme });
  await dispatch(page, { command: 'open_room', room });
  await page.evaluate('convoscope.idle()');
  await open?.(page);
  const where = `${room}${shows ? ` with ${shows}` : ''}, ${theme}`;
  if (shows) {
    const ids = '() => convoscope.widgets().map((w) => w.id)';
    expect(await becomesTrue(page, `(${ids})().includes(${JSON.stringify(shows)})`, 10), `${where}: it does not open; there are ${await page.evaluate(`(${ids})().join(' ')`)}`);
  }
  expect(await becomesTrue(page, `${kFaults}.length === 0`, 6), `${where}: ${JSON.stringify(await page.evaluate(kFaults), null, 1)}`);
  expectEqual(await axeComplaints(page), [], `complaints in ${where}`);
}

for (const [name, options] of /** @type {[string, object][]} */ ([
  ['desk', { viewport: { width: 1440, height: 900 } }],
  ['phone', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
])) {
  for (const theme of ['dark', 'light']) {
    test(`accessible: every control has its name, role and value, and axe-core finds nothing, ${name}, ${theme}`, async () => {
      const { url } = await serve();
      const { page, problems } = await openLab(`${url}#room=train`, { options: { ...options, bypassCSP: true, reducedMotion: 'reduce' } });
      await waitForState(page, 's.configured && s.data.train_loaded > 0');
      await dispatch(page, { command: 'step', count: 110 });
      const scenes = name === 'desk' ? kScenes : kScenes.filter(({ shows }) => !shows?.startsWith('exhibit'));
      for (const scene of scenes) {
        await expectAccessible(page, scene, theme);
        await page.keyboard.press('Escape');  // closes what is open
        await page.evaluate('convoscope.idle()');
      }
      expectNoProblems(problems);
      return `${scenes.length} scenes`;
    }, 180);
  }
}
