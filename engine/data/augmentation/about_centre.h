#pragma once

#include "engine/data/augmentation/resample.h"

namespace convoscope {

/// Overwrites the output with the input under a linear map about the image's centre: the output's
/// place (row, column), measured from the centre, shows the input's
/// (cosine·row - sine·column, sine·row + cosine·column).
void resample_about_centre(const AugmentationPass& pass, float cosine, float sine);

}  // namespace convoscope
