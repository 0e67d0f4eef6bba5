// The uptime of the last 24 hours by group, hour by hour, since the history knows whole days only.
//
// It is a member of the state of the check, with the number of the last hour since 1970, and of each group, oldest
// hour first, the half minutes lost and the minutes known; "" has the services of no group:
//
//   "hours":{"last":494258,"groups":{"prod":[120,6000,0,6000,…],"":[0,60,…]}}
//
// Readers get the sums, in the summary: "lastDay":{"prod":[120,144000],"":[0,1440]}.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "config/config.hpp"
#include "documents/history.hpp"
#include "text/json_writer.hpp"

namespace hb {

// Of the minutes of many services, which of them were lost.
struct Share {
  int64_t lost = 0;   // in half minutes: two for each minute down, one for each degraded
  int64_t known = 0;  // in minutes

  bool operator==(const Share&) const = default;
};

Share share_of(const Minutes& minutes);
Share& operator+=(Share& sum, const Share& more);

// In per cent; absent when nothing is known.
std::optional<double> uptime_of(const Share& share);

// By the position in Config::groups, and behind them that of services in no group. Empty: nothing is known.
using Shares = std::vector<Share>;

inline constexpr size_t kHours = 25;  // the one that runs, and 24 before it

struct LastDay {
  int64_t hour = 0;                                 // the last one, since 1970
  std::vector<std::array<Share, kHours>> groups{};  // as Shares; oldest hour first

  bool operator==(const LastDay&) const = default;
};

// Adds what a record at `time` counted to its hour; older hours than the last 25 are left behind.
void add(LastDay& last_day, Time time, const Shares& counted);

Shares sums(const LastDay& last_day);

// What cannot be read is as if nothing were known of it.
LastDay read_last_day(const Config& config, std::string_view json);
void print_last_day(JsonWriter& json, const Config& config, const LastDay& last_day);

Shares read_shares(const Config& config, std::string_view json);
void print_shares(JsonWriter& json, const Config& config, const Shares& shares);

}  // namespace hb
