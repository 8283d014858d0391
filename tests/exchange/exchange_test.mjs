// Tests what `convoscope export` writes, where others would use it: ONNX files in ONNX Runtime, PyTorch
// modules in PyTorch where python3 has it, and the code of three networks against golden texts, which
// were run in PyTorch (or, Keras, read with care) when they were made.
//
//     node exchange_test.mjs [--update]      --update writes the golden texts anew
//
// Last line: "N passed, N failed"; exit code 1 when something failed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as onnx from 'onnxruntime-web';
import { readSafetensors } from '../cli/safetensors.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const golden = join(root, 'tests', 'golden');
const program = join(root, 'build', 'native', 'convoscope');
const folder = mkdtempSync(join(tmpdir(), 'convoscope-exchange-'));
const update = process.argv.includes('--update');

let passed = 0;
let failed = 0;

async function test(name, body) {
  try {
    await body();
    passed += 1;
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n        ${error.message}`);
  }
}

function expect(condition, message) {
  if (!condition) throw new Error(message);
}

function run(...args) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: 'utf8', timeout: 120_000 });
  return { code: status, out: stdout, err: stderr.trim() };
}

function runWell(...args) {
  const result = run(...args);
  expect(result.code === 0, `${args.join(' ')}: exit code ${result.code}: ${result.err}`);
}

// Every golden network, with the output that our own program gives for its golden input.
const cases = JSON.parse(readFileSync(join(golden, 'index.json'), 'utf8')).cases.map(({ name }) => {
  const weights = join(golden, name, 'weights.safetensors');
  return {
    name,
    network: join(golden, name, 'network.json'),
    weights: existsSync(weights) ? weights : null,
    input: join(golden, name, 'input.safetensors'),
    output: join(folder, `${name}.safetensors`),
    onnx: join(folder, `${name}.onnx`),
    module: join(folder, `${name}.py`),
  };
});

const weightsOption = ({ weights }) => (weights ? ['--weights', weights] : []);

function exportCase(item, format, out) {
  runWell('export', item.network, ...weightsOption(item), '--to', format, '--out', out);
}

function expectClose(actual, expected) {
  expect(actual.length === expected.length, `${actual.length} numbers, expected ${expected.length}`);
  const scale = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-3);
  const error = expected.reduce((largest, value, i) => Math.max(largest, Math.abs(value - actual[i])), 0);
  expect(error <= 1e-4 * scale, `differs by ${error} at a scale of ${scale}`);
}

async function testOnnx(item) {
  runWell('run', item.network, ...weightsOption(item), '--input', item.input, '--out', item.output);
  exportCase(item, 'onnx', item.onnx);
  const session = await onnx.InferenceSession.create(new Uint8Array(readFileSync(item.onnx)), { logSeverityLevel: 3 });
  const { input } = readSafetensors(item.input);
  const { output: expected } = readSafetensors(item.output);
  const { output } = await session.run({ input: new onnx.Tensor('float32', input.data, input.shape) });
  expect(output.dims.join() === expected.shape.join(), `shape ${output.dims}, expected ${expected.shape}`);
  expectClose(output.data, expected.data);
  await session.release();
}

// PyTorch is a large thing to ask for: without it the golden texts alone speak for the code.
async function testPytorch() {
  const written = [];
  for (const item of cases) {
    await test(`pytorch, written: ${item.name}`, () => {
      exportCase(item, 'pytorch', item.module);
      written.push(item);
    });
  }
  const python = ['/usr/bin/python3', 'python3'].find(
    (name) => spawnSync(name, ['-c', 'import torch'], { encoding: 'utf8' }).status === 0);
  if (!python) {
    console.log('no PyTorch here: exported modules are compared with golden texts only');
    return;
  }
  const lines = written.filter(({ output }) => existsSync(output)).map((item) => JSON.stringify(item));
  const { status, stdout, stderr } = spawnSync(python, [join(here, 'pytorch_check.py')],
    { input: lines.join('\n'), encoding: 'utf8', timeout: 600_000 });
  await test('pytorch_check.py runs to its end', () => expect(status === 0, stderr));
  const problems = stdout.split('\n').filter((line) => line !== '');
  for (const item of written) {
    await test(`pytorch: ${item.name}`, () => {
      const problem = problems.find((line) => line.startsWith(`${item.name}: `));
      expect(!problem, problem);
    });
  }
}

async function testGoldenTexts() {
  const networks = join(here, 'networks');
  for (const file of readdirSync(networks).filter((name) => name.endsWith('.json'))) {
    for (const format of ['pytorch', 'keras']) {
      await test(`${format} text: ${file}`, () => {
        const out = join(folder, 'text.py');
        const expected = join(networks, file.replace('.json', `.${format}.py`));
        runWell('export', join(networks, file), '--to', format, '--out', out);
        if (update) writeFileSync(expected, readFileSync(out));
        expect(readFileSync(out, 'utf8') === readFileSync(expected, 'utf8'), `differs from ${expected}`);
      });
    }
  }
}

// Each network is right for us, and Keras cannot say it.
async function testKerasRefusals() {
  const conv = { type: 'conv2d', out_channels: 2, kernel_size: 3, padding: 1 };
  const refused = [
    [{ ...conv, padding_mode: 'circular' }, 'padding_mode'],
    [{ ...conv, dilation: 2, stride: 2 }, 'dilation'],
    [{ type: 'conv_transpose2d', out_channels: 2, kernel_size: 3, groups: 2 }, 'groups'],
    [{ type: 'conv_transpose2d', out_channels: 2, kernel_size: 3, stride: 2, output_padding: 1 }, 'output_padding'],
    [{ type: 'max_pool2d', kernel_size: 2, dilation: 2 }, 'dilation'],
    [{ type: 'avg_pool2d', kernel_size: 2, ceil_mode: true }, 'ceil_mode'],
    [{ type: 'avg_pool2d', kernel_size: 3, padding: 1, count_include_pad: false }, 'count_include_pad'],
    [{ type: 'adaptive_avg_pool2d', output_size: 2 }, 'output_size'],
    [{ type: 'local_response_norm', size: 3 }, 'local_response_norm'],
  ];
  for (const [layer, word] of refused) {
    await test(`keras refuses ${JSON.stringify(layer)}`, () => {
      const network = join(folder, 'refused.json');
      const out = join(folder, 'refused.py');
      writeFileSync(network, JSON.stringify({ format: 'convoscope/1', input: [2, 7, 7], layers: [{ ...layer, name: 'odd' }] }));
      const { code, err } = run('export', network, '--to', 'keras', '--out', out);
      expect(code === 2 && err.includes('odd') && err.includes(word) && err.includes('Keras'), `exit code ${code}: ${err}`);
      expect(!existsSync(out), 'a file was left behind');
    });
  }
}

async function testBadUse() {
  const lenet5 = join(root, 'assets', 'presets', 'lenet5.json');
  const out = join(folder, 'never');
  const refuses = (name, words, ...args) => test(name, () => {
    const { code, err } = run('export', ...args, '--out', out);
    expect(code === 2 && err.includes(words), `exit code ${code}: ${err}`);
    expect(!existsSync(out), 'a file was left behind');
  });
  await refuses('a misspelt format', 'did you mean "onnx"', lenet5, '--to', 'onx');
  await refuses('ONNX without weights', '--weights', lenet5, '--to', 'onnx');
  await refuses('a name that PyTorch has for itself', 'train', (() => {
    const network = join(folder, 'name.json');
    writeFileSync(network, JSON.stringify({ format: 'convoscope/1', input: [1, 4, 4], layers: [{ name: 'train', type: 'relu' }] }));
    return network;
  })(), '--to', 'pytorch');
}

for (const item of cases) await test(`onnx: ${item.name}`, () => testOnnx(item));
await testPytorch();
await testGoldenTexts();
await testKerasRefusals();
await testBadUse();
rmSync(folder, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
