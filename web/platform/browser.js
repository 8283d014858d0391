// Where the page meets its browser: what starts the other libraries, the system's wishes, and messages to the page's
// scripts. A library of Emscripten: it becomes part of app.js.

addToLibrary({
  convoscope_input_install__deps: ['$ConvoscopeFrames', '$ConvoscopePointers', '$ConvoscopeKeyboard'],
  convoscope_input_install: () => {
    const wishes = ['(prefers-reduced-motion: reduce)', '(prefers-color-scheme: dark)', '(prefers-contrast: more)'].map((query) => matchMedia(query));
    const [reduced, dark, contrast] = wishes;
    const tell = () => _convoscope_input_preferences(Number(reduced.matches), Number(dark.matches), Number(contrast.matches));
    for (const wish of wishes) wish.addEventListener('change', tell);
    tell();
    ConvoscopeKeyboard.watch();
    ConvoscopePointers.watch();
    ConvoscopeFrames.watchContext();
    ConvoscopeFrames.watchSize();
    if (document.activeElement === document.body) ConvoscopeFrames.canvas().focus({ preventScroll: true });
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
      // Whoever listens for gamepads has the browser look for them, some 250 times a second.
      gamepadconnected: GLFW.onGamepadConnected, gamepaddisconnected: GLFW.onGamepadDisconnected,
    };
    for (const [name, listener] of Object.entries(pairs)) {
      window.removeEventListener(name, listener, true);
      Module['canvas'].removeEventListener(name, listener, true);
    }
    GLFW.devicePixelRatioMQL?.removeEventListener('change', GLFW.onDevicePixelRatioChange);
    // What it wrote into the style would fix the canvas to its first size.
    for (const name of ['width', 'height']) Module['canvas'].style.removeProperty(name);
  },

  convoscope_post__deps: ['$UTF8ToString'],
  convoscope_post: (json, length, payload, payloadLength) => Module['convoscopeBridge'].post(
    UTF8ToString(json, length), payloadLength ? HEAPU8.slice(payload, payload + payloadLength) : null),

  convoscope_load_data__deps: ['$UTF8ToString'],
  convoscope_load_data: (data, length) => Module['convoscopeBridge'].loadData(UTF8ToString(data, length)),

  convoscope_keep__deps: ['$UTF8ToString'],
  convoscope_keep: (json, length, pixels, count) =>
    Module['convoscopeBridge'].keep(UTF8ToString(json, length), HEAPU8.slice(pixels, pixels + count)),

  convoscope_tell__deps: ['$UTF8ToString'],
  convoscope_tell: (what, text, length) => Module['convoscopeBridge'].tell(UTF8ToString(what), UTF8ToString(text, length)),

  convoscope_save__deps: ['$UTF8ToString'],
  convoscope_save: (name, type, bytes, length) =>
    Module['convoscopeBridge'].save(UTF8ToString(name), new Blob([HEAPU8.slice(bytes, bytes + length)], { type: UTF8ToString(type) })),
});
