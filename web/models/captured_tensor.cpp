#include "web/models/captured_tensor.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "web/models/json_reading.h"

namespace convoscope::models {

std::vector<CapturedTensor> tensors_of(const Json& event, std::span<const std::byte> payload) {
    std::vector<CapturedTensor> tensors;
    const std::size_t floats = payload.size() / sizeof(float);
    for (const Json& entry : member_of(event, "tensors")) {
        const auto offset = static_cast<std::size_t>(integer_of(entry, "offset"));
        const auto count = static_cast<std::size_t>(integer_of(entry, "count"));
        if (!entry.is_object() || offset > floats || count > floats - offset) {
            continue;
        }
        CapturedTensor tensor{.name = text_of(entry, "name"),
                              .shape = numbers_of<std::int64_t>(entry, "shape"),
                              .values = std::vector<float>(count)};
        if (count > 0) {
            std::memcpy(tensor.values.data(),
                        payload.data() + offset * sizeof(float),
                        count * sizeof(float));
        }
        tensors.push_back(std::move(tensor));
    }
    return tensors;
}

}  // namespace convoscope::models
