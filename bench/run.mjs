// @ts-check
// Measures the engine where it runs, and beside it others that train the same networks. Prints tables, and
// writes them to build/bench/results.md and everything to build/bench/results.json.
//
//   node bench/run.mjs [--only PART,…] [--rounds 2] [--seconds 3] [--limit 60]
//
// Expects: make native wasm wasm-relaxed benchmarks site. What the parts are and how to read them: bench/README.md.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { kParts, partText } from './parts.mjs';
import { tableText } from './table.mjs';
import { targetsOf } from './targets.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, 'build', 'bench');
const output = join(folder, 'results.json');

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '2' },
    seconds: { type: 'string', default: '3' },  // of a round in the page, and of a peer
    limit: { type: 'string', default: '60' },  // seconds that a slow peer has for two steps
  },
});
const options = { rounds: Number(values.rounds), seconds: Number(values.seconds), limit: Number(values.limit) };
const wanted = values.only?.split(',') ?? Object.keys(kParts);
const unknown = wanted.find((name) => !(name in kParts));
if (unknown !== undefined) {
  console.error(`bench: unknown part "${unknown}"; there are ${Object.keys(kParts).join(', ')}`);
  process.exit(2);
}

/** Parts that this run leaves out stay as an earlier one left them, with its date. */
const results = existsSync(output) ? JSON.parse(readFileSync(output, 'utf8')) : {};
results.machine = {
  processor: cpus()[0].model, processors: cpus().length, memory_gigabytes: Math.round(totalmem() / 2 ** 30),
  system: `${process.platform} ${process.arch}`, node: process.version,
};
results.parts ??= {};
mkdirSync(folder, { recursive: true });

/** What was built from, where this is a checkout. */
function commit() {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

const targets = () => tableText('Wanted and reached', ['what', 'wanted', 'reached', ''],
  targetsOf(results.parts).map(({ what, wanted: limit, reached, isReached }) => [what, limit, reached, isReached ? 'yes' : 'no']));

/** Every part that was ever measured, as Markdown. */
function markdown() {
  const { processor, processors, memory_gigabytes: memory, system } = results.machine;
  const texts = Object.keys(kParts).filter((name) => results.parts[name]).map((name) => {
    const { date, commit: built, load_before: before, load_after: after, rows } = results.parts[name];
    return `${partText(name, rows)}\n\n${date.slice(0, 16).replace('T', ' ')} UTC, commit ${built}, load of the machine ${before.toFixed(1)} before, ${after.toFixed(1)} after.`;
  });
  return `${[`${processor}, ${processors} processors, ${memory} GB, ${system}`, targets(), ...texts].join('\n')}\n`;
}

for (const name of wanted) {
  console.error(`bench: ${kParts[name].title}`);
  const [before] = loadavg();
  const rows = await kParts[name].measure(options);
  results.parts[name] = { date: new Date().toISOString(), commit: commit(), load_before: before, load_after: loadavg()[0], rows };
  console.log(partText(name, rows));
  writeFileSync(output, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(join(folder, 'results.md'), markdown());
}
console.log(targets());
console.log(`\n${output}`);
