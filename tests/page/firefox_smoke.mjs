// @ts-check
// Run by firefox_tests.mjs below a display of its own: opens the page in Firefox, goes through its rooms, prints what it saw as JSON.

import puppeteer from 'puppeteer-core';

const [, , url, executablePath] = process.argv;
const browser = await puppeteer.launch({
  browser: 'firefox', executablePath, headless: false, defaultViewport: { width: 1200, height: 800 },
  // Software rendering is on Firefox's list of what WebGL should not run on.
  extraPrefsFirefox: { 'webgl.force-enabled': true },
});
try {
  const page = await browser.newPage();
  /** @type {string[]} */
  const problems = [];
  page.on('pageerror', (error) => problems.push(error instanceof Error ? error.message : String(error)));
  page.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
  await page.goto(url);
  /** @param {string} expression */
  const until = async (expression) => {
    for (let tries = 0; !(await page.evaluate(expression)); tries++) {
      if (tries > 400) throw new Error(`in vain: ${expression}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  await until('globalThis.convoscope !== undefined');
  await page.evaluate('convoscope.ready');
  await until('convoscope.state().configured && convoscope.state().data.train_loaded > 0');
  await page.evaluate('convoscope.dispatch({ command: "step", count: 100 }).then(() => true)');
  const seen = await page.evaluate(`(() => {
    const { losses, engine, frames_drawn } = convoscope.state();
    return { losses, engine, frames_drawn, isolated: crossOriginIsolated };
  })()`);
  /** Opens a room and waits until it is drawn. @param {string} room */
  const open = async (room) => {
    await page.evaluate(`convoscope.dispatch({ command: 'open_room', room: '${room}' }).then(() => convoscope.idle())`);
    await until(`convoscope.state().room === '${room}'`);
  };
  /** A real click on a widget. @param {string} id */
  const click = async (id) => {
    await until(`convoscope.widgets().some((widget) => widget.id === '${id}' && !widget.disabled)`);
    const { rect } = /** @type {any} */ (await page.evaluate(`convoscope.widgets().find((widget) => widget.id === '${id}')`));
    await page.mouse.click(rect.x + rect.width / 2, rect.y + rect.height / 2, { delay: 80 });
  };
  await click('welcome.room.convolve');
  await until(`!convoscope.widgets().some((widget) => widget.id.startsWith('welcome.'))`);
  await open('convolve');
  const { step } = /** @type {any} */ (await page.evaluate('convoscope.state().convolve'));
  await click('convolve.next');
  await until(`convoscope.state().convolve.step === ${step + 1}`);
  /** A choice of the room, and what it makes true of its state. @param {string} id @param {string} condition */
  const choose = async (id, condition) => {
    await click(id);
    await until(`(({ convolve }) => ${condition})(convoscope.state())`);
    await page.evaluate('convoscope.idle()');
  };
  for (const operation of ['transposed', 'max_pool', 'average_pool', 'convolution']) {
    await choose(`convolve.operation.${operation}`, `convolve.operation === '${operation}'`);
  }
  for (const lens of ['matrix', 'im2col', 'volumes', 'window']) await choose(`convolve.lens.${lens}`, `convolve.lens === '${lens}'`);
  await choose('convolve.direction.backward', 'convolve.gradients !== undefined');
  await choose('convolve.direction.learn', 'convolve.learning?.losses.length === 1');
  await choose('convolve.next', 'convolve.learning.steps === 1');
  await choose('convolve.direction.forward', 'convolve.learning === undefined');
  await choose('convolve.scene.picture', 'convolve.photo.output.length > 0');
  await choose('convolve.scene.cells', "convolve.scene === 'cells'");
  await open('inspect');
  await until('convoscope.state().inspect?.neuron !== undefined');
  await click('inspect.conv2.5');
  await until('convoscope.state().inspect.pinned');
  const neuron = await page.evaluate(`(() => {
    const { layer, channel, base, engine_base } = convoscope.state().inspect.neuron;
    return { layer, channel, base, engine_base };
  })()`);
  console.log(JSON.stringify({ seen, neuron, problems }));
} finally {
  await browser.close();
}
