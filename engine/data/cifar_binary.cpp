#include "engine/data/cifar_binary.h"

#include <algorithm>

namespace convoscope {
namespace {

constexpr std::size_t kPixels = kCifarChannels * kCifarSide * kCifarSide;
constexpr std::size_t kRecord = 1 + kPixels;

}  // namespace

Result<std::vector<std::byte>> read_cifar_batch(std::span<const std::byte> bytes,
                                                const std::string& file) {
    if (bytes.empty() || bytes.size() % kRecord != 0) {
        return Error{file + ": " + std::to_string(bytes.size()) +
                     " bytes; expected a multiple of " + std::to_string(kRecord)};
    }
    const std::size_t count = bytes.size() / kRecord;
    std::vector<std::byte> shard(bytes.size());
    for (std::size_t image = 0; image < count; ++image) {
        const std::span<const std::byte> record = bytes.subspan(image * kRecord, kRecord);
        if (std::to_integer<Index>(record[0]) >= kCifarClasses) {
            return Error{file + ": label " + std::to_string(std::to_integer<int>(record[0])) +
                         " of image " + std::to_string(image) + "; expected 0 to 9"};
        }
        shard[image] = record[0];
        std::ranges::copy(record.subspan(1),
                          shard.begin() + static_cast<std::ptrdiff_t>(count + image * kPixels));
    }
    return shard;
}

}  // namespace convoscope
