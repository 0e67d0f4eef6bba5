// What a Worker or the collector remembers from one event to the next, in memory only.
//
// The core hands its bytes out with an outcome and gets them back with the next event of the same role. A
// collector that has just started finds all but the counts again from its rows.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "documents/tally.hpp"
#include "event/event.hpp"

namespace hb {

// What is being put to KV.
struct Publishing {
  Time since{};
  int64_t revision = 0;      // of monitor:data
  int64_t checkpointed = 0;  // as far as monitor:latest goes
  int64_t alerts = 0;        // as far as recent:alerts goes, in changes of the row
  Day last_day{};            // of monitor:data
  int64_t histories = 0;     // in it

  bool operator==(const Publishing&) const = default;
};

// How many messages went out, and how many were given up.
struct DeliveryCounts {
  int64_t sent = 0;
  int64_t failed = 0;

  bool operator==(const DeliveryCounts&) const = default;
};

// What requests without a key have read on a day.
struct Readers {
  Day day{};
  int64_t documents = 0;  // of KV
  int64_t forwarded = 0;  // requests to the collector

  bool operator==(const Readers&) const = default;
};

// The edge has only `refused` and `readers`.
struct Session {
  bool is_open = false;  // the collector's: where the tail of its write-ahead log begins and ends is known
  int64_t checkpointed = 0;
  int64_t next = 1;        // number of the next entry of the write-ahead log
  int64_t size = 0;        // bytes of the tail
  int64_t heartbeats = 0;  // of the tail
  Work counted{};          // of what the event says was done, the part that the last check has counted
  Tally refused{};  // requests, by status: at the edge since its last heartbeats, here since the last check
  DeliveryCounts deliveries{};  // since the last check
  Readers readers{};
  std::optional<Publishing> publishing{};
  std::string later_row{};  // one that a later version wrote, which was logged

  bool operator==(const Session&) const = default;
};

// Bytes that cannot be are those of no session.
Session read_session(std::string_view bytes);
std::string write_session(const Session& session);

}  // namespace hb
