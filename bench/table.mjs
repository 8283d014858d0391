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
