// Any bytes are refused as a data set's manifest, or give one whose figures keep the limits.

#include <cstddef>
#include <cstdint>

#include "engine/core/check.h"
#include "engine/data/data_manifest.h"

using namespace convoscope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto manifest = parse_data_manifest({reinterpret_cast<const char*>(data), size});
    if (!manifest) {
        CONVOSCOPE_CHECK(manifest.error().message.find('\n') == std::string::npos);
        return 0;
    }
    CONVOSCOPE_CHECK(manifest->bytes_total() > 0 && manifest->bytes_total() <= Index{1} << 29);
    CONVOSCOPE_CHECK(manifest->count(Split::train) > 0);
    return 0;
}
