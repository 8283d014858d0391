// @ts-check
// A small writer of line charts in SVG: axes with units, a name at the end of each line, light and dark.

/** @typedef {{name: string, points: [number, number][], dashed?: boolean}} Line */
/**
 * @typedef {object} Chart
 * @property {string} title
 * @property {string} subtitle
 * @property {{label: string, ticks: number[], logarithmic?: boolean, text?: (value: number) => string}} x
 * @property {{label: string, ticks: number[], logarithmic?: boolean, text?: (value: number) => string}} y
 * @property {Line[]} lines
 */

const kWidth = 760;
const kHeight = 430;
const kPlot = { left: 72, right: kWidth - 200, top: 98, bottom: kHeight - 56 };
/** Distinct for every eye, on white and on black: Okabe and Ito's, a little evened out. */
const kColors = ['#0072b2', '#d55e00', '#009e73', '#b2569a', '#a07b00'];
const kNameGap = 16;

const kStyle = `
    text { font: 13px system-ui, sans-serif; fill: #57606a; }
    .title { font-size: 17px; font-weight: 600; fill: #1f2328; }
    .grid { stroke: #d8dee4; stroke-width: 1; }
    .line { fill: none; stroke-width: 2.25; stroke-linejoin: round; stroke-linecap: round; }
    .name { font-weight: 600; }
    .paper { fill: #ffffff; }
    @media (prefers-color-scheme: dark) {
      text { fill: #9198a1; } .title { fill: #f0f6fc; } .grid { stroke: #30363d; } .paper { fill: #0d1117; }
      .line, .dot, .name { filter: brightness(1.45); }
    }`;

const escape = (/** @type {string} */ text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const round = (/** @type {number} */ value) => Math.round(10 * value) / 10;
const plain = (/** @type {number} */ value) => value.toLocaleString('en');

/** Where a value lies between two ends of the plot. @param {Chart['x']} axis @param {number} from @param {number} to */
function scale({ ticks, logarithmic = false }, from, to) {
  const place = logarithmic ? Math.log : (/** @type {number} */ value) => value;
  const [low, high] = [place(ticks[0]), place(ticks[ticks.length - 1])];
  return (/** @type {number} */ value) => round(from + ((place(value) - low) / (high - low)) * (to - from));
}

/** Heights of the names, in the lines' order, moved apart where they would cover each other. @param {number[]} wanted */
function apart(wanted) {
  const order = wanted.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y);
  for (let pass = 0; pass < 50; pass += 1) {
    for (let i = 1; i < order.length; i += 1) {
      const missing = kNameGap - (order[i].y - order[i - 1].y);
      if (missing <= 0) continue;
      order[i - 1].y -= missing / 2;
      order[i].y += missing / 2;
    }
  }
  const placed = [...wanted];
  for (const { y, i } of order) placed[i] = round(y);
  return placed;
}

/** @param {Chart} chart */
function axes({ x, y }, /** @type {(v: number) => number} */ atX, /** @type {(v: number) => number} */ atY) {
  const { left, right, top, bottom } = kPlot;
  const horizontal = y.ticks.map((tick) =>
    `<path class="grid" d="M${left} ${atY(tick)}H${right}"/><text x="${left - 10}" y="${atY(tick) + 4}" text-anchor="end">${(y.text ?? plain)(tick)}</text>`);
  const vertical = x.ticks.map((tick) =>
    `<path class="grid" d="M${atX(tick)} ${bottom}v5"/><text x="${atX(tick)}" y="${bottom + 21}" text-anchor="middle">${(x.text ?? plain)(tick)}</text>`);
  return [...horizontal, ...vertical,
    `<text x="${(left + right) / 2}" y="${bottom + 43}" text-anchor="middle">${escape(x.label)}</text>`,
    `<text x="24" y="${top - 16}">${escape(y.label)}</text>`];
}

/** The chart as the text of an SVG file. @param {Chart} chart */
export function chartText(chart) {
  const atX = scale(chart.x, kPlot.left, kPlot.right);
  const atY = scale(chart.y, kPlot.bottom, kPlot.top);
  const ends = apart(chart.lines.map(({ points }) => atY(points[points.length - 1][1])));
  const lines = chart.lines.flatMap(({ name, points, dashed }, i) => {
    const color = dashed ? '#8b949e' : kColors[i % kColors.length];
    const places = points.map(([x, y]) => `${atX(x)} ${atY(y)}`);
    const lastX = atX(points[points.length - 1][0]);
    return [
      `<path class="line" stroke="${color}"${dashed ? ' stroke-dasharray="5 5"' : ''} d="M${places.join('L')}"/>`,
      ...(dashed ? [] : points.map(([x, y]) => `<circle class="dot" cx="${atX(x)}" cy="${atY(y)}" r="3" fill="${color}"/>`)),
      `<text class="name" x="${lastX + 10}" y="${ends[i] + 4}" style="fill: ${color}">${escape(name)}</text>`,
    ];
  });
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${kWidth} ${kHeight}" width="${kWidth}" height="${kHeight}" role="img">`,
    `<title>${escape(chart.title)}</title>`,
    `<style>${kStyle}\n  </style>`,
    `<rect class="paper" width="${kWidth}" height="${kHeight}" rx="8"/>`,
    `<text class="title" x="24" y="32">${escape(chart.title)}</text>`,
    `<text x="24" y="51">${escape(chart.subtitle)}</text>`,
    ...axes(chart, atX, atY),
    ...lines,
  ].join('\n  ')}\n</svg>\n`;
}

/** Powers of a base around a range of numbers. @param {number[]} values @param {number} base */
export function powersAround(values, base) {
  const first = Math.floor(Math.log(Math.min(...values)) / Math.log(base) + 1e-9);
  const last = Math.max(first + 1, Math.ceil(Math.log(Math.max(...values)) / Math.log(base) - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, i) => base ** (first + i));
}
