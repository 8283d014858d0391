#pragma once

#include <string>

#include "web/widgets/ui.h"

namespace convoscope::rooms::inspect {

/// A patch on its way from the map that it was cut out of to the place where its numbers are read.
/// With reduced motion it is there at once.
class Flight {
  public:
    /// What is opened in this frame; another one begins a flight.
    void begin_frame(widgets::Ui& ui, const std::string& opened);
    /// Where the patch lies on its map. A flight leaves only from where it was seen.
    void leaves_from(widgets::Rect place);
    [[nodiscard]] bool on_its_way() const { return share_ < 1.0F && seen_ == opened_; }
    /// Between its map and `to`.
    [[nodiscard]] widgets::Rect towards(widgets::Rect to) const;

  private:
    std::string opened_;
    std::string seen_;  ///< whose place is known
    widgets::Rect from_;
    float count_ = 0.0F;
    float share_ = 1.0F;
};

}  // namespace convoscope::rooms::inspect
