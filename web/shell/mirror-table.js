// @ts-check
// Real tables for screen readers: the numbers of a grid, a chart or a matrix (web/models/table.h).

/** @typedef {{id: string, caption: string, corner: string, columns: string[], rows: {header: string, cells: string[]}[]}} Table */

/**
 * Makes the table of an element what it should be; only cells that differ are touched, so that a reader's place stays.
 * @param {HTMLElement} element @param {Table} wanted
 */
export function fillTable(element, wanted) {
  let table = /** @type {HTMLTableElement | null} */ (element.querySelector('table'));
  const fits = table?.rows.length === wanted.rows.length + 1 && table.rows[0].cells.length === wanted.columns.length + 1;
  if (!table || !fits) {
    table = emptyTable(wanted.rows.length, wanted.columns.length);
    element.replaceChildren(table);
  }
  say(/** @type {HTMLElement} */ (table.caption), wanted.caption);
  say(table.rows[0].cells[0], wanted.corner);
  wanted.columns.forEach((header, column) => say(table.rows[0].cells[column + 1], header));
  wanted.rows.forEach(({ header, cells }, row) => {
    const line = table.rows[row + 1].cells;
    say(line[0], header);
    cells.forEach((text, column) => say(line[column + 1], text));
  });
}

/** @param {number} rows @param {number} columns */
function emptyTable(rows, columns) {
  const table = document.createElement('table');
  table.createCaption();
  const head = table.createTHead().insertRow();
  head.insertCell();
  for (let column = 0; column < columns; column++) head.append(headerCell('col'));
  const body = table.createTBody();
  for (let row = 0; row < rows; row++) {
    const line = body.insertRow();
    line.append(headerCell('row'));
    for (let column = 0; column < columns; column++) line.insertCell();
  }
  return table;
}

/** @param {'row' | 'col'} scope */
function headerCell(scope) {
  const cell = document.createElement('th');
  cell.scope = scope;
  return cell;
}

/** @param {HTMLElement} element @param {string} text */
function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
