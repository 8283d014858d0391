// Any bytes are refused as a gzip file, or unpack to no more than is allowed.

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/core/check.h"
#include "engine/data/gzip.h"

using namespace convoscope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr Index kMostBytes = 100000;
    const auto unpacked = gunzip(std::as_bytes(std::span(data, size)), kMostBytes, "file");
    CONVOSCOPE_CHECK(!unpacked.ok() || static_cast<Index>(unpacked->size()) <= kMostBytes);
    return 0;
}
