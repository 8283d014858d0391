// @ts-check
// What axe-core finds on the page. The page's context must be made with `bypassCSP`.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** @param {import('playwright-core').Page} page @returns {Promise<string[]>} */
export async function axeComplaints(page) {
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  const { violations } = /** @type {any} */ (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })'));
  return violations.map((/** @type {any} */ v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((/** @type {any} */ n) => n.html).join(' | ')}`);
}
