// @ts-check
// A data set of the reader's own: drawn on the pad, opened as files and folders, taken by the camera; trained, and kept.

// @ts-expect-error The package has no types.
import { PNG } from 'pngjs';
import { becomesTrue, clickWidget, dispatch, expectNoProblems, launch, openLab, ready, serve, stateOf, untilKept, waitForState, widget } from './support/lab.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

/** @typedef {import('playwright-core').Page} Page */

const kDesk = { options: { viewport: { width: 1440, height: 900 } } };
const kTall = { options: { viewport: { width: 1440, height: 1300 } } };
const kDrawings = 10;
/** A straight stroke each, in the unit square: a frame sees only the last of several moves. @type {Record<string, number[][]>} */
const kShapes = {
  bar: [[0.5, 0.2], [0.5, 0.8]],
  dash: [[0.2, 0.5], [0.8, 0.5]],
  slash: [[0.25, 0.8], [0.75, 0.2]],
};

/** Numbers from -1 to 1, the same every time. */
function jitter() {
  let state = 12345;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

/** By real clicks. @param {Parameters<typeof openLab>[1]} settings */
async function openOwn(settings = kDesk) {
  const { url } = await serve();
  const opened = await openLab(`${url}#room=train`, settings);
  await waitForState(opened.page, 's.configured');
  await clickWidget(opened.page, 'train.data.choice');
  expect(await becomesTrue(opened.page, 'convoscope.widgets().some((w) => w.id === "train.data.choice.own")'), 'the list does not open');
  await clickWidget(opened.page, 'train.data.choice.own');
  await waitForState(opened.page, 's.own.open');
  await opened.page.evaluate('convoscope.idle()');
  return { ...opened, url };
}

/** A stroke of the mouse. @param {Page} page @param {number[][]} stroke */
async function draw(page, stroke) {
  const { x, y, width, height } = (await widget(page, 'own.pad')).rect;
  const [first, ...rest] = stroke.map(([across, down]) => [x + across * width, y + down * height]);
  await page.mouse.move(first[0], first[1]);
  await page.mouse.down();
  for (const [across, down] of rest) await page.mouse.move(across, down);
  const { frames_drawn: drawn } = await stateOf(page);
  await waitForState(page, `s.frames_drawn > ${drawn + 1}`);  // they go on while it is held
  await page.mouse.up();
  await page.evaluate('convoscope.idle()');
}

/** Types a name into the field of a class. @param {Page} page @param {number} place @param {string} name */
async function rename(page, place, name) {
  await clickWidget(page, `own.class.${place}.name`);
  await page.evaluate('convoscope.idle()');
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await waitForState(page, `s.own.classes[${place}].name === '${name}'`, 15);
}

/** @param {string} name @param {number} grey @returns {{name: string, mimeType: string, buffer: Buffer}} */
function pngOf(name, grey) {
  const png = new PNG({ width: 40, height: 30 });
  for (let i = 0; i < 40 * 30; i++) png.data.set([grey, i % 40, 0, 255], 4 * i);
  return { name, mimeType: 'image/png', buffer: PNG.sync.write(png) };
}

test('own data: three classes drawn on the pad train to 90 %, Inspect knows them, and a reload finds them again', async () => {
  const { page, problems } = await openOwn();
  const random = jitter();
  for (const [place, [name, shape]] of Object.entries(kShapes).entries()) {
    if (place === 0) await rename(page, 0, name);
    else if (place === 2) await clickWidget(page, 'own.class.add');
    if (place > 0) await dispatch(page, { command: 'own_class', name });
    await waitForState(page, `s.own.current === ${place} && s.own.classes[${place}].name === '${name}'`, 10);
    for (let i = 1; i <= kDrawings; i++) {
      await draw(page, shape.map(([x, y]) => [x + 0.06 * random(), y + 0.06 * random()]));
      if (i === 1) expect((await widget(page, 'own.use')).disabled, 'a class without pictures can be trained on');
      await clickWidget(page, 'own.add');
      await waitForState(page, `s.own.classes[${place}].count === ${i} && s.own.strokes === 0`, 15);
    }
  }
  const { own } = await stateOf(page);
  expectEqual(own.shares, { test: 6, train: 20, validation: 4 }, 'how the pictures are shared out');
  await clickWidget(page, 'own.use');
  await waitForState(page, 's.settings.data === "own" && s.configured && s.data.test_loaded === 6 && !s.own.open');
  const { data, network } = await stateOf(page);
  expectEqual([data.classes, data.train_count, data.validation_count], [Object.keys(kShapes), 20, 4], 'the data set');
  expectEqual(network.layers.at(-1).output_shape, [3], 'outputs');

  await clickWidget(page, 'train.start');
  await waitForState(page, 's.status === "paused" && s.epoch === s.settings.epochs', 60);
  await clickWidget(page, 'train.test.read');
  await waitForState(page, 's.test.length > 0 && s.status === "paused"');
  const trained = await stateOf(page);
  const { accuracy, count } = trained.test.at(-1);
  expect(accuracy >= 0.9 && count === 6, `test accuracy ${accuracy} of ${count} drawings`);
  expect(trained.accuracies.at(-1) >= 0.9, `training accuracy ${trained.accuracies.at(-1)}`);

  await dispatch(page, { command: 'open_room', room: 'inspect' });
  expect(await becomesTrue(page, '/: (bar|dash|slash)$/.test(convoscope.widgets().find((w) => w.id === "inspect.picture.0")?.label)', 15), 'Inspect does not show the test pictures');
  await dispatch(page, { command: 'open_room', room: 'train' });

  await untilKept(page, trained.step);
  await page.reload();
  await ready(page);
  await waitForState(page, `s.step === ${trained.step} && s.data.name === "your own pictures"`);
  const after = await stateOf(page);
  expectEqual(after.own.classes, own.classes, 'classes after the reload');
  expectEqual(after.losses, trained.losses, 'losses after the reload');
  expectNoProblems(problems);
  return `${(100 * accuracy).toFixed(0)} % of ${count} drawings after ${trained.step} steps`;
}, 240);

test('own data: a set that is changed and not trained on comes back changed, and the run as it was', async () => {
  const { page, problems } = await openOwn(kTall);
  const addAll = async (/** @type {number} */ grey, /** @type {number} */ count) => {
    const coming = page.waitForEvent('filechooser');
    await clickWidget(page, 'own.files');
    const { own: { current, classes } } = await stateOf(page);
    await (await coming).setFiles(Array.from({ length: count }, (_, i) => pngOf(`${i}.png`, grey + i)));
    await waitForState(page, `s.own.classes[${current}].count === ${classes[current].count + count}`);
  };
  await addAll(10, 6);
  await dispatch(page, { command: 'own_class', name: 'bright' });
  await addAll(200, 6);
  await clickWidget(page, 'own.use');
  await waitForState(page, 's.data.name === "your own pictures" && s.configured && s.data.train_loaded > 0 && !s.own.open');
  await dispatch(page, { command: 'step', count: 20 });
  await waitForState(page, 's.step === 20 && s.status === "paused"');
  const trained = await stateOf(page);
  expectEqual(trained.own.changed, false, 'changed, before anything was');

  await dispatch(page, { command: 'own_open', open: true });
  await dispatch(page, { command: 'own_class', name: 'dark' });
  await addAll(100, 3);
  await dispatch(page, { command: 'own_remove', class: 1, picture: 0 });
  await waitForState(page, 's.own.changed && s.own.classes.map((c) => c.count).join() === "6,5,3"');
  await page.evaluate('convoscope.idle()');
  expect(/still learns the pictures as they were/.test((await widget(page, 'own.note')).label), (await widget(page, 'own.note')).label);
  const kept = (/** @type {string} */ key, /** @type {string} */ fits) => becomesTrue(page, `new Promise((done) => {
    const opened = indexedDB.open('convoscope');
    opened.onsuccess = () => {
      const got = opened.result.transaction('runs').objectStore('runs').get('${key}');
      got.onsuccess = () => { opened.result.close(); const kept = got.result; done(kept && (${fits})); };
    };
  })`);
  expect(await kept('own', '/"count":5/.test(kept.json)') && await kept('own-used', 'true') && await kept('present', 'kept.step === 20'), 'not all is kept');

  await page.reload();
  await ready(page);
  await waitForState(page, 's.step === 20 && s.data.name === "your own pictures" && s.losses.length === 20');
  const after = await stateOf(page);
  expectEqual(after.losses, trained.losses, 'losses');
  expectEqual(after.own.classes.map((/** @type {any} */ { count }) => count), [6, 5, 3], 'the set');
  expectEqual([after.data.classes, after.data.train_count, after.data.test_count], [trained.data.classes, trained.data.train_count, trained.data.test_count], 'what is trained on');
  expectEqual([after.own.changed, after.network.layers.at(-1).output_shape], [true, [2]], 'changed, and the network');

  await dispatch(page, { command: 'own_open', open: true });
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'own.use');
  await waitForState(page, 's.step === 0 && s.configured && s.data.classes.length === 3 && !s.own.changed');
  expectEqual((await stateOf(page)).network.layers.at(-1).output_shape, [3], 'outputs, with the present pictures');
  expectNoProblems(problems);
}, 90);

test('own data: files and folders become classes, and what is no picture is named', async () => {
  const { page, problems } = await openOwn(kTall);
  const coming = page.waitForEvent('filechooser');
  await clickWidget(page, 'own.files');
  const huge = pngOf('huge.png', 0);
  huge.buffer.writeUInt32BE(8000, 16);
  huge.buffer.writeUInt32BE(5000, 20);
  const half = pngOf('half.png', 9);
  half.buffer = half.buffer.subarray(0, 60);
  await (await coming).setFiles([pngOf('a.png', 10), pngOf('b.png', 20), huge, half, { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') }]);
  await waitForState(page, 's.own.classes[0].count === 2');
  const notice = page.locator('#notice');
  await notice.waitFor({ state: 'visible', timeout: 10_000 });
  const text = await notice.innerText();
  expect(/2 of 5/.test(text) && /huge\.png: it has 40 megapixels/.test(text) && /half\.png: it is damaged/.test(text) && /notes\.txt: it is no picture/.test(text), `it says: ${text}`);
  await notice.getByRole('button').click();

  // Two folders are dropped, as the browser hands them over.
  await page.evaluate(`(async () => {
    const bytes = Uint8Array.from(atob('${pngOf('x', 200).buffer.toString('base64')}'), (letter) => letter.charCodeAt(0));
    const fileOf = (name) => ({ isFile: true, name, file: (done) => done(new File([bytes], name, { type: 'image/png' })) });
    const folderOf = (name, files) => ({ isFile: false, name, createReader: () => { let left = files; return { readEntries: (done) => { const now = left; left = []; done(now); } }; } });
    const entries = [folderOf('cats', [fileOf('1.png'), fileOf('2.png'), fileOf('3.png')]), folderOf('dogs', [fileOf('4.png'), fileOf('5.png'), fileOf('6.png')])];
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([bytes], 'x.png', { type: 'image/png' }));
    DataTransferItem.prototype.webkitGetAsEntry = () => entries[0];
    document.getElementById('canvas').dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    DataTransferItem.prototype.webkitGetAsEntry = () => entries[1];
    document.getElementById('canvas').dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  })()`);
  await waitForState(page, 's.own.classes.map((c) => c.name + c.count).join() === "A2,cats3,dogs3"', 15);
  expect(/“A” has 2 of at least 3/.test((await widget(page, 'own.note')).label), 'it does not say what is missing');
  await clickWidget(page, 'own.class.0.delete');
  await waitForState(page, 's.own.classes.length === 2 && s.own.problem === ""');
  await page.evaluate('convoscope.idle()');
  await clickWidget(page, 'own.class.1.2');
  await waitForState(page, 's.own.classes[1].count === 2');
  await clickWidget(page, 'own.put_back');
  await waitForState(page, 's.own.classes[1].count === 3');
  await clickWidget(page, 'own.class.0.delete');
  await waitForState(page, '/^Two classes at least/.test(s.own.problem)');
  await page.evaluate('convoscope.idle()');
  expect((await widget(page, 'own.use')).disabled, 'one class can be trained on');
  expectNoProblems(problems);
}, 60);

test('own data: the camera shows what it sees, and a press takes it', async () => {
  const browser = await launch(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']);
  const { page, problems } = await openOwn({ browser, ...kDesk });
  await clickWidget(page, 'own.kind.colour');
  await waitForState(page, 's.own.kind === "colour"', 5);
  await clickWidget(page, 'own.camera');
  await waitForState(page, 's.own.camera === "live"', 20);
  for (let i = 1; i <= 3; i++) {
    await clickWidget(page, 'own.take');
    await waitForState(page, `s.own.classes[0].count === ${i}`, 10);
  }
  await clickWidget(page, 'own.close');
  await waitForState(page, 's.own.camera === "off" && !s.own.open', 10);
  expectNoProblems(problems);
}, 60);

test('own data: a refused camera is said, and the pad is there again', async () => {
  const browser = await launch(['--deny-permission-prompts']);
  const { page } = await openOwn({ browser, ...kDesk });
  await clickWidget(page, 'own.camera');
  const notice = page.locator('#notice');
  await notice.waitFor({ state: 'visible' });
  expect(/camera/.test(await notice.innerText()), 'the notice does not speak of the camera');
  await waitForState(page, 's.own.camera === "off"', 5);
  expect(await becomesTrue(page, 'convoscope.widgets().some((w) => w.id === "own.pad")', 5), 'there is no pad');
}, 60);
