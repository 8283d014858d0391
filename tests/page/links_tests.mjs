// @ts-check
// Links that nobody would write, in the page itself: each opens, or a notice says what was passed over. Ten thousand more
// go through the same code natively (tests/web/models/link_bounds_test.cpp).

import { becomesTrue, clickWidget, expectNoProblems, openLab, serve, stateOf, waitForState } from './support/lab.mjs';
import { generator } from './support/random.mjs';
import { expect, expectEqual, test } from './support/runner.mjs';

const kValid = [
  'v=1&room=convolve&input=7&kernel=3&stride=2&padding=1&dilation=1',
  'v=1&room=convolve&i=8&k=3&s=1&p=1&w=0,0,0,1,2,3,0,0,1&learn=sobel-x&rate=0.01',
  'v=1&room=convolve&i=5&k=3&s=1&p=0&learn=painted&t=1,2,3,4,5,6,7,8,9&rate=0.1',
  'v=1&room=convolve&channels=3&filters=2&lens=volumes&seen=40,-12,1.5&direction=backward&error=painted&e1=1,2,3',
  'v=1&room=convolve&operation=transposed&i=4&k=3&s=2&p=1&a=1&way=0.4&turn=1&order=random&step=3&bias=1',
  'v=1&room=convolve&channels=3&filters=2&groups=1&i=4,5&k=3,2&p=1,0,2,1&pad=circular&x1=1,2,3&w2=1,0,1,0,1,0&filter=1&channel=2&bias=1,2',
  'v=1&room=convolve&direction=backward&error=one&at=1,2&lens=im2col&operation=max_pool&d=2&picture=ghost&turn=0',
  'v=1&room=convolve&scene=picture&photo=rings&side=32&colour=1&plane=2&look=picture&kernel=gabor',
  'v=1&room=convolve&scene=picture&photo=data:3&side=64&colour=1&look=values&kernel=sobel-x',
  'v=1&room=inspect&network=lenet1&image=7&scale=map&layer=conv2&at=3.4.5',
  'v=1&room=train&learning_rate=0.004&momentum=0.9&batch_size=32&seed=5&first_step=10&last_step=90&hide=run',
];

/** @param {() => number} random @param {string[]} valid */
function damaged(random, valid) {
  const below = (/** @type {number} */ count) => Math.floor(random() * count);
  const junk = () => Array.from({ length: 1 + below(40) }, () => String.fromCharCode(1 + below(300))).join('');
  const nasty = ['-1', '0', '99999999999', '1e308', 'NaN', '%', '%00', '%ff', '\u{1F4A9}', '', '=', '&&', '0x7', junk()];
  if (below(4) === 0) return junk();
  let pairs = valid[below(valid.length)].split('&');
  for (let changes = 1 + below(4); changes > 0; changes--) {
    const at = below(pairs.length);
    const [name] = pairs[at].split('=');
    const change = below(4);
    if (change === 0) pairs[at] = `${name}=${nasty[below(nasty.length)]}`;
    else if (change === 1) pairs[at] = pairs[at].slice(0, below(pairs[at].length + 1)) + junk();
    else if (change === 2) pairs = pairs.concat(pairs.slice(0, at));
    else pairs.splice(at, 1, `${name}=${below(100000)}`);
  }
  return pairs.join('&');
}

test('links: fifteen hundred damaged ones each open or give a notice, and a click still works', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#room=train`);
  const written = /** @type {string[]} */ ([await page.evaluate('convoscope.link().split("#")[1]')]);
  for (const room of ['convolve', 'inspect']) {
    await page.evaluate(`convoscope.dispatch({ command: 'open_room', room: '${room}' })`);
    written.push(/** @type {string} */ (await page.evaluate('convoscope.link().split("#")[1]')));
  }
  const random = generator(20);
  const links = Array.from({ length: 1500 }, () => damaged(random, kValid.concat(written)));
  let notices = 0;
  for (let from = 0; from < links.length; from += 50) {
    notices += Number(await page.evaluate(`(async () => {
      let notices = 0;
      for (const link of ${JSON.stringify(links.slice(from, from + 50))}) {
        await convoscope.dispatch({ command: 'open_link', link });
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const { room } = convoscope.state();
        if (!['convolve', 'train', 'inspect'].includes(room)) throw new Error('no room after ' + link);
        notices += Number(convoscope.widgets().some((widget) => widget.id === 'toast'));
      }
      return notices;
    })()`));
  }
  expect(notices > 500, `only ${notices} notices`);
  await page.evaluate('location.hash = "#v=1&room=train&learning_rate=0.006"');
  expect(await becomesTrue(page, 'convoscope.state().settings.optimizer.learning_rate === 0.006', 10), 'a good link is not opened any more');
  expectEqual((await stateOf(page)).settings.optimizer.learning_rate, 0.006, 'rate');
  await clickWidget(page, 'room.convolve');
  await waitForState(page, 's.room === "convolve"', 10);
  expectNoProblems(problems);
  return `${notices} of 1500 with a notice on the screen`;
}, 400);

test('links: a notice speaks of the last link, and a good link takes it away', async () => {
  const { url } = await serve();
  const { page, problems } = await openLab(`${url}#v=1&room=convolve`);
  const told = () => page.evaluate('convoscope.widgets().filter((w) => w.id.startsWith("toast")).map((w) => w.label)');
  for (const pair of ['i=abc', 'unknown=5', 'i=33', 'k=40', 'step=99999']) {
    await page.evaluate(`location.hash = '#v=1&room=convolve&${pair}'`);
    const notice = `A part of the link was passed over: “${pair}”.`;
    expect(await becomesTrue(page, `convoscope.widgets().some((w) => w.id === 'toast' && w.label === '${notice}')`), `no notice of ${pair}: ${await told()}`);
    expectEqual(await told(), [notice], 'notices');
  }
  await page.evaluate(`location.hash = '#v=1&room=convolve&i=9'`);
  await waitForState(page, 's.convolve.height.input === 9', 10);
  await page.evaluate('convoscope.idle()');
  expectEqual(await told(), [], 'notices after a good link');
  expectNoProblems(problems);
});
