// What the monitor did in a day, as the collector counts it, and how much of the day's quotas that is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"
#include "documents/tally.hpp"
#include "text/time.hpp"

namespace hb {

class JsonWriter;

struct Usage {
  int64_t heartbeats = 0;  // heartbeat batches, however many heartbeats each has
  int64_t checks = 0;
  int64_t publish_ms = 0;          // how long all publishing took together
  int64_t longest_publish_ms = 0;  // and how long the longest one
  int64_t requests = 0;            // to the collector
  int64_t errors = 0;              // that it logged, or died of
  int64_t rows_written = 0;
  int64_t rows_read = 0;
  int64_t puts = 0;
  int64_t failed_puts = 0;
  int64_t sent = 0;     // messages
  int64_t unsent = 0;   // messages that were given up
  int64_t readers = 0;  // requests of those without a key that the collector answered
  Tally refused{};      // requests with heartbeats, by the status that they were answered with

  bool operator==(const Usage&) const = default;
};

Usage read_usage(std::string_view json);
void print_usage(JsonWriter& json, const Usage& usage);

// A quota of the free plan and how much of it is used today. The numbers are lower bounds: a dashboard's
// requests, and reads of KV, do not come by the collector.
struct Quota {
  std::string_view name{};  // "workerRequests", "kvWrites", "collectorRequests", "rowsWritten", "rowsRead"
  int64_t used = 0;
  int64_t limit = 0;

  bool operator==(const Quota&) const = default;
};

// None when monitoring.kvWritesPerDay is 0, which stands for a paid plan.
std::vector<Quota> quotas(const Config& config, const Usage& today);

// "83 % of the day's writes to KV are used", for those above 80 %.
std::vector<std::string> quota_warnings(const Config& config, const Usage& today);

}  // namespace hb
