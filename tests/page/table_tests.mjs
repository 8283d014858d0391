// @ts-check
// Pictures as tables, and what is said of what happens: for readers who do not see the canvas.

import { axeComplaints } from './support/axe.mjs';
import { becomesTrue, clickWidget, dispatch, expectNoProblems, openLab, serve, stateOf, waitForState } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{caption: string, columns: string[], rows: string[][]}} Read  rows begin with their header */

/** The table of a widget, as the document has it. @param {Page} page @param {string} id @returns {Promise<Read>} */
async function tableOf(page, id) {
  const selector = JSON.stringify(`#mirror [data-widget="${id}"] table`);
  expect(await becomesTrue(page, `document.querySelector(${selector}) !== null`, 5), `${id} has no table`);
  return /** @type {Promise<Read>} */ (page.evaluate(`(() => {
    const table = document.querySelector(${selector});
    const texts = (row) => [...row.cells].map((cell) => cell.textContent);
    const [head, ...rows] = [...table.rows].map(texts);
    return { caption: table.caption.textContent, columns: head.slice(1), rows };
  })()`));
}

/** The document's tables say what the program's do. @param {Page} page */
const tablesFollow = async (page) => expect(await becomesTrue(page, `convoscope.tables().every(({ id, caption, rows }) => {
  const table = document.querySelector('#mirror [data-widget="' + id + '"] table');
  const written = [...(table?.rows ?? [])].slice(1).map((row) => [...row.cells].map((cell) => cell.textContent));
  return table?.caption.textContent === caption && JSON.stringify(written) === JSON.stringify(rows.map(({ header, cells }) => [header, ...cells]));
})`), 'the tables do not follow');

/** @param {Page} page @param {RegExp} words */
const isSaid = (page, words) => becomesTrue(page, `${words}.test(document.getElementById('news').textContent)`, 8);

test('tables: input, kernel and output are read as they are computed, and steps are said', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#v=1&room=convolve`, { options: { bypassCSP: true } });
  await dispatch(page, { command: 'convolve_step', to: 0, at_once: true });
  const { convolve } = await stateOf(page);
  await clickWidget(page, 'convolve.next');
  expect(await isSaid(page, /^Step 2 of \d+: row 0, column 1 of the output is /), 'the step is not said');
  await tablesFollow(page);

  const output = await tableOf(page, 'convolve.grid.output');
  expect(/^Output, .*step 2 of/.test(output.caption), output.caption);
  const cells = output.rows.flatMap((row) => row.slice(1));
  expectEqual(cells.filter((text) => text !== '').length, 2, 'outputs that are computed');
  expectEqual(Number(cells[1]), Number(convolve.output[0][1].toPrecision(4)), 'output [0, 1]');

  const input = await tableOf(page, 'convolve.grid.input');
  const pixels = input.rows.map((row) => row.slice(1).filter((_, column) => input.columns[column] !== 'padding'));
  expectEqual(pixels.filter((_, row) => input.rows[row][0] !== 'padding').map((row) => row.map(Number)),
    convolve.image.map((/** @type {number[]} */ row) => row.map((value) => Number(value.toPrecision(4)))), 'the picture');
  expectEqual((await tableOf(page, 'convolve.grid.kernel')).rows.length, convolve.weights.length, 'rows of the kernel');
  expectEqual(await axeComplaints(page), [], 'complaints');
  expectNoProblems(problems);
});

test('tables: curves, confusion and health are read as tables, and the end of a run is said', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#v=1&room=train`, { options: { bypassCSP: true, viewport: { width: 1440, height: 900 } } });
  await waitForState(page, 's.configured && s.data.train_loaded > 0');
  await dispatch(page, { command: 'step', count: 130 });
  await dispatch(page, { command: 'evaluate', split: 'validation' });
  expect(await isSaid(page, /Paused after step 130\./), 'the end is not said');
  await tablesFollow(page);
  const { losses, validation } = await stateOf(page);

  const loss = await tableOf(page, 'train.loss');
  expect(loss.rows.length > 5 && loss.rows.length <= 30, `${loss.rows.length} rows`);
  const [first, last] = loss.rows[0][0].split(' to ').map(Number);
  const mean = losses.slice(first - 1, last).reduce((/** @type {number} */ sum, /** @type {number} */ value) => sum + value, 0) / (last - first + 1);
  expect(Math.abs(Number(loss.rows[0][1]) - mean) < 2e-3, `${loss.rows[0]} is not ${mean}`);
  expectEqual(loss.rows.at(-1)?.[2], String(Number(validation.at(-1).loss.toPrecision(4))), 'the last validation');

  const { confusion } = validation.at(-1);
  const { rows } = await tableOf(page, 'train.confusion');
  expectEqual(rows.slice(0, 10).flatMap((row) => row.slice(1, 11).map(Number)), confusion, 'the confusion');
  expect((await tableOf(page, 'train.health')).rows.length >= 4, 'layers');
  expectEqual(await axeComplaints(page), [], 'complaints');
  expectNoProblems(problems);
}, 60);
