// Any bytes are refused or read, and what is read is written and read again as the same.

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/core/check.h"
#include "engine/exchange/safetensors.h"

using namespace convoscope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto tensors = read_safetensors(std::as_bytes(std::span(data, size)), "file");
    if (!tensors) {
        CONVOSCOPE_CHECK(tensors.error().message.find('\n') == std::string::npos);
        return 0;
    }
    const auto bytes = write_safetensors(*tensors);
    const auto again = read_safetensors(bytes, "file");
    CONVOSCOPE_CHECK(again.ok());
    CONVOSCOPE_CHECK(again->size() == tensors->size());
    CONVOSCOPE_CHECK(write_safetensors(*again) == bytes);
    return 0;
}
