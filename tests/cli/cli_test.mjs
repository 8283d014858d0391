// Tests the program `convoscope` as its users meet it: commands in, files and exit codes out.
// Runs the native build and the WebAssembly build under Node through the same list of tests.
// Last line: "N passed, N failed"; exit code 1 when something failed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeCifarFolder, writeDataFolder, writePackedFolder } from './data_folders.mjs';
import { readSafetensors, writeSafetensors } from './safetensors.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const golden = join(root, 'tests', 'golden');
const index = JSON.parse(readFileSync(join(golden, 'index.json'), 'utf8'));
const lenet5 = join(golden, 'lenet5', 'network.json');
const folder = mkdtempSync(join(tmpdir(), 'convoscope-cli-'));

const native = join(root, 'build', 'native', 'convoscope');
const wasm = join(root, 'build', 'wasm', 'convoscope.js');
const programs = [
  { build: 'native', command: [native], file: native },
  { build: 'wasm', command: [process.execPath, wasm], file: wasm },
];

let program;
let passed = 0;
let failed = 0;

function expect(condition, message) {
  if (!condition) throw new Error(message);
}

function expectEqual(actual, expected, what) {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  expect(a === b, `${what}: ${a}, expected ${b}`);
}

function test(name, body) {
  try {
    body();
    passed += 1;
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${program.build}: ${name}\n        ${error.message}`);
  }
}

function run(...args) {
  const [command, ...first] = program.command;
  const start = () => spawnSync(command, [...first, ...args], { cwd: root, encoding: 'utf8', timeout: 150_000 });
  let result = start();
  if (result.signal && program.build === 'wasm') {
    // Node with threads sometimes neither starts nor ends: about one start in several hundred on a busy machine.
    console.log(`note    wasm: ${args[0]} did not end in 150 s, and was started again`);
    result = start();
  }
  return { code: result.status, out: result.stdout, err: result.stderr };
}

function runWell(...args) {
  const result = run(...args);
  expect(result.code === 0, `exit code ${result.code}: ${result.err.trim()}`);
  return result;
}

// Bad use or bad input: exit code 2, one line on standard error that says `words`, no output file.
function expectRefused(result, ...words) {
  expectEqual(result.code, 2, 'exit code');
  const lines = result.err.split('\n').filter((line) => line !== '');
  expect(lines.length === 1, `one line on standard error, got ${lines.length}: ${result.err.slice(0, 300)}`);
  for (const word of words) {
    expect(lines[0].includes(word), `"${lines[0]}" does not say "${word}"`);
  }
}

function path(name) {
  return join(folder, `${program.build}-${name}`);
}

function writeNetwork(name, network) {
  writeFileSync(path(name), typeof network === 'string' ? network : JSON.stringify(network));
  return path(name);
}

// A float sum of a few thousand products errs by about 1e-6 of its scale; 1e-4 leaves room for the
// order of the sums, and a wrong formula is far beyond it.
function expectClose(actual, expected, what) {
  expectEqual(actual.shape, expected.shape, `${what}: shape`);
  let scale = 1e-3;
  for (const value of expected.data) scale = Math.max(scale, Math.abs(value));
  for (let i = 0; i < expected.data.length; i += 1) {
    const difference = Math.abs(actual.data[i] - expected.data[i]);
    expect(difference <= 1e-4 * scale, `${what}[${i}]: ${actual.data[i]}, expected ${expected.data[i]}`);
  }
}

function runGolden({ name, loss, label_smoothing: smoothing = 0, training = true }, ...more) {
  const files = join(golden, name);
  const out = path(`${name}.safetensors`);
  const weights = join(files, 'weights.safetensors');
  runWell('run', join(files, 'network.json'), ...(existsSync(weights) ? ['--weights', weights] : []),
    '--input', join(files, 'input.safetensors'), '--out', out, '--loss', loss, '--label-smoothing', String(smoothing), '--grad',
    ...(training ? ['--train'] : []), ...more);
  const actual = readSafetensors(out);
  const expected = readSafetensors(join(files, 'expected.safetensors'));
  expectEqual(Object.keys(actual).sort(), Object.keys(expected).sort(), 'tensors');
  for (const key of Object.keys(expected)) expectClose(actual[key], expected[key], key);
}

function testSummary() {
  test('summary --json of LeNet-5: shapes, parameters, MACs', () => {
    const summary = JSON.parse(runWell('summary', lenet5, '--json').out);
    expectEqual(summary.params, 61706, 'params');
    expectEqual(summary.macs, 416520, 'macs');
    expectEqual(summary.layers.map((layer) => layer.output_shape), [
      [6, 28, 28], [6, 28, 28], [6, 14, 14], [16, 10, 10], [16, 10, 10], [16, 5, 5],
      [400], [120], [120], [84], [84], [10]], 'output shapes');
    expectEqual(summary.layers.map((layer) => layer.params),
      [156, 0, 0, 2416, 0, 0, 0, 48120, 0, 10164, 0, 850], 'params of the layers');
    expectEqual(summary.layers.map((layer) => layer.macs),
      [117600, 0, 0, 240000, 0, 0, 0, 48000, 0, 10080, 0, 840], 'macs of the layers');
    expectEqual(summary.layers.map((layer) => layer.name),
      ['conv1', '1', '2', 'conv2', '4', '5', '6', 'fc1', '8', 'fc2', '10', 'fc3'], 'names');
  });

  test('summary --json of LeNet-5: receptive fields', () => {
    const { layers } = JSON.parse(runWell('summary', lenet5, '--json').out);
    const spatial = layers.slice(0, 6);
    expectEqual(spatial.map((layer) => layer.receptive_field),
      [[5, 5], [5, 5], [6, 6], [14, 14], [14, 14], [16, 16]], 'receptive fields');
    expectEqual(spatial.map((layer) => layer.jump),
      [[1, 1], [1, 1], [2, 2], [2, 2], [2, 2], [4, 4]], 'jumps');
    expectEqual(spatial.map((layer) => layer.start),
      [[0.5, 0.5], [0.5, 0.5], [1, 1], [5, 5], [5, 5], [6, 6]], 'starts');
    for (const layer of layers.slice(6)) {
      expectEqual([layer.receptive_field, layer.jump, layer.start], [null, null, null], layer.name);
    }
  });

  test('summary without --json names every layer and the total', () => {
    const { out } = runWell('summary', lenet5);
    for (const word of ['conv1', 'conv2', 'fc1', 'fc2', 'fc3']) expect(out.includes(word), `no ${word}`);
    expect(/61[,. ']?706/.test(out), 'no 61706');
  });
}

function testRun() {
  for (const entry of index.cases) {
    test(`run agrees with PyTorch: ${entry.name}`, () => runGolden(entry));
  }

  test('run without a loss writes the output alone', () => {
    const files = join(golden, 'conv2d_3x3');
    writeSafetensors(path('only-input.safetensors'),
      { input: readSafetensors(join(files, 'input.safetensors')).input });
    runWell('run', join(files, 'network.json'), '--weights', join(files, 'weights.safetensors'),
      '--input', path('only-input.safetensors'), '--out', path('only-output.safetensors'));
    const actual = readSafetensors(path('only-output.safetensors'));
    expectEqual(Object.keys(actual), ['output'], 'tensors');
    expectClose(actual.output, readSafetensors(join(files, 'expected.safetensors')).output, 'output');
  });
}

function testBadInput() {
  const conv = join(golden, 'conv2d_3x3');
  const runConv = (changes) => {
    const options = {
      network: join(conv, 'network.json'), weights: join(conv, 'weights.safetensors'),
      input: join(conv, 'input.safetensors'), ...changes,
    };
    const out = path('refused.safetensors');
    const result = run('run', options.network, '--weights', options.weights, '--input', options.input,
      '--out', out, '--loss', 'mse');
    expect(!existsSync(out), 'an output file was left behind');
    return result;
  };
  const base = { format: 'convoscope/1', name: 'bad', input: [1, 8, 8] };

  test('no command, an unknown command, an unknown option', () => {
    expectRefused(run());
    expectRefused(run('dance'), 'dance');
    expectRefused(run('summary', lenet5, '--colour'), '--colour');
  });
  test('a network file that is not there', () => {
    expectRefused(run('summary', path('nothing.json')), 'nothing.json');
  });
  test('a network file that is not JSON', () => {
    expectRefused(run('summary', writeNetwork('text.json', '{"format": "convoscope/1", ')));
  });
  test('a network file of another format', () => {
    expectRefused(run('summary', writeNetwork('format.json', { ...base, format: 'other/7', layers: [] })), 'format');
  });
  test('an unknown layer type is named, with its place', () => {
    const network = { ...base, layers: [{ type: 'relu' }, { type: 'conv9d' }] };
    expectRefused(run('summary', writeNetwork('type.json', network)), 'conv9d', '1');
  });
  test('an attribute out of range is named, with the value', () => {
    const network = { ...base, layers: [{ name: 'first', type: 'conv2d', out_channels: 4, kernel_size: 0 }] };
    expectRefused(run('summary', writeNetwork('range.json', network)), 'first', 'kernel_size');
  });
  test('an attribute that the layer does not have is named', () => {
    const network = { ...base, layers: [{ type: 'relu', slope: 0.1 }] };
    expectRefused(run('summary', writeNetwork('attribute.json', network)), 'slope');
  });
  test('a kernel larger than its padded input', () => {
    const network = { ...base, layers: [{ name: 'big', type: 'conv2d', out_channels: 4, kernel_size: 9 }] };
    expectRefused(run('summary', writeNetwork('large.json', network)), 'big', '9');
  });
  test('groups that do not divide the channels', () => {
    const network = { ...base, input: [3, 8, 8], layers: [{ name: 'split', type: 'conv2d', out_channels: 4, kernel_size: 3, groups: 2 }] };
    expectRefused(run('summary', writeNetwork('groups.json', network)), 'split', 'groups');
  });
  test('two layers of one name', () => {
    const network = { ...base, layers: [{ name: 'twin', type: 'relu' }, { name: 'twin', type: 'relu' }] };
    expectRefused(run('summary', writeNetwork('twin.json', network)), 'twin');
  });
  test('a linear layer on a volume agrees with what the file says or is refused, never a crash', () => {
    const network = { ...base, layers: [{ type: 'linear', out_features: 4 }] };
    const result = run('summary', writeNetwork('volume.json', network));
    expect(result.code === 0 || result.code === 2, `exit code ${result.code}`);
  });
  test('sizes whose product overflows', () => {
    const network = { ...base, input: [1000000, 1000000, 1000000], layers: [{ type: 'relu' }] };
    expectRefused(run('summary', writeNetwork('huge.json', network)));
  });
  test('JSON nested without end', () => {
    expectRefused(run('summary', writeNetwork('deep.json', '['.repeat(200000))));
  });
  test('a missing, an unexpected and a wrongly shaped weight are named', () => {
    const weights = readSafetensors(join(conv, 'weights.safetensors'));
    const name = Object.keys(weights).find((key) => key.endsWith('weight'));
    const rest = Object.fromEntries(Object.entries(weights).filter(([key]) => key !== name));
    writeSafetensors(path('missing.safetensors'), rest);
    expectRefused(runConv({ weights: path('missing.safetensors') }), name);
    writeSafetensors(path('extra.safetensors'), { ...weights, stranger: { shape: [1], data: new Float32Array(1) } });
    expectRefused(runConv({ weights: path('extra.safetensors') }), 'stranger');
    const { data } = weights[name];
    writeSafetensors(path('shape.safetensors'), { ...weights, [name]: { shape: [data.length], data } });
    expectRefused(runConv({ weights: path('shape.safetensors') }), name);
  });
  test('a safetensors file cut short, with a wild header, or of random bytes', () => {
    const bytes = readFileSync(join(conv, 'weights.safetensors'));
    writeFileSync(path('short.safetensors'), bytes.subarray(0, bytes.length - 4));
    expectRefused(runConv({ weights: path('short.safetensors') }));
    const wild = Buffer.from(bytes);
    wild.writeBigUInt64LE(0x7fffffffffffffffn);
    writeFileSync(path('wild.safetensors'), wild);
    expectRefused(runConv({ weights: path('wild.safetensors') }));
    writeFileSync(path('random.safetensors'), Buffer.from(Array.from({ length: 999 }, (_, i) => (i * 7919) % 251)));
    expectRefused(runConv({ weights: path('random.safetensors') }));
    writeFileSync(path('empty.safetensors'), '');
    expectRefused(runConv({ weights: path('empty.safetensors') }));
  });
  test('an input of the wrong shape', () => {
    writeSafetensors(path('input.safetensors'), { input: { shape: [1, 1, 2, 2], data: new Float32Array(4) },
      target: { shape: [1, 1, 2, 2], data: new Float32Array(4) } });
    expectRefused(runConv({ input: path('input.safetensors') }), 'input');
  });
  test('a label that is no class', () => {
    const files = join(golden, 'flatten_linear');
    const tensors = readSafetensors(join(files, 'input.safetensors'));
    tensors.target.data[0] = 6n;
    writeSafetensors(path('label.safetensors'), tensors);
    expectRefused(run('run', join(files, 'network.json'), '--weights', join(files, 'weights.safetensors'),
      '--input', path('label.safetensors'), '--out', path('label-out.safetensors'), '--loss', 'cross_entropy'), '6');
  });
}

function testTrain() {
  const data = path('digits');
  writeDataFolder(data);
  const train = (name, ...more) => {
    const weights = path(`${name}.safetensors`);
    const log = path(`${name}.jsonl`);
    runWell('train', lenet5, '--data', data, '--steps', '36', '--batch', '20', '--lr', '0.05', '--optimizer', 'momentum',
      '--out', weights, '--log', log, ...more);
    return { weights, bytes: readFileSync(weights), lines: readFileSync(log, 'utf8').trim().split('\n').map((line) => JSON.parse(line)) };
  };

  test('train writes one line a step to the log, and the loss falls', () => {
    const steps = train('log', '--seed', '3').lines.filter((line) => line.step !== undefined && line.lr !== undefined);
    expectEqual(steps.map((line) => line.step), Array.from({ length: 36 }, (_, i) => i + 1), 'steps');
    for (const line of steps) {
      for (const key of ['epoch', 'loss', 'lr', 'train_accuracy', 'images_per_second']) {
        expect(Number.isFinite(line[key]), `${key} is ${line[key]} in step ${line.step}`);
      }
    }
    const mean = (some) => some.reduce((sum, line) => sum + line.loss, 0) / some.length;
    const [early, late] = [mean(steps.slice(0, 4)), mean(steps.slice(32))];
    expect(late < early, `loss ${early} -> ${late}`);
  });
  test('train writes the state_dict that run and evaluate read', () => {
    const { weights } = train('weights', '--seed', '3');
    expectEqual(Object.keys(readSafetensors(weights)).sort(),
      ['conv1', 'conv2', 'fc1', 'fc2', 'fc3'].flatMap((name) => [`${name}.bias`, `${name}.weight`]), 'names');
    runWell('run', lenet5, '--weights', weights, '--input', join(golden, 'lenet5', 'input.safetensors'),
      '--out', path('trained-output.safetensors'));
    expect(runWell('evaluate', lenet5, '--weights', weights, '--data', data).out.length > 0, 'evaluate prints nothing');
  });
  test('the same seed gives the same weights, byte for byte; another seed others', () => {
    const first = train('seed-a', '--seed', '7').bytes;
    expect(first.equals(train('seed-b', '--seed', '7').bytes), 'two runs of seed 7 differ');
    expect(!first.equals(train('seed-c', '--seed', '8').bytes), 'seed 8 gives the weights of seed 7');
  });
  test('one, two and three threads give the same weights, byte for byte', () => {
    const [one, two, three] = ['1', '2', '3'].map((threads) => train(`threads-${threads}`, '--threads', threads).bytes);
    expect(one.equals(two), 'one and two threads differ');
    expect(one.equals(three), 'one and three threads differ');
  });
  test('every optimiser and schedule trains, and the log has the learning rate of each step', () => {
    for (const optimizer of ['sgd', 'momentum', 'nesterov', 'adagrad', 'rmsprop', 'adam', 'adamw']) {
      const log = path(`${optimizer}.jsonl`);
      runWell('train', lenet5, '--data', data, '--steps', '4', '--batch', '20', '--optimizer', optimizer, '--weight-decay', '0.01',
        '--schedule', 'cosine', '--lr', '0.01', '--log', log);
      const rates = readFileSync(log, 'utf8').trim().split('\n').map((line) => JSON.parse(line).lr);
      expectEqual(rates.map((rate) => rate.toFixed(5)), ['0.01000', '0.00854', '0.00500', '0.00146'], `rates of ${optimizer}`);
    }
    expectRefused(run('train', lenet5, '--data', data, '--schedule', 'zigzag'), 'zigzag');
  });
  test('a training that is interrupted and resumed gives the weights of one that was not', () => {
    const common = [lenet5, '--data', data, '--log', path('resume.jsonl')];
    const how = ['--batch', '20', '--optimizer', 'adam', '--seed', '4', '--epochs', '2', '--schedule', 'one_cycle'];
    const [whole, half, rest, checkpoint] = ['whole', 'half', 'rest', 'checkpoint'].map((name) => path(`${name}.safetensors`));
    runWell('train', ...common, ...how, '--out', whole);
    const epochs = readFileSync(path('resume.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
    expectEqual(epochs.filter((line) => line.test_accuracy !== undefined).map((line) => line.epoch), [1, 2], 'epochs');
    expectEqual(epochs.filter((line) => line.step !== undefined).map((line) => line.epoch), [...Array(12).fill(1), ...Array(12).fill(2)], 'epochs of steps');
    // Twelve steps an epoch: the pause is in the middle of the second.
    runWell('train', ...common, ...how, '--pause-after', '17', '--out', half, '--checkpoint-out', checkpoint);
    runWell('train', ...common, '--resume', checkpoint, '--out', rest);
    expect(!readFileSync(half).equals(readFileSync(whole)), 'half of the training gives the weights of the whole');
    expect(readFileSync(rest).equals(readFileSync(whole)), 'the resumed training gives other weights');
    expectRefused(run('train', ...common, '--resume', checkpoint, '--optimizer', 'sgd'), '--optimizer');
    expectRefused(run('train', ...common, '--resume', whole), 'checkpoint');
  });
  test('training that cannot begin is refused and leaves no file', () => {
    const out = path('never.safetensors');
    expectRefused(run('train', lenet5, '--data', path('nowhere'), '--out', out));
    expectRefused(run('train', lenet5, '--data', data, '--optimizer', 'magic', '--out', out), 'magic');
    expectRefused(run('train', lenet5, '--data', data, '--batch', '0', '--out', out), '0');
    expectRefused(run('train', lenet5, '--data', data, '--steps', 'many', '--out', out), 'many');
    expect(!existsSync(out), 'an output file was left behind');
  });
}

function testData() {
  const digits = path('digits');
  writeDataFolder(digits);
  const packed = path('packed');
  const trained = (/** @type {string} */ data, /** @type {string[]} */ ...more) => {
    const out = path('data.safetensors');
    runWell('train', lenet5, '--data', data, '--steps', '4', '--batch', '20', '--out', out, ...more);
    return readFileSync(out);
  };

  test('packed shards train to the weights that the same images in IDX files give', () => {
    writePackedFolder(packed, digits);
    expect(trained(packed).equals(trained(digits)), 'other weights');
  });
  test('a shard that is damaged is named', () => {
    writePackedFolder(packed, digits);
    const file = join(packed, 'train.bin.gz');
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.subarray(0, bytes.length - 100));
    expectRefused(run('train', lenet5, '--data', packed, '--steps', '1'), 'train.bin.gz');
  });
  test("CIFAR-10's binary batches are read, and one cut short is named", () => {
    const cifar = path('cifar');
    writeCifarFolder(cifar);
    const network = join(root, 'assets', 'presets', 'cifar-quick.json');
    runWell('train', network, '--data', cifar, '--steps', '2', '--batch', '4');
    writeFileSync(join(cifar, 'data_batch_2.bin'), Buffer.alloc(3000));
    expectRefused(run('train', network, '--data', cifar, '--steps', '1'), 'data_batch_2.bin');
  });
  test('sets that the engine makes are named like files', () => {
    const network = path('points.json');
    writeFileSync(network, JSON.stringify({ format: 'convoscope/1', input: [2, 1, 1],
      layers: [{ type: 'flatten' }, { type: 'linear', out_features: 16 }, { type: 'relu' }, { type: 'linear', out_features: 2 }] }));
    for (const name of ['xor', 'circles', 'spiral']) {
      runWell('train', network, '--data', name, '--epochs', '1');
    }
    const out = runWell('train', network, '--data', 'xor', '--epochs', '12', '--batch', '16', '--optimizer', 'adam', '--lr', '0.02').out;
    const accuracy = Number(/epoch 12: .*accuracy ([\d.]+) %/.exec(out)?.[1]);
    expect(accuracy > 90, `xor: ${accuracy} %`);
  });
  test('augmentation and preprocessing change the training, the same for any number of threads', () => {
    const plain = trained(digits);
    for (const more of [['--augment', 'shift:2,rotate:10,elastic'], ['--preprocess', 'channel']]) {
      const one = trained(digits, ...more, '--threads', '1');
      expect(!one.equals(plain), `${more[0]} changes nothing`);
      expect(trained(digits, ...more, '--threads', '3').equals(one), `${more[0]}: threads change the weights`);
    }
  });
  test('held-out images are not trained on', () => {
    const lines = (/** @type {string[]} */ ...more) => {
      const log = path('held-out.jsonl');
      runWell('train', lenet5, '--data', digits, '--epochs', '1', '--batch', '20', '--log', log, ...more);
      return readFileSync(log, 'utf8').trim().split('\n').map((line) => JSON.parse(line)).filter((line) => line.step !== undefined && line.lr !== undefined).length;
    };
    expectEqual(lines(), 12, 'steps of 240 images');
    expectEqual(lines('--validation', '80'), 8, 'steps of 160 images');
  });
  test('wrong augmentation and preprocessing are named', () => {
    expectRefused(run('train', lenet5, '--data', digits, '--augment', 'shfit:2'), 'shfit');
    expectRefused(run('train', lenet5, '--data', digits, '--preprocess', 'whiten'), 'whiten');
  });
}

for (program of programs) {
  if (!existsSync(program.file)) {
    failed += 1;
    console.log(`FAILED  ${program.build}: ${program.file} is not there; make native wasm`);
    continue;
  }
  testSummary();
  testRun();
  testBadInput();
  testTrain();
  testData();
}
rmSync(folder, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
