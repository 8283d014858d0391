// @ts-check
// Pictures of the page, in build/screens/: drawn at all, in the theme's colours, at the sizes of desks and phones.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
// @ts-expect-error The package has no types.
import { PNG } from 'pngjs';
import { dispatch, expectNoProblems, openLab, root, serve, waitForState } from './support/lab.mjs';
import { expect, test } from './support/runner.mjs';

const folder = join(root, 'build', 'screens');

/** Mean brightness (0 to 255) and number of distinct colours of a picture. @param {Buffer} bytes */
function look(bytes) {
  const { data } = PNG.sync.read(bytes);
  const colors = new Set();
  let sum = 0;
  for (let i = 0; i < data.length; i += 4) {
    sum += (data[i] + data[i + 1] + data[i + 2]) / 3;
    colors.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
  }
  return { brightness: sum / (data.length / 4), colors: colors.size };
}

/** @type {[string, import('playwright-core').BrowserContextOptions, (brightness: number) => boolean][]} */
const screens = [
  ['desktop-dark', { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' }, (brightness) => brightness < 90],
  ['desktop-light', { viewport: { width: 1440, height: 900 }, colorScheme: 'light' }, (brightness) => brightness > 150],
  ['phone-dark', { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true, colorScheme: 'dark' }, (brightness) => brightness < 90],
];
for (const [name, options, fits] of screens) {
  test(`screen: ${name}`, async () => {
    mkdirSync(folder, { recursive: true });
    const { url } = await serve();
    const { page, problems } = await openLab(`${url}#room=train`, { options });
    await waitForState(page, 's.configured && s.data.bytes_loaded === s.data.bytes_total && s.data.bytes_total > 0');
    await dispatch(page, { command: 'step', count: 250 });
    await page.evaluate('convoscope.idle()');
    const { brightness, colors } = look(await page.screenshot({ path: join(folder, `${name}.png`) }));
    expect(fits(brightness), `mean brightness ${brightness.toFixed(0)}`);
    expect(colors > 100, `${colors} colours`);
    expectNoProblems(problems);
  });
}

test('phone: a finger starts the training', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train`, { options: screens[2][1] });
  await waitForState(page, 's.configured && s.data.train_loaded > 0');
  const { rect } = /** @type {any} */ (await page.evaluate('convoscope.widgets().find((widget) => widget.id === "train.start")'));
  expect(rect.height >= 44, `a target of ${rect.height} px is too low for a finger`);
  await page.touchscreen.tap(rect.x + rect.width / 2, rect.y + rect.height / 2);
  await waitForState(page, 's.step > 5');
  expectNoProblems(problems);
});
