// @ts-check
// What an earlier visit left in this browser: the reader's preferences and the last state. A browser may refuse either.

const kPrefix = 'convoscope.';
let refusalIsSaid = false;

/** @param {'preferences' | 'last'} what */
export function kept(what) {
  try {
    return localStorage.getItem(kPrefix + what) ?? '';
  } catch {
    return '';
  }
}

/** False when the browser refuses, the first time. @param {'preferences' | 'last'} what @param {string} text */
export function keep(what, text) {
  try {
    localStorage.setItem(kPrefix + what, text);
    return true;
  } catch {
    return !isFirstRefusal();
  }
}

/** True once: a browser that keeps nothing is worth one sentence, whatever it refuses. */
export function isFirstRefusal() {
  const isNews = !refusalIsSaid;
  refusalIsSaid = true;
  return isNews;
}
