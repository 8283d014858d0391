// @ts-check
// A hand in the room of convolutions: a mouse or a finger, that scrolls to what it presses.

import { settled } from './convolve_room.mjs';
import { becomesTrue, fingers, waitForState, widget } from './lab.mjs';

/** @typedef {import('playwright-core').Page} Page */
/**
 * `reach` scrolls to a widget, `tap` presses it there, `press` presses a place, `drag` goes from one place to another.
 * @typedef {{page: Page, touch: boolean, press: (place: {x: number, y: number}) => Promise<void>, reach: (id: string) => Promise<any>, tap: (id: string, across?: number) => Promise<void>, drag: (from: number[], to: number[]) => Promise<void>}} Hand
 */

/** The state, and a picture of it. @param {Page} page @param {string} condition */
export async function reached(page, condition) {
  await waitForState(page, condition);
  await page.evaluate('convoscope.idle()');
}

/** Scrolls what holds a widget until it can be reached. @param {Page} page @param {string} id @param {Awaited<ReturnType<typeof fingers>> | undefined} move  fingers, or none: the wheel */
async function reach(page, id, move) {
  const { width, height } = /** @type {{width: number, height: number}} */ (page.viewportSize());
  const touch = move !== undefined;
  await becomesTrue(page, `convoscope.widgets().some((w) => w.id === ${JSON.stringify(id)})`, 10);
  for (let tries = 0; tries < 40; tries++) {
    const { rect } = await widget(page, id);
    if (/^convolve\.(next|play)$/.test(id)) return widget(page, id);  // beside what scrolls
    const y = rect.y + Math.min(rect.height, 60) / 2;
    const [top, bottom] = touch ? [58, height - 160] : [60, height - 80];
    if (y > top && y < bottom) {
      if (tries === 0) return widget(page, id);
      await settled(page);
      const again = await widget(page, id);
      if (Math.abs(again.rect.y - rect.y) < 1) return again;  // what was pushed has come to rest
      continue;
    }
    const by = Math.max(-260, Math.min(260, (top + bottom) / 2 - y));
    if (move) {  // along the edge, where nothing is painted
      const from = by < 0 ? 560 : 260;
      await move('touchStart', [[6, from]]);
      for (const share of [0.1, 0.4, 0.7, 1]) {
        await move('touchMove', [[6, from + by * share]]);
        await page.waitForTimeout(20);
      }
      await page.waitForTimeout(100);  // the finger has stopped: nothing glides on
      await move('touchEnd', []);
    } else {
      await page.mouse.move(Math.min(rect.x + rect.width / 2, width - 40), height / 2);
      await page.mouse.wheel(0, -by);
    }
    await settled(page);
  }
  throw new Error(`${id} cannot be scrolled to`);
}

/** @param {Page} page @param {boolean} touch @returns {Hand} */
export function handOf(page, touch) {
  /** @type {ReturnType<typeof fingers> | undefined} */
  const hand = touch ? fingers(page) : undefined;
  const press = async (/** @type {{x: number, y: number}} */ { x, y }) => {
    if (touch) await page.touchscreen.tap(x, y);
    else await page.mouse.click(x, y, { delay: 80 });
    await settled(page);
  };
  return {
    page, touch, press,
    reach: async (id) => reach(page, id, await hand),
    tap: async (id, across = 0.5) => {
      const { rect } = await reach(page, id, await hand);
      await press({ x: rect.x + across * rect.width, y: rect.y + rect.height / 2 });
    },
    drag: async ([x, y], [toX, toY]) => {
      // The first move is more than a tapping finger's: while frames are slow the second might come after a long press.
      const way = [0.3, 0.5, 0.8, 1].map((share) => [x + (toX - x) * share, y + (toY - y) * share]);
      const move = await hand;
      if (move) {
        await move('touchStart', [[x, y]]);
        for (const place of way) {
          await move('touchMove', [place]);
          await settled(page);
        }
        await move('touchEnd', []);
      } else {
        await page.mouse.move(x, y);
        await settled(page);
        await page.mouse.down();
        await settled(page);
        for (const [a, b] of way) {
          await page.mouse.move(a, b);
          await page.waitForTimeout(40);
        }
        await settled(page);
        await page.mouse.up();
      }
      await settled(page);
    },
  };
}
