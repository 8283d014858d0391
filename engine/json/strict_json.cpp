#include "engine/json/strict_json.h"

#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace convoscope {
namespace {

using Json = nlohmann::json;

/// Builds a value from the parser's events and stops at the first that is not allowed.
class StrictBuilder final : public nlohmann::json_sax<Json> {
  public:
    using string_t = Json::string_t;
    using binary_t = Json::binary_t;

    bool null() override { return add(Json()); }
    bool boolean(bool value) override { return add(Json(value)); }
    bool number_integer(std::int64_t value) override { return add(Json(value)); }
    bool number_unsigned(std::uint64_t value) override { return add(Json(value)); }
    bool number_float(double value, const string_t& text) override {
        return std::isfinite(value) ? add(Json(value))
                                    : refuse("the number " + text + " is too large");
    }
    bool string(string_t& value) override { return add(Json(std::move(value))); }
    bool binary(binary_t&) override { return refuse("it holds binary data"); }

    bool start_object(std::size_t) override { return open(Json::object()); }
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override { return open(Json::array()); }
    bool end_array() override { return close(); }

    bool key(string_t& name) override {
        if (open_.back()->contains(name)) {
            return refuse("the key " + quoted_json(Json(name)) + " is there twice in one object");
        }
        key_ = std::move(name);
        return true;
    }

    bool parse_error(std::size_t,
                     const std::string&,
                     const nlohmann::detail::exception& exception) override {
        // "[json.exception.parse_error.101] parse error at line 1, column 2: …"
        const std::string_view what = exception.what();
        const std::size_t place = what.find("parse error at ");
        const std::size_t cause = what.find("] ");
        if (place != std::string_view::npos) {
            return refuse("it has an error at " + std::string(what.substr(place + 15)));
        }
        return refuse(std::string(what.substr(cause == std::string_view::npos ? 0 : cause + 2)));
    }

    Result<Json> take() {
        return error_.empty() ? Result<Json>(std::move(root_)) : Result<Json>(Error{error_});
    }

  private:
    bool refuse(std::string why) {
        error_ = std::move(why);
        return false;
    }

    /// Puts a value where the next one belongs; pointers to open values stay good, because a list
    /// or an object grows only while none of its own members is open.
    Json* place(Json value) {
        if (open_.empty()) {
            root_ = std::move(value);
            return &root_;
        }
        Json& parent = *open_.back();
        if (parent.is_array()) {
            parent.push_back(std::move(value));
            return &parent.back();
        }
        Json& member = parent[key_];
        member = std::move(value);
        return &member;
    }
    bool add(Json value) {
        place(std::move(value));
        return true;
    }
    bool open(Json value) {
        if (open_.size() == kDeepestJson) {
            return refuse("it is nested more than " + std::to_string(kDeepestJson) +
                          " levels deep");
        }
        open_.push_back(place(std::move(value)));
        return true;
    }
    bool close() {
        open_.pop_back();
        return true;
    }

    Json root_;
    std::vector<Json*> open_;
    string_t key_;
    std::string error_;
};

}  // namespace

Result<Json> parse_strict_json(std::string_view text) {
    StrictBuilder builder;
    Json::sax_parse(text, &builder);
    return builder.take();
}

std::string quoted_json(const Json& value) {
    constexpr std::size_t kLongest = 60;
    std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
    if (text.size() <= kLongest) {
        return text;
    }
    std::size_t end = kLongest;
    // Not in the middle of a character: its later bytes begin with the bits 10.
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    return text.substr(0, end) + "…";
}

}  // namespace convoscope
