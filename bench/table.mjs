// @ts-check
// Tables that a terminal and a Markdown file show alike.

/** @typedef {string | number | undefined} Cell */

/** @param {Cell} cell */
function textOf(cell) {
  if (cell === undefined || Number.isNaN(cell)) return '–';
  if (typeof cell === 'string') return cell;
  const digits = Math.abs(cell) < 10 ? 2 : Math.abs(cell) < 1000 ? 1 : 0;
  return cell.toLocaleString('en', { maximumFractionDigits: digits });
}

/** @param {string} title @param {string[]} head @param {Cell[][]} rows */
export function tableText(title, head, rows) {
  const lines = [head, ...rows.map((row) => row.map(textOf))];
  const widths = head.map((_, column) => Math.max(3, ...lines.map((line) => line[column].length)));
  const write = (/** @type {string[]} */ line) => `| ${line.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return `\n## ${title}\n\n${[write(lines[0]), rule, ...lines.slice(1).map(write)].join('\n')}`;
}

/** @typedef {{head: string[], lines: Cell[][]}} Table */

/** A line for each row. @param {string[]} head @param {(row: any) => Cell[]} cells @returns {(rows: any[]) => Table} */
export const lineForEach = (head, cells) => (rows) => ({ head, lines: rows.map(cells) });

/**
 * A line for all rows of one name, with a column for each kind of them.
 * @param {string} corner @param {(row: any) => string} name @param {(row: any) => string} column @param {(row: any) => Cell} cell
 * @returns {(rows: any[]) => Table}
 */
export const crossed = (corner, name, column, cell) => (rows) => {
  const columns = [...new Set(rows.map(column))];
  const lines = [...new Set(rows.map(name))].map((line) => {
    const own = rows.filter((row) => name(row) === line);
    return [line, ...columns.map((kind) => own.filter((row) => column(row) === kind).map(cell)[0])];
  });
  return { head: [corner, ...columns], lines };
};
