#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace convoscope::platform {

/// What the reader's system wishes.
struct Preferences {
    bool reduced_motion = false;
    bool dark = true;
    bool high_contrast = false;
    bool coarse_pointer = false;  ///< the last press was a finger's
};

/// The page in units of the layout, and the pixels of its canvas.
struct PageSize {
    float width = 0.0F;
    float height = 0.0F;
    float pixel_ratio = 1.0F;  ///< canvas pixels in a unit
};

/// Who draws. Called by the platform, between frames of Dear ImGui unless it says otherwise.
class Client {
  public:
    virtual ~Client() = default;
    /// Between ImGui::NewFrame and ImGui::Render. `elapsed_seconds` is at most a tenth.
    virtual void frame(double now_seconds, float elapsed_seconds) = 0;
    /// Before NewFrame: fonts and textures may be made here.
    virtual void before_frame() = 0;
    /// After the frame has been handed to the graphics card.
    virtual void after_frame() = 0;
    /// A field has been opened, into which text is about to be typed.
    [[nodiscard]] virtual bool opens_text() const = 0;
    /// A finger that moves from there draws, and does not scroll. In units of the layout.
    [[nodiscard]] virtual bool takes_strokes(float x, float y) const = 0;
    /// The frame that has just been made, as an SVG picture.
    [[nodiscard]] virtual std::string svg() const = 0;
    /// All objects of the graphics context are gone; a new context exists.
    virtual void context_restored() = 0;
};

/// The window, the graphics context, input and the clock of this system. One a program.
///
/// Frames are drawn when something asks for them: input, a changed size, or `request_frames`.
/// Between them nothing runs.

/// Makes window, context and Dear ImGui. False when the browser has no WebGL2.
bool open(Client& client);

/// At least `count` more frames. Dear ImGui needs up to three to settle after a change.
void request_frames(int count = 3);

/// No frame is due.
bool idle();

/// How many CSS pixels a unit of the layout takes: the reader's text size. It is held where the
/// layout would become narrower than the narrowest phone.
void set_zoom(float zoom);
float zoom();

PageSize page_size();
Preferences preferences();

/// Monotonic, for measuring.
double now_seconds();

/// Fonts were baked anew: their texture is made from the atlas.
void upload_fonts();

/// A message to the page's scripts (web/shell/page-services.js).
void tell(const char* what, std::string_view text);

/// Gives the page's scripts the reader's own pictures, to be kept for the next visit.
void keep(std::string_view json, std::span<const std::byte> pixels);

/// Hands the reader a file.
void save(const char* name, const char* type, std::string_view bytes);
/// Hands the reader a picture of the page, as it looks when the next frames are drawn.
void save_picture(const char* name);
/// Likewise as a drawing, SVG.
void save_drawing(const char* name);

/// How far two fingers have spread since the last call, as a factor; 1: not at all.
float take_pinch();

/// Hands a command to the engine, with its payload if it has one.
void post(std::string_view json, std::span<const std::byte> payload = {});

/// Fetches a data set of the site and hands it to the engine, in place of the one before.
void load_data(std::string_view data);

}  // namespace convoscope::platform
