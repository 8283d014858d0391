// The browser's side of web/platform: canvas size, pointers, keys, text and clipboard, as calls of the C functions in
// platform_web.cpp and web_input.cpp. A library of Emscripten: it becomes part of app.js.

addToLibrary({
  $ConvoscopeInput__deps: ['$GL', '$stringToNewUTF8', 'free'],
  // Emscripten copies a library's object as text, and would make `{}` of a Map.
  $ConvoscopeInput__postset: 'ConvoscopeInput.touches = new Map();',
  $ConvoscopeInput: {
    /** Wheel steps of Dear ImGui scroll five lines of 13 px. */
    pixelsPerWheelStep: 65,
    longPressMilliseconds: 400,
    /** A finger that moves less than this is still tapping. */
    tapSlopPixels: 10,
    sources: { mouse: 0, touch: 1, pen: 2 },
    acts: { move: 0, down: 1, up: 2, leave: 3 },
    frameIsScheduled: false,
    /** Becomes signalled when the graphics process has drawn the last frame. @type {WebGLSync | null} */
    lastFrame: null,
    escapeWasLast: false,
    /** @type {HTMLInputElement | null} */
    agent: null,
    agentIsWanted: false,
    /** Where each finger is on the screen: a Map of pointer's number to {x, y}. */
    touches: /** @type {any} */ (null),
    /** What the first finger does. @type {{mode: string, x: number, y: number, speed: number, time: number, timer: number} | null} */
    gesture: null,

    /** @returns {HTMLCanvasElement} */
    canvas: () => Module['canvas'],

    /** @param {string} text @param {(pointer: number) => any} use */
    withText(text, use) {
      const pointer = stringToNewUTF8(text);
      const result = use(pointer);
      _free(pointer);
      return result;
    },

    /** @param {PointerEvent | WheelEvent} event */
    place(event) {
      const box = ConvoscopeInput.canvas().getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    },

    /** @param {string} act @param {string} type @param {number} button @param {{x: number, y: number}} at */
    send(act, type, button, at) {
      const source = ConvoscopeInput.sources[type] ?? 0;
      _convoscope_input_pointer(ConvoscopeInput.acts[act], source, button, at.x, at.y);
    },

    /** Dear ImGui numbers right 1 and middle 2. @param {number} button */
    buttonOf: (button) => [0, 2, 1, 3, 4][button] ?? 0,

    /** @param {PointerEvent} event */
    onPointerDown(event) {
      const canvas = ConvoscopeInput.canvas();
      if (document.activeElement !== ConvoscopeInput.agent) canvas.focus({ preventScroll: true });
      canvas.setPointerCapture(event.pointerId);
      ConvoscopeInput.escapeWasLast = false;
      if (event.pointerType === 'touch') return ConvoscopeInput.onTouchDown(event);
      ConvoscopeInput.send('down', event.pointerType, ConvoscopeInput.buttonOf(event.button), ConvoscopeInput.place(event));
    },

    /** @param {PointerEvent} event */
    onPointerMove(event) {
      if (event.pointerType === 'touch') return ConvoscopeInput.onTouchMove(event);
      ConvoscopeInput.send('move', event.pointerType, 0, ConvoscopeInput.place(event));
    },

    /** @param {PointerEvent} event */
    onPointerUp(event) {
      if (event.pointerType === 'touch') ConvoscopeInput.onTouchUp(event);
      else ConvoscopeInput.send('up', event.pointerType, ConvoscopeInput.buttonOf(event.button), ConvoscopeInput.place(event));
      ConvoscopeInput.settleAgent();
    },

    /** @param {PointerEvent} event */
    onPointerCancel(event) {
      ConvoscopeInput.touches.delete(event.pointerId);
      ConvoscopeInput.endGesture();
      for (const button of [0, 1, 2]) {
        _convoscope_input_pointer(ConvoscopeInput.acts.up, ConvoscopeInput.sources[event.pointerType] ?? 0, button, -1, -1);
      }
      ConvoscopeInput.send('leave', event.pointerType, 0, { x: 0, y: 0 });
    },

    /** The first finger waits until it is clear whether it taps, drags or scrolls. @param {PointerEvent} event */
    onTouchDown(event) {
      const at = ConvoscopeInput.place(event);
      ConvoscopeInput.touches.set(event.pointerId, at);
      if (ConvoscopeInput.touches.size > 1) {
        if (ConvoscopeInput.gesture?.mode === 'drag') ConvoscopeInput.send('up', 'touch', 0, { x: -1, y: -1 });
        ConvoscopeInput.endGesture();
        return;
      }
      const timer = setTimeout(ConvoscopeInput.onLongPress, ConvoscopeInput.longPressMilliseconds);
      ConvoscopeInput.gesture = { mode: 'wait', x: at.x, y: at.y, speed: 0, time: event.timeStamp, timer };
      ConvoscopeInput.send('move', 'touch', 0, at);
    },

    onLongPress() {
      const gesture = ConvoscopeInput.gesture;
      if (gesture?.mode !== 'wait') return;
      gesture.mode = 'done';
      ConvoscopeInput.send('down', 'touch', 1, gesture);
      ConvoscopeInput.send('up', 'touch', 1, gesture);
    },

    /** @param {PointerEvent} event */
    onTouchMove(event) {
      const before = ConvoscopeInput.touches.get(event.pointerId);
      const at = ConvoscopeInput.place(event);
      if (!before) return;
      ConvoscopeInput.touches.set(event.pointerId, at);
      const fingers = ConvoscopeInput.touches.size;
      if (fingers > 1) return ConvoscopeInput.scroll((before.x - at.x) / fingers, (before.y - at.y) / fingers);
      const gesture = ConvoscopeInput.gesture;
      if (!gesture) return;
      if (gesture.mode === 'wait') ConvoscopeInput.decide(gesture, at);
      if (gesture.mode === 'drag') ConvoscopeInput.send('move', 'touch', 0, at);
      if (gesture.mode === 'scroll') {
        const elapsed = Math.max(1, event.timeStamp - gesture.time);
        gesture.speed = 0.6 * gesture.speed + 0.4 * (before.y - at.y) / elapsed;
        gesture.time = event.timeStamp;
        ConvoscopeInput.scroll(0, before.y - at.y);
      }
    },

    /** @param {{mode: string, x: number, y: number, timer: number}} gesture @param {{x: number, y: number}} at */
    decide(gesture, at) {
      const across = Math.abs(at.x - gesture.x);
      const down = Math.abs(at.y - gesture.y);
      if (Math.max(across, down) < ConvoscopeInput.tapSlopPixels) return;
      clearTimeout(gesture.timer);
      gesture.mode = down > across ? 'scroll' : 'drag';
      if (gesture.mode === 'drag') ConvoscopeInput.send('down', 'touch', 0, gesture);
    },

    /** @param {PointerEvent} event */
    onTouchUp(event) {
      const gesture = ConvoscopeInput.gesture;
      ConvoscopeInput.touches.delete(event.pointerId);
      const at = ConvoscopeInput.place(event);
      if (gesture?.mode === 'wait') ConvoscopeInput.send('down', 'touch', 0, gesture);
      if (gesture?.mode === 'wait' || gesture?.mode === 'drag') ConvoscopeInput.send('up', 'touch', 0, at);
      if (gesture?.mode === 'scroll') ConvoscopeInput.glide(gesture.speed);
      else ConvoscopeInput.send('leave', 'touch', 0, at);
      ConvoscopeInput.endGesture();
    },

    endGesture() {
      if (ConvoscopeInput.gesture) clearTimeout(ConvoscopeInput.gesture.timer);
      ConvoscopeInput.gesture = null;
    },

    /** @param {number} right @param {number} down  in CSS pixels */
    scroll(right, down) {
      _convoscope_input_wheel(right / ConvoscopeInput.pixelsPerWheelStep, down / ConvoscopeInput.pixelsPerWheelStep);
    },

    /** A scroll runs out after the finger has left. @param {number} speed  in CSS pixels a millisecond */
    glide(speed) {
      let last = performance.now();
      const step = (/** @type {number} */ now) => {
        const elapsed = Math.min(50, now - last);
        last = now;
        speed *= Math.exp(-elapsed / 300);
        const over = Math.abs(speed) < 0.02 || ConvoscopeInput.touches.size > 0;
        if (over) return ConvoscopeInput.send('leave', 'touch', 0, { x: 0, y: 0 });
        ConvoscopeInput.scroll(0, speed * elapsed);
        requestAnimationFrame(step);
      };
      requestAnimationFrame(step);
    },

    /** @param {WheelEvent} event */
    onWheel(event) {
      if (event.ctrlKey) return;  // the browser's zoom
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : 1;
      const pages = event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? innerHeight : 1;
      ConvoscopeInput.scroll(event.deltaX * lines * pages, event.deltaY * lines * pages);
    },

    /** @param {KeyboardEvent} event */
    modifiersOf: (event) => Number(event.shiftKey) + 2 * Number(event.ctrlKey) + 4 * Number(event.altKey) + 8 * Number(event.metaKey),

    /** Keys with Ctrl or Cmd are the browser's, but for those of text editing. @param {KeyboardEvent} event */
    belongsToBrowser(event) {
      if (event.code === 'Tab' && ConvoscopeInput.escapeWasLast) return true;
      if (/^F\d/.test(event.code)) return true;
      if (!event.ctrlKey && !event.metaKey) return false;
      return !(_convoscope_input_wants_text() && /^(Key[ACXYZ]|Arrow.*|Home|End|Backspace|Delete)$/.test(event.code));
    },

    /** @param {KeyboardEvent} event */
    onKeyDown(event) {
      if (event.isComposing || event.keyCode === 229 || ConvoscopeInput.belongsToBrowser(event)) return;
      ConvoscopeInput.escapeWasLast = event.code === 'Escape';
      const modifiers = ConvoscopeInput.modifiersOf(event);
      const used = ConvoscopeInput.withText(event.code, (code) => _convoscope_input_key(code, 1, modifiers));
      const isText = event.key.length === 1 && !event.ctrlKey && !event.metaKey;
      if (isText && event.target === ConvoscopeInput.agent) return;  // it comes as an input event
      if (isText && _convoscope_input_wants_text()) ConvoscopeInput.withText(event.key, _convoscope_input_text);
      if (used) event.preventDefault();
    },

    /** @param {KeyboardEvent} event */
    onKeyUp(event) {
      const modifiers = ConvoscopeInput.modifiersOf(event);
      ConvoscopeInput.withText(event.code, (code) => _convoscope_input_key(code, 0, modifiers));
    },

    /** @param {ClipboardEvent} event */
    onPaste(event) {
      const text = event.clipboardData?.getData('text/plain');
      if (!text || !_convoscope_input_wants_text()) return;
      ConvoscopeInput.withText(text, _convoscope_input_paste);
      event.preventDefault();
    },

    /** An unseen field that input methods and soft keyboards write into. */
    makeAgent() {
      const agent = document.createElement('input');
      Object.assign(agent, { type: 'text', autocapitalize: 'off', autocomplete: 'off', spellcheck: false, tabIndex: -1 });
      agent.setAttribute('aria-hidden', 'true');
      // 16 px, or iOS zooms in on it.
      Object.assign(agent.style, { position: 'absolute', left: '0', top: '0', width: '1px', height: '1px', fontSize: '16px', opacity: '0', border: '0', padding: '0', pointerEvents: 'none' });
      ConvoscopeInput.canvas().parentElement?.append(agent);
      agent.value = ' ';  // something to delete, so that a soft keyboard's Backspace arrives
      agent.addEventListener('input', (event) => ConvoscopeInput.onAgentInput(/** @type {InputEvent} */ (event)));
      agent.addEventListener('compositionend', (event) => {
        if (event.data) ConvoscopeInput.withText(event.data, _convoscope_input_text);
        agent.value = ' ';
      });
      ConvoscopeInput.agent = agent;
      return agent;
    },

    /** @param {InputEvent} event */
    onAgentInput(event) {
      if (event.isComposing || event.inputType.startsWith('insertComposition')) return;
      if (event.inputType === 'deleteContentBackward') {
        for (const down of [1, 0]) ConvoscopeInput.withText('Backspace', (code) => _convoscope_input_key(code, down, 0));
      } else if (event.data) {
        ConvoscopeInput.withText(event.data, _convoscope_input_text);
      }
      if (ConvoscopeInput.agent) ConvoscopeInput.agent.value = ' ';
    },

    /** A soft keyboard opens only while the gesture is being handled, so a frame is drawn here. */
    settleAgent() {
      _convoscope_platform_frame();
      _convoscope_platform_frame();
      const { agent } = ConvoscopeInput;
      if (_convoscope_input_wants_text()) agent?.focus({ preventScroll: true });
      else if (document.activeElement === agent) ConvoscopeInput.canvas().focus({ preventScroll: true });
    },

    /** The canvas has as many pixels as the screen has under it. */
    watchSize() {
      const canvas = ConvoscopeInput.canvas();
      const stage = /** @type {HTMLElement} */ (canvas.parentElement);
      const resize = (/** @type {number} */ width, /** @type {number} */ height) => {
        const cssWidth = stage.clientWidth;
        const cssHeight = stage.clientHeight;
        if (!cssWidth || !cssHeight) return;
        canvas.width = width;
        canvas.height = height;
        _convoscope_platform_resize(cssWidth, cssHeight, width / cssWidth);
        _convoscope_platform_frame();  // before the browser shows the stretched old picture
      };
      const observer = new ResizeObserver(([entry]) => {
        const pixels = entry.devicePixelContentBoxSize?.[0];
        if (pixels) resize(pixels.inlineSize, pixels.blockSize);
        else resize(Math.round(stage.clientWidth * devicePixelRatio), Math.round(stage.clientHeight * devicePixelRatio));
      });
      try {
        observer.observe(stage, { box: 'device-pixel-content-box' });
      } catch {
        observer.observe(stage);  // Safari; a changed ratio comes by the media query
      }
      const watchRatio = () => matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', () => {
        resize(Math.round(stage.clientWidth * devicePixelRatio), Math.round(stage.clientHeight * devicePixelRatio));
        watchRatio();
      }, { once: true });
      watchRatio();
      resize(Math.round(stage.clientWidth * devicePixelRatio), Math.round(stage.clientHeight * devicePixelRatio));
    },

    watchPreferences() {
      const reduced = matchMedia('(prefers-reduced-motion: reduce)');
      const dark = matchMedia('(prefers-color-scheme: dark)');
      const tell = () => _convoscope_input_preferences(Number(reduced.matches), Number(dark.matches));
      reduced.addEventListener('change', tell);
      dark.addEventListener('change', tell);
      tell();
    },

    watchPage() {
      const canvas = ConvoscopeInput.canvas();
      document.addEventListener('visibilitychange', () => _convoscope_platform_visible(Number(!document.hidden)));
      addEventListener('blur', () => _convoscope_input_focus(0));
      addEventListener('focus', () => _convoscope_input_focus(1));
      canvas.addEventListener('webglcontextlost', (event) => {
        event.preventDefault();  // or it would never be restored
        canvas.style.opacity = '0.4';
        _convoscope_platform_context(1);
      });
      canvas.addEventListener('webglcontextrestored', () => {
        canvas.style.opacity = '';
        ConvoscopeInput.lastFrame = null;
        _convoscope_platform_context(0);
      });
    },

    /** The last frame is still being drawn: another would only wait behind it, and hold up what is drawing. */
    graphicsAreBusy() {
      const { lastFrame } = ConvoscopeInput;
      if (!lastFrame || GLctx.isContextLost()) return false;
      if (GLctx.getSyncParameter(lastFrame, GLctx.SYNC_STATUS) !== GLctx.SIGNALED) return true;
      GLctx.deleteSync(lastFrame);
      ConvoscopeInput.lastFrame = null;
      return false;
    },

    markFrame() {
      if (ConvoscopeInput.lastFrame) GLctx.deleteSync(ConvoscopeInput.lastFrame);
      ConvoscopeInput.lastFrame = GLctx.fenceSync(GLctx.SYNC_GPU_COMMANDS_COMPLETE, 0);
      GLctx.flush();
    },

    watchPointers() {
      const canvas = ConvoscopeInput.canvas();
      canvas.addEventListener('pointerdown', ConvoscopeInput.onPointerDown);
      canvas.addEventListener('pointermove', ConvoscopeInput.onPointerMove);
      canvas.addEventListener('pointerup', ConvoscopeInput.onPointerUp);
      canvas.addEventListener('pointercancel', ConvoscopeInput.onPointerCancel);
      canvas.addEventListener('pointerleave', (event) => ConvoscopeInput.send('leave', event.pointerType, 0, { x: 0, y: 0 }));
      canvas.addEventListener('wheel', ConvoscopeInput.onWheel, { passive: false });
      canvas.addEventListener('contextmenu', (event) => event.preventDefault());
    },
  },

  convoscope_input_install__deps: ['$ConvoscopeInput'],
  convoscope_input_install: () => {
    const canvas = ConvoscopeInput.canvas();
    for (const target of [canvas, ConvoscopeInput.makeAgent()]) {
      target.addEventListener('keydown', ConvoscopeInput.onKeyDown);
      target.addEventListener('keyup', ConvoscopeInput.onKeyUp);
      target.addEventListener('paste', ConvoscopeInput.onPaste);
    }
    ConvoscopeInput.watchPointers();
    ConvoscopeInput.watchPreferences();
    ConvoscopeInput.watchPage();
    ConvoscopeInput.watchSize();
    if (document.activeElement === document.body) canvas.focus({ preventScroll: true });
  },

  // GLFW's own listeners take Tab and Backspace from the whole page, and every touch at its old place.
  convoscope_input_release_glfw__deps: ['$GLFW'],
  convoscope_input_release_glfw: () => {
    const pairs = {
      keydown: GLFW.onKeydown, keypress: GLFW.onKeyPress, keyup: GLFW.onKeyup, blur: GLFW.onBlur,
      touchmove: GLFW.onMousemove, touchstart: GLFW.onMouseButtonDown, touchcancel: GLFW.onMouseButtonUp,
      touchend: GLFW.onMouseButtonUp, mousemove: GLFW.onMousemove, mousedown: GLFW.onMouseButtonDown,
      mouseup: GLFW.onMouseButtonUp, wheel: GLFW.onMouseWheel, mousewheel: GLFW.onMouseWheel,
      mouseenter: GLFW.onMouseenter, mouseleave: GLFW.onMouseleave, drop: GLFW.onDrop, dragover: GLFW.onDragover,
    };
    for (const [name, listener] of Object.entries(pairs)) {
      window.removeEventListener(name, listener, true);
      Module['canvas'].removeEventListener(name, listener, true);
    }
    GLFW.devicePixelRatioMQL?.removeEventListener('change', GLFW.onDevicePixelRatioChange);
    // What it wrote into the style would fix the canvas to its first size.
    for (const name of ['width', 'height']) Module['canvas'].style.removeProperty(name);
  },

  convoscope_schedule_frame__deps: ['$ConvoscopeInput'],
  convoscope_schedule_frame: () => {
    if (ConvoscopeInput.frameIsScheduled) return;
    ConvoscopeInput.frameIsScheduled = true;
    requestAnimationFrame(function begin() {
      if (ConvoscopeInput.graphicsAreBusy()) {
        requestAnimationFrame(begin);
        return;
      }
      ConvoscopeInput.frameIsScheduled = false;
      Module['convoscopeBridge'].onFrame(true);
      _convoscope_platform_frame();
      Module['convoscopeBridge'].onFrame(false);
      ConvoscopeInput.markFrame();
    });
  },

  convoscope_set_cursor__deps: ['$ConvoscopeInput', '$UTF8ToString'],
  convoscope_set_cursor: (css) => { ConvoscopeInput.canvas().style.cursor = UTF8ToString(css); },

  convoscope_set_text_input__deps: ['$ConvoscopeInput'],
  convoscope_set_text_input: (wanted, x, y, height) => {
    const { agent } = ConvoscopeInput;
    if (!agent) return;
    Object.assign(agent.style, { left: `${x}px`, top: `${y}px`, height: `${Math.max(1, height)}px` });
    if (!wanted && document.activeElement === agent) ConvoscopeInput.canvas().focus({ preventScroll: true });
  },

  convoscope_write_clipboard__deps: ['$UTF8ToString'],
  convoscope_write_clipboard: (text) => { navigator.clipboard?.writeText(UTF8ToString(text)).catch(() => {}); },

  convoscope_address__deps: ['$stringToNewUTF8'],
  convoscope_address: () => stringToNewUTF8(location.href),

  convoscope_load_data__deps: ['$UTF8ToString'],
  convoscope_load_data: (data, length) => { Module['convoscopeBridge']?.loadData(UTF8ToString(data, length)); },

  convoscope_post__deps: ['$UTF8ToString'],
  convoscope_post: (json, length) => { Module['convoscopeBridge']?.post(UTF8ToString(json, length), null); },
});
