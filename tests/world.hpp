// A whole monitor in a test: a clock, the documents, and the core between them.
//
// It has the collector, as deployed, unless a test says KvOnly. Nothing lags and nothing fails unless told.
// Documents and rows are read and written the way the shim does it.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "frames.hpp"
#include "recorded.hpp"
#include "rounds.hpp"
#include "text/json.hpp"

namespace hb {

// Three services of one group, none of which needs a key; thresholds of 300 s, no lag.
inline constexpr std::string_view kThreeServices = R"({
  "groups": [{"id": "prod", "name": "Production", "services": ["web", "db", "mail"], "auth": {"required": false}}],
  "services": [{"id": "web"}, {"id": "db"}, {"id": "mail"}]})";

inline constexpr std::string_view kNoLag = R"({"monitoring": {"kvLagSeconds": 0}})";

// So many services without keys, s0 and so on.
std::string service_list(int count);

class World {
 public:
  static constexpr Millis kFollowUpAfter = 7ms;  // so long after a check comes what it orders

  explicit World(std::string_view services = kThreeServices, std::string_view settings = kNoLag);

  // Puts another configuration in place; the documents stay.
  void configure(std::string_view services, std::string_view settings = kNoLag,
                 std::string_view notifications = "{}");

  Reply post(std::string_view path, std::string_view body = "");
  Reply get(std::string_view path_and_query);
  Reply request(std::string_view method, std::string_view path_and_query, std::string_view body = "");

  // Runs the check that is scheduled for this moment.
  void check() { check_scheduled_at(now); }
  void check_scheduled_at(Time scheduled);
  // Checks every minute until `duration` has passed, beginning with the next minute.
  void check_every_minute_for(Millis duration);

  // Hands the collector what an edge would, whatever it is.
  Reply append(std::string_view batch);

  // Binds the collector, or takes it away; what it has stored stays.
  void bind_collector() { role = Role::edge; }
  void unbind_collector() { role = Role::kv_only; }
  // Takes away what the collector has only in memory.
  void evict();
  Json row(const std::string& key);

  void advance(Millis duration) { now += duration; }
  void beat(std::string_view id) { post("/api/heartbeat/" + std::string(id)); }

  std::string status(std::string_view id);
  Json status_of(std::string_view id);      // the whole result of /api/status
  std::vector<std::string> alert_titles();  // newest first
  Json json(std::string_view path_and_query);

  std::string& stored(Key key) { return documents[key]; }
  std::string published(std::string_view id);  // its time in monitor:latest
  int puts(Key key) const;
  int records() const;  // of the check: of the collector's state, without it of monitor:data

  Time now = *parse_iso("2026-11-22T06:00:00.000Z");
  std::map<std::string, std::string> env{};
  std::string authorization{};
  std::string origin{};
  std::string colo{};
  Role role = Role::edge;
  std::map<Key, std::string> documents{};
  std::map<Key, int> put_counts{};
  std::map<std::string, int> row_put_counts{};
  size_t bytes_read = 0;     // of KV
  bool reads_fail = false;   // of KV
  bool writes_fail = false;  // of KV
  bool collector_fails = false;
  bool readers_exceed = false;       // their rate limit
  bool follow_ups_are_lost = false;  // what a check orders does not reach the collector
  std::map<std::string, std::string> rows{};
  std::map<std::string, UtcOffsets> zones{};  // by name; others are as UTC
  Work work{};
  std::vector<Log> logs{};
  std::vector<Send> sent{};  // in the order in which they were made, pings and failures too
  std::function<void()> while_putting = [] {};  // what happens while the collector waits for KV
  std::function<Answer(const Send&)> provider = [](const Send&) { return Answer{.status = 200}; };

 private:
  class Place;  // where an event is played: at the edge, or in the collector

  EventRounds::End run(const Trigger& trigger);
  EventRounds::End play(Role role, const std::string& trigger, Time at);
  std::optional<EventRounds::End> in_collector(const std::string& trigger, Time at);
  void read(const EventRounds::Read& wanted, EventRounds& rounds);
  void store(const EventRounds::Store& wanted, Role role, Time at, EventRounds& rounds);
  std::string_view zone_tables();
  bool put(const std::vector<Put>& puts);
  bool merge(const Merge& merge);
  void write_rows(const std::vector<RowPut>& puts);
  ReadDocument document(Key key, size_t head);
  std::vector<Answer> make(const std::vector<Send>& sends);

  std::string services_;
  std::string settings_;
  std::string notifications_;
  std::unique_ptr<RecordedInstance> core_ = std::make_unique<RecordedInstance>();
  std::vector<std::string> zone_names_{};  // as the configuration names them
  std::string zone_tables_{};
  std::string edge_session_{};
  std::string collector_session_{};
};

// A monitor without the collector. What holds in both modes is a TEMPLATE_TEST_CASE over World and KvOnly.
struct KvOnly : World {
  explicit KvOnly(std::string_view services = kThreeServices, std::string_view settings = kNoLag)
      : World(services, settings) {
    unbind_collector();
  }
};

}  // namespace hb
