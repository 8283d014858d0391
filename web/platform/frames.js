// When frames are drawn, and how the graphics processor is kept from holding up the page. A library of Emscripten,
// beside input.js: it becomes part of app.js.

addToLibrary({
  $ConvoscopeFrames: {
    isScheduled: false,
    /** Passed by the graphics processor when it has drawn the last frame. @type {WebGLSync | null} */
    lastFrame: null,
    /** @type {Map<number, any>} */
    parameters: new Map(),

    /** @returns {WebGL2RenderingContext} */
    context: () => GL.currentContext.GLctx,

    /**
     * A drawing pass asks the context for its state, to leave it as it was. Every question waits until the graphics
     * processor has done all that it was given, which may take longer than the frame itself. Each pass sets what it
     * needs, so it is enough to leave the state that the context began with: asked once, remembered from then on.
     */
    rememberState() {
      const context = ConvoscopeFrames.context();
      const ask = context.getParameter.bind(context);
      context.getParameter = (name) => {
        if (!ConvoscopeFrames.parameters.has(name)) ConvoscopeFrames.parameters.set(name, ask(name));
        return ConvoscopeFrames.parameters.get(name);
      };
      context.canvas.addEventListener('webglcontextlost', () => {
        ConvoscopeFrames.parameters.clear();
        ConvoscopeFrames.lastFrame = null;
      });
    },

    /** A slow graphics processor gets fewer frames rather than a queue of them. */
    isBusy() {
      const context = ConvoscopeFrames.context();
      const { lastFrame } = ConvoscopeFrames;
      if (!lastFrame || context.getSyncParameter(lastFrame, context.SYNC_STATUS) === context.SIGNALED) return false;
      return !context.isContextLost();
    },

    draw() {
      if (ConvoscopeFrames.isBusy()) {
        requestAnimationFrame(ConvoscopeFrames.draw);
        return;
      }
      ConvoscopeFrames.isScheduled = false;
      _convoscope_platform_frame();
      const context = ConvoscopeFrames.context();
      if (ConvoscopeFrames.lastFrame) context.deleteSync(ConvoscopeFrames.lastFrame);
      ConvoscopeFrames.lastFrame = context.fenceSync(context.SYNC_GPU_COMMANDS_COMPLETE, 0);
    },
  },

  convoscope_remember_gl_state__deps: ['$ConvoscopeFrames', '$GL'],
  convoscope_remember_gl_state: () => ConvoscopeFrames.rememberState(),

  convoscope_schedule_frame__deps: ['$ConvoscopeFrames', '$GL'],
  convoscope_schedule_frame: () => {
    if (ConvoscopeFrames.isScheduled) return;
    ConvoscopeFrames.isScheduled = true;
    requestAnimationFrame(ConvoscopeFrames.draw);
  },
});
