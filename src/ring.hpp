// The ring of accepted requests in the collector: which of its rows are not folded yet.
//
// Requests are numbered from 1 on; number n stands in the row beat:<n mod 4096>. Those up to `folded`, which
// the row `latest` knows, are contained in the documents. Behind them they stand without a gap, so that after
// a start the last one is found by looking at the rows that follow.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "accepted.hpp"
#include "event.hpp"
#include "tally.hpp"

namespace hb {

inline constexpr int64_t kRingSlots = 4096;
inline constexpr int64_t kFoldAt = kRingSlots / 2;       // requests
inline constexpr int64_t kFoldAtSize = 8 * 1024 * 1024;  // bytes

// What is being put to KV.
struct Publishing {
  Time since{};
  int64_t folded = 0;  // as far as monitor:latest goes
  int64_t alerts = 0;  // as far as recent:alerts goes, in changes of the row
  Day last_day{};      // of monitor:data

  bool operator==(const Publishing&) const = default;
};

// How many messages went out, and how many were given up.
struct Told {
  int64_t sent = 0;
  int64_t failed = 0;

  bool operator==(const Told&) const = default;
};

// The collector's memory from one event to the next. All but the counts is found again from the rows.
struct Memo {
  int64_t folded = 0;
  int64_t next = 1;  // number of the next accepted request
  int64_t size = 0;  // bytes of what is not folded
  Work counted{};    // of what the event says was done, the part that the last check has counted
  Tally refused{};   // by the edge, since the last check
  Told told{};       // since the last check
  std::optional<Publishing> publishing{};
  std::string later_row{};  // one that a later version wrote, of which the log has told

  bool operator==(const Memo&) const = default;
};

std::string write_memo(const Memo& memo);

// The memo, of which there may be none yet, with Memo::later_row.
std::string with_later_row(std::string_view memo, const std::string& row);
// That of a memo, whatever else it has.
std::string later_row_in(std::string_view memo);

// The memo of the event, else what its rows say, else which rows have to be read first.
std::variant<Memo, Range> memo_of(const Event& event);

std::string slot_key(int64_t number);

// The rows of the requests that are not folded.
std::vector<Range> unfolded_ranges(const Memo& memo);

// Those of the event, oldest first; what cannot be read is left out.
std::vector<Accepted> unfolded(const Event& event, const Memo& memo);
std::vector<const Row*> unfolded_rows(const Event& event, const Memo& memo);

bool must_fold(const Memo& memo);
bool is_full(const Memo& memo);

// Those of the ranges that the event has not read.
std::vector<Range> unread(const Event& event, std::vector<Range> ranges);

}  // namespace hb
