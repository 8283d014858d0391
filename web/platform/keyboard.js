// Keys, text and clipboard, as calls of the C functions in web_input.cpp. A library of Emscripten.

addToLibrary({
  $ConvoscopeKeyboard__deps: ['$ConvoscopeFrames', '$stringToNewUTF8', 'free'],
  $ConvoscopeKeyboard: {
    /** And closed nothing. */
    escapeWasLast: false,
    /** A field that input methods and soft keyboards write into; seen only while a word is being composed in it. @type {HTMLInputElement | null} */
    agent: null,

    /** @param {string} text @param {(pointer: number) => any} use */
    withText(text, use) {
      const pointer = stringToNewUTF8(text);
      const result = use(pointer);
      _free(pointer);
      return result;
    },

    /** Input methods of East Asia write digits of full width: they become ordinary ones. @param {string} text */
    type: (text) => ConvoscopeKeyboard.withText(text.normalize('NFKC'), _convoscope_input_text),

    /** @param {KeyboardEvent} event */
    modifiersOf: (event) => Number(event.shiftKey) + 2 * Number(event.ctrlKey) + 4 * Number(event.altKey) + 8 * Number(event.metaKey),

    /** A letter that the key writes, also one that takes AltGr, which comes as Ctrl and Alt. @param {KeyboardEvent} event */
    writes: (event) => event.key.length === 1 && (event.getModifierState('AltGraph') || (!event.ctrlKey && !event.metaKey)),

    /** Keys with Ctrl or Cmd are the browser's, but for undo, redo and those of text editing; a paste comes as an event of its own. @param {KeyboardEvent} event */
    belongsToBrowser(event) {
      if (event.code === 'Tab' && ConvoscopeKeyboard.escapeWasLast) return true;
      if (/^F\d/.test(event.code)) return true;
      if (ConvoscopeKeyboard.writes(event)) return false;
      if (event.altKey) return true;
      if (!event.ctrlKey && !event.metaKey) return false;
      if (/^Key[YZ]$/.test(event.code)) return false;
      return !(_convoscope_input_wants_text() && /^(Key[ACX]|Arrow.*|Home|End|Backspace|Delete)$/.test(event.code));
    },

    /** @param {KeyboardEvent} event */
    onKeyDown(event) {
      if (event.isComposing || event.keyCode === 229 || ConvoscopeKeyboard.belongsToBrowser(event)) return;
      ConvoscopeKeyboard.escapeWasLast = event.code === 'Escape' && !_convoscope_input_escape_closes();
      const modifiers = ConvoscopeKeyboard.modifiersOf(event);
      const used = ConvoscopeKeyboard.withText(event.code, (code) => _convoscope_input_key(code, 1, modifiers));
      const isText = ConvoscopeKeyboard.writes(event);
      if (isText && event.target === ConvoscopeKeyboard.agent) return;  // it comes as an input event
      if (isText && _convoscope_input_wants_text()) ConvoscopeKeyboard.type(event.key);
      if (used) event.preventDefault();
    },

    /** @param {KeyboardEvent} event */
    onKeyUp(event) {
      const modifiers = ConvoscopeKeyboard.modifiersOf(event);
      ConvoscopeKeyboard.withText(event.code, (code) => _convoscope_input_key(code, 0, modifiers));
    },

    /** @param {ClipboardEvent} event */
    onPaste(event) {
      const text = event.clipboardData?.getData('text/plain');
      if (!text || !_convoscope_input_wants_text()) return;
      ConvoscopeKeyboard.withText(text, _convoscope_input_paste);
      event.preventDefault();
    },

    makeAgent() {
      const agent = document.createElement('input');
      Object.assign(agent, { type: 'text', autocapitalize: 'off', autocomplete: 'off', spellcheck: false, tabIndex: -1 });
      agent.setAttribute('aria-hidden', 'true');
      agent.id = 'typed';  // its looks stand in style.css
      ConvoscopeFrames.canvas().parentElement?.append(agent);
      agent.value = ' ';  // something to delete, so that a soft keyboard's Backspace arrives
      agent.addEventListener('input', (event) => ConvoscopeKeyboard.onAgentInput(/** @type {InputEvent} */ (event)));
      agent.addEventListener('compositionstart', () => agent.classList.add('composing'));
      agent.addEventListener('compositionend', (event) => {
        agent.classList.remove('composing');
        agent.style.width = '';
        if (event.data) ConvoscopeKeyboard.type(event.data);
        agent.value = ' ';
      });
      ConvoscopeKeyboard.agent = agent;
      return agent;
    },

    /** @param {InputEvent} event */
    onAgentInput(event) {
      const { agent } = ConvoscopeKeyboard;
      if (event.isComposing || /Composition/.test(event.inputType)) {
        if (agent) {
          agent.style.width = '1px';
          agent.style.width = `${agent.scrollWidth}px`;
        }
        return;
      }
      if (event.inputType === 'deleteContentBackward') {
        for (const down of [1, 0]) ConvoscopeKeyboard.withText('Backspace', (code) => _convoscope_input_key(code, down, 0));
      } else if (event.data) {
        ConvoscopeKeyboard.type(event.data);
      }
      if (agent) agent.value = ' ';
    },

    /**
     * After a press. A soft keyboard opens only while the gesture is being handled, so frames are drawn here: the press
     * takes up to three (a finger's comes and goes in one event), the field that it opens some more to have the focus.
     */
    settleAgent() {
      const kMostFrames = 8;
      for (let i = 0; i < kMostFrames && (i < 2 || _convoscope_input_is_unsettled()); i++) ConvoscopeFrames.drawFrame();
      ConvoscopeKeyboard.followText(Boolean(_convoscope_input_wants_text()));
    },

    /** The keys go to where text is wanted, and back; a control of the mirror keeps them. @param {boolean} wanted */
    followText(wanted) {
      const { agent } = ConvoscopeKeyboard;
      const canvas = ConvoscopeFrames.canvas();
      if (wanted && document.activeElement === canvas) agent?.focus({ preventScroll: true });
      else if (!wanted && document.activeElement === agent) canvas.focus({ preventScroll: true });
    },

    watch() {
      for (const target of [ConvoscopeFrames.canvas(), ConvoscopeKeyboard.makeAgent()]) {
        target.addEventListener('keydown', ConvoscopeKeyboard.onKeyDown);
        target.addEventListener('keyup', ConvoscopeKeyboard.onKeyUp);
        target.addEventListener('paste', ConvoscopeKeyboard.onPaste);
      }
      addEventListener('blur', () => _convoscope_input_focus(0));
      addEventListener('focus', () => _convoscope_input_focus(1));
    },

    /** Where the page may not write into the clipboard by itself, the browser's own copy does. @param {string} text */
    copy(text) {
      const byCommand = () => {
        const field = document.createElement('textarea');
        field.value = text;
        Object.assign(field.style, { position: 'fixed', top: '0', opacity: '0' });
        document.body.append(field);
        field.select();
        document.execCommand('copy');
        field.remove();
        ConvoscopeFrames.canvas().focus({ preventScroll: true });
      };
      if (navigator.clipboard) navigator.clipboard.writeText(text).catch(byCommand);
      else byCommand();
    },
  },

  convoscope_set_text_input__deps: ['$ConvoscopeKeyboard'],
  convoscope_set_text_input: (wanted, x, y, height) => {
    const { agent } = ConvoscopeKeyboard;
    if (!agent) return;
    Object.assign(agent.style, { left: `${x}px`, top: `${y}px`, height: `${Math.max(1, height)}px` });
    ConvoscopeKeyboard.followText(Boolean(wanted));
  },

  convoscope_write_clipboard__deps: ['$ConvoscopeKeyboard', '$UTF8ToString'],
  convoscope_write_clipboard: (text) => ConvoscopeKeyboard.copy(UTF8ToString(text)),
});
