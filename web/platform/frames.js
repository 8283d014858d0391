// When frames are drawn, and how the graphics processor is kept from holding up the page. A library of Emscripten,
// beside input.js: it becomes part of app.js.

addToLibrary({
  $ConvoscopeFrames: {
    isScheduled: false,
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
      });
    },

    draw() {
      ConvoscopeFrames.isScheduled = false;
      _convoscope_platform_frame();
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
