#include "engine/data/inflate.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace convoscope {
namespace {

constexpr int kLongestCode = 15;
constexpr std::size_t kTableSize = std::size_t{1} << kLongestCode;
constexpr std::size_t kMostLiteralCodes = 288;
constexpr std::size_t kMostDistanceCodes = 32;
constexpr int kEndOfBlock = 256;
constexpr int kFirstLength = 257;

// RFC 1951, 3.2.5: the smallest length or distance of a code, and how many more bits follow.
constexpr std::array<std::uint16_t, 29> kLengths = {3,  4,  5,  6,   7,   8,   9,   10,  11, 13,
                                                    15, 17, 19, 23,  27,  31,  35,  43,  51, 59,
                                                    67, 83, 99, 115, 131, 163, 195, 227, 258};
constexpr std::array<std::uint8_t, 29> kLengthBits = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                                      2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
constexpr std::array<std::uint16_t, 30> kDistances = {
    1,   2,   3,   4,   5,   7,    9,    13,   17,   25,   33,   49,   65,    97,    129,
    193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};

/// Bits from the lowest of each byte up; zeros beyond the end, which `overrun` reports.
class BitReader {
  public:
    explicit BitReader(std::span<const std::byte> bytes) : bytes_(bytes) {}

    /// The next bits without taking them. Expects: at most 32.
    std::uint32_t peek(std::uint32_t count) {
        while (count_ < count) {
            const std::uint64_t byte =
                next_ < bytes_.size() ? std::to_integer<std::uint64_t>(bytes_[next_]) : 0;
            bits_ |= byte << count_;
            count_ += 8;
            ++next_;
        }
        return static_cast<std::uint32_t>(bits_ & ((std::uint64_t{1} << count) - 1));
    }
    void skip(std::uint32_t count) {
        bits_ >>= count;
        count_ -= count;
    }
    std::uint32_t take(std::uint32_t count) {
        const std::uint32_t bits = peek(count);
        skip(count);
        return bits;
    }
    void skip_to_byte() { skip(count_ % 8); }
    [[nodiscard]] bool overrun() const { return next_ - std::size_t{count_ / 8} > bytes_.size(); }

  private:
    std::span<const std::byte> bytes_;
    std::size_t next_ = 0;
    std::uint64_t bits_ = 0;
    std::uint32_t count_ = 0;
};

/// A canonical Huffman code (RFC 1951, 3.2.2) as a table over the next 15 bits.
class HuffmanCode {
  public:
    /// False when more codes are wanted than there is room for.
    bool build(std::span<const std::uint8_t> lengths) {
        std::array<std::uint32_t, kLongestCode + 2> next{};
        // First how many codes each shorter length has, then the first code of each length.
        for (const std::uint8_t length : lengths) {
            next[length + 1U] += length > 0 ? 1U : 0U;
        }
        for (std::size_t length = 1; length < next.size(); ++length) {
            next[length] = (next[length] + next[length - 1]) << 1;
        }
        std::ranges::fill(table_, Entry{});
        for (std::size_t symbol = 0; symbol < lengths.size(); ++symbol) {
            const int length = lengths[symbol];
            if (length == 0) {
                continue;
            }
            const std::uint32_t code = next[static_cast<std::size_t>(length)]++;
            if (code >> length != 0) {
                return false;
            }
            fill(reversed(code, length), length, static_cast<std::uint16_t>(symbol));
        }
        return true;
    }

    /// The next symbol, or -1 when the bits are no code.
    int read(BitReader& reader) const {
        const Entry entry = table_[reader.peek(kLongestCode)];
        reader.skip(entry.length);
        return entry.length == 0 ? -1 : entry.symbol;
    }

  private:
    struct Entry {
        std::uint16_t symbol = 0;
        std::uint8_t length = 0;
    };

    static std::size_t reversed(std::uint32_t code, int length) {
        std::size_t result = 0;
        for (int bit = 0; bit < length; ++bit) {
            result = result << 1 | (code >> bit & 1U);
        }
        return result;
    }
    void fill(std::size_t first, int length, std::uint16_t symbol) {
        for (std::size_t at = first; at < kTableSize; at += std::size_t{1} << length) {
            table_[at] = {.symbol = symbol, .length = static_cast<std::uint8_t>(length)};
        }
    }

    std::vector<Entry> table_ = std::vector<Entry>(kTableSize);
};

class Inflater {
  public:
    Inflater(std::span<const std::byte> packed, std::span<std::byte> contents)
        : reader_(packed), contents_(contents) {}

    bool run() {
        bool last = false;
        while (!last) {
            last = reader_.take(1) != 0;
            if (!read_block(reader_.take(2)) || reader_.overrun()) {
                return false;
            }
        }
        return written_ == contents_.size();
    }

  private:
    bool read_block(std::uint32_t type) {
        switch (type) {
            case 0:
                return copy_stored();
            case 1:
                return build_fixed_codes() && read_symbols();
            case 2:
                return read_codes() && read_symbols();
            default:
                return false;
        }
    }

    bool copy_stored() {
        reader_.skip_to_byte();
        const std::uint32_t size = reader_.take(16);
        const std::uint32_t complement = reader_.take(16);
        if ((size ^ complement) != 0xffffU || size > contents_.size() - written_) {
            return false;
        }
        for (std::uint32_t i = 0; i < size; ++i) {
            contents_[written_++] = static_cast<std::byte>(reader_.take(8));
        }
        return true;
    }

    bool build_fixed_codes() {
        std::array<std::uint8_t, kMostLiteralCodes> lengths{};
        for (std::size_t symbol = 0; symbol < lengths.size(); ++symbol) {
            const std::uint8_t upper = symbol < 280 ? 7 : 8;
            const std::uint8_t middle = symbol < 256 ? 9 : upper;
            lengths[symbol] = symbol < 144 ? 8 : middle;
        }
        std::array<std::uint8_t, kMostDistanceCodes> distances{};
        distances.fill(5);
        return literals_.build(lengths) && distances_.build(distances);
    }

    /// RFC 1951, 3.2.7: code lengths, themselves packed with a Huffman code.
    bool read_codes() {
        constexpr std::array<std::uint8_t, 19> kOrder = {
            16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
        const std::size_t literals = reader_.take(5) + 257;
        const std::size_t distances = reader_.take(5) + 1;
        const std::size_t given = reader_.take(4) + 4;
        std::array<std::uint8_t, kOrder.size()> packing{};
        for (std::size_t i = 0; i < given; ++i) {
            packing[kOrder[i]] = static_cast<std::uint8_t>(reader_.take(3));
        }
        if (literals > kMostLiteralCodes || !distances_.build(packing)) {
            return false;
        }
        std::array<std::uint8_t, kMostLiteralCodes + kMostDistanceCodes> lengths{};
        const std::span<std::uint8_t> wanted = std::span(lengths).first(literals + distances);
        return read_lengths(wanted) && literals_.build(wanted.first(literals)) &&
               distances_.build(wanted.subspan(literals));
    }

    bool read_lengths(std::span<std::uint8_t> lengths) {
        std::size_t at = 0;
        while (at < lengths.size()) {
            const int symbol = distances_.read(reader_);
            std::size_t repeat = 1;
            auto value = static_cast<std::uint8_t>(symbol);
            if (symbol < 0 || (symbol == 16 && at == 0)) {
                return false;
            }
            if (symbol == 16) {
                value = lengths[at - 1];
                repeat = reader_.take(2) + 3;
            } else if (symbol > 16) {
                value = 0;
                repeat = symbol == 17 ? reader_.take(3) + 3 : reader_.take(7) + 11;
            }
            if (repeat > lengths.size() - at) {
                return false;
            }
            std::ranges::fill(lengths.subspan(at, repeat), value);
            at += repeat;
        }
        return true;
    }

    bool read_symbols() {
        while (true) {
            const int symbol = literals_.read(reader_);
            if (symbol == kEndOfBlock) {
                return true;
            }
            if (symbol < 0 || written_ == contents_.size()) {
                return false;
            }
            if (symbol < kEndOfBlock) {
                contents_[written_++] = static_cast<std::byte>(symbol);
            } else if (!copy_earlier(static_cast<std::size_t>(symbol - kFirstLength))) {
                return false;
            }
        }
    }

    bool copy_earlier(std::size_t length_code) {
        if (length_code >= kLengths.size()) {
            return false;
        }
        const std::size_t length = kLengths[length_code] + reader_.take(kLengthBits[length_code]);
        const int distance_code = distances_.read(reader_);
        if (distance_code < 0 || static_cast<std::size_t>(distance_code) >= kDistances.size()) {
            return false;
        }
        const auto more_bits =
            static_cast<std::uint32_t>(distance_code < 2 ? 0 : distance_code / 2 - 1);
        const std::size_t distance =
            kDistances[static_cast<std::size_t>(distance_code)] + reader_.take(more_bits);
        if (distance > written_ || length > contents_.size() - written_) {
            return false;
        }
        // A copy may overlap itself: it repeats what it has just written.
        for (std::size_t i = 0; i < length; ++i, ++written_) {
            contents_[written_] = contents_[written_ - distance];
        }
        return true;
    }

    BitReader reader_;
    std::span<std::byte> contents_;
    std::size_t written_ = 0;
    HuffmanCode literals_;
    HuffmanCode distances_;
};

}  // namespace

bool inflate(std::span<const std::byte> packed, std::span<std::byte> contents) {
    return Inflater(packed, contents).run();
}

}  // namespace convoscope
