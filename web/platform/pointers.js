// Mouse, pen, fingers and wheel, as calls of the C functions in web_input.cpp. A library of Emscripten.
//
// One finger taps, drags sideways, scrolls up and down, or holds still for the menu; on what is painted it draws in
// every direction. Two fingers scroll and pinch.

addToLibrary({
  $ConvoscopePointers__deps: ['$ConvoscopeFrames', '$ConvoscopeKeyboard'],
  // Emscripten copies a library's object as text, and would make `{}` of a Map.
  $ConvoscopePointers__postset: 'ConvoscopePointers.touches = new Map();',
  $ConvoscopePointers: {
    /** Wheel steps of Dear ImGui scroll five lines of 13 px. */
    pixelsPerWheelStep: 65,
    longPressMilliseconds: 400,
    /** A finger that moves less than this is still tapping. */
    tapSlopPixels: 10,
    /** A finger that has not moved for so long when it leaves has stopped what it scrolls. */
    restMilliseconds: 60,
    sources: { mouse: 0, touch: 1, pen: 2 },
    acts: { move: 0, down: 1, up: 2, leave: 3 },
    /** Where each finger is on the screen: a Map of pointer's number to {x, y}. */
    touches: /** @type {any} */ (null),
    /** What the first finger does. @type {{mode: string, x: number, y: number, speed: number, time: number, timer: number} | null} */
    gesture: null,

    /** @param {PointerEvent | WheelEvent} event */
    place(event) {
      const box = ConvoscopeFrames.canvas().getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    },

    /** @param {string} act @param {string} type @param {number} button @param {{x: number, y: number}} at */
    send(act, type, button, at) {
      const source = ConvoscopePointers.sources[type] ?? 0;
      _convoscope_input_pointer(ConvoscopePointers.acts[act], source, button, at.x, at.y);
    },

    /** Dear ImGui numbers right 1 and middle 2. @param {number} button */
    buttonOf: (button) => [0, 2, 1, 3, 4][button] ?? 0,

    /** @param {PointerEvent} event */
    onDown(event) {
      const canvas = ConvoscopeFrames.canvas();
      if (document.activeElement !== ConvoscopeKeyboard.agent) canvas.focus({ preventScroll: true });
      canvas.setPointerCapture(event.pointerId);
      ConvoscopeKeyboard.escapeWasLast = false;
      if (event.pointerType === 'touch') return ConvoscopePointers.onTouchDown(event);
      ConvoscopePointers.send('down', event.pointerType, ConvoscopePointers.buttonOf(event.button), ConvoscopePointers.place(event));
    },

    /** @param {PointerEvent} event */
    onMove(event) {
      if (event.pointerType === 'touch') return ConvoscopePointers.onTouchMove(event);
      ConvoscopePointers.send('move', event.pointerType, 0, ConvoscopePointers.place(event));
    },

    /** @param {PointerEvent} event */
    onUp(event) {
      if (event.pointerType === 'touch') ConvoscopePointers.onTouchUp(event);
      else ConvoscopePointers.send('up', event.pointerType, ConvoscopePointers.buttonOf(event.button), ConvoscopePointers.place(event));
      ConvoscopeKeyboard.settleAgent();
    },

    /** @param {PointerEvent} event */
    onCancel(event) {
      ConvoscopePointers.touches.delete(event.pointerId);
      ConvoscopePointers.endGesture();
      for (const button of [0, 1, 2]) ConvoscopePointers.send('up', event.pointerType, button, { x: -1, y: -1 });
      ConvoscopePointers.send('leave', event.pointerType, 0, { x: 0, y: 0 });
    },

    /** The first finger waits until it is clear whether it taps, drags or scrolls. @param {PointerEvent} event */
    onTouchDown(event) {
      const at = ConvoscopePointers.place(event);
      ConvoscopePointers.touches.set(event.pointerId, at);
      if (ConvoscopePointers.touches.size > 1) {
        if (ConvoscopePointers.gesture?.mode === 'drag') ConvoscopePointers.send('up', 'touch', 0, { x: -1, y: -1 });
        ConvoscopePointers.endGesture();
        ConvoscopePointers.send('move', 'touch', 0, ConvoscopePointers.span());  // what lies between them is what they mean
        return;
      }
      // A finger's moves come with the browser's next frame: on a slow device it may have moved long ago.
      const timer = setTimeout(() => requestAnimationFrame(() => ConvoscopePointers.onLongPress(timer)), ConvoscopePointers.longPressMilliseconds);
      ConvoscopePointers.gesture = { mode: 'wait', x: at.x, y: at.y, speed: 0, time: event.timeStamp, timer };
      ConvoscopePointers.send('move', 'touch', 0, at);
    },

    /** @param {number} timer  of the finger that it was set for */
    onLongPress(timer) {
      const gesture = ConvoscopePointers.gesture;
      if (gesture?.mode !== 'wait' || gesture.timer !== timer) return;
      gesture.mode = 'done';
      ConvoscopePointers.send('down', 'touch', 1, gesture);
      ConvoscopePointers.send('up', 'touch', 1, gesture);
    },

    /** @param {PointerEvent} event */
    onTouchMove(event) {
      const before = ConvoscopePointers.touches.get(event.pointerId);
      const at = ConvoscopePointers.place(event);
      if (!before) return;
      if (ConvoscopePointers.touches.size > 1) return ConvoscopePointers.pinch(event.pointerId, before, at);
      ConvoscopePointers.touches.set(event.pointerId, at);
      const gesture = ConvoscopePointers.gesture;
      if (!gesture) return;
      if (gesture.mode === 'wait') ConvoscopePointers.decide(gesture, at);
      if (gesture.mode === 'drag') ConvoscopePointers.send('move', 'touch', 0, at);
      if (gesture.mode === 'scroll') {
        const elapsed = Math.max(1, event.timeStamp - gesture.time);
        gesture.speed = 0.6 * gesture.speed + 0.4 * (before.y - at.y) / elapsed;
        gesture.time = event.timeStamp;
        ConvoscopePointers.scroll(0, before.y - at.y);
      }
    },

    /** @param {{mode: string, x: number, y: number, timer: number}} gesture @param {{x: number, y: number}} at */
    decide(gesture, at) {
      const across = Math.abs(at.x - gesture.x);
      const down = Math.abs(at.y - gesture.y);
      if (Math.max(across, down) < ConvoscopePointers.tapSlopPixels) return;
      clearTimeout(gesture.timer);
      const draws = _convoscope_input_takes_strokes(gesture.x, gesture.y);
      gesture.mode = down > across && !draws ? 'scroll' : 'drag';
      if (gesture.mode === 'drag') ConvoscopePointers.send('down', 'touch', 0, gesture);
    },

    /** Where two fingers have their middle, and how far they are apart. */
    span() {
      const [a, b] = [...ConvoscopePointers.touches.values()];
      return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, apart: Math.hypot(a.x - b.x, a.y - b.y) };
    },

    /** One of two fingers has moved. @param {number} id @param {{x: number, y: number}} before @param {{x: number, y: number}} at */
    pinch(id, before, at) {
      const old = ConvoscopePointers.span();
      ConvoscopePointers.touches.set(id, at);
      const now = ConvoscopePointers.span();
      ConvoscopePointers.scroll(old.x - now.x, old.y - now.y);
      if (old.apart > ConvoscopePointers.tapSlopPixels) _convoscope_input_pinch(now.apart / old.apart);
    },

    /** @param {PointerEvent} event */
    onTouchUp(event) {
      const gesture = ConvoscopePointers.gesture;
      ConvoscopePointers.touches.delete(event.pointerId);
      const at = ConvoscopePointers.place(event);
      if (gesture?.mode === 'wait') ConvoscopePointers.send('down', 'touch', 0, gesture);
      if (gesture?.mode === 'wait' || gesture?.mode === 'drag') ConvoscopePointers.send('up', 'touch', 0, at);
      const rests = gesture !== null && event.timeStamp - gesture.time > ConvoscopePointers.restMilliseconds;
      if (gesture?.mode === 'scroll') ConvoscopePointers.glide(rests ? 0 : gesture.speed);
      else if (gesture?.mode !== 'done') ConvoscopePointers.send('leave', 'touch', 0, at);
      ConvoscopePointers.endGesture();
    },

    endGesture() {
      if (ConvoscopePointers.gesture) clearTimeout(ConvoscopePointers.gesture.timer);
      ConvoscopePointers.gesture = null;
    },

    /** @param {number} right @param {number} down  in CSS pixels */
    scroll(right, down) {
      _convoscope_input_wheel(right / ConvoscopePointers.pixelsPerWheelStep, down / ConvoscopePointers.pixelsPerWheelStep);
    },

    /** A scroll runs out after the finger has left. @param {number} speed  in CSS pixels a millisecond */
    glide(speed) {
      let last = performance.now();
      const step = (/** @type {number} */ now) => {
        const elapsed = Math.min(50, now - last);
        last = now;
        speed *= Math.exp(-elapsed / 300);
        const over = Math.abs(speed) < 0.02 || ConvoscopePointers.touches.size > 0;
        if (over) return ConvoscopePointers.send('leave', 'touch', 0, { x: 0, y: 0 });
        ConvoscopePointers.scroll(0, speed * elapsed);
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
      ConvoscopePointers.scroll(event.deltaX * lines * pages, event.deltaY * lines * pages);
    },

    watch() {
      const canvas = ConvoscopeFrames.canvas();
      canvas.addEventListener('pointerdown', ConvoscopePointers.onDown);
      canvas.addEventListener('pointermove', ConvoscopePointers.onMove);
      canvas.addEventListener('pointerup', ConvoscopePointers.onUp);
      canvas.addEventListener('pointercancel', ConvoscopePointers.onCancel);
      canvas.addEventListener('pointerleave', (event) => {
        if (event.pointerType !== 'touch') ConvoscopePointers.send('leave', event.pointerType, 0, { x: 0, y: 0 });
      });
      canvas.addEventListener('wheel', ConvoscopePointers.onWheel, { passive: false });
      canvas.addEventListener('contextmenu', (event) => event.preventDefault());
    },
  },

  convoscope_set_cursor__deps: ['$ConvoscopeFrames', '$UTF8ToString'],
  convoscope_set_cursor: (css) => { ConvoscopeFrames.canvas().style.cursor = UTF8ToString(css); },
});
