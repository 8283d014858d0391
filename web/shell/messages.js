// @ts-check
// What the page says in words, outside the canvas.

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** Progress, over the layout that is shown until the first frame. @param {string} text */
export function sayLoading(text) {
  element('loading').textContent = text;
}

/** The program has drawn itself: its picture takes the place of the layout. */
export function showCanvas() {
  element('canvas').classList.add('drawn');
  element('ghost').hidden = true;
  element('loading').hidden = true;
}

/** For screen readers, when they have time. @param {string} text */
export function announce(text) {
  element('news').textContent = text;
}

const kSettleMilliseconds = 250;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let soon;

/** The same for what may change at every frame, such as a slider that is dragged: the last word is said. @param {string} text */
export function announceSoon(text) {
  clearTimeout(soon);
  soon = setTimeout(() => announce(text), kSettleMilliseconds);
}

/** @param {string} text @param {string} kind @param {{label: string, act: () => void}[]} ways */
function fillNotice(text, kind, ways) {
  const notice = element('notice');
  notice.className = kind;
  const paragraph = document.createElement('p');
  paragraph.textContent = text;
  const buttons = ways.map(({ label, act }) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = label;
    button.onclick = () => {
      notice.hidden = true;
      act();
    };
    return button;
  });
  notice.replaceChildren(paragraph, ...buttons);
  notice.hidden = false;
}

/**
 * A problem, in one sentence, with what can be done about it.
 * @param {string} text @param {{label: string, act: () => void} | null} [remedy]
 */
export function showNotice(text, remedy = null) {
  fillNotice(text, 'problem', remedy ? [remedy] : []);
}

/** Something good to know, that can wait. @param {string} text @param {{label: string, act: () => void}} way */
export function showNews(text, way) {
  fillNotice(text, 'news', [way, { label: 'Later', act: () => {} }]);
}

export function hideNotice() {
  element('notice').hidden = true;
}

/** Instead of the laboratory: what this browser lacks. @param {string[]} missing */
export function showUnsupported(missing) {
  const page = document.createElement('div');
  page.className = 'plain';
  page.id = 'unsupported';
  const add = (/** @type {string} */ tag, /** @type {string} */ text, /** @type {HTMLElement} */ parent = page) => {
    const child = document.createElement(tag);
    child.textContent = text;
    parent.append(child);
    return child;
  };
  add('h2', 'Convoscope cannot run in this browser');
  add('p', 'It lacks:');
  const list = add('ul', '');
  for (const feature of missing) add('li', feature, list);
  add('p', 'Chrome and Edge have it from version 91, Firefox from 113, Safari from 16.4, on computers and phones.');
  add('p', 'If the browser is new enough, WebGL may be switched off: look for “hardware acceleration” in its settings.');
  const button = add('button', 'Try again');
  button.className = 'ordinary';
  button.onclick = () => location.reload();
  document.body.append(page);
}
