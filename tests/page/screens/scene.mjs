// @ts-check
// A state of the page that docs/screens/ shows, and the layouts that it is shown in.

/** @typedef {import('playwright-core').Page} Page */
/**
 * @typedef {object} Scene
 * @property {string} name
 * @property {string} link
 * @property {string} [query]
 * @property {boolean} [isolation]  false: a plain host, where a service worker isolates and keeps the page
 * @property {string} [part]  the widget that it is about; a phone's column is scrolled to it
 * @property {string} [over]  the widget that the pointer rests on
 * @property {(page: Page) => Promise<unknown>} [prepare]  before the page is opened, which then need not become ready
 * @property {boolean} [starts]  false: the page cannot start, and says so
 * @property {boolean} [rests]  false: it does not come to rest, as it works on
 * @property {(page: Page) => Promise<unknown>} [act]
 * @property {Layout[]} [layouts]  all, if none are given
 */
/** @typedef {{name: string, size: [number, number], ratio: number}} Layout */

/** @type {Layout} */
export const kDesk = { name: 'desk', size: [1440, 900], ratio: 1 };
/** @type {Layout} */
export const kTablet = { name: 'tablet', size: [1024, 768], ratio: 1 };
/** @type {Layout} */
export const kPhone = { name: 'phone', size: [390, 844], ratio: 2 };
/** In a course's page. @type {Layout} */
export const kFrame = { name: 'frame', size: [800, 600], ratio: 1 };

export const kLayouts = [kDesk, kTablet, kPhone];
