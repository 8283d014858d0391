#include "engine/exchange/safetensors.h"

#include <cstring>
#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace convoscope;

namespace {

std::vector<std::byte> file_of(const std::string& header, std::size_t data_bytes) {
    const std::uint64_t length = header.size();
    std::vector<std::byte> bytes(8 + header.size() + data_bytes);
    std::memcpy(bytes.data(), &length, 8);
    std::memcpy(bytes.data() + 8, header.data(), header.size());
    return bytes;
}

std::string refusal(const std::string& header, std::size_t data_bytes) {
    const auto read = read_safetensors(file_of(header, data_bytes), "w");
    return read.ok() ? "" : read.error().message;
}

}  // namespace

TEST_CASE("safetensors: what is written is read back, bit for bit") {
    Tensor labels{.name = "labels", .type = TensorType::i64, .shape = {2}};
    labels.integers = {-1, std::int64_t{1} << 40};
    const std::vector<Tensor> tensors = {
        float_tensor("a.weight", {2, 3}, {1.0F, -2.5F, 3e-30F, 4.0F, 5.0F, 6.0F}),
        labels,
        float_tensor("empty", {0, 4}, {})};
    const auto bytes = write_safetensors(tensors);
    const auto read = read_safetensors(bytes, "file");
    REQUIRE_MESSAGE(read.ok(), read.error().message);
    REQUIRE(read->size() == 3);
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        CHECK((*read)[i].name == tensors[i].name);
        CHECK((*read)[i].shape == tensors[i].shape);
        CHECK((*read)[i].floats == tensors[i].floats);
        CHECK((*read)[i].integers == tensors[i].integers);
    }
    std::uint64_t header = 0;
    std::memcpy(&header, bytes.data(), 8);
    CHECK(header % 8 == 0);
}

TEST_CASE("safetensors: every truncation of a file is refused") {
    const auto bytes = write_safetensors(std::vector{float_tensor("a", {3}, {1, 2, 3})});
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        CHECK_FALSE(read_safetensors(std::span(bytes).first(size), "short").ok());
    }
}

TEST_CASE("safetensors: malformed headers name the tensor") {
    CHECK(refusal(R"({"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}})", 4).empty());
    CHECK(refusal(R"({"__metadata__": {"x": "y"}})", 0).empty());
    for (
        const std::string header :
        {R"({"a": {"dtype": "F16", "shape": [1], "data_offsets": [0, 2]}})",
         R"({"a": {"dtype": "F32", "shape": [1], "data_offsets": [4, 0]}})",
         R"({"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 4]}})",
         R"({"a": {"dtype": "F32", "shape": [-1], "data_offsets": [0, 4]}})",
         R"({"a": {"dtype": "F32", "shape": "x", "data_offsets": [0, 4]}})",
         R"({"a": {"dtype": "F32", "shape": [1], "data_offsets": [0]}})",
         R"({"a": {"dtype": "F32", "shape": [1099511627776, 1099511627776, 4], "data_offsets": [0, 4]}})",
         R"({"a": {"dtype": "F32", "shape": [1]}})",
         R"({"a": 5})"}) {
        INFO(header);
        CHECK(refusal(header, 4).find("\"a\"") != std::string::npos);
    }
    CHECK_FALSE(refusal("[1, 2]", 0).empty());
    CHECK_FALSE(refusal("{", 0).empty());
}

TEST_CASE("safetensors: tensors that overlap, leave a gap or end early are refused") {
    const auto two = [](const std::string& second) {
        return R"({"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]},
                   "b": {"dtype": "F32", "shape": [1], "data_offsets": )" +
               second + "}}";
    };
    CHECK(refusal(two("[4, 8]"), 8).empty());
    CHECK_FALSE(refusal(two("[0, 4]"), 8).empty());
    CHECK_FALSE(refusal(two("[8, 12]"), 12).empty());
    CHECK_FALSE(refusal(two("[4, 8]"), 12).empty());
    CHECK_FALSE(refusal(two("[4, 8]"), 4).empty());
}

TEST_CASE("safetensors: the header is as strict as the format") {
    const std::string a = R"("a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]})";
    CHECK(refusal("{" + a + "}    ", 4).empty());
    CHECK_FALSE(refusal(" {" + a + "}", 4).empty());
    CHECK_FALSE(refusal("{" + a + "}\n", 4).empty());
    CHECK_FALSE(refusal("{" + a + "}{}", 4).empty());
    CHECK(refusal("{" + a + ", " + a + "}", 4).find("\"a\" is there twice") != std::string::npos);
    CHECK(refusal(R"({"__metadata__": {"epochs": 5}})", 0).find("__metadata__") !=
          std::string::npos);
    CHECK_FALSE(refusal(R"({"__metadata__": "text"})", 0).empty());
    CHECK_FALSE(refusal("{\"\xff\": 1}", 0).empty());
    CHECK_FALSE(refusal("", 0).empty());
}

TEST_CASE("safetensors: a header longer than the limit is refused before it is read") {
    const std::string spaces((std::size_t{1} << 24U) + 1, ' ');
    CHECK(refusal("{}" + spaces, 0).find("expected at most 16777216") != std::string::npos);
}

TEST_CASE("safetensors: a type of PyTorch's that we do not read says what to do") {
    CHECK(refusal(R"({"a": {"dtype": "BF16", "shape": [2], "data_offsets": [0, 4]}})", 4)
              .find("tensor.float()") != std::string::npos);
}

TEST_CASE("safetensors: tensors come in the order of their data, scalars and empty ones too") {
    const auto read =
        read_safetensors(file_of(R"({"z": {"dtype": "F32", "shape": [], "data_offsets": [0, 4]},
                    "b": {"dtype": "F32", "shape": [0], "data_offsets": [4, 4]},
                    "a": {"dtype": "I64", "shape": [1], "data_offsets": [4, 12]}})",
                                 12),
                         "w");
    REQUIRE_MESSAGE(read.ok(), read.error().message);
    REQUIRE(read->size() == 3);
    CHECK((*read)[0].name == "z");
    CHECK((*read)[0].floats.size() == 1);
    CHECK((*read)[1].name == "b");
    CHECK((*read)[1].floats.empty());
    CHECK((*read)[2].integers.size() == 1);
}
