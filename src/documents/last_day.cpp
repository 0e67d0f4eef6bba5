#include "documents/last_day.hpp"

#include <algorithm>
#include <utility>

#include "text/cursor.hpp"

namespace hb {
namespace {

int64_t hour_of(Time time) {
  return std::chrono::floor<std::chrono::hours>(time).time_since_epoch().count();
}

std::string_view group_id(const Config& config, size_t position) {
  return position < config.groups.size() ? std::string_view(config.groups[position].id) : std::string_view();
}

// They are stored in the order of the configuration, so that the next one is mostly where the last one was found.
std::optional<size_t> position_of_group(const Config& config, std::string_view id, size_t start) {
  const size_t count = config.groups.size() + 1;
  for (size_t i = start; i < start + count; ++i) {
    if (group_id(config, i % count) == id) return i % count;
  }
  return std::nullopt;
}

constexpr int64_t kMostKnown = 1'000'000'000'000;  // minutes, of more services than there can be

// A share that cannot be one is none.
Share read_share(Cursor& cursor, int64_t lost) {
  const Share share{.lost = lost, .known = cursor.eat(',') ? cursor.integer_or_skip() : 0};
  const bool is_sound = share.lost >= 0 && share.known <= kMostKnown && share.lost <= 2 * share.known;
  return is_sound ? share : Share{};
}

// Up to N of them.
template <size_t N>
std::array<Share, N> read_shares_of_group(Cursor& cursor) {
  std::array<Share, N> shares{};
  size_t i = 0;
  each_element(cursor, [&] {
    const Share share = read_share(cursor, cursor.integer_or_skip());
    if (i < N) shares[i++] = share;
  });
  return shares;
}

// Groups that are not configured any more are left out.
template <size_t N>
std::vector<std::array<Share, N>> read_groups(const Config& config, Cursor& cursor) {
  std::vector<std::array<Share, N>> groups(config.groups.size() + 1);
  size_t next = 0;
  each_member(cursor, [&](std::string_view id) {
    const auto position = position_of_group(config, unescaped(id), next);
    if (!position) return void(cursor.value());
    groups[*position] = read_shares_of_group<N>(cursor);
    next = *position + 1;
  });
  return groups;
}

template <size_t N>
void print_groups(JsonWriter& json, const Config& config, const std::vector<std::array<Share, N>>& groups) {
  json.begin_object();
  for (size_t i = 0; i < groups.size(); ++i) {
    if (groups[i] == std::array<Share, N>{}) continue;
    json.key(group_id(config, i)).begin_array();
    for (const auto& [lost, known] : groups[i]) json.value(lost).value(known);
    json.end_array();
  }
  json.end_object();
}

void move_on(LastDay& last_day, int64_t hour) {
  const int64_t elapsed = hour - std::exchange(last_day.hour, hour);
  for (auto& hours : last_day.groups) {
    if (elapsed < 0 || elapsed >= static_cast<int64_t>(kHours)) {
      hours = {};
    } else {
      std::shift_left(hours.begin(), hours.end(), elapsed);
      std::fill(hours.end() - elapsed, hours.end(), Share{});
    }
  }
}

}  // namespace

Share share_of(const Minutes& minutes) {
  return {.lost = int64_t{2} * minutes.down + minutes.degraded, .known = minutes.known()};
}

Share& operator+=(Share& sum, const Share& more) {
  sum.lost += more.lost;
  sum.known += more.known;
  return sum;
}

std::optional<double> uptime_of(const Share& share) {
  if (share.known == 0) return std::nullopt;
  return 100 - 50.0 * static_cast<double>(share.lost) / static_cast<double>(share.known);
}

void add(LastDay& last_day, Time time, const Shares& counted) {
  last_day.groups.resize(counted.size());
  move_on(last_day, hour_of(time));
  for (size_t i = 0; i < counted.size(); ++i) last_day.groups[i].back() += counted[i];
}

Shares sums(const LastDay& last_day) {
  Shares shares;
  for (const auto& hours : last_day.groups) {
    Share& sum = shares.emplace_back();
    for (const Share& hour : hours) sum += hour;
  }
  return shares;
}

LastDay read_last_day(const Config& config, std::string_view json) {
  LastDay last_day;
  Cursor cursor(json);
  each_member(cursor, [&](std::string_view key) {
    if (key == "last") return void(last_day.hour = cursor.integer_or_skip());
    if (key == "groups") return void(last_day.groups = read_groups<kHours>(config, cursor));
    cursor.value();
  });
  return last_day;
}

void print_last_day(JsonWriter& json, const Config& config, const LastDay& last_day) {
  json.begin_object().member("last", last_day.hour);
  print_groups<kHours>(json.key("groups"), config, last_day.groups);
  json.end_object();
}

Shares read_shares(const Config& config, std::string_view json) {
  Cursor cursor(json);
  Shares shares;
  for (const auto& [share] : read_groups<1>(config, cursor)) shares.push_back(share);
  return shares;
}

void print_shares(JsonWriter& json, const Config& config, const Shares& shares) {
  std::vector<std::array<Share, 1>> groups;
  for (const Share& share : shares) groups.push_back({share});
  print_groups<1>(json, config, groups);
}

}  // namespace hb
