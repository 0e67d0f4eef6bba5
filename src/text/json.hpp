// JSON from outside, read without ever failing.
//
// This is the only place that touches nlohmann/json's partial accessors. Everything here is total: a missing
// member or another type is an absent value.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "text/json_fwd.hpp"
#include "text/time.hpp"

// Compiled once, in json.cpp, and not in every file that has to do with JSON.
extern template class nlohmann::basic_json<>;

namespace hb {

// Deeper nesting is refused, so that nothing recursive can overflow the stack.
inline constexpr int kMaxDepth = 64;

// Absent when the text is not JSON, not UTF-8, or nested deeper than kMaxDepth.
std::optional<Json> parse_json(std::string_view text);

// Null when there is no such member, or `json` is no object. The pointer lives as long as `json`.
const Json* member(const Json& json, std::string_view key);

// The members of an object, the elements of an array; none of anything else.
const Json::object_t& members(const Json& json);
const Json::array_t& elements(const Json& json);

std::optional<std::string> as_string(const Json& json);
std::optional<int64_t> as_integer(const Json& json);  // whole numbers below +-2^53, also written as 5.0
std::optional<double> as_number(const Json& json);
std::optional<bool> as_bool(const Json& json);

std::optional<std::string> string_member(const Json& json, std::string_view key);
std::optional<int64_t> integer_member(const Json& json, std::string_view key);
// Of a stored instant, in ms; see stored_time.
std::optional<Time> time_member(const Json& json, std::string_view key);

// Compact, with ill-formed UTF-8 replaced and `<` escaped as below.
std::string dump(const Json& json);

}  // namespace hb
