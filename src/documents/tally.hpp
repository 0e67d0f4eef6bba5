// Counts by name, as in {"401":3,"404":1}.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace hb {

class JsonWriter;

using Tally = std::map<std::string, int64_t, std::less<>>;

// Whatever is no count is left out, as are more than kMaxTally names.
inline constexpr size_t kMaxTally = 64;
Tally read_tally(std::string_view json);

void print_tally(JsonWriter& json, const Tally& tally);
std::string write_tally(const Tally& tally);

Tally& operator+=(Tally& sum, const Tally& more);

}  // namespace hb
