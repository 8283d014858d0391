// @ts-check
// Gathers the built parts into build/site: static, complete, works from any web server and any folder of it.
//
//   node tools/assemble-site.mjs [BUILD]        default: build

import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { minifyScripts } from './minify-scripts.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const build = resolve(process.argv[2] ?? join(root, 'build'));
const site = join(build, 'site');
/** Where each variant of the engine was built. */
const kVariants = {
  st: 'app/worker', 'st-relaxed': 'app/worker-relaxed', mt: 'wasm/worker', 'mt-relaxed': 'wasm/worker-relaxed',
};
/** The visitor's first load takes only the variant that suits the browser, so the cache must not fetch all four. */
const kLazy = [/^engine\//, /^data\/.*\.gz$/];

/** Of others, from web/npm, as they are. */
const kLibraries = [{ library: 'gifenc', from: 'dist/gifenc.esm.js', to: 'gifenc.js' }, { library: 'gifenc', from: 'LICENSE.md', to: 'gifenc.LICENSE.md' }];

/** @param {string} library @param {string} file */
function fileOfLibrary(library, file) {
  const resolver = createRequire(join(root, 'web', 'npm', 'package.json'));
  const folder = resolver.resolve.paths(library)?.map((path) => join(path, library)).find((path) => existsSync(path));
  return join(folder ?? join(root, 'web', 'npm', 'node_modules', library), file);
}

/** @param {string} from @param {string} to */
function copy(from, to) {
  if (!existsSync(from)) {
    console.error(`assemble-site: ${relative(root, from)} is missing; build it first (make site)`);
    process.exit(1);
  }
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true, filter: (path) => !path.split(sep).pop()?.startsWith('.') });
}

/** @param {string} folder @returns {string[]} */
const listFiles = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => name.split(sep).join('/'))
    .sort();

const part = join(build, 'site.part');
rmSync(part, { recursive: true, force: true });
copy(join(root, 'web', 'shell'), part);
copy(join(root, 'web', 'worker', 'engine-worker.js'), join(part, 'engine', 'engine-worker.js'));
for (const extension of ['js', 'wasm']) {
  copy(join(build, 'app', `app.${extension}`), join(part, 'app', `app.${extension}`));
  for (const [variant, folder] of Object.entries(kVariants)) {
    copy(join(build, folder, `engine.${extension}`), join(part, 'engine', variant, `engine.${extension}`));
  }
}
copy(join(build, 'data'), join(part, 'data'));
copy(join(root, 'assets', 'weights'), join(part, 'weights'));
for (const { library, from, to } of kLibraries) copy(fileOfLibrary(library, from), join(part, 'libraries', to));

// The page's policy allows its one inline style by its hash.
const page = join(part, 'index.html');
const html = readFileSync(page, 'utf8');
const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
writeFileSync(page, html.replace('{{critical-css}}', createHash('sha256').update(style).digest('base64')));

const isOurScript = (/** @type {string} */ file) => file.endsWith('.js') && !file.startsWith('libraries/') && file !== 'service-worker.js';
await minifyScripts(listFiles(part).filter(isOurScript).map((file) => join(part, file)));

// The service worker keeps the site for use without a network; its list names every file with its hash.
const worker = join(part, 'service-worker.js');
const files = listFiles(part)
  .filter((file) => file !== 'service-worker.js')
  .map((file) => ({
    url: file === 'index.html' ? './' : file,
    hash: createHash('sha256').update(readFileSync(join(part, file))).digest('hex').slice(0, 16),
    lazy: kLazy.some((pattern) => pattern.test(file)),
  }));
const code = readFileSync(worker, 'utf8');
const placeholder = '/*{{files}}*/ []';
if (!code.includes(placeholder)) {
  console.error('assemble-site: service-worker.js has no place for its list of files');
  process.exit(1);
}
const version = createHash('sha256').update(JSON.stringify(files) + code).digest('hex').slice(0, 12);
writeFileSync(worker, code.replace(placeholder, JSON.stringify(files)).replace('{{version}}', version));
await minifyScripts([worker]);

const old = join(build, 'site.old');
rmSync(old, { recursive: true, force: true });
if (existsSync(site)) renameSync(site, old);
renameSync(part, site);
rmSync(old, { recursive: true, force: true });

/** Bytes over the network, gzip'ed, of a visit that loads one variant. @param {string[]} names */
const compressed = (names) => names.reduce((sum, name) => sum + gzipSync(readFileSync(join(site, name))).length, 0);
const shell = listFiles(site).filter((file) => !/^(engine|data|weights|icons)\//.test(file));
const kilobytes = (/** @type {number} */ bytes) => `${Math.round(bytes / 1000)} kB`;
console.log(`site ${version}: page and program ${kilobytes(compressed(shell))}, ` +
  Object.keys(kVariants).map((variant) => `engine ${variant} ${kilobytes(compressed([`engine/${variant}/engine.js`, `engine/${variant}/engine.wasm`]))}`).join(', ') +
  ' (gzip)');
