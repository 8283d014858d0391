// Checks that every path of the repository named in README.md, CONTRIBUTING.md and the documents is there.
// A path is `code` with a slash or a known ending, or the target of a relative link.
// Made folders (build/, .toolchain/) and patterns with <>, * or {} are left out.
// Last line: "N passed, N failed"; exit code 1 when something failed.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const topLevel = new Set(readdirSync(root));
const ignored = new Set(['node_modules', 'build', '.toolchain', '.git', '.cache']);

function markdownFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (ignored.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return markdownFiles(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

function isRepositoryPath(text) {
  if (!/^[\w.\-/]+$/.test(text) || text.startsWith('build/') || text.startsWith('.toolchain')) return false;
  const first = text.split('/')[0];
  return text.includes('/') ? topLevel.has(first) || first === '.' : /\.(md|json|mjs|cpp|h|txt)$/.test(text) && topLevel.has(text);
}

// Blocks of code name files too, but as examples of what one would write.
function withoutBlocks(text) {
  return text.replace(/^```[\s\S]*?^```/gm, '');
}

let passed = 0;
let failed = 0;
for (const file of markdownFiles(root)) {
  const text = withoutBlocks(readFileSync(file, 'utf8'));
  const named = new Set();
  for (const [, code] of text.matchAll(/`([^`\n]+)`/g)) {
    if (isRepositoryPath(code)) named.add(join(root, code));
  }
  for (const [, target] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
    if (!/^[a-z]+:/.test(target)) named.add(join(dirname(file), target));
  }
  for (const path of named) {
    if (existsSync(path)) {
      passed += 1;
    } else {
      failed += 1;
      console.log(`FAILED  ${relative(root, file)} names ${relative(root, path)}, which is not there`);
    }
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
