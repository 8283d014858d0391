// @ts-check
// The room of convolutions, opened and looked at.

import { openLab, serve, stateOf, widget } from './lab.mjs';

/** @typedef {import('playwright-core').Page} Page */

const kDesk = { viewport: { width: 1440, height: 900 } };

/** @param {string} [more] of the link @param {import('playwright-core').BrowserContextOptions} [options] */
export async function openRoom(more = '', options = kDesk) {
  const { url } = await serve();
  const opened = await openLab(`${url}#room=convolve${more}`, { options });
  await opened.page.evaluate('convoscope.idle()');
  return opened;
}

/** @param {Page} page @returns {Promise<any>} */
export const roomOf = async (page) => (await stateOf(page)).convolve;

/** Between two moves of the pointer: a picture may take longer than they do. @param {Page} page */
export async function settled(page) {
  await page.waitForTimeout(60);
  await page.evaluate('convoscope.idle()');
}

/** The middle of a cell of a grid. @param {Page} page @param {string} id @param {number} rows @param {number} columns @param {number} row @param {number} column */
export async function cellOf(page, id, rows, columns, row, column) {
  const { rect } = await widget(page, id);
  return { x: rect.x + (column + 0.5) * rect.width / columns, y: rect.y + (row + 0.5) * rect.height / rows };
}
