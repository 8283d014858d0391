#pragma once

#include <string>
#include <utility>
#include <variant>

#include "engine/core/check.h"

namespace convoscope {

/// What went wrong, in one sentence that a student understands: which layer or file, which
/// attribute, the value given and what was expected.
struct Error {
    std::string message;
};

/// A value, or the reason why there is none. Errors of the user travel as values; our own mistakes
/// are caught by `CONVOSCOPE_CHECK`.
template <class Value>
class [[nodiscard]] Result {
  public:
    Result(Value value) : content_(std::move(value)) {}  // NOLINT(google-explicit-constructor)
    Result(Error error) : content_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

    [[nodiscard]] bool ok() const { return content_.index() == 0; }
    explicit operator bool() const { return ok(); }

    /// Expects: ok().
    [[nodiscard]] Value& value() {
        CONVOSCOPE_CHECK(ok());
        return *std::get_if<0>(&content_);
    }
    [[nodiscard]] const Value& value() const {
        CONVOSCOPE_CHECK(ok());
        return *std::get_if<0>(&content_);
    }
    [[nodiscard]] Value& operator*() { return value(); }
    [[nodiscard]] const Value& operator*() const { return value(); }
    [[nodiscard]] Value* operator->() { return &value(); }
    [[nodiscard]] const Value* operator->() const { return &value(); }

    /// Expects: not ok().
    [[nodiscard]] const Error& error() const {
        CONVOSCOPE_CHECK(!ok());
        return *std::get_if<1>(&content_);
    }

  private:
    std::variant<Value, Error> content_;
};

/// The result of an act that yields nothing but may fail.
using Status = Result<std::monostate>;
[[nodiscard]] inline Status success() {
    return Status(std::monostate{});
}

}  // namespace convoscope
