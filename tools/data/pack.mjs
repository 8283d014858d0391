// @ts-check
// Packs the data sets into the shards that the page and the program load.
//
//   node tools/data/pack.mjs [OUTPUT]        default: build/data

import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCifar10 } from './cifar10.mjs';
import { readMnist } from './mnist.mjs';
import { pack, sha256 } from './shards.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const packages = join(here, 'node_modules');
const output = resolve(process.argv[2] ?? join(here, '..', '..', 'build', 'data'));

const sources = [...readdirSync(here).filter((name) => name.endsWith('.mjs')).sort(), 'package-lock.json'];
const stamp = sha256(sources.map((name) => sha256(readFileSync(join(here, name)))).join());

pack(join(output, 'mnist'), stamp, () => readMnist(packages));
pack(join(output, 'cifar10'), stamp, () => readCifar10(packages));
