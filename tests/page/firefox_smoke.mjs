// @ts-check
// Run by firefox_tests.mjs below a display of its own: opens the page in Firefox, trains, prints what it saw as JSON.

import puppeteer from 'puppeteer-core';

const [, , url, executablePath] = process.argv;
const browser = await puppeteer.launch({
  browser: 'firefox', executablePath, headless: false,
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
  console.log(JSON.stringify({ seen, problems }));
} finally {
  await browser.close();
}
