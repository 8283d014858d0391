// When the page draws, and how many pixels it draws into: the browser's side of platform_web.cpp. A library of Emscripten.

addToLibrary({
  $ConvoscopeFrames__deps: ['$GL', '$UTF8ToString'],
  $ConvoscopeFrames: {
    isScheduled: false,
    /** Becomes signalled when the graphics process has drawn the last frame. @type {WebGLSync | null} */
    lastFrame: null,

    /** @returns {HTMLCanvasElement} */
    canvas: () => Module['canvas'],

    /** One frame, whoever wants it. The engine's threads step aside for as long as it takes. */
    drawFrame() {
      Module['convoscopeBridge'].onFrame(true);
      _convoscope_platform_frame();
      Module['convoscopeBridge'].onFrame(false);
      ConvoscopeFrames.markFrame();
    },

    /** The last frame is still being drawn: another would only wait behind it, and hold up what is drawing. */
    graphicsAreBusy() {
      const { lastFrame } = ConvoscopeFrames;
      if (!lastFrame || GLctx.isContextLost()) return false;
      if (GLctx.getSyncParameter(lastFrame, GLctx.SYNC_STATUS) !== GLctx.SIGNALED) return true;
      GLctx.deleteSync(lastFrame);
      ConvoscopeFrames.lastFrame = null;
      return false;
    },

    markFrame() {
      if (ConvoscopeFrames.lastFrame) GLctx.deleteSync(ConvoscopeFrames.lastFrame);
      ConvoscopeFrames.lastFrame = GLctx.fenceSync(GLctx.SYNC_GPU_COMMANDS_COMPLETE, 0);
      GLctx.flush();
    },

    /** The canvas has as many pixels as the screen has under it. */
    watchSize() {
      const canvas = ConvoscopeFrames.canvas();
      const stage = /** @type {HTMLElement} */ (canvas.parentElement);
      const resize = (/** @type {number} */ width, /** @type {number} */ height) => {
        const cssWidth = stage.clientWidth;
        const cssHeight = stage.clientHeight;
        if (!cssWidth || !cssHeight) return;
        canvas.width = width;
        canvas.height = height;
        _convoscope_platform_resize(cssWidth, cssHeight, width / cssWidth);
        ConvoscopeFrames.drawFrame();  // before the browser shows the stretched old picture
      };
      const product = () => ({ width: stage.clientWidth * devicePixelRatio, height: stage.clientHeight * devicePixelRatio });
      const measure = () => {
        const { width, height } = product();
        resize(Math.round(width), Math.round(height));
      };
      const observer = new ResizeObserver(([entry]) => {
        const pixels = entry.devicePixelContentBoxSize?.[0];
        const { width, height } = product();
        // The product knows the pixels but for rounding. A screen that is only emulated, as by developers' tools, is not in the box.
        const isExact = pixels && Math.abs(pixels.inlineSize - width) < 2 && Math.abs(pixels.blockSize - height) < 2;
        if (isExact) resize(pixels.inlineSize, pixels.blockSize);
        else measure();
      });
      try {
        observer.observe(stage, { box: 'device-pixel-content-box' });
      } catch {
        observer.observe(stage);  // Safari; a changed ratio comes by the media query
      }
      const watchRatio = () => matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', () => {
        measure();
        watchRatio();
      }, { once: true });
      watchRatio();
      measure();
    },

    watchContext() {
      const canvas = ConvoscopeFrames.canvas();
      document.addEventListener('visibilitychange', () => _convoscope_platform_visible(Number(!document.hidden)));
      canvas.addEventListener('webglcontextlost', (event) => {
        event.preventDefault();  // or it would never be restored
        canvas.style.opacity = '0.4';
        _convoscope_platform_context(1);
        Module['convoscopeBridge'].tell('context', 'lost');
      });
      canvas.addEventListener('webglcontextrestored', () => {
        canvas.style.opacity = '';
        ConvoscopeFrames.lastFrame = null;
        _convoscope_platform_context(0);
        Module['convoscopeBridge'].tell('context', 'restored');
      });
    },

    /** A picture of the page as it is two frames from now, when what asked for it has closed. @param {string} name */
    savePicture(name) {
      requestAnimationFrame(() => requestAnimationFrame(() => {
        ConvoscopeFrames.drawFrame();  // a canvas can be read in the task that drew it, not later
        ConvoscopeFrames.canvas().toBlob((blob) => Module['convoscopeBridge'].save(name, blob), 'image/png');
      }));
    },

    /** Likewise as SVG; what the program leaves empty in it, pictures and heat maps, is cut out of the canvas. @param {string} name */
    saveDrawing(name) {
      requestAnimationFrame(() => requestAnimationFrame(() => {
        ConvoscopeFrames.drawFrame();
        const canvas = ConvoscopeFrames.canvas();
        const shown = new OffscreenCanvas(canvas.width, canvas.height);
        shown.getContext('2d')?.drawImage(canvas, 0, 0);
        const svg = UTF8ToString(_convoscope_platform_drawing());
        const ratio = canvas.width / Number(/width="([\d.]+)"/.exec(svg)?.[1]);
        const whole = svg.replace(/<image x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/g, (image, ...box) => {
          const [x, y, width, height] = box.slice(0, 4).map((length) => Math.round(Number(length) * ratio));
          const part = document.createElement('canvas');
          part.width = Math.max(width, 1);
          part.height = Math.max(height, 1);
          part.getContext('2d')?.drawImage(shown, -x, -y);
          return `${image} preserveAspectRatio="none" href="${part.toDataURL()}"`;
        });
        Module['convoscopeBridge'].save(name, new Blob([whole], { type: 'image/svg+xml' }));
      }));
    },
  },

  convoscope_schedule_frame__deps: ['$ConvoscopeFrames'],
  convoscope_schedule_frame: () => {
    if (ConvoscopeFrames.isScheduled) return;
    ConvoscopeFrames.isScheduled = true;
    requestAnimationFrame(function begin() {
      if (ConvoscopeFrames.graphicsAreBusy()) {
        requestAnimationFrame(begin);
        return;
      }
      ConvoscopeFrames.isScheduled = false;
      ConvoscopeFrames.drawFrame();
    });
  },

  convoscope_save_picture__deps: ['$ConvoscopeFrames', '$UTF8ToString'],
  convoscope_save_picture: (name) => ConvoscopeFrames.savePicture(UTF8ToString(name)),

  convoscope_save_drawing__deps: ['$ConvoscopeFrames', '$UTF8ToString'],
  convoscope_save_drawing: (name) => ConvoscopeFrames.saveDrawing(UTF8ToString(name)),
});
