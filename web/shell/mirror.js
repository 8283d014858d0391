// @ts-check
// The canvas once more as ordinary controls, for screen readers and the keyboard: each lies unseen over its picture.

import { announce } from './messages.js';
import { fillTable } from './mirror-table.js';

/** @typedef {import('./app-module.js').App} App */
/** @typedef {{x: number, y: number, width: number, height: number}} Rectangle */
/** @typedef {import('./mirror-table.js').Table} Table */
/**
 * @typedef {object} Widget
 * @property {string} id
 * @property {string} label
 * @property {string} role
 * @property {string} [value]
 * @property {number} [min]
 * @property {number} [max]
 * @property {number} [now]
 * @property {number} [step]
 * @property {Rectangle} rect
 * @property {boolean} [disabled]
 * @property {boolean} [selected]
 */

const kIntervalMilliseconds = 250;
/** Tables follow slowly, so that they cost no frame while the page trains. */
const kTableIntervalMilliseconds = 1000;
const kPressed = new Set(['button', 'switch', 'radio', 'tab', 'combobox', 'menuitem', 'link']);

export class Mirror {
  /** @type {App} */
  #app;
  /** @type {HTMLElement} */
  #root;
  #lastText = '';
  #lastTables = '';
  #tablesDue = 0;
  /** By the widget whose numbers they hold, and as text to tell a new one by. @type {Map<string, {table: Table, text: string}>} */
  #tables = new Map();
  /** @type {Map<string, HTMLElement>} */
  #elements = new Map();
  /** What each was last told, so that only what changed is told again. @type {WeakMap<HTMLElement, string>} */
  #told = new WeakMap();

  /** @param {App} app @param {HTMLElement} root */
  constructor(app, root) {
    this.#app = app;
    this.#root = root;
    setInterval(() => this.update(), kIntervalMilliseconds);
  }

  update() {
    if (document.hidden) return;
    const tablesAreNew = this.#takeTables();
    const text = this.#app.widgetsText();
    if (text === this.#lastText && !tablesAreNew) return;
    this.#lastText = text;
    /** @type {Widget[]} */
    const widgets = JSON.parse(text);
    const shown = new Set(widgets.map(({ id, role }) => `${role} ${id}`));
    for (const [key, element] of this.#elements) {
      if (shown.has(key)) continue;
      element.remove();
      this.#elements.delete(key);
    }
    /** @type {Element | null} */
    let before = this.#root.firstElementChild;
    for (const widget of widgets) {
      const key = `${widget.role} ${widget.id}`;
      const element = this.#elements.get(key) ?? this.#create(key, widget);
      this.#tell(element, widget);
      if (element === before) before = before.nextElementSibling;
      else this.#root.insertBefore(element, before);  // only what moved: inserting takes the focus away
    }
  }

  /** Whether there is something new in them. */
  #takeTables() {
    if (performance.now() < this.#tablesDue) return false;
    this.#tablesDue = performance.now() + kTableIntervalMilliseconds;
    const text = this.#app.tablesText();
    if (text === this.#lastTables) return false;
    this.#lastTables = text;
    /** @type {Table[]} */
    const tables = JSON.parse(text);
    this.#tables = new Map(tables.map((table) => [table.id, { table, text: JSON.stringify(table) }]));
    return true;
  }

  /** @param {string} key @param {Widget} widget */
  #create(key, { id, role, now }) {
    /** @type {HTMLElement} */
    let element;
    if (role === 'slider' && now !== undefined) {
      const input = document.createElement('input');
      input.type = 'range';
      input.onkeydown = passOn;
      input.oninput = () => this.#app.dispatch({ command: 'set_widget', id, value: Number(input.value) });
      element = input;
    } else if (role === 'textbox' && now !== undefined) {
      const input = document.createElement('input');
      input.type = 'number';
      input.step = 'any';
      input.onchange = () => this.#app.dispatch({ command: 'set_widget', id, value: input.valueAsNumber });
      element = input;
    } else if (kPressed.has(role)) {
      const button = document.createElement('button');
      button.type = 'button';
      button.onclick = () => this.#app.dispatch({ command: 'activate_widget', id });
      element = button;
    } else {
      element = document.createElement('div');
    }
    element.dataset.widget = id;
    if (element.matches('button, input')) element.onfocus = () => this.#app.dispatch({ command: 'focus_widget', id });
    this.#elements.set(key, element);
    return element;
  }

  /** @param {HTMLElement} element @param {Widget} widget */
  #tell(element, widget) {
    const { id, rect } = widget;
    const news = JSON.stringify(widget) + (this.#tables.get(id)?.text ?? '');
    const isMoved = element instanceof HTMLInputElement;  // by its user, too
    if (this.#told.get(element) === news && !isMoved) return;
    this.#told.set(element, news);
    place(element, rect);
    this.#describe(element, widget);
  }

  /** @param {HTMLElement} element @param {Widget} widget */
  #describe(element, widget) {
    const { label, role, value = '', min, max, now, step = 'any', disabled = false, selected = false } = widget;
    if (element instanceof HTMLInputElement) {
      set(element, 'aria-label', label);
      set(element, 'aria-valuetext', value);
      if (min !== undefined) element.min = String(min);
      if (max !== undefined) element.max = String(max);
      if (element.type === 'range') element.step = String(step);
      const editing = element.type === 'number' && document.activeElement === element;
      if (!editing && element.valueAsNumber !== now) element.value = String(now ?? 0);
      element.disabled = disabled;
    } else if (element instanceof HTMLButtonElement) {
      const text = value && role === 'combobox' ? `${label}: ${value}` : label;
      if (element.textContent !== text) element.textContent = text;
      if (role === 'switch' || role === 'radio') set(element, 'aria-pressed', String(selected));
      if (role === 'combobox') set(element, 'aria-haspopup', 'menu');
      if (role === 'tab') set(element, 'aria-current', selected ? 'page' : 'false');
      element.disabled = disabled;
    } else {
      this.#describePassive(element, widget);
    }
  }

  /** What is only looked at: a table where there is one, else a sentence. @param {HTMLElement} element @param {Widget} widget */
  #describePassive(element, { id, label, role, value = '' }) {
    const table = this.#tables.get(id)?.table;
    if (table) {
      element.removeAttribute('role');
      element.removeAttribute('aria-label');
      fillTable(element, table);
      return;
    }
    const text = value ? `${label}: ${value}` : label;
    if (element.textContent !== text) {
      element.textContent = text;
      if (id === 'toast' || id.endsWith('.cell')) announce(text);  // the newest toast; where the arrows are
    }
    if (role === 'img' || role === 'figure' || role === 'grid') {
      set(element, 'role', 'img');
      set(element, 'aria-label', text);
    }
  }
}

/** The arrows move what is mirrored as far as they move it on the canvas. @param {KeyboardEvent} event */
function passOn(event) {
  const code = { ArrowUp: 'ArrowRight', ArrowDown: 'ArrowLeft', ArrowRight: 'ArrowRight', ArrowLeft: 'ArrowLeft' }[event.code];
  if (!code) return;
  event.preventDefault();
  for (const type of ['keydown', 'keyup']) {
    document.getElementById('canvas')?.dispatchEvent(new KeyboardEvent(type, { code, key: code, shiftKey: event.shiftKey }));
  }
}

/** @param {HTMLElement} element @param {Rectangle} rectangle */
function place({ style }, { x, y, width, height }) {
  style.left = `${x}px`;
  style.top = `${y}px`;
  style.width = `${width}px`;
  style.height = `${height}px`;
}

/** @param {HTMLElement} element @param {string} name @param {string} value */
function set(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
