// @ts-check
// The greatest grids that the parameters allow stay in their room, at every layout.

import { openRoom } from './support/convolve_room.mjs';
import { dispatch, expectNoProblems, waitForState } from './support/lab.mjs';
import { expect, test } from './support/runner.mjs';

/** @typedef {{ x: number, y: number, width: number, height: number }} Rect */

const kSizes = { desk: { width: 1440, height: 900 }, tablet: { width: 1024, height: 768 }, phone: { width: 390, height: 844 } };
const kExtremes = {
  stretched: '&operation=transposed&i=32&k=3&s=8&p=1', 'stretched by 3': '&operation=transposed&i=32&k=3&s=3&p=1',
  'stretched and dilated': '&operation=transposed&i=32&k=11&s=8&p=0&d=8&a=7', padded: '&i=32&k=11&s=1&p=10', plain: '&i=32&k=3&s=1&p=1',
  'as a matrix': '&operation=transposed&i=32&k=3&s=8&p=1&lens=matrix',
};
const kSlack = 1; // px

/** @param {Rect} a @param {Rect} b */
const apart = (a, b) => a.x + a.width <= b.x + kSlack || b.x + b.width <= a.x + kSlack || a.y + a.height <= b.y + kSlack || b.y + b.height <= a.y + kSlack;

for (const [name, viewport] of Object.entries(kSizes)) {
  test(`convolve: the greatest grids stay in their room, ${name}`, async () => {
    const { page, problems } = await openRoom('', { viewport });
    for (const [what, link] of Object.entries(kExtremes)) {
      await dispatch(page, { command: 'open_link', link: `v=1&room=convolve${link}` });
      await waitForState(page, 's.convolve.possible && s.convolve.height.input === 32');
      await page.evaluate('convoscope.idle()');
      const widgets = /** @type {{ id: string, rect: Rect }[]} */ (await page.evaluate('convoscope.widgets()'));
      const grids = widgets.filter(({ id }) => id.startsWith('convolve.grid.'));
      expect(name === 'phone' && what === 'as a matrix' || grids.length >= 2, `${what}: ${grids.length} grids`);
      const others = widgets.filter(({ id }) => /^convolve\.(sizes|relationship|coverage|lens|view|legend|product|formula|play|step)(\.|$)/.test(id));
      for (const grid of grids) {
        expect(grid.rect.x >= 0 && grid.rect.x + grid.rect.width <= viewport.width, `${what}: ${grid.id} leaves the page`);
        const on = [...others, ...grids].filter((other) => other !== grid && !apart(grid.rect, other.rect));
        expect(on.length === 0, `${what}: ${grid.id} lies on ${on.map(({ id }) => id).join(', ')}`);
      }
      if (name !== 'phone') {
        for (const id of ['convolve.relationship', 'convolve.coverage']) {
          expect(widgets.some((one) => one.id === id), `${what}: ${id} is not to be seen`);
        }
      }
    }
    expectNoProblems(problems);
  });
}
