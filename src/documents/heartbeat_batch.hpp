// A heartbeat batch: the authorized heartbeats of one request, which are one entry of the collector's
// write-ahead log.
//
//   {"seq":812,"at":1795327200000,"colo":"AMS","country":"NL","all":{"message":"nightly"},
//    "beats":["web",{"id":"db","status":"degraded","message":"disk 91 %","metadata":{…},"durationMs":12},
//             {"id":"backup","signal":"start","runId":"A"},{"id":"sync","status":"down","exitCode":3,…}]}
//
// `all` has what holds for every heartbeat of the request that does not say otherwise. The edge sends it
// without `seq`, and in its place how often it refused requests, by status, since the last batch; the
// collector puts the sequence number there instead:
//
//   {"refused":{"401":3},"at":…}
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "documents/heartbeat.hpp"
#include "documents/latest.hpp"
#include "documents/tally.hpp"
#include "event/event.hpp"

namespace hb {

// One heartbeat with the right key, and the service it counts for.
struct AuthorizedHeartbeat {
  std::string_view service_id{};
  const Heartbeat* heartbeat = nullptr;
};

// Of two heartbeats of one service the later is kept, unless they tell of runs. The event has when and where they came in.
std::string print_heartbeat_batch(const Event& event, const Tally& refused, const Heartbeat& for_all,
                                  std::span<const AuthorizedHeartbeat> authorized);

struct SequencedBatch {
  std::string row{};           // empty when what came is no heartbeat batch
  std::string_view refused{};  // a JSON object, or empty
};

// `at` becomes `now` when the edge's clock is ahead of it.
SequencedBatch sequenced(int64_t sequence, Time now, std::string_view batch);

// The fields of a heartbeat besides its id. Views of JSON as it stands in the row; empty ones are absent.
struct HeartbeatFields {
  Status status = Status::up;
  std::string_view message{};  // between its quotes
  std::string_view metadata{};
  std::string_view duration{};
  Signal signal = Signal::end;
  std::string_view run_id{};  // between its quotes
  std::string_view exit_code{};

  bool operator==(const HeartbeatFields&) const = default;
};

struct BatchedHeartbeat {
  std::string_view id{};
  HeartbeatFields fields{};

  bool operator==(const BatchedHeartbeat&) const = default;
};

// Views into the row.
struct HeartbeatBatch {
  int64_t sequence = 0;
  Time at{};
  std::string_view colo{};
  std::string_view country{};
  std::vector<BatchedHeartbeat> beats{};
};

// Absent when the row is damaged, or says that it is of a later version ("version":2).
std::optional<HeartbeatBatch> read_heartbeat_batch(std::string_view row);

// Only its sequence number; 0 when there is none.
int64_t sequence_of(std::string_view row);

// What these say of their services, in one document of the shape of monitor:latest.
std::string latest_of(const Config& config, std::span<const HeartbeatBatch> batches);

// Joins it into what is known by the position in Config::services.
void join(const Config& config, std::span<const HeartbeatBatch> batches,
          std::vector<LastHeartbeat>& last_heartbeats);

}  // namespace hb
