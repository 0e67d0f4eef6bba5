// monitor:latest: when each service was last seen, and what the failing ones reported.
//
//   {"web":"2026-11-22T06:00:00.000Z", …, "$reports":{"db":{"status":"degraded","at":"…","message":"…"}}}
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"
#include "documents/last_heartbeat.hpp"

namespace hb {

inline constexpr size_t kMaxReportMessage = 200;       // bytes
inline constexpr size_t kMaxReportsSize = 512 * 1024;  // beyond it reports lose their messages
inline constexpr Millis kReportStays = 15min;          // beside a later `up`

// One service's heartbeat, for an addition to the document. The id outlives it.
struct Beat {
  std::string_view id{};
  Time at{};
  Status status = Status::up;  // up, degraded or down
  std::string message{};
  RunSignal run{};  // the run id outlives it, too
};

// A document that holds these heartbeats, oldest first. Of two with one id and time the later stays.
std::string latest_of(std::span<const Beat> beats);

// The document without its runs; absent when it has none. What was published of them may be long over.
std::optional<std::string> without_runs(std::string_view bytes);

struct MergedLatest {
  std::string bytes{};
  bool damaged = false;  // a copy could be read only in part
};

// Joins copies of the document, the stored one first: per service the newest time wins, implausible times
// lose. The stored order is kept. Ids that are not configured leave once they are older than the retention.
MergedLatest merge_latest(const Config& config, Time now, std::span<const std::string_view> copies);

// What the document says of each configured service, by its position in Config::services. Heartbeats under a
// service's previous ids are its own. Times that are not plausible at `now` are absent.
std::vector<LastHeartbeat> read_latest(const Config& config, Time now, std::string_view bytes);

}  // namespace hb
