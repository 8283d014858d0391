// @ts-check
// Takes the pictures of docs/screens/ from the built page (make site): every scene in its layouts and both themes.
//
//   node tests/page/screens.mjs [WORD...]        only the pictures whose names contain one of the words
//
// The same pictures lie in build/screens/ as PNG.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { becomesTrue, cleanUp, closeSharedBrowser, newPage, openLab, serve, site, widget } from './support/lab.mjs';
import { settled } from './support/convolve_room.mjs';
import { convolveScenes } from './screens/convolve.mjs';
import { inspectScenes } from './screens/inspect.mjs';
import { kLayouts } from './screens/scene.mjs';
import { stateScenes } from './screens/states.mjs';
import { trainScenes } from './screens/train.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('./screens/scene.mjs').Scene} Scene */
/** @typedef {import('./screens/scene.mjs').Layout} Layout */

const kScenes = [...convolveScenes, ...trainScenes, ...inspectScenes, ...stateScenes];
/** @type {('dark' | 'light')[]} */
const kThemes = ['dark', 'light'];
const kQuality = 0.8;

const folder = join(site, '..', '..', 'docs', 'screens');
const exact = join(site, '..', 'screens');

/** Narrower pages are one column, which scrolls. */
const kLeastColumns = 600;

/** With the wheel, until a widget stands at the column's top, or nothing moves any more. @param {Page} page @param {string} id */
async function scrollTo(page, id) {
  const { width, height } = /** @type {{width: number, height: number}} */ (page.viewportSize());
  const kTop = 90;
  await page.mouse.move(width - 6, height / 2);
  for (let before = NaN; ; ) {
    await settled(page);
    const { rect } = await widget(page, id);
    if (Math.abs(rect.y - kTop) < 2 || rect.y === before) return;
    before = rect.y;
    await page.mouse.wheel(0, Math.max(-400, Math.min(400, rect.y - kTop)));
  }
}

/** @param {{x: number, y: number, width: number, height: number}} rect */
const middleOf = ({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 });

/** A page in the state that the scene is about. @param {Scene} scene @param {Layout} layout */
async function open({ link, query = '', isolation, prepare, starts = true, act, part, over }, { size: [width, height], ratio }) {
  const { url } = await serve({ isolation });
  const options = { viewport: { width, height }, deviceScaleFactor: ratio, colorScheme: /** @type {const} */ ('dark') };
  const address = `${url}${query && `?${query}`}#${link}`;
  const { page } = prepare ? await newPage({ options }) : await openLab(address, { options });
  if (prepare) {
    await prepare(page);
    await page.goto(address);
    if (starts) await becomesTrue(page, 'globalThis.convoscope !== undefined', 30);
  }
  await act?.(page);
  if (part && width < kLeastColumns) await scrollTo(page, part);
  const rest = over ? middleOf((await widget(page, over)).rect) : { x: 2, y: 2 };
  await page.mouse.move(rest.x, rest.y);
  return page;
}

/** A third of the PNG's size. @param {Page} page @param {Buffer} png */
async function asWebp(page, png) {
  const empty = await page.context().newPage();
  const base64 = await empty.evaluate(async ([bytes, quality]) => {
    const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${bytes}`)).blob());
    const canvas = document.createElement('canvas');
    canvas.width = picture.width;
    canvas.height = picture.height;
    canvas.getContext('2d')?.drawImage(picture, 0, 0);
    return canvas.toDataURL('image/webp', Number(quality)).split(',')[1];
  }, [png.toString('base64'), String(kQuality)]);
  await empty.close();
  return Buffer.from(base64, 'base64');
}

/** @param {Scene} scene @param {Layout} layout @param {(name: string) => boolean} isWanted */
async function take(scene, layout, isWanted) {
  const wanted = kThemes.map((theme) => ({ theme, name: `${scene.name}-${layout.name}-${theme}` })).filter(({ name }) => isWanted(name));
  if (wanted.length === 0) return;
  const page = await open(scene, layout);
  for (const { theme, name } of wanted) {
    await page.emulateMedia({ colorScheme: theme });
    if (!scene.prepare && scene.rests !== false) await page.evaluate('convoscope.idle()');
    await page.waitForTimeout(300);
    const png = await page.screenshot({ path: join(exact, `${name}.png`) });
    writeFileSync(join(folder, `${name}.webp`), await asWebp(page, png));
    console.log(`docs/screens/${name}.webp`);
  }
}

const words = process.argv.slice(2);
const isWanted = (/** @type {string} */ name) => words.length === 0 || words.some((word) => name.includes(word));
const problems = [];
mkdirSync(folder, { recursive: true });
mkdirSync(exact, { recursive: true });
for (const scene of kScenes) {
  for (const layout of scene.layouts ?? kLayouts) {
    try {
      await take(scene, layout, isWanted);
    } catch (problem) {
      problems.push(`${scene.name}-${layout.name}: ${problem instanceof Error ? problem.message : problem}`);
    }
    await cleanUp();
  }
}
await closeSharedBrowser();
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
