// The backlog: alerts from outside that are stored, and that one event could not take in as well. The
// collector keeps them in kBacklogRows rows of as many as one event takes in, which are used in turn:
//
//   {"posted":1795327200000,"again":[0,1795327500000],"body":{"status":"firing","alerts":[{…},{…}]}}
//
// with when they were posted, when each fired again (0: it did not), and their body without the others.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "alerts/alert_body.hpp"
#include "event/event.hpp"

namespace hb {

inline constexpr size_t kMostTakenIn = 40;               // alerts by one event, as many as one round sends
inline constexpr size_t kMostBytesTakenIn = 128 * 1024;  // of their texts, but for a single alert
inline constexpr int64_t kBacklogRows = 1'000;

// An alert of a body that is news.
struct NewAlert {
  size_t index = 0;
  std::optional<Time> again{};

  bool operator==(const NewAlert&) const = default;
};

// "backlog:007", of the rows that are numbered on and on.
std::string backlog_row(int64_t number);

// How many of them, from the first on, one event takes in.
size_t taken_in_at_once(const AlertBody& body, std::span<const NewAlert> alerts);

std::string write_backlog(Time posted, const AlertBody& body, std::span<const NewAlert> alerts);

// The alerts of the body are those of the row; absent when it is damaged.
struct Backlog {
  Time posted{};
  AlertBody body{};
  std::vector<std::optional<Time>> again{};  // of each

  std::optional<Time> again_at(size_t index) const {
    return index < again.size() ? again[index] : std::nullopt;
  }
};
std::optional<Backlog> read_backlog(std::string_view row, Time now);

}  // namespace hb
